"""A night watched from evidence to files: prepare two nights, sweep, merge into the state, write all that came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from doudi.monitoring.changed import read_changed
from doudi.monitoring.decisions import read_decisions
from doudi.monitoring.ground import ground_of
from doudi.monitoring.nights import STATES, merge_nights, no_state, tasks
from doudi.monitoring.opening import NIGHT, read_head, read_night
from doudi.monitoring.prepare import prepare
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
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
    ``decisions``: a file of standing decisions; ``changed_only``: only households of which something may be found otherwise than
    the night before, all where that cannot be told (:mod:`doudi.monitoring.changed`); the state that comes of it is the same.

    Raises:
        MonitoringError: evidence, decisions or state are at fault.
        FactError, FeedError, RegionError, ParameterError, LawError: what is named is at fault.
        OSError: something cannot be read or written.
    """
    held_back = read_decisions(decisions) if decisions is not None else None
    prepared = _prepared([one for one in (today, before) if one is not None], store, region, out, progress)
    usual = not (indicators or settings or overlay)
    tonight, earlier = _nights(prepared, out, changed_only and usual)
    found = sweep(tonight, earlier, indicators=indicators, settings=settings, overlay=overlay)
    progress("sweep", 1, 1)
    state = merge_nights(read_state(out / STATE), found, held_back)
    to_do = tasks(state, found)
    summary = {
        **found.summary(), "states": _counts(state), "to_answer": to_do.height, "usual": usual,
        "before": None if earlier is None else earlier.day.isoformat(), "made_of": _made_of(tonight.page),
    }  # fmt: skip
    text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
    paths = [
        _put(out / WARNINGS, found.table.write_parquet),
        _put(out / TASKS, to_do.write_parquet),
        _put(out / STATE, state.write_parquet),
        _put(out / SUMMARY, lambda path: path.write_text(text, "utf-8")),
    ]
    return Night(found, state, to_do, summary, tuple(paths))


def _prepared(folders: Sequence[Path], store: Path, region: str, out: Path, progress: Progress) -> list[Path]:
    """Each folder of evidence as a prepared night."""
    prepared = []
    for place, evidence in enumerate(folders):
        progress("prepare", place, len(folders))
        name = ground_of(evidence, store).day.isoformat()
        prepared.append(prepare(evidence, store, region, out / NIGHTS / name))
    progress("prepare", len(folders), len(folders))
    return prepared


def _nights(prepared: Sequence[Path], out: Path, changed_only: bool) -> tuple[Tables, Tables | None]:
    """Tonight and the night before, as far as they have to be looked at."""
    if len(prepared) == 1:
        return read_night(prepared[0]), None
    return read_changed(prepared[0], prepared[1], _swept_before(prepared[1], out) if changed_only else None)


def _swept_before(before: Path, out: Path) -> Path | None:
    """The prepared night beside which ``before`` was swept; None if the last sweep was not of this night as it is now, or not of
    all indicators under the law as it is."""
    try:
        last = json.loads((out / SUMMARY).read_text("utf-8"))
        known = last["usual"] and last["made_of"] == _made_of(read_head(before).page)
        earlier = out / NIGHTS / last["before"] if known and last["before"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return earlier if earlier is not None and (earlier / NIGHT).exists() else None


def _made_of(page: Mapping[str, Any]) -> str:
    """One text for the evidence and the law of which a night was prepared."""
    return sha256(json.dumps(page["stamp"], sort_keys=True).encode()).hexdigest()


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
