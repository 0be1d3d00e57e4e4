"""Which departments were asked and how far they answer: the ground on which silence may be read, or may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

from doudi.feeds import Contract, contracts, stale
from doudi.feeds.freshness import received_periods
from doudi.feeds.periods import following, period_at
from doudi.feeds.store import Store, aware

MONTHS = 12
"""Income is that of twelve months."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed as it stood on the day.

    ``state``: ``fresh``, ``late`` (a period that is due has not come), ``never``, or ``on_request``. ``window``: the twelve
    months up to the newest one received, oldest first, or the one period of a snapshot. ``whole``: nothing of the window is
    missing. ``refused``: rows that were set aside at landing.
    """

    contract: Contract
    state: Literal["fresh", "late", "never", "on_request"]
    newest: str | None
    missing: tuple[str, ...]
    window: tuple[str, ...]
    whole: bool
    refused: int

    @property
    def answers(self) -> bool:
        """Whether a person whom the feed does not list is known not to be listed."""
        return self.state == "fresh" and self.whole


def asked_on(store: Path, day: date) -> Mapping[str, Asked]:
    """All feeds as they stood at the end of ``day``, by name.

    Raises:
        FeedError: a contract is at fault.
    """
    end = aware(datetime.combine(day, time.max))
    landings = [landing for landing in Store(store).landings() if landing.received_at <= end]
    behind = {each.feed: each for each in stale(store, day)}
    found = {}
    for name, made in contracts().items():
        covered = set(received_periods(landings, name))
        late = behind.get(name)
        state: Literal["fresh", "late", "never", "on_request"] = (
            "on_request" if made.due_days is None else "never" if not covered else "late" if late else "fresh"
        )
        today = period_at(day, made.period)
        newest = max((period for period in covered if period <= today), default=None)
        window = _window(made, newest)
        found[name] = Asked(
            made, state, newest, late.missing if late else (), window, bool(window) and covered.issuperset(window),
            sum(t.rejected for each in landings for t in each.report.tables if t.feed == name),
        )  # fmt: skip
    return found


def _window(made: Contract, newest: str | None) -> tuple[str, ...]:
    if newest is None:
        return ()
    if made.kind == "snapshot" or made.period != "month":
        return (newest,)
    return tuple(following(newest, made.period, step) for step in range(1 - MONTHS, 1))
