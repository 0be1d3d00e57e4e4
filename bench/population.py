"""The truth of a county over two years: persons made a second, and the memory it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.measure import in_child, peak_memory, seconds
from bench.result import Result, at_least

PERSONS, RUNS, RATE = 1_000_000, 3, 200_000


def make(persons: int = PERSONS) -> Iterator[Result]:
    """The best of some runs, one process for all of them."""
    found = in_child("population", persons, RUNS)
    yield at_least("population.rate", persons / min(found["seconds"]), "persons/s", RATE)


def make_world(persons: int, runs: int) -> dict[str, Any]:
    """Seconds of each run, and the greatest memory of the process in bytes; freed memory is kept, as ``doudi population make``
    keeps it."""
    from doudi.rules.memory import keep_memory

    keep_memory()
    from doudi.population import world_of

    taken = [seconds(lambda: world_of(persons))[0] for _ in range(runs)]
    return {"seconds": taken, "peak": peak_memory()}
