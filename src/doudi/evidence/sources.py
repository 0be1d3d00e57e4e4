"""What was asked and what came of it: the content of ``sources.json``, in counts that add up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from doudi.evidence.ground import Ground
from doudi.evidence.namings import parts_of


def sources(
    ground: Ground,
    counts: Mapping[str, pl.DataFrame],
    used: Mapping[tuple[str, str], int],
    presume: bool,
) -> dict[str, Any]:
    """Feeds with their state and rows by outcome; people by state; of each fact how many subjects are known.

    Of every part that rows name: rows = linked + review + nobody + unnamed.
    """
    people = ground.people
    states = dict(people.everyone.group_by("state").len().iter_rows())
    sizes = {"household": people.households.height, "person": people.present.height}
    return {
        "day": ground.day.isoformat(),
        "presumptions": presume,
        "feeds": {name: _feed(ground, name, counts.get(name)) for name in sorted(ground.asked)},
        "people": {
            "known": people.everyone.height,
            **{state: states.get(state, 0) for state in ("present", "died", "left", "unplaced")},
            "households": people.households.height,
        },
        "facts": {
            f"{subject}.{fact}": {"known": known, "unknown": sizes[subject] - known}
            for (subject, fact), known in used.items()
        },
    }


def _feed(ground: Ground, name: str, counts: pl.DataFrame | None) -> dict[str, Any]:
    asked = ground.asked[name]
    told: dict[str, Any] = {
        "zh": asked.contract.zh, "department": asked.contract.department_zh, "state": asked.state, "newest": asked.newest,
        "missing": list(asked.missing), "from": asked.window[0] if asked.window else None, "whole": asked.whole,
        "refused": asked.refused, "read": counts is not None,
    }  # fmt: skip
    if counts is None:
        return told
    rows = pl.scan_parquet(ground.rows.linked(name)).select(pl.len()).collect().item()
    told["rows"] = rows
    told["named"] = {}
    for part in parts_of(name):
        found = dict(counts.filter(pl.col("part") == part.name).select("zone", "len").iter_rows())
        outcome = {
            "linked": found.get("link", 0),
            "review": found.get("review", 0),
            "nobody": found.get("none", 0),
        }
        told["named"][part.name] = {**outcome, "unnamed": rows - sum(outcome.values())}
    return told
