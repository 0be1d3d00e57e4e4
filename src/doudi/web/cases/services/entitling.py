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

TEMPORARY = "temporary_aid"
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
    """Temporary aid is paid a single time."""
    amount = int(facts_of(taken)["amount"])
    enter(case, step, TEMPORARY, amount, month_of(taken.event.at), once=True)


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
