"""What the pages of rolls show in the walks over all pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Entitlement
from doudi.web.database.scope import acting_as, system
from doudi.web.paying.models import Line, Roll
from doudi.web.paying.services import lock, make
from tests.web.cases.making import application, household_of
from tests.web.people import People

MONTH, LOCKED = date(2026, 11, 1), date(2026, 10, 1)


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page: a roll of a county, for the export a locked one, or a line of a draft."""
    month = LOCKED if access.view == "paying:export" else MONTH
    with acting_as(system()):
        _entitled(county, people)
        roll = Roll.objects.filter(county=county, month=month).first()
        if roll is None:
            roll = make(county, month, people.user(Role.COUNTY_CLERK, county))
            if month == LOCKED:
                roll.lines.update(pays=True)
                lock(roll, people.user(Role.COUNTY_HEAD, county))
        return (
            Line.objects.filter(roll=roll).values_list("pk", flat=True)[0]
            if access.view == "paying:decide"
            else roll.pk
        )


def _entitled(county: str, people: People) -> None:
    """Something that the household of a county is paid each month."""
    household = household_of(people, county)
    if Entitlement.objects.filter(household=household).exists():
        return
    case = Case.objects.filter(household=household, kind="application").first() or application(people, county)
    step = case.taken.order_by("number")[0]
    Entitlement.objects.create(
        region_id=case.region_id, county=county, household=household, case=case, step=step, programme="dibao", amount=56_000,
        persons=1, since=date(2026, 9, 1),
    )  # fmt: skip
