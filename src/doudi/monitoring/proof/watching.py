"""Every night on which a file came that may tell of an urgent event, swept beside the one swept before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from doudi.feeds.synthetic import read_sent
from doudi.monitoring.opening import read_night
from doudi.monitoring.proof import county
from doudi.monitoring.proof.telling import FEEDS
from doudi.monitoring.sweep import sweep
from doudi.monitoring.warnings import Warnings

Progress = Callable[[int, int], None]


@dataclass
class Watched:
    """The nights with their sweeps, and by household and indicator the nights on which it began to hold."""

    sweeps: dict[date, Warnings] = field(default_factory=dict)
    began: dict[tuple[str, str], list[date]] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """The nights in their order."""
        return list(self.sweeps)

    @property
    def last(self) -> Warnings:
        """The sweep of the last night."""
        return self.sweeps[self.days[-1]]


def nights_of(home: Path, letters: list[date], days: int) -> list[date]:
    """The first night of all, those of the last ``days`` days on which a telling file came, and the last."""
    told = {file.received_at.date() for file in read_sent(home / "departments").files if file.feed in FEEDS}
    since = letters[-1] - timedelta(days=days)
    return sorted({letters[0], letters[-1], *(day for day in told if day >= since)})


def watch(home: Path, days: Iterable[date], progress: Progress) -> Watched:
    """Sweep each night against the one before; the first only serves as the night before."""
    chosen = list(days)
    watched, before, held = Watched(), None, set[tuple[str, str]]()
    for done, (day, folder) in enumerate(county.nights(home, chosen), 1):
        tonight = read_night(folder)
        found = watched.sweeps[day] = sweep(tonight, before)
        holding = set(found.table.select("household_id", "indicator").iter_rows())
        for pair in holding - held:
            watched.began.setdefault(pair, []).append(day)
        before, held = tonight, holding
        progress(done, len(chosen))
    return watched
