"""The sheets of a build: all that is said of one subject, as JSON, in blocks that fit into memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import polars as pl

from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.models.sheet import PURPOSE
from doudi.web.registry.sensitive import blind, seal

BLOCK = 50_000
FACT = ("fact", "value", "source", "period", "received_at", "since", "confidence", "used", "rule", "row_ids")
"""The columns of a fact, of which ``content()["facts"]`` has one mapping each, and one or more for each fact."""
_SQUEEZE = 1


def blocks(evidence: Evidence, subject: str) -> Iterator[pl.DataFrame]:
    """Tables of ``number`` and ``text`` for all persons or households of a build, a block at a time."""
    facts = pl.scan_parquet(evidence.table("facts")).filter(pl.col("subject") == subject)
    ids = _subjects(evidence, facts, subject)
    for start in range(0, ids.len(), BLOCK):
        part = ids.slice(start, BLOCK)
        within = _between("subject_id", part)
        rows = facts.filter(within).select("subject_id", json=_json(list(FACT)))
        told = rows.group_by("subject_id", maintain_order=True).agg(pl.col("json").str.join(",")).collect()
        items = _items(evidence, part) if subject == "household" else _nothing()
        table = (
            part.to_frame().join(told, on="subject_id", how="left").join(items, on="subject_id", how="left")
        )
        text = pl.concat_str(
            pl.lit('{"facts":['), pl.col("json").fill_null(""), pl.lit('],"items":['),
            pl.col("items").fill_null(""), pl.lit("]}"),
        )  # fmt: skip
        yield table.select(number="subject_id", text=text)


def digests(county: str, block: pl.DataFrame) -> list[bytes]:
    """The keyed hash of each text, bound to its subject."""
    rows = block.select("number", "text").iter_rows()
    return [blind(f"{county}/{number}\x00{text}", PURPOSE) for number, text in rows]


def sealed(county: str, block: pl.DataFrame) -> list[bytes]:
    """Each text, compressed and sealed for its subject."""
    rows = block.select("number", "text").iter_rows()
    return [
        seal(zlib.compress(text.encode(), _SQUEEZE), PURPOSE, f"{county}/{number}") for number, text in rows
    ]


def _subjects(evidence: Evidence, facts: pl.LazyFrame, subject: str) -> pl.Series:
    """All of whom something is said, in order."""
    told = facts.select("subject_id")
    if subject == "household":
        things = pl.scan_parquet(evidence.table("items")).select(subject_id="household_id")
        told = pl.concat([told, things])
    return told.unique().drop_nulls().sort("subject_id").collect(engine="streaming").to_series()


def _items(evidence: Evidence, part: pl.Series) -> pl.DataFrame:
    items = pl.scan_parquet(evidence.table("items"))
    columns = [name for name in items.collect_schema().names() if name != "household_id"]
    rows = items.filter(_between("household_id", part))
    found = rows.select(subject_id="household_id", items=_json(columns))
    return found.group_by("subject_id").agg(pl.col("items").sort().str.join(",")).collect()


def _between(column: str, part: pl.Series) -> pl.Expr:
    return pl.col(column).is_between(pl.lit(part[0]), pl.lit(part[-1]))


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"subject_id": pl.String, "items": pl.String})


def _json(columns: list[str]) -> pl.Expr:
    """A mapping of some columns as JSON; days and times in ISO form, sums as text."""
    plain = [pl.col(name).cast(pl.String) if name in _TEXTS else pl.col(name) for name in columns]
    return pl.struct(plain).struct.json_encode()


_TEXTS = frozenset({
    "received_at", "since", "paid_on", "born", "value", "area", "amount", "monthly", "family_income", "own_income",
    "agreed_fee",
})  # fmt: skip
