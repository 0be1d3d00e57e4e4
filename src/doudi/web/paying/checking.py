"""What speaks against a line, and what it is beside the month before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from doudi.procedure.calendar import add_months
from doudi.web.cases.models import Entitlement
from doudi.web.paying.models import Difference, Finding, Line, Roll
from doudi.web.registry.models import Household, Person, State
from doudi.web.registry.sensitive import blind

Sums = Mapping[tuple[int, str], int]
"""Fen by household and programme."""
_GONE = {State.DIED: Finding.DIED, State.LEFT: Finding.LEFT}


def findings_of(rows: Sequence[Entitlement], month: date) -> dict[int, list[str]]:
    """What speaks against paying each entitlement in a month, by its row.

    Who died or left since a sum was set is a finding until another sum is set.
    """
    homes = Household.objects.select_related("head").in_bulk({row.household_id for row in rows})
    gone = {finding: _gone(homes, state) for state, finding in _GONE.items()}
    accounts = {pk: _account(home.head) for pk, home in homes.items()}
    times = Counter(account for account in accounts.values() if account)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        home, account = homes[row.household_id], accounts[row.household_id]
        found[row.pk] += [
            finding for finding, days in gone.items() if days.get(home.pk, date.min) >= row.since
        ]
        if home.ended_on is not None and home.ended_on < add_months(month, 1):
            found[row.pk].append(Finding.ENDED)
        if not account:
            found[row.pk].append(Finding.NO_ACCOUNT)
        elif times[account] > 1:
            found[row.pk].append(Finding.SHARED_ACCOUNT)
    return found


def _gone(households: Iterable[int], state: str) -> dict[int, date]:
    """The last day on which somebody of a household died or left."""
    rows = Person.objects.filter(household__in=list(households), state=state, ended_on__isnull=False)
    return dict(rows.order_by("ended_on").values_list("household_id", "ended_on"))


def _account(head: Person | None) -> bytes:
    """What tells one account from another, without its number; empty if there is none."""
    plain = head.plain("account") if head else ""
    return blind(plain, "account") if plain else b""


def sums_of(roll: Roll | None) -> Sums:
    """What a roll paid; nothing without one."""
    rows = (
        Line.objects.filter(roll=roll, amount__gt=0, entitlement__once=False) if roll else Line.objects.none()
    )
    found: Counter[tuple[int, str]] = Counter()
    for household, programme, amount in rows.values_list("household_id", "programme", "amount"):
        found[household, programme] += amount
    return found


def difference_of(row: Entitlement, before: Sums, has_before: bool) -> str:
    """What an entitlement is beside the month before."""
    if row.once:
        return Difference.ONCE
    if not has_before:
        return Difference.FIRST
    was = before.get((row.household_id, row.programme))
    if was is None:
        return Difference.BEGUN
    return (
        Difference.SAME
        if was == row.amount
        else Difference.RAISED
        if row.amount > was
        else Difference.LOWERED
    )


def stopped(before: Sums, present: Sequence[Entitlement]) -> list[tuple[Entitlement, int]]:
    """What was paid the month before and is not any more: the entitlement that it rested on, and the sum."""
    there = {(row.household_id, row.programme) for row in present}
    gone = {key: amount for key, amount in before.items() if key not in there}
    rows = Entitlement.objects.filter(household__in={household for household, _programme in gone}, once=False)
    newest = {(row.household_id, row.programme): row for row in rows.order_by("since", "pk")}
    return [(newest[key], amount) for key, amount in gone.items() if key in newest]
