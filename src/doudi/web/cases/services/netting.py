"""What a person decides of an overpayment: netted against coming months, or to be given back; and the sum that is due from then on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from doudi.procedure.calendar import add_months
from doudi.procedure.moves import Taken
from doudi.web.audit import record
from doudi.web.cases.effects import after
from doudi.web.cases.models import Case, Step, Way
from doudi.web.cases.selectors.overpaid import of_case, reckon
from doudi.web.cases.services.entitling import end, enter, month_of, paid_programme

INTEND = "intend"


@after("cut", "net_off")
def net(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """The new sum from the month that was told, less what is netted in each month until all is netted."""
    told = taken.event.inputs
    overpaid, monthly = int(str(told["overpaid"])), int(str(told["netted_monthly"]))
    new, since = _new_sum(taken)
    programme, persons = paid_programme(case, {})
    end(case, programme, since)
    for first, until, amount in netted(new, overpaid, monthly, since):
        if amount:
            enter(case, step, programme, amount, first, persons, until=until)
    _decide(case, Way.NETTED, overpaid, since)


@after("cut", "order_return")
def claim_back(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """The new sum from the month that was told; what was paid too much is to be given back (《社会救助法》第七十四条)."""
    new, since = _new_sum(taken)
    programme, persons = paid_programme(case, {})
    end(case, programme, since)
    if new:
        enter(case, step, programme, new, since, persons)
    _decide(case, Way.ORDERED, int(str(taken.event.inputs["amount"])), since)


@after("cut", "record_return")
def given_back(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """Something was given back: of the earliest overpayment first; when all of one is, it is settled."""
    found = of_case(case)
    shares = _shared(
        int(str(taken.event.inputs["recovered"])), [(one.amount or 0) - one.recovered for one in found]
    )
    for one, share in zip(found, shares, strict=True):
        one.recovered += share
        one.way = Way.SETTLED if one.recovered >= (one.amount or 0) else one.way
        one.save(update_fields=["recovered", "way"])


@after("review", "keep_as_is")
@after("review", "raise_sum")
def nothing_over(case: Case, step: Step, taken: Taken, user: Any) -> None:
    """A death that lowers nothing leaves nothing to be given back, where every month can be determined."""
    until = add_months(month_of(taken.event.at), 1)
    for one in of_case(case):
        if one.way == Way.OPEN and reckon(one, until).over == 0:
            one.way, one.amount = Way.NOTHING, 0
            one.save(update_fields=["way", "amount"])


def netted(new: int, overpaid: int, monthly: int, since: date) -> Iterator[tuple[date, date | None, int]]:
    """First month, month in which it ends, and sum (fen): full parts, the rest in one month, then the whole sum without an end."""
    whole, rest = divmod(overpaid, monthly)
    if whole:
        yield since, add_months(since, whole), new - monthly
    if rest:
        yield add_months(since, whole), add_months(since, whole + 1), new - rest
    yield add_months(since, whole + bool(rest)), None, new


def _new_sum(taken: Taken) -> tuple[int, date]:
    """The sum that was intended and told, and its first month; later steps name other sums."""
    told = next(event.inputs for event in reversed(taken.case.events) if event.step == INTEND)
    return int(str(told["amount"])), month_of(date.fromisoformat(str(told["effective_from"])))


def _decide(case: Case, way: Way, amount: int, since: date) -> None:
    """One decision on all that is open; of the sum each overpayment takes what was reckoned for it, the last one the rest."""
    found = [one for one in of_case(case) if one.way == Way.OPEN]
    shares = _shared(amount, [reckon(one, since).over or 0 for one in found])
    for one, share in zip(found, shares, strict=True):
        one.way, one.amount, one.decided_in = way, share, case
        one.save(update_fields=["way", "amount", "decided_in"])
        record("overpayment.decide", case, details={"way": str(way), "amount": share})


def _shared(amount: int, wanted: Sequence[int]) -> list[int]:
    """A sum shared out in turn, to each what it wants as long as something is left, to the last one all the rest."""
    shares = []
    for place, one in enumerate(wanted, start=1):
        share = amount if place == len(wanted) else min(one, amount)
        shares.append(share)
        amount -= share
    return shares
