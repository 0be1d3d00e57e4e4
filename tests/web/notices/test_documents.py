"""Every document of the procedure, issued by the step that asks for it: complete, short enough, numbered, to be verified."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.db import transaction

from doudi import procedure
from doudi.documents import to_html, to_pdf
from doudi.web.cases.models import Paper
from doudi.web.cases.papers.composing import is_whole, load
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.drawing import drawn
from doudi.web.cases.papers.writing import Line, writer_of, written
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load as load_county
from tests.web.browser.test_registry import crowded
from tests.web.notices.making import refusal
from tests.web.notices.playing import Stage, by_document, play
from tests.web.people import HERE, People
from tests.web.registry.conftest import homes, household
from tests.web.registry.county import DAY, Home, Somebody, write

DOCUMENTS = sorted(name for name in procedure.procedure().documents if not is_whole(name))
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def comfortable() -> Home:
    """A man who earns nine times the standard."""
    return Home("h000010", f"村{HERE}", [Somebody("p000010", "刘富", facts={"wage": "60000.00"})])


@pytest.fixture(scope="module")
def stage(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The county, loaded, and whoever acts in it."""
    with acting_as(system()), transaction.atomic():
        people = People()
        assert people.regions
        load_county(write(tmp_path_factory.mktemp("build"), [*homes(), crowded(), comfortable()]), HERE, DAY)
    return Stage(people)


class Papers:
    """One of each kind of document, of a family whose case went through all the steps before; played when it is asked for."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._cases = stage, by_document()
        self._found: dict[str, Paper] = {}

    def __getitem__(self, kind: str) -> Paper:
        if kind not in self._found:
            with acting_as(system()), transaction.atomic():
                played = play(self._cases[kind], household("h000001"), self._stage)
                issued = played.papers.select_related("case", "step__by").order_by("-pk")
                self._found = {paper.kind: paper for paper in issued} | self._found
        return self._found[kind]


@pytest.fixture(scope="module")
def papers(stage: Stage) -> Papers:
    """The documents, of which a worker plays the cases of those that it looks at."""
    return Papers(stage)


def test_every_field_of_every_document_is_written_by_somebody():
    load()
    forms = [procedure.procedure().documents[name] for name in DOCUMENTS]
    missing = [
        f"{form.name}.{field}"
        for form in forms
        for field in form.fields
        if writer_of(form.name, field) is None
    ]
    assert missing == []


def test_every_document_is_issued_in_some_case():
    assert set(by_document()) >= set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.usefixtures("chinese_font")
def test_a_document_has_its_fields_its_number_and_its_code_on_few_enough_pages(papers: Papers, name: str):
    paper = papers[name]
    form = procedure.procedure().documents[name]
    document = drawn(paper)
    html = to_html(document)
    with acting_as(system()), transaction.atomic():
        draft = Draft.of(paper.case, paper.step, form)
        wrote = written(draft)
    assert len(wrote) == len(form.fields)
    for each in wrote:
        assert (each.label if isinstance(each, Line) else each.title) in html
    assert "（未填写）" not in html
    assert "None" not in html
    assert paper.number in html
    assert paper.code in html
    assert f"/verify/{paper.code}/" in html
    pdf = to_pdf(document)
    keep(name, pdf)
    assert 1 <= len(PAGE.findall(pdf)) <= form.pages


@pytest.mark.usefixtures("chinese_font")
def test_a_refusal_tells_on_which_number_it_rests_how_far_it_lies_outside_and_on_which_article(stage: Stage):
    with acting_as(system()), transaction.atomic():
        case = play(refusal(), household("h000010"), stage)
        paper = case.papers.get(kind="refusal_decision")
    html = to_html(drawn(paper))
    pdf = to_pdf(drawn(paper))
    keep("refusal-with-numbers", pdf)
    assert len(PAGE.findall(pdf)) == 1
    for part in (
        "刘富",
        "人均收入高于标准",
        "最低生活保障家庭",
        "4,832.00 元",
        "560.00 元",
        "4,272.00 元",
        "第十八条",
    ):
        assert part in html, part


def test_a_public_notice_holds_nothing_of_the_household_but_what_is_permitted(papers: Papers):
    for name in ("public_notice", "decision_published", "ending_notice"):
        text = str(papers[name].content())
        assert "单某云" in text
        for hidden in ("单小云", papers[name].case.number, "李红", "h000001", "0115"):
            assert hidden not in text, (name, hidden)


CROWDED = ("application_form", "check_authorisation", "check_report", "visit_form", "calculation_sheet")


@pytest.mark.usefixtures("chinese_font")
def test_the_papers_of_a_family_as_large_as_they_come_stay_within_their_pages(stage: Stage):
    with acting_as(system()), transaction.atomic():
        case = play(by_document()["calculation_sheet"], household("h000009"), stage)
        issued = {paper.kind: paper for paper in case.papers.all()}
    for name in CROWDED:
        pdf = to_pdf(drawn(issued[name]))
        keep(f"{name}-crowded", pdf)
        assert len(PAGE.findall(pdf)) <= procedure.procedure().documents[name].pages, name


def keep(name: str, pdf: bytes) -> None:
    """Keep a document where ``DOUDI_SCREENSHOTS`` says, to be looked at."""
    folder = os.environ.get("DOUDI_SCREENSHOTS")
    if folder:
        (Path(folder) / f"paper-{name}.pdf").write_bytes(pdf)
