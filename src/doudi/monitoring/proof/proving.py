"""The proof of a county as a whole: made, as plain data; and such data read from a file, checked."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from doudi.monitoring.errors import fault
from doudi.monitoring.ground import ground_of
from doudi.monitoring.in_force import law_in_force
from doudi.monitoring.proof import county
from doudi.monitoring.proof.events import COUNTS, urgent
from doudi.monitoring.proof.planted import paid_dead, silent
from doudi.monitoring.proof.precision import precision
from doudi.monitoring.proof.watching import Progress, nights_of, watch

PERSONS, DAYS = 10_000, 100
FORMAT = 1
_TALLIES: Mapping[str, tuple[str, ...]] = {
    "silent": ("planted", "warned", "open", "lost"), "paid_dead": ("planted", "warned"),
}  # fmt: skip
_FACTS = ("format", "persons", "months", "nights")


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


def read(path: Path) -> dict[str, Any]:
    """A file with what :func:`prove` gave.

    Raises:
        MonitoringError: it is not such a file.
        OSError: it cannot be read.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        whole = data["format"] == FORMAT and _is_whole(data)
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise fault(
            "proof", "不是 doudi watch proof 写的文件", "not a file of doudi watch proof",
            "先运行 doudi watch proof -o FILE", "run doudi watch proof -o FILE first", str(path),
        )  # fmt: skip
    return dict(data)


def _is_whole(data: Mapping[str, Any]) -> bool:
    """Whether everything is there, every count is one, and no part is larger than its whole."""
    counted = [*(data[name] for name in _FACTS), *_counts(data)]
    return (
        all(type(number) is int and number >= 0 for number in counted)
        and date.fromisoformat(data["from"]) < date.fromisoformat(data["until"])
        and isinstance(data["law"], str)
        and all(one["on_the_night"] <= one["visible"] <= one["happened"] for one in data["urgent"].values())
        and all(one["right"] <= one["warnings"] for one in data["precision"].values())
        and data["silent"]["warned"] + data["silent"]["open"] <= data["silent"]["planted"]
        and data["paid_dead"]["warned"] <= data["paid_dead"]["planted"]
    )


def _counts(data: Mapping[str, Any]) -> list[Any]:
    """Every count that is told."""
    return [
        *(one[name] for one in data["urgent"].values() for name in COUNTS),
        *(data[part][name] for part, names in _TALLIES.items() for name in names),
        *(one[name] for one in data["precision"].values() for name in ("warnings", "right")),
    ]
