"""A month is paid: made, checked line by line, locked by somebody else, paid once, and told in the household's ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Entitlement
from doudi.web.cases.services.entitling import first_unpaid, replace_from
from doudi.web.database.scope import acting_as, system
from doudi.web.paying.errors import PayingError
from doudi.web.paying.models import Difference, Finding, Line, Roll
from doudi.web.paying.selectors import sums
from doudi.web.paying.services import decide, enter_paid, lock, make
from doudi.web.registry.models import Benefit, Household, Person, State
from doudi.web.registry.selectors.ledger import years
from tests.web.cases.making import application
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def county(people: People) -> Iterator[None]:
    """Everything in the scope of the county."""
    with acting_as(system()):
        yield


def household(people: People, number: str, account: str) -> Household:
    """A household whose head has an account."""
    found: Household = member_of(people.regions[f"{HERE}101201"], number).household
    head = Person.objects.get(pk=found.head_id)
    head.put("account", account)
    head.save()
    return found


def entitled(people: People, home: Household, amount: int) -> Entitlement:
    """Something that a household is paid from September on."""
    case = application(people, household=home)
    return Entitlement.objects.create(
        region_id=case.region_id, county=HERE, household=home, case=case, step=case.taken.get(), programme="dibao",
        amount=amount, since=date(2026, 9, 1),
    )  # fmt: skip


def paid(people: People, month: date) -> Roll:
    """A roll that was made, locked and paid."""
    roll = lock(make(HERE, month, people.user(Role.COUNTY_CLERK)), people.user(Role.COUNTY_HEAD))
    enter_paid(roll, timezone.localdate(), "批-1", people.user(Role.COUNTY_CLERK))
    return Roll.objects.get(pk=roll.pk)


def told(roll: Roll) -> dict[str, tuple[int, int | None, str]]:
    """Amount, amount before and difference by the number of the household."""
    rows = Line.objects.filter(roll=roll).select_related("household")
    return {row.household.number: (row.amount, row.before, row.difference) for row in rows}


def test_what_is_paid_stands_in_the_ledger_by_year_and_the_next_month_is_explained(
    people: People, county: None
):
    homes = [household(people, f"r{place}", f"62220000{place}") for place in range(4)]
    rows = [entitled(people, home, 50_000) for home in homes[:3]]
    assert first_unpaid(HERE, date(2026, 10, 20)) == OCTOBER
    paid(people, OCTOBER)
    assert first_unpaid(HERE, date(2026, 10, 20)) == NOVEMBER
    (year,) = years(homes[0])
    assert (year.year, year.total) == (2026, 50_000)
    with pytest.raises(PayingError):
        make(HERE, OCTOBER, people.user(Role.COUNTY_CLERK))
    case, step = rows[1].case, rows[1].case.taken.get()
    Entitlement.objects.filter(pk=rows[2].pk).update(until=NOVEMBER)
    replace_from(case, step, "dibao", NOVEMBER, 65_000, 1)
    entitled(people, homes[3], 30_000)
    assert told(make(HERE, NOVEMBER, people.user(Role.COUNTY_CLERK))) == {
        "r0": (50_000, 50_000, Difference.SAME), "r1": (65_000, 50_000, Difference.RAISED),
        "r2": (0, 50_000, Difference.STOPPED), "r3": (30_000, None, Difference.BEGUN),
    }  # fmt: skip


def test_the_dead_and_a_shared_account_wait_for_a_decision_and_nobody_locks_what_he_made(
    people: People, county: None
):
    for number, account in (("r5", "622250"), ("r6", "622250"), ("r7", "622270"), ("r8", "622280")):
        entitled(people, household(people, number, account), 50_000)
    Person.objects.filter(household__number="r7").update(state=State.DIED, ended_on=date(2026, 10, 3))
    clerk, head = people.user(Role.COUNTY_CLERK), people.user(Role.COUNTY_HEAD)
    roll = make(HERE, OCTOBER, clerk)
    lines = {
        line.household.number: line for line in Line.objects.filter(roll=roll).select_related("household")
    }
    assert {number: line.findings for number, line in lines.items()} == {
        "r5": [Finding.SHARED_ACCOUNT], "r6": [Finding.SHARED_ACCOUNT], "r7": [Finding.DIED], "r8": [],
    }  # fmt: skip
    with pytest.raises(PayingError):
        lock(roll, head)
    for number in ("r5", "r6", "r7"):
        decide(lines[number], number != "r7", "母女共用账户" if number != "r7" else "已去世，待变更", clerk)
    with pytest.raises(PayingError):
        lock(roll, clerk)
    again = make(HERE, OCTOBER, clerk)
    assert sums(again)["open"] == 0, "decisions stay when the roll is made anew"
    locked = lock(again, head)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Line.objects.filter(roll=locked).update(amount=1)
    assert enter_paid(locked, timezone.localdate(), "批-2", clerk) == 3
    assert not Benefit.objects.filter(household__number="r7").exists()
    with pytest.raises(PayingError):
        enter_paid(locked, timezone.localdate(), "批-2", clerk)


def test_a_roll_is_made_decided_locked_taken_along_and_paid_on_its_pages(people: People):
    with acting_as(system()):
        entitled(people, household(people, "r9", ""), 50_000)
    clerk, head = people.signed_in(Role.COUNTY_CLERK), people.signed_in(Role.COUNTY_HEAD)
    page = clerk.post("/rolls/", {"month": "2026-10"})
    assert page.status_code == 302
    shown = clerk.get(page.url)
    (line,) = shown.context["page"].object_list
    assert "没有银行账号" in shown.content.decode()
    assert clerk.get(f"{page.url}export/").status_code == 404
    clerk.post(f"/rolls/lines/{line.pk}/", {"pays": "yes", "why": "现金发放"})
    head.post(f"{page.url}lock/")
    book = clerk.get(f"{page.url}export/")
    assert book["Content-Disposition"] == 'attachment; filename="roll-2026-10.xlsx"'
    told: dict[str, Any] = {"on": timezone.localdate().isoformat(), "reference": "批-3"}
    clerk.post(f"{page.url}paid/", told)
    assert "已发放" in clerk.get(page.url).content.decode()
    ledger = clerk.get(f"/households/{line.household_id}/benefits/").content.decode()
    assert "500.00" in ledger
