"""What a household receives already, by programme: from the holdings of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from doudi.facts.household import HouseholdFacts
from doudi.facts.vocabulary import Vocabulary
from doudi.programmes.catalogue import catalogue
from doudi.programmes.choice import Key


@dataclass(frozen=True, slots=True)
class Holding:
    """One row: a programme paid by the month from ``since`` to ``until`` (0: still), or one payment on ``paid_on``.

    ``amount`` is in fen, for the month or the payment, None where it is not known; ``person`` is the row of the person, −1
    for the household's own.
    """

    programme: str
    person: int
    since: int | None
    until: int | None
    paid_on: int
    amount: int | None

    @property
    def once(self) -> bool:
        """Whether it is one payment."""
        return self.paid_on > 0

    def holds_on(self, day: int) -> bool:
        """Whether a monthly programme runs on that day; one whose days are not known does."""
        return not self.once and (self.since or 0) <= day and (not self.until or day <= self.until)

    def months_in(self, year: int, last_month: int = 12) -> list[int]:
        """The months of a year, up to ``last_month``, in which a monthly programme is paid."""
        return [
            month
            for month in range(1, last_month + 1)
            if not self.once
            and (self.since or 0) <= year * 10_000 + month * 100 + 31
            and (not self.until or year * 10_000 + month * 100 + 1 <= self.until)
        ]


@cache
def code_of_programme() -> tuple[str, ...]:
    """For each code of ``programme`` the id in the catalogue, empty where it is a tier or another aid."""
    held = {one.held_as: one.id for one in catalogue().programmes.values() if one.held_as}
    return tuple(held.get(code, "") for code in Vocabulary.load().codes["programme"].codes)


@cache
def items() -> tuple[str, ...]:
    """The ids of ``item`` by their code; the first is none."""
    return tuple(Vocabulary.load().codes["aid_item"].codes)


def holdings_of(household: HouseholdFacts) -> Iterator[Holding]:
    """The holdings that are programmes of the catalogue."""
    for row in household.facts["holding"]:
        item = row["holding_item"]
        name = items()[item] if item else code_of_programme()[row["holding_programme"] or 0]
        if name in ("", "none"):
            continue
        paid_on = row["holding_paid_on"] or 0
        amount = row["holding_amount"] if paid_on else row["holding_monthly"]
        yield Holding(name, row["owner_index"], row["holding_since"], row["holding_until"], paid_on, amount)


def held_on(household: HouseholdFacts, day: int) -> Mapping[Key, int | None]:
    """What is received on a day: of monthly programmes the month's amount, of the others what was paid in the calendar year.

    None where an amount is not known.
    """
    found: dict[Key, int | None] = {}
    for one in holdings_of(household):
        counts = (
            day // 10_000 == one.paid_on // 10_000 and one.paid_on <= day if one.once else one.holds_on(day)
        )
        if not counts:
            continue
        unit = (
            catalogue().programmes[one.programme].unit
            if one.programme in catalogue().programmes
            else "household"
        )
        key = (one.programme, one.person if unit == "person" else -1)
        before = found.get(key, 0)
        found[key] = None if before is None or one.amount is None else before + one.amount
    return found
