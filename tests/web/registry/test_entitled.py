"""Story 1 in the file: type, date and amount of every programme and the total, the same to the fen as ``doudi statement``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
import pytest
import yaml

from doudi.facts.household_file import read_household
from doudi.programmes.cliff import cliff
from doudi.programmes.law import Offer, law_of
from doudi.programmes.standing import standings
from doudi.programmes.statement import statement
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading.benefits import FEEDS, programme_told
from doudi.web.registry.models import Benefit, Person
from doudi.web.registry.paid import with_paid
from doudi.web.registry.selectors.entitled import Entitled
from doudi.web.registry.selectors.files import File
from tests.web.people import HERE, People, opened
from tests.web.registry.conftest import household
from tests.web.registry.files import EXAMPLES, home_of

STORY, DAY = "one-household-one-file.yaml", date(2024, 12, 31)
OF_DEPARTMENTS = {"disability_living": "living", "disability_nursing": "nursing"}
"""What departments call some programmes."""


def payments() -> Iterator[tuple[str, str, date, int]]:
    """What the file of the story says was paid in 2024, as departments tell it: programme, member, month, fen."""
    for row in yaml.safe_load((EXAMPLES / STORY).read_text("utf-8"))["holdings"]:
        name = row.get("item", row["programme"])
        whose = {"mother": "h000002.p1", "daughter": "h000002.p2"}.get(row.get("owner", ""), "h000002.p0")
        if "paid_on" in row:
            yield name, whose, row["paid_on"].replace(day=1), round(row["amount"] * 100)
            continue
        first = 7 if row["since"] == date(2024, 7, 1) else 1
        last = row["until"].month if "until" in row else 12
        for month in range(first, last + 1):
            yield OF_DEPARTMENTS.get(name, name), whose, date(2024, month, 1), round(row["monthly"] * 100)


@pytest.fixture
def file(loader: Callable[..., object]) -> File:
    """The household of the story in the registry, with its payments in the ledger."""
    home = home_of(STORY, "h000002", f"村{HERE}", DAY)
    home.items = [{"entity": "holding", "programme": "dibao", "monthly": "1410.00"}]
    loader([home], day=DAY)
    with acting_as(system()):
        family = household("h000002")
        people = {each.number: each for each in Person.objects.filter(household=family)}
        Benefit.objects.bulk_create(
            Benefit(
                region_id=family.region_id, county=HERE, household=family, person=people[whose], programme=name, month=month,
                amount=amount, source="aid_roll", row=f"row.{place}",
            )
            for place, (name, whose, month, amount) in enumerate(payments())
        )  # fmt: skip
        return File(family)


def test_the_statement_of_the_file_is_that_of_the_command_to_the_fen(file: File):
    theirs = statement(read_household(EXAMPLES / STORY, DAY), "999901", 2024, until=DAY)
    with acting_as(system()):
        ours, told = Entitled(file, "zh").year(2024)
    assert ours.received == theirs.received == 5_948_600
    assert (ours.due, ours.kinds) == (theirs.due, theirs.kinds)
    sums = [
        [(one.programme.id, one.row, one.due, one.received, one.state) for one in of.sums]
        for of in (ours, theirs)
    ]
    assert sums[0] == sums[1]
    dibao = next(each for each in told if each.sum.programme.id == "dibao")
    assert [line.received for line in dibao.lines] == [120_000] * 6 + [141_000] * 6
    assert all(line.day.year == 2024 for each in told for line in each.lines)


def test_every_programme_stands_in_the_file_as_the_rules_find_it(file: File):
    theirs = standings(read_household(EXAMPLES / STORY, DAY), Offer(law_of("999901", DAY)))
    with acting_as(system()):
        ours = file.standings
        groups = {group.state: group.rows for group in Entitled(file, "zh").groups}
    assert [(one.programme.id, one.row, one.state, one.due) for one in ours.standings] == [
        (one.programme.id, one.row, one.state, one.due) for one in theirs.standings
    ]
    assert sum(map(len, groups.values())) == len(ours.standings)
    assert {row.programme.id for row in groups["missed"]} >= {"tilted_aid", "premium_aid"}
    elder = next(row for row in groups["not_due"] if row.programme.id == "age_allowance")
    assert "80" in elder.why[0]


def test_the_page_shows_states_amounts_and_the_total_and_leads_to_rule_and_source(file: File, people: People):
    page = opened(people.signed_in(Role.COUNTY_CLERK), f"/households/{file.household.pk}/entitled/")
    for told in (
        "应享未享（漏救）",
        "59,486.00",
        "38,365.20",
        "#much",
        "means/#holdings",
        "/policies/dibao/?place=999901",
    ):
        assert told in page
    assert "田秀英" not in page
    assert "没有写明是哪一个项目" not in page
    with acting_as(system()):
        file.household.benefits.filter(programme="inpatient_aid").update(programme="medical")
    untold = opened(people.signed_in(Role.COUNTY_CLERK), f"/households/{file.household.pk}/entitled/")
    assert "台账另有 38,365.20 元" in untold
    assert "21,120.80" in untold, "what no programme is named for counts for none"
    earlier = opened(
        people.signed_in(Role.COUNTY_CLERK), f"/households/{file.household.pk}/entitled/", year="1900"
    )
    assert "2024 年清单" in earlier, "a year that cannot be had is the latest one"


def test_the_cliff_is_worked_out_when_asked_for_and_is_that_of_the_command(file: File, people: People):
    client = people.signed_in(Role.TOWNSHIP_CLERK)
    address = f"/households/{file.household.pk}/cliff/"
    assert "cliff" not in client.get(address).context
    found = client.get(address, {"earner": "1"}).context["cliff"]
    theirs = cliff(read_household(EXAMPLES / STORY, DAY), Offer(law_of("999901", DAY, specialised=False)), 0)
    assert [(one.net, one.stepped) for one in found.points] == [
        (one.net, one.stepped) for one in theirs.points
    ]
    assert [(one.below, one.lost, one.stepped) for one in found.falls] == [
        (one.below, one.lost, one.stepped) for one in theirs.falls
    ]
    assert found.falls


def test_stretches_break_where_the_sum_changes_and_only_the_last_runs_on(file: File):
    with acting_as(system()):
        rows = list(
            file.household.benefits.filter(programme__in=("dibao", "nursing")).select_related("person")
        )
        rows = [row for row in rows if row.programme != "nursing" or row.month.month not in (3, 12)]
        items = with_paid(file.known, rows, DAY).items_of("holding")
    told = [tuple(item.columns.get(name) for name in ("item", "monthly", "since", "until")) for item in items]
    nursing = sorted(each[2:] for each in told if each[0] == "disability_nursing")
    assert nursing == [("2024-01-01", "2024-02-29"), ("2024-04-01", None)], (
        "a payment may be told a month later"
    )
    assert ("dibao", "1200.00", "2024-01-01", "2024-06-30") in told
    running = next(item for item in items if item.columns["programme"] == "dibao")
    assert running.columns["since"] == "2024-07-01"


def test_medical_aid_is_told_by_the_kind_of_visit_where_the_department_says_it():
    visits = pl.DataFrame(
        {"visit": ["inpatient", "outpatient", "chronic", "pharmacy", None]}, schema={"visit": pl.String}
    )
    told = visits.select(programme=programme_told(FEEDS["medical_settlement"]))["programme"].to_list()
    assert told == ["inpatient_aid", "outpatient_aid", "outpatient_aid", "medical", "medical"]
