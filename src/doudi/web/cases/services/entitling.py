"""What steps grant, change and end (待遇), entered in the transaction of the step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from doudi.procedure.calendar import add_months
from doudi.procedure.moves import Taken
from doudi.web.audit import record
from doudi.web.cases.effects import after
from doudi.web.cases.models import Case, Entitlement, Step
from doudi.web.cases.selectors.paid import paid_now, programme_of
from doudi.web.cases.services.cases import as_procedure, local_now
from doudi.web.registry.models import PAYMENT, Benefit

TEMPORARY = "temporary_aid"
TEMPORARY_PAID = "temporary"
"""How departments call it in what they tell of payments."""
ROLL = "/"
"""What stands in the row of a payment that a monthly roll made: its number, and that of the line."""
_DECISIONS = ("confirm", "confirm_delegated")


def month_of(day: date | datetime) -> date:
    """The first day of its month."""
    return date(day.year, day.month, 1)


@after("application", "pay")
@after("tekun", "pay")
def begin(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """What was confirmed is paid from the month after the confirmation (民发〔2021〕57号 art. 21)."""
    decided = next(event for event in reversed(taken.case.events) if event.step in _DECISIONS)
    since = add_months(month_of(decided.at), 1)
    facts = facts_of(taken)
    end(case, str(facts["programme"]), since)
    enter(
        case, step, str(facts["programme"]), int(facts["amount"]), since, int(facts.get("members_counted", 0))
    )


@after("temporary_spending", "pay")
@after("temporary_urgent", "aid_first")
@after("temporary_urgent", "county_aid_first")
@after("commitment", "aid_on_commitment")
def pay_once(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Temporary aid is paid a single time, by the step itself."""
    amount = int(facts_of(taken)["amount"])
    month = month_of(taken.event.at)
    enter(case, step, TEMPORARY, amount, month, once=True)
    Benefit.objects.create(
        region_id=case.region_id, county=case.county, household=case.household, programme=TEMPORARY_PAID, month=month,
        amount=amount, source=PAYMENT, row=f"step-{step.pk}",
    )  # fmt: skip


@after("review", "raise_sum")
@after("adjustment", "confirm_raise")
@after("adjustment", "confirm_raise_delegated")
@after("cut", "put_into_effect")
def change(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Another sum from the month that was told; none when it was stopped."""
    facts = facts_of(taken)
    since = month_of(date.fromisoformat(str(facts["effective_from"])))
    programme, persons = paid_programme(case, facts)
    end(case, programme, since)
    if int(facts["amount"]):
        enter(case, step, programme, int(facts["amount"]), since, persons)


@after("grace", "decide_steps")
def step_down(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Each announced step in its month, nothing after the last (民发〔2021〕57号 art. 33)."""
    facts = facts_of(taken)
    months: list[tuple[str, int]] = [(str(month), int(amount)) for month, amount in facts["steps"]]
    programme, persons = paid_programme(case, facts)
    end(case, programme, date.fromisoformat(f"{months[0][0]}-01"))
    for month, amount in months:
        since = date.fromisoformat(f"{month}-01")
        if amount:
            enter(case, step, programme, amount, since, persons, until=add_months(since, 1))


@after("grace", "cancel_steps")
def restore(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Steps that have not come are taken back; the former sum goes on until the review that follows decides."""
    if not any(event.step == "decide_steps" for event in taken.case.events):
        return
    facts = facts_of(taken)
    since = add_months(month_of(taken.event.at), 1)
    programme, persons = paid_programme(case, facts)
    end(case, programme, since)
    enter(case, step, programme, int(facts["amount_before"]), since, persons)


@after("tekun_end", "tell_ending")
def stop(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Support ends with the month in which the decision was told."""
    end(case, "tekun", add_months(month_of(taken.event.at), 1))


def replace_from(case: Case, step: Step, programme: str, since: date, amount: int, persons: int) -> None:
    """Another sum of a programme from a month on, which may be past: what was entered for it no longer counts. Zero: none."""
    end(case, programme, since)
    if amount:
        enter(case, step, programme, amount, since, persons)


def enter_once(case: Case, step: Step, programme: str, amount: int, month: date) -> None:
    """A sum that is paid a single time, in a month."""
    enter(case, step, programme, amount, month, once=True)


def contested_programme(case: Case) -> tuple[str, int]:
    """The programme that a case is about, with the members it covers: what it entered, else what the household was paid."""
    own = Entitlement.objects.filter(case=case).order_by("-since", "-pk").first()
    if own is not None:
        return own.programme, own.persons
    facts: dict[str, Any] = {}
    for event in as_procedure(case).events:
        facts |= dict(event.inputs)
    return paid_programme(case, facts)


def amended_by(appeal: Case) -> dict[str, Any]:
    """What an appeal would restore: the month from which the contested case changed what is paid, the sum since and the one before."""
    if appeal.parent is None:
        return {}
    facts: dict[str, Any] = {}
    for event in as_procedure(appeal.parent).events:
        facts |= dict(event.inputs)
    own = Entitlement.objects.filter(case=appeal.parent).order_by("since", "pk").first()
    told = facts.get("effective_from")
    since = (
        own.since
        if own
        else month_of(date.fromisoformat(str(told)))
        if told
        else add_months(month_of(local_now()), 1)
    )
    programme, _persons = contested_programme(appeal.parent)
    return {
        "effective_from": since, "amount_before": _sum_in(appeal, programme, since),
        "amount": _sum_in(appeal, programme, add_months(since, -1)),
    }  # fmt: skip


def _sum_in(case: Case, programme: str, month: date) -> int:
    """What the household is paid of a programme in a month, in fen."""
    return sum(row.amount for row in monthly_of(case.household, month) if row.programme == programme)


def first_unpaid(county: str, today: date) -> date:
    """The first month that is still to be paid: the one after the newest roll that was paid; without one, the present one."""
    monthly = Benefit.objects.filter(county=county, source=PAYMENT, row__contains=ROLL).order_by("-month")
    newest = monthly.values_list("month", flat=True).first()
    return add_months(newest, 1) if newest else month_of(today)


def difference_of(county: str, facts: dict[str, Any], today: date) -> int | None:
    """What the months already paid come to, in fen: positive where too little was paid. None where no sum was amended."""
    if not all(name in facts for name in ("amount", "amount_before", "effective_from")):
        return None
    since = month_of(date.fromisoformat(str(facts["effective_from"])))
    until, months = first_unpaid(county, today), 0
    while add_months(since, months) < until:
        months += 1
    return months * (int(facts["amount"]) - int(facts["amount_before"]))


def monthly_of(household: Any, month: date) -> list[Entitlement]:
    """What a household is paid in a month, month by month."""
    rows = Entitlement.objects.filter(household=household, once=False, since__lte=month).order_by(
        "-since", "-pk"
    )
    return [row for row in rows if row.until is None or row.until > month]


def paid_programme(case: Case, facts: dict[str, Any]) -> tuple[str, int]:
    """The programme that a change is about, with the members it covers: what is paid now or last, or what was calculated."""
    held = Entitlement.objects.filter(household=case.household, once=False).order_by("-since", "-pk").first()
    calculated = facts.get("members_counted") or _counted_in(case.parent)
    if held is not None:
        return held.programme, int(calculated or held.persons)
    programme = programme_of(case.household) or str(facts.get("programme", "dibao"))
    return programme if programme != "none" else "dibao", int(calculated or 0)


def _counted_in(case: Case | None) -> int | None:
    """The members that the calculation of a case counted."""
    events = as_procedure(case).events if case is not None else ()
    found = next((event for event in reversed(events) if event.step == "calculate"), None)
    return int(str(found.inputs.get("members_counted", 0))) if found else None


def end(case: Case, programme: str, month: date) -> None:
    """Nothing of a programme from a month on; what would have begun later never begins."""
    running = Entitlement.objects.filter(household=case.household, programme=programme, once=False)
    running.filter(until__isnull=True, since__lt=month).update(until=month)
    running.filter(until__gt=month, since__lt=month).update(until=month)
    for row in running.filter(since__gte=month).exclude(until__lte=month):
        row.until = row.since
        row.save(update_fields=["until"])


def enter(
    case: Case, step: Step, programme: str, amount: int, since: date, persons: int = 0, *, until: date | None = None,
    once: bool = False,
) -> None:  # fmt: skip
    Entitlement.objects.create(
        region_id=case.region_id, county=case.county, household=case.household, case=case, step=step, programme=programme,
        amount=amount, persons=persons, since=since, until=add_months(since, 1) if once else until, once=once,
    )  # fmt: skip
    record(
        "entitlement.enter",
        case,
        details={"programme": programme, "since": since.isoformat(), "amount": amount},
    )


def facts_of(taken: Taken) -> dict[str, Any]:
    """All that was filled in so far, the latest counting."""
    found: dict[str, Any] = {}
    for event in taken.case.events:
        found |= dict(event.inputs)
    return found


def known_sum(case: Case) -> int | None:
    """What the household of a case is paid each month now, in fen; None when nothing is on record."""
    paid = paid_now(case.household, month_of(local_now())) if case.household else None
    return paid if paid is not None else _told_before(case)


def _told_before(case: Case) -> int | None:
    """The sum of the case from which this one came."""
    if case.parent is None:
        return None
    for event in reversed(as_procedure(case.parent).events):
        for name in ("amount_before", "amount"):
            if isinstance(event.inputs.get(name), int):
                return int(str(event.inputs[name]))
    return None
