"""Somebody in aid reaches an age from which more is due (到龄增发): the machine proposes, whoever confirms grants decides.

The night looks at everybody who reached such an age in the last weeks, so that a night that was missed is made up for. A household
is proposed once for a birthday, whatever was decided of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from doudi import procedure
from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.procedure.calendar import add_months
from doudi.web.cases.models import Case
from doudi.web.cases.selectors.calculating import proposal_of
from doudi.web.cases.selectors.paid import MONTHLY, paid_now, programme_of
from doudi.web.cases.services.calculating import freeze_for
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.entitling import month_of
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.registry.models import Household, Person, State
from doudi.web.registry.selectors.files import File

KIND = "adjustment"
LINES = (60, 70, 80)
"""The ages from which supplements are paid (``law/amounts/supplements.py``: elder_60, elder_70, elder_80)."""
LOOKED_BACK = timedelta(days=31)


class Looked(NamedTuple):
    """How many birthdays were looked at, and how many raises were proposed now."""

    birthdays: int
    proposed: int


def propose_raises(today: date) -> Looked:
    """Propose more for the households in scope in which somebody reached an age by ``today``, from the month after the birthday.

    Proposed is what the law of that month gives; where that cannot be determined, is another programme, or is not more than is paid,
    nothing is.
    """
    looked = proposed = 0
    for person, reached in _birthdays(today):
        looked += 1
        with transaction.atomic():
            proposed += _propose(person, reached)
    return Looked(looked, proposed)


def reached_on(born: date, age: int) -> date:
    """The day on which somebody reaches an age; who was born on 29 February on 1 March where the year has no such day."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _birthdays(today: date) -> Iterator[tuple[Person, date]]:
    """Persons in aid who reached one of the ages in the last weeks, and when."""
    first = today - LOOKED_BACK
    born = Q()
    for age in LINES:
        born |= Q(born__gte=_earlier(first, age), born__lte=_earlier(today, age))
    in_aid = Q(household__held__overlap=list(MONTHLY)) | Q(household__entitlements__until__isnull=True)
    rows = Person.objects.filter(born & in_aid, state=State.PRESENT, household__ended_on__isnull=True)
    for person in rows.select_related("household").distinct().order_by("pk"):
        for age in LINES:
            reached = reached_on(person.born, age)
            if first <= reached <= today:
                yield person, reached


def _earlier(day: date, years: int) -> date:
    """Years before a day; the day before 1 March where the year has no 29 February."""
    return (
        day.replace(year=day.year - years)
        if (day.month, day.day) != (2, 29)
        else date(day.year - years, 2, 28)
    )


def _propose(person: Person, reached: date) -> bool:
    household = Household.objects.select_for_update(of=("self",)).get(pk=person.household_id)
    since = add_months(month_of(reached), 1)
    if Case.objects.filter(household=household, kind=KIND, opened_at__date__gte=reached).exists():
        return False
    before = paid_now(household, month_of(local_now()))
    found = File(household, since).determination
    if before is None or not isinstance(found, Determination):
        return False
    proposal = proposal_of(found, discretion(found))
    if proposal.programme != programme_of(household) or proposal.amount is None or proposal.amount <= before:
        return False
    case = open_case(KIND, household)
    frozen = freeze_for(case, found, proposal, None, local_now())
    inputs = {
        "determination": frozen.number, "programme": proposal.programme, "members_counted": proposal.counted,
        "amount_before": before, "amount": proposal.amount, "effective_from": since.isoformat(),
        "reason": f"成员于{reached:%Y-%m-%d}满{reached.year - person.born.year}周岁",
    }  # fmt: skip
    here = procedure.ground(procedure.procedure(), case.county, local_now().date())
    take(case, "propose_raise_here" if here.delegated else "propose_raise", None, inputs)
    return True
