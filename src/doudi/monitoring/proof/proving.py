"""The proof of a county as a whole, as plain data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from doudi.monitoring.ground import ground_of
from doudi.monitoring.in_force import law_in_force
from doudi.monitoring.proof import county
from doudi.monitoring.proof.events import urgent
from doudi.monitoring.proof.planted import paid_dead, silent
from doudi.monitoring.proof.precision import precision
from doudi.monitoring.proof.result import FORMAT
from doudi.monitoring.proof.watching import Progress, nights_of, watch

PERSONS, DAYS = 10_000, 100


def prove(
    persons: int = PERSONS,
    seed: int = county.SEED,
    days: int = DAYS,
    progress: Progress = lambda done, of: None,
) -> dict[str, Any]:
    """Make a county, watch the nights of its last ``days`` days, and hold what was found against what is true.

    The same arguments under the same law give the same data: ``format``, ``persons``, ``seed``, ``region``, ``months`` of history,
    ``law`` (hash of rules, parameters and entries of indicators), ``from`` and ``until`` (first and last night), ``nights``;
    ``urgent`` by kind of event (:func:`~doudi.monitoring.proof.events.urgent`), ``silent``, ``paid_dead``, and ``precision`` by indicator.

    Raises:
        ValueError: ``persons`` is not positive.
        OSError: there is no room for the files of the county.
    """
    with tempfile.TemporaryDirectory(prefix="doudi-proof-") as folder:
        home = Path(folder)
        world, letters = county.make(home, persons, seed)
        watched = watch(home, nights_of(home, letters, days), progress)
        ground = ground_of(home / "evidence", home / "store")
        first, *_between, last = watched.days
        return {
            "format": FORMAT, "persons": persons, "seed": seed, "region": county.REGION, "months": county.MONTHS,
            "law": law_in_force(county.REGION, last),
            "from": first.isoformat(), "until": last.isoformat(), "nights": len(watched.days),
            "urgent": urgent(ground, watched, world["incidents"]), "silent": silent(watched, world["planted"]),
            "paid_dead": paid_dead(watched, world["planted"]), "precision": precision(watched, world, home / "true"),
        }  # fmt: skip
