"""The document says what the data say, to the fen, hides what must be hidden, and loads nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from doudi.documents import to_html, to_pdf
from doudi.verification import Checks, Report, document_of, masked, object_to, recheck
from doudi.verification.document_words import money, words
from doudi.verification.masking import masked_id, masked_number
from doudi.verification.results import OUTCOME_WORDS
from tests.verification.conftest import Asked, Checked
from tests.verification.family import ACCOUNT, HOME, IDS, NAMES, PLATE, UNIT, person, write_evidence

VEHICLE = {
    "kind": "vehicle",
    "person_id": "p2",
    "source": "vehicles",
    "number": f"{PLATE}/小型汽车",
    "value": 63800,
}
TOLD = {("p1", "wage"): [("27600.00", "tax"), ("24000.00", "social_insurance")], ("p2", "pension"): "3600.55",
        ("p2", "disability"): "limb", ("p2", "disability_grade"): "3"}  # fmt: skip
PRIVATE = (*IDS.values(), PLATE, UNIT, ACCOUNT)


class Texts(HTMLParser):
    """The rows of all tables as lists of cells, and all text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.all: list[str] = []
        self.outside: list[str] = []
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        self.outside += [str(value) for name, value in attrs if name in ("src", "href", "action", "onload")]

    def handle_data(self, data: str) -> None:
        if self._style or not data.strip():
            return
        self.all.append(data.strip())
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()

    @property
    def text(self) -> str:
        """All text of the page."""
        return "\n".join(self.all)


@pytest.fixture
def rich(checked: Checked) -> Callable[..., Report]:
    """A report in which much differs and somebody does not answer."""

    def make(*changes: tuple[str, str]) -> Report:
        states = {"custody": "never", "enrolment": "late"}
        return checked(
            *changes, told=TOLD, things=[HOME, VEHICLE], states=states, links={"market_entities": ["p1"]}
        )

    return make


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_holds_the_figures_of_the_data(rich: Callable[..., Report], language: Any):
    report = rich()
    page = Texts(to_html(document_of(report, language)))
    rows = [" | ".join(row) for row in page.rows]
    for result in report.results:
        if not result.disagrees:
            continue
        word = OUTCOME_WORDS[result.outcome][language != "zh"]
        figures = [
            money(value)
            for value in (result.declared, result.found)
            if isinstance(value, int) and value > 100
        ]
        difference = [money(result.difference, signed=True)] if result.difference else []
        assert any(all(part in row for part in (word, *figures, *difference)) for row in rows), result.key
    for group in ("income", "property", "expense"):
        total = report.data["totals"][group]
        assert any(all(money(total[side]) in row for side in ("declared", "found")) for row in rows)
    for source in report.data["sources"]:
        assert any(source[language] in row for row in rows)
    assert report.number in page.text
    assert report.sha256 in page.text
    assert str(report.data["counts"]["match"]) in page.all


def test_the_page_loads_and_runs_nothing(rich: Callable[..., Report]):
    html = to_html(document_of(rich()))
    assert Texts(html).outside == []
    assert "<script" not in html
    assert "url(" not in html
    assert "@import" not in html


def test_numbers_are_masked_in_every_view(rich: Callable[..., Report], checked: Checked):
    report = rich()
    for text in (to_html(document_of(report)), to_html(document_of(report, "en")), str(masked(report))):
        assert not any(number in text for number in PRIVATE)
    assert masked(report)["sha256"] == report.sha256
    assert PLATE in report.text()


def test_masking_leaves_no_more_than_what_tells_things_apart():
    assert masked_id(IDS["p1"]) == IDS["p1"][:6] + "*" * 10 + IDS["p1"][-2:]
    assert masked_id("12345678") == "********"
    assert masked_id("") == ""
    assert (masked_number(f"{PLATE}/小型汽车"), masked_number("AB"), masked_number(None)) == (
        "****345",
        "****B",
        None,
    )


def test_what_has_no_answer_is_never_told_as_not_found(rich: Callable[..., Report]):
    report = rich()
    page = Texts(to_html(document_of(report)))
    nothing = "\n".join(text for text in page.all if text.startswith("未申报，也未查到"))
    silent = {
        result.item for result in report.results if result.outcome == "no_answer" and result.person_id == "p1"
    }
    from doudi.verification.catalogue import items

    first = nothing.split("\n")[0]
    assert silent
    assert not [
        item for item in silent if items()[item].title() in first.replace("：", "、").rstrip("。").split("、")
    ]
    assert "不等于没有" in page.text


def test_what_a_late_source_knew_and_what_another_source_says_are_told_apart(rich: Callable[..., Report]):
    rows = {row[0]: row[-1] for row in Texts(to_html(document_of(rich()))).rows if len(row) == 5}
    assert "社会保险缴费另有记录 24,000.00" in rows["工资性收入"]
    assert "已有记录（不足以比较）：学籍 初中" in rows["在读教育阶段"]


def test_texts_cannot_bring_markup_into_a_document(rich: Callable[..., Report]):
    evil = ("purpose: 申请最低生活保障", 'purpose: "<script>alert(1)</script> #strong[x] $a$"')
    document = document_of(rich(evil))
    html = to_html(document)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_expired_report_says_so_and_one_on_its_last_day_does_not(rich: Callable[..., Report]):
    report = rich()
    until = report.valid_until
    assert until is not None
    assert "已过有效期" not in to_html(document_of(report, today=until))
    assert "已过有效期" in to_html(document_of(report, today=until + timedelta(days=1)))


def test_the_document_of_a_recheck_names_the_report_before_and_what_changed(
    rich: Callable[..., Report], asked: Asked, checks: Checks, tmp_path: Path
):
    old = rich()
    object_to(checks, old.number, "p1", date(2026, 8, 5), ["p1/wage"], "代领", "officer2")
    later = write_evidence(
        tmp_path / "later", told={("p2", "disability"): "limb", ("p2", "disability_grade"): "3"}
    )
    new = recheck(old.number, asked(("date: 2026-08-01", "date: 2026-08-20")), later, checks, "officer2")
    page = Texts(to_html(document_of(new)))
    assert "（复核）" in page.text
    assert old.number in page.text
    assert old.sha256[:16] in page.text
    changed = [row for row in page.rows if row and row[0].startswith("工资性收入")]
    assert changed[-1] == [
        "工资性收入王建国",
        "不符；申报 15,000.00；查到 27,600.00",
        "相符；申报 15,000.00；查到 15,000.00",
    ]


def test_a_person_who_is_not_identified_is_told_plainly(checked: Checked):
    page = Texts(to_html(document_of(checked(people=[person("p1"), person("p3")]))))
    assert "不能理解为名下没有收入和财产" in page.text


def test_the_document_tells_how_to_object(rich: Callable[..., Report]):
    text = Texts(to_html(document_of(rich()))).text
    assert all(
        article in text for article in ("第十八条", "第七十六条", "第四十一条", "不是给予或不给予救助的决定")
    )


def test_words_exist_in_both_languages():
    chinese, english = words("zh"), words("en")
    assert chinese.keys() == english.keys()
    assert all(chinese.values())
    assert all(english.values())
    places = {
        key: sorted(re.findall(r"{(\w+)}", text)) for key, text in chinese.items() if isinstance(text, str)
    }
    assert {key: sorted(re.findall(r"{(\w+)}", english[key])) for key in places} == places


@pytest.mark.usefixtures("chinese_font")
def test_the_pdf_holds_the_figures_of_the_data(rich: Callable[..., Report], tmp_path: Path):
    report = rich()
    data = to_pdf(document_of(report))
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    (tmp_path / "report.pdf").write_bytes(data)
    run = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True
    )
    text = re.sub(r"\s+", "", run.stdout.decode())
    for part in (
        "家庭经济状况核对报告",
        report.number,
        "27,600.00",
        "+12,600.00",
        "3,600.55",
        "63,800.00",
        NAMES["p2"],
        report.sha256,
    ):
        assert part in text
    assert not any(number in text for number in PRIVATE)
