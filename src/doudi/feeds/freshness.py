"""Which feeds are late or have never come. Silence of a department is never read as "nothing happened"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from doudi.feeds.contract_model import Contract, contract, contracts
from doudi.feeds.periods import following, last_day, period_at, periods_of
from doudi.feeds.store import Landing, Store, aware

_MOST_LISTED = 24


@dataclass(frozen=True, slots=True)
class Staleness:
    """A feed that is behind. ``missing``: the periods that are due and did not come; ``due``: when the first was due."""

    feed: str
    zh: str
    department: str
    state: Literal["late", "never"]
    newest: str | None
    expected: str
    missing: tuple[str, ...]
    due: date
    days_late: int

    def sentence(self, language: str = "zh") -> str:
        """One line for people."""
        missing = "、".join(self.missing)
        if language != "zh":
            last = f"the newest is {self.newest}" if self.newest else "it never came"
            return f"{self.feed}: {missing} not received ({last}, {self.days_late} days late); unknown, not nothing"
        last = f"最近一期 {self.newest}" if self.newest else "从未收到"
        return f"{self.zh}（{self.department}）：{missing} 未收到，{last}，已迟 {self.days_late} 天；情况不明，不等于没有发生"


def stale(store: Path, today: date) -> list[Staleness]:
    """The feeds of which a period is due by ``today`` and has not come.

    A file of which no row was accepted does not count, unless it had none: that is a department's word that nothing
    happened. Feeds on request are never late. What was received after ``today`` does not count.
    """
    end = aware(datetime.combine(today, time.max))
    landings = [landing for landing in Store(store).landings() if landing.received_at <= end]
    found = (_staleness(made, received_periods(landings, made.name), today) for made in contracts().values())
    return [each for each in found if each is not None]


def received_periods(landings: list[Landing], feed: str) -> list[str]:
    """The periods for which a file of the feed came, in their order."""
    return sorted(
        {
            period
            for landing in landings
            for table in landing.report.tables
            if table.feed == feed and table.covers and (table.accepted or not table.rejected)
            for period in periods_of(table.covers, contract(feed).period)
        }
    )


def _staleness(made: Contract, received: list[str], today: date) -> Staleness | None:
    if made.due_days is None:
        return None
    expected = period_at(today, made.period)
    while _due(made, expected) >= today:
        expected = following(expected, made.period, -1)
    missing = _missing(made, received, expected)
    if not missing:
        return None
    due = _due(made, missing[0])
    return Staleness(
        made.name, made.zh, made.department_zh, "late" if received else "never", received[-1] if received else None,
        expected, tuple(missing), due, (today - due).days,
    )  # fmt: skip


def _due(made: Contract, period: str) -> date:
    """The last day on which the file of a period is in time."""
    assert made.due_days is not None
    return last_day(period, made.period) + timedelta(days=made.due_days)


def _missing(made: Contract, received: list[str], expected: str) -> list[str]:
    """Periods due from the first received on; only the one expected now if none ever came."""
    if not received:
        return [expected]
    missing: list[str] = []
    period = expected
    while period > received[0] and len(missing) < _MOST_LISTED:
        if period not in received:
            missing.append(period)
        period = following(period, made.period, -1)
    return missing[::-1]
