"""What is granted is paid from the month after, changed from the month that was told, and steps down as announced."""

from __future__ import annotations

from datetime import datetime, timedelta

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Entitlement
from doudi.web.cases.prefilling import initial
from doudi.web.cases.selectors import paying
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from tests.web.cases.conftest import Clock
from tests.web.cases.homes import POOR, Homes
from tests.web.cases.making import REMEDIES, START, deciding, household_of, month, moved
from tests.web.people import People

CONFIRMED, PAID, HEARD = START + timedelta(days=15), datetime(2026, 10, 9, 9), datetime(2026, 10, 12, 9)


def paid(people: People, homes: Homes) -> Case:
    """An application that was confirmed in September and is paid since October."""
    assert people.regions
    case = deciding(people, homes[POOR])
    case = moved(case, "confirm", people.user(Role.COUNTY_HEAD), CONFIRMED).case
    return moved(case, "pay", people.user(Role.COUNTY_CLERK), PAID, pay_record="发-1").case


def sums(case: Case) -> list[tuple[str, str | None, int]]:
    """The entitlements of the household: first month, month in which they end, fen."""
    with acting_as(system()):
        rows = Entitlement.objects.filter(household=case.household).order_by("since", "pk")
        return [
            (f"{row.since:%Y-%m}", f"{row.until:%Y-%m}" if row.until else None, row.amount) for row in rows
        ]


def test_it_is_paid_from_the_month_after_the_confirmation(people: People, homes: Homes):
    case = paid(people, homes)
    assert sums(case) == [("2026-10", None, 106000)]
    with acting_as(system()):
        assert list(paying.of_month(month("2026-09"))) == []
        assert [(each.programme, each.households, each.total) for each in paying.sums(month("2026-11"))] == [
            ("dibao", 1, 106000)
        ]
        assert case.children.get().kind == "review"


def test_it_steps_down_month_by_month_and_ends_after_the_last(people: People, clock: Clock, homes: Homes):
    case = paid(people, homes)
    clock.moment = HEARD
    clerk, head = people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_HEAD)
    with acting_as(clerk.scope):
        grace = open_case("grace", case.household, clerk, case)
        folder = Folder(grace, clerk)
        move = next(move for move in folder.moves if move.step.name == "plan_steps")
        shown = initial(folder, move.step)
    assert shown["amount_before"] == 106000
    steps = shown["steps"]
    assert steps[0] == ("2026-11", 106000)
    assert steps[-1][1] < 106000
    moved(
        grace,
        "plan_steps",
        clerk,
        HEARD,
        worker_started="2026-10-01",
        amount_before=106000,
        steps=steps,
        reason="已就业",
    )
    moved(grace, "invite_to_speak", clerk, HEARD)
    moved(grace, "hear", clerk, HEARD, said="同意", speaks_for="household")
    moved(grace, "decide_steps", head, HEARD, remedies=REMEDIES, delivered_by="in_person")
    found = sums(case)
    assert found[0] == ("2026-10", "2026-11", 106000)
    assert [(since, fen) for since, _until, fen in found[1:]] == [step for step in steps if step[1]]
    with acting_as(system()):
        assert list(paying.of_month(month("2027-10"))) == []


def test_a_cut_takes_effect_in_its_month_and_not_before(people: People, homes: Homes):
    case = paid(people, homes)
    clerk, county, head = (
        people.user(role) for role in (Role.TOWNSHIP_CLERK, Role.COUNTY_CLERK, Role.COUNTY_HEAD)
    )
    with acting_as(clerk.scope):
        cut = open_case("cut", case.household, clerk, case)
    told = {
        "ground_for_cut": "income",
        "amount_before": 106000,
        "amount": 50000,
        "effective_from": "2026-11-01",
    }
    moved(cut, "intend", clerk, HEARD, reason="收入增加", **told)
    moved(cut, "invite_to_speak", clerk, HEARD)
    moved(cut, "hear", clerk, HEARD, said="无异议", speaks_for="household")
    moved(cut, "propose_cut", clerk, HEARD, reason="收入增加")
    moved(cut, "decide_cut", head, HEARD, reason="收入增加", remedies=REMEDIES)
    moved(cut, "tell_cut", clerk, HEARD, delivered_by="in_person")
    assert sums(case) == [("2026-10", None, 106000)]
    moved(cut, "put_into_effect", county, datetime(2026, 11, 2, 9))
    assert sums(case) == [("2026-10", "2026-11", 106000), ("2026-11", None, 50000)]


def test_urgent_aid_is_paid_once(people: People):
    clerk, head = people.user(Role.TOWNSHIP_CLERK), people.user(Role.TOWNSHIP_HEAD)
    with acting_as(system()):
        household = household_of(people)
    with acting_as(clerk.scope):
        case = open_case("temporary_urgent", household, clerk)
    moved(case, "report_need", clerk, START, cause="火灾")
    moved(case, "aid_first", head, START, amount=60000, pay_record="急-1")
    assert sums(case) == [("2026-09", "2026-10", 60000)]


def test_what_is_paid_can_be_taken_along_as_a_workbook(people: People, homes: Homes):
    paid(people, homes)
    browser = people.signed_in(Role.COUNTY_CLERK)
    page = browser.get("/payments/", {"month": "2026-10"})
    assert page.context["page"].paginator.count == 1
    book = browser.get("/payments/export/", {"month": "2026-10"})
    assert book["Content-Disposition"] == 'attachment; filename="payments-2026-10.xlsx"'
    assert book.content[:2] == b"PK"
