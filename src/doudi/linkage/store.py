"""A folder that keeps a linkage, so that the next run links only what is new and forgets no decision.

``links.parquet``, ``candidates.parquet``, ``waterfall.parquet``, ``decisions.parquet``, ``persons.parquet`` (who there was to
link to), ``model.json``, ``summary.json``. None of them holds a name or an id number. Each file is replaced whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from doudi.linkage.config import Config
from doudi.linkage.decisions import none_yet
from doudi.linkage.errors import LinkageError
from doudi.linkage.linkage import Linkage, both_comparable, link_comparable
from doudi.linkage.model import read_model
from doudi.linkage.prepare import UNIT
from doudi.rules.errors import Problem

TABLES = ("links", "candidates", "waterfall", "decisions")
WRITTEN = (*(f"{name}.parquet" for name in (*TABLES, "persons")), "model.json", "summary.json")


@dataclass(frozen=True)
class Run:
    """A linkage as it now stands in the folder, and how many rows were linked anew in this run."""

    linkage: Linkage
    linked_now: int


def link_into(
    folder: Path,
    rows: pl.DataFrame,
    persons: pl.DataFrame,
    config: Config,
    *,
    decisions: pl.DataFrame | None = None,
    anew: bool = False,
    memory: str | None = None,
) -> Run:
    """Link rows into ``folder``. If it holds an earlier run, its model is used and only those rows are linked that are new,
    say something else than before, were linked to a person who is gone or of whom something else is said now, or are decided
    now; once there are more persons, also those that were linked to nobody or left for review. The others stay. ``anew`` trains
    and links everything again, and still remembers the decisions.

    Raises:
        LinkageError: tables, decisions or folder are at fault, or the folder was made with another configuration.
        OSError: the folder cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    earlier = None if anew else _earlier(folder, config)
    remembered = _table(folder, "decisions", none_yet)
    ours, theirs = both_comparable(rows, persons, config)
    people = _fingerprints(theirs, "person_id")
    if earlier is None:
        found = link_comparable(
            ours, theirs, config, decisions=decisions, earlier_decisions=remembered, memory=memory
        )
        _write(folder, found, config, people)
        return Run(found, found.links.height)
    before = _table(folder, "persons", lambda: people)
    now = _to_link(_fingerprints(ours, "row_id"), people, before, earlier.links, decisions)
    if now.is_empty() and decisions is None:
        _write(folder, earlier, config, people)
        return Run(earlier, 0)
    found = link_comparable(
        ours.join(now, left_on=UNIT, right_on="row_id", how="semi", maintain_order="left"), theirs, config,
        model=earlier.model, decisions=decisions, earlier_decisions=remembered, memory=memory,
    )  # fmt: skip
    whole = _together(earlier, found, now)
    _write(folder, whole, config, people)
    return Run(whole, found.links.height)


def _earlier(folder: Path, config: Config) -> Linkage | None:
    if not (folder / "summary.json").exists():
        return None
    if made_otherwise(folder, config):
        raise LinkageError([Problem(
            "linkage.folder_other", "这个文件夹是用另一配置生成的", "the folder was made with another configuration",
            "加 --anew 全部重做，或另选文件夹", "link everything again with --anew, or name another folder", file=str(folder),
        )])  # fmt: skip
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    return Linkage(**tables, model=read_model(folder / "model.json", config))


def made_otherwise(folder: Path, config: Config) -> bool:
    """Whether the folder holds a run that was made with another configuration, which :func:`link_into` refuses unless ``anew``."""
    summary = folder / "summary.json"
    return summary.exists() and json.loads(summary.read_text("utf-8")).get("configuration") != digest(config)


def digest(config: Config) -> str:
    """What tells one configuration from another."""
    return hashlib.sha256(repr(config).encode()).hexdigest()


def _fingerprints(comparable: pl.DataFrame, key: str) -> pl.DataFrame:
    """The keys of a comparable table, by their name, with what tells one saying from another."""
    return comparable.select(pl.col(UNIT).alias(key), "fingerprint")


def _to_link(
    known: pl.DataFrame,
    people: pl.DataFrame,
    people_before: pl.DataFrame,
    earlier: pl.DataFrame,
    decisions: pl.DataFrame | None,
) -> pl.DataFrame:
    """The ids of the rows that must be linked in this run. ``known``: all rows with their fingerprints."""
    new = people.join(people_before, on=["person_id", "fingerprint"], how="anti")
    same = people.join(new, on="person_id", how="anti")
    gone = earlier.filter(pl.col("person_id").is_not_null()).join(same, on="person_id", how="anti")
    if new.height:
        gone = pl.concat([gone, earlier.filter(pl.col("zone") != "link")])
    stand = known.join(
        earlier.select("row_id", "fingerprint"), on=["row_id", "fingerprint"], how="semi"
    ).join(gone, on="row_id", how="anti")
    if decisions is not None and decisions.height:
        decided = known.join(decisions.select("row_id"), on="row_id", how="semi")
        alike = known.join(decided.select("fingerprint"), on="fingerprint", how="semi")
        stand = stand.join(alike, on="row_id", how="anti")
    return known.join(stand, on="row_id", how="anti").select("row_id")


def _together(earlier: Linkage, found: Linkage, now: pl.DataFrame) -> Linkage:
    def joined(name: str) -> pl.DataFrame:
        old = getattr(earlier, name).join(now, on="row_id", how="anti")
        return pl.concat([old, getattr(found, name)], how="vertical_relaxed")

    return Linkage(joined("links"), joined("candidates"), joined("waterfall"), found.decisions, earlier.model)


def _table(folder: Path, name: str, otherwise: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    path = folder / f"{name}.parquet"
    return pl.read_parquet(path) if path.exists() else otherwise()


def _write(folder: Path, found: Linkage, config: Config, people: pl.DataFrame) -> None:
    """All files; the summary last, so that a run cut short is not taken for a whole one."""
    (folder / "summary.json").unlink(missing_ok=True)
    for name in TABLES:
        table: pl.DataFrame = getattr(found, name)
        _replace(folder / f"{name}.parquet", table.write_parquet)
    _replace(folder / "persons.parquet", people.write_parquet)
    _replace(folder / "model.json", found.model.write)
    summary: dict[str, Any] = {
        "configuration": digest(config),
        "counts": found.counts(),
        "trained": found.model.trained,
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    _replace(folder / "summary.json", lambda path: path.write_text(text, "utf-8"))


def _replace(path: Path, write: Callable[[Path], Any]) -> None:
    part = path.with_name(f".{path.name}.part")
    write(part)
    os.replace(part, path)
