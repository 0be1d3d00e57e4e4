"""A county of any size for the web application: a small one made by the whole pipeline, copied with other people.

Copies have numbers, id numbers and townships of their own, so that nobody is registered twice; what is known of a person,
names included, is that of the one who was copied.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl

from doudi.cli.demo_steps import Demonstration
from doudi.linkage.ids import check_digit

REGION, DAY, SEED = "999901", date(2026, 8, 1), 2026
SMALL, LARGE, MANY = 10_000, 50_000, 500_000
TOWNSHIPS = "东西南北中上下前后内外左右大小新老高低长"
"""What stands before the names of the townships of each copy; as many copies can be made."""
NUMBERS = ("person_id", "household_id", "subject_id", "item_id", "supporter_id", "same_as", "row_id", "household_number",
           "settlement_number", "aid_number")  # fmt: skip
TABLES = ("people", "items")
PAYING = (
    "aid_roll",
    "disability_subsidies",
    "elder_allowances",
    "children_support",
    "temporary_aid",
    "medical_settlement",
)
"""Feeds whose rows tell what was paid; the others are not read when a county is loaded."""


def made(folder: Path, persons: int) -> Path:
    """The county in ``folder``, made unless it lies there: ``evidence``, ``registry`` and ``store``."""
    size = LARGE if persons >= MANY else SMALL
    copies = max(1, min(len(TOWNSHIPS), round(persons / size)))
    one = made_once(folder, size)
    stamp, whole = {"size": size, "copies": copies, "built": _built(one)}, folder / "whole"
    kept = whole / "stamp.json"
    if not kept.exists() or json.loads(kept.read_text("utf-8")) != stamp:
        multiply(one, whole, copies)
        kept.write_text(json.dumps(stamp), "utf-8")
    return whole


def made_once(folder: Path, size: int = SMALL) -> Path:
    """The small county that is copied, with the divisions of the demonstration."""
    one = folder / "one"
    Demonstration(one, size, SEED, REGION, DAY).done(fresh=False, language="zh")
    return one


def multiply(source: Path, target: Path, copies: int) -> None:
    """Write so many copies of a county beside each other."""
    shutil.rmtree(target, ignore_errors=True)
    evidence = target / "evidence"
    evidence.mkdir(parents=True)
    shutil.copy(source / "evidence" / "sources.json", evidence)
    _facts(source / "evidence" / "facts.parquet", evidence / "facts.parquet", copies)
    files = [source / "evidence" / f"{name}.parquet" for name in TABLES]
    files += (source / "evidence" / "register").glob("*.parquet")
    files += [path for feed in PAYING if (path := source / "evidence" / "links" / f"{feed}.parquet").exists()]
    files += [source / "registry" / "households.parquet"]
    for feed in PAYING:
        files += source.glob(f"store/landings/*/feed={feed}/*/*.parquet")
    for report in source.glob("store/landings/*/report.json"):
        _beside(report, source, target).write_bytes(report.read_bytes())
    for path in files:
        table = pl.read_parquet(path)
        whole = pl.concat(_copy(table, copy) for copy in range(copies))
        whole.write_parquet(_beside(path, source, target), compression_level=1)


def _facts(source: Path, target: Path, copies: int) -> None:
    """One fact at a time, so that memory stays small; in the order in which they stand in the source."""
    facts, parts = pl.scan_parquet(source), target.with_name("parts")
    parts.mkdir()
    paths = []
    order = facts.select("subject", "fact").unique(maintain_order=True).collect()
    for place, (subject, fact) in enumerate(order.iter_rows()):
        rows = facts.filter(pl.col("subject") == subject, pl.col("fact") == fact).collect()
        whole = pl.concat(_copy(rows, copy) for copy in range(copies)).sort("subject_id", maintain_order=True)
        paths.append(parts / f"{place:03}.parquet")
        whole.write_parquet(paths[-1], compression_level=1)
    pl.scan_parquet(paths).sink_parquet(target, compression_level=1)
    shutil.rmtree(parts)


def _copy(table: pl.DataFrame, copy: int) -> pl.DataFrame:
    """The rows of one copy."""
    before = pl.lit(TOWNSHIPS[copy])
    changed = [pl.col(name) + f"{copy:02x}" for name in NUMBERS if name in table.columns]
    changed += [
        (before + pl.col(name)).alias(name) for name in ("village", "address") if name in table.columns
    ]
    if "id_number" in table.columns:
        first = pl.lit(f"99{copy:02}01") + pl.col("id_number").str.slice(6, 11)
        changed.append((first + check_digit(first)).alias("id_number"))
    if "fact" in table.columns:
        value = pl.col("value")
        changed.append(
            pl.when(pl.col("fact") == "household_id").then(value + f"{copy:02x}")
            .when(pl.col("fact") == "village").then(before + value).otherwise(value).alias("value")
        )  # fmt: skip
    return table.with_columns(changed)


def _beside(path: Path, source: Path, target: Path) -> Path:
    place = target / path.relative_to(source)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _built(one: Path) -> object:
    """What the small county was made from."""
    return json.loads((one / "built.json").read_text("utf-8"))["stamp"]
