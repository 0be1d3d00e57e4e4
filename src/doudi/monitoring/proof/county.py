"""A synthetic county to be watched: its departments' files landed, the evidence of some days, prepared nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from doudi.evidence import build
from doudi.feeds.synthetic import land_all, read_sent, write_departments, write_registry
from doudi.monitoring.prepare import prepare
from doudi.population import World, world_of, write_world

REGION, SEED, MONTHS = "999901", 2026, 24
RECEIVED_BY = "proof"


def make(home: Path, persons: int, seed: int = SEED) -> tuple[World, list[date]]:
    """The county, and the days on which its departments' files came, in order.

    Below ``home`` lie then ``truth``, ``registry``, ``departments`` and ``store``.

    Raises:
        ValueError: ``persons`` is not positive.
        OSError: something cannot be written.
    """
    world = world_of(persons, seed, REGION, MONTHS)
    write_world(world, home)
    write_registry(world, home / "registry", world.ends, seed)
    write_departments(world, home / "departments", world.ends, seed=seed)
    sent = read_sent(home / "departments")
    land_all(sent, home / "store", RECEIVED_BY)
    return world, sorted({file.received_at.date() for file in sent.files})


def nights(home: Path, days: Iterable[date]) -> Iterator[tuple[date, Path]]:
    """The evidence of each day, built one upon the other, and its prepared night."""
    for day in days:
        build(home / "registry", home / "store", day, home / "evidence", region=REGION)
        yield day, prepare(home / "evidence", home / "store", REGION, home / "nights" / day.isoformat())
