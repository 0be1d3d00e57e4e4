"""A night watched from evidence to files: prepare two nights, sweep, merge into the state, write all that came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from doudi.monitoring.decisions import read_decisions
from doudi.monitoring.ground import ground_of
from doudi.monitoring.nights import STATES, merge_nights, no_state, tasks
from doudi.monitoring.prepare import prepare
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import read_night
from doudi.monitoring.warnings import Warnings

NIGHTS, WARNINGS, TASKS, STATE, SUMMARY = (
    "nights", "warnings.parquet", "tasks.parquet", "state.parquet", "summary.json",
)  # fmt: skip
Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Night:
    """What a night came to: warnings, the state after it, one task for each household, and what is told of it."""

    warnings: Warnings
    state: pl.DataFrame
    tasks: pl.DataFrame
    summary: dict[str, Any]
    files: tuple[Path, ...]


def watch(
    today: Path,
    before: Path | None,
    store: Path,
    region: str,
    out: Path,
    *,
    changed_only: bool = False,
    decisions: Path | None = None,
    indicators: Collection[str] | None = None,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Night:
    """Sweep the night of evidence ``today`` against that of ``before`` and lay down in ``out``: ``warnings.parquet``,
    ``tasks.parquet``, ``state.parquet``, ``summary.json``; prepared nights are kept under ``nights/``.

    The state in ``out`` is taken on; the same night twice changes nothing. ``store``: where the feeds were landed;
    ``decisions``: a file of standing decisions.

    Raises:
        MonitoringError: evidence, decisions or state are at fault.
        FactError, FeedError, RegionError, ParameterError, LawError: what is named is at fault.
        OSError: something cannot be read or written.
    """
    held_back = read_decisions(decisions) if decisions is not None else None
    folders = [one for one in (today, before) if one is not None]
    nights = []
    for place, evidence in enumerate(folders):
        progress("prepare", place, len(folders))
        name = ground_of(evidence, store).day.isoformat()
        nights.append(read_night(prepare(evidence, store, region, out / NIGHTS / name)))
    progress("prepare", len(folders), len(folders))
    found = sweep(
        nights[0], nights[1] if len(nights) > 1 else None,
        changed_only=changed_only, indicators=indicators, settings=settings, overlay=overlay,
    )  # fmt: skip
    progress("sweep", 1, 1)
    state = merge_nights(read_state(out / STATE), found, held_back)
    to_do = tasks(state, found)
    summary = {**found.summary(), "states": _counts(state), "to_answer": to_do.height}
    text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
    paths = [
        _put(out / WARNINGS, found.table.write_parquet),
        _put(out / TASKS, to_do.write_parquet),
        _put(out / STATE, state.write_parquet),
        _put(out / SUMMARY, lambda path: path.write_text(text, "utf-8")),
    ]
    return Night(found, state, to_do, summary, tuple(paths))


def read_state(path: Path) -> pl.DataFrame:
    """The state in a file; that before the first night where there is none."""
    return pl.read_parquet(path) if path.exists() else no_state()


def _counts(state: pl.DataFrame) -> dict[str, int]:
    found = dict(state.group_by("state").len().iter_rows())
    held = state.filter(pl.col("held_back_until").is_not_null(), pl.col("state") != "gone").height
    return {**{name: found.get(name, 0) for name in STATES}, "held_back": held}


def _put(path: Path, write: Callable[[Path], Any]) -> Path:
    """A file written beside its place and then put there, so that it is whole at any moment."""
    making = path.with_name(f".{path.name}.making")
    write(making)
    os.replace(making, path)
    return path
