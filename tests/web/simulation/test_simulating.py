"""An officer asks what a reform would do to his county: a job reads the registry, and the page shows what comes of it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.assessment.determination import Determination, assess
from doudi.facts.register import Gathering
from doudi.facts.vocabulary import engine_date
from doudi.simulation.comparison import Comparison
from doudi.simulation.side import Side
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs.models import Job, State
from doudi.web.jobs.running import run
from doudi.web.registry.determining import household_facts
from doudi.web.registry.law import law_for, law_with
from doudi.web.registry.selectors.files import File, files_of
from doudi.web.simulation.models import Move, Simulation
from doudi.web.simulation.services.reading import facts_of, homes_of
from tests.web.people import HERE, People, opened
from tests.web.registry.county import DAY
from tests.web.simulation.making import LAW_DAY, asked, newest, stock

COUNT = 80
SETTINGS = {"dibao.standard.rural": "700"}


@pytest.fixture(scope="module")
def people(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> People:
    """The people of the county, and its households."""
    found = People()
    stock(found, tmp_path_factory.mktemp("county"), COUNT)
    with acting_as(system()), transaction.atomic():
        for role in (Role.COUNTY_CLERK, Role.COUNTY_HEAD, Role.ANALYST, Role.TOWNSHIP_CLERK):
            found.user(role)
    return found


@pytest.fixture(scope="module")
def clerk(people: People) -> Client:
    """An officer of the county."""
    with acting_as(system()), transaction.atomic():
        return people.signed_in(Role.COUNTY_CLERK)


@pytest.fixture(scope="module")
def done(clerk: Client) -> Simulation:
    """A rural standard of 700 yuan, worked out."""
    run(asked(clerk, title="农村低保标准七百元").job_id)
    return newest()


def test_the_form_leads_to_figures(clerk: Client, done: Simulation):
    assert done.stands == "done"
    assert (done.read, done.aside) == (COUNT, 1)
    figures = done.result["figures"]
    assert figures["households"] == COUNT == sum(each["households"] for each in figures["moves"])
    page = opened(clerk, f"/simulation/{done.pk}/")
    for words in (
        "农村低保标准七百元", "最低生活保障标准（农村）：560.00 元/人·月 → 700.00 元/人·月", "80 户已计算，1 户无法计算", "不是决定",
        "覆盖多少人", "其中 中央", "没有救助", "应享未享", "谁进谁出", "悬崖在哪里", f"镇{HERE}",
    ):  # fmt: skip
        assert words in page, words
    with acting_as(system()), transaction.atomic():
        job = Job.objects.get(pk=done.job_id)
    assert (job.state, job.total, job.counts) == (State.DONE, COUNT + 1, {"read": COUNT, "aside": 1})
    assert set(job.params) == {"number"}


def test_each_household_comes_out_as_it_does_alone(people: People, done: Simulation):
    """The test that matters most: one law and one reading of facts, on both sides, for every household."""
    laws = law_for(HERE, LAW_DAY), law_with(HERE, LAW_DAY, SETTINGS)
    with acting_as(people.user(Role.COUNTY_CLERK).scope), transaction.atomic():
        homes = list(homes_of(HERE).exclude(number="x1").order_by("pk"))
        together = Gathering(engine_date(LAW_DAY))
        together.add([facts for file in files_of(homes) if (facts := facts_of(file, LAW_DAY))])
        comparison = Comparison.of(together.register(), *laws)
        kept = {row.household_id: row for row in Move.objects.filter(simulation=done)}
        seen = set()
        for place, home in enumerate(homes):
            file = File(home)
            relations = {member.person.number: member.relation for member in file.members}
            facts = household_facts(file.known, relations, LAW_DAY)
            alone = [_alone(assess(facts, law)) for law in laws]
            assert [_of(side, place) for side in (comparison.before, comparison.after)] == alone, home.number
            row = kept.get(home.pk)
            if row is None:
                assert alone[0] == alone[1], home.number
            else:
                told = [(row.tier_before, row.monthly_before), (row.tier_after, row.monthly_after)]
                assert told == alone, home.number
            seen |= {side[0] for side in alone}
    assert {"none", "dibao", "low_margin", ""} <= seen, seen
    assert {"more", "deeper", "enters"} <= {row.move for row in kept.values()}


def test_on_the_day_of_the_data_it_is_what_the_file_shows(people: People):
    law = law_for(HERE, DAY)
    with acting_as(people.user(Role.COUNTY_CLERK).scope), transaction.atomic():
        homes = list(homes_of(HERE).exclude(number="x1").order_by("pk"))
        together = Gathering(engine_date(DAY))
        together.add([facts for file in files_of(homes) if (facts := facts_of(file, DAY))])
        side = Side.of(together.register(), law)
        for place, home in enumerate(homes):
            shown = File(home).determination
            assert isinstance(shown, Determination)
            assert _of(side, place) == _alone(shown), home.number
            assert (home.tier, home.monthly) == (shown.tier or "", shown.amount()), home.number


def test_many_files_are_read_with_as_few_queries_as_one(people: People):
    with acting_as(people.user(Role.COUNTY_CLERK).scope), transaction.atomic():
        counts = []
        for number in (1, 40):
            homes = list(homes_of(HERE).order_by("pk")[:number])
            with CaptureQueriesContext(connection) as asked_for:
                files = files_of(homes)
            assert [file.known == File(file.household).known for file in files] == [True] * number
            counts.append(len(asked_for))
    assert counts[0] == counts[1] <= 8


def _of(side: Side, place: int) -> tuple[str, int | None]:
    """The deepest tier of a household of a register, empty while one is open, and what it gets in a month."""
    codes = [*side.tier_codes(), ""]
    return codes[side.deepest[place]], int(side.monthly[place]) if side.monthly_known[place] else None


def _alone(found: Determination) -> tuple[str, int | None]:
    """The deepest tier of a household or of one in it, empty while one is open, and what it gets in a month."""
    codes = found.statute.variable("tier").kind.codes
    assert codes is not None
    members = [found.trace.code("person_tier", row) for row in range(len(found.household.facts["person"]))]
    tiers = [found.tier, *members]
    known = [codes.index(each) for each in tiers if each is not None]
    deepest = codes.code(max(known)) if len(known) == len(tiers) else ""
    return deepest, found.amount()
