"""The sheets of a build: all that is said of one subject, as JSON, in blocks that fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.models.sheet import PURPOSE
from doudi.web.registry.sensitive import blind, seal
from doudi.web.registry.squeezing import squeeze

BLOCK = 10_000
FACT = ("fact", "value", "source", "period", "received_at", "since", "confidence", "used", "rule", "row_ids")
"""The columns of a fact."""
_TEXTS = frozenset({
    "received_at", "since", "paid_on", "born", "value", "area", "amount", "monthly", "family_income", "own_income",
    "agreed_fee",
})  # fmt: skip
"""Columns that JSON keeps as text: days and times in ISO form, sums."""


def fresh(evidence: Evidence, subject: str, county: str, present: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The sheets that differ from those ``present`` (``number``, ``digest``), a block at a time, sealed.

    Columns: ``number``, ``digest``, ``sealed``.
    """
    for block in blocks(evidence, subject):
        told = block.with_columns(pl.Series("digest", digests(county, block), dtype=pl.Binary))
        new = told.join(present, on=["number", "digest"], how="anti", maintain_order="left")
        yield new.select("number", "digest", pl.Series("sealed", sealed(county, new), dtype=pl.Binary))


def blocks(evidence: Evidence, subject: str) -> Iterator[pl.DataFrame]:
    """Tables of ``number`` and ``text`` for all persons or households of whom a build says something, a block at a time.

    The text is that which ``Sheet.content`` reads: of facts and of items the values of each column, one after another.
    """
    facts = pl.scan_parquet(evidence.table("facts")).filter(pl.col("subject") == subject)
    items = pl.scan_parquet(evidence.table("items"))
    columns = [name for name in items.collect_schema().names() if name != "household_id"]
    ids = _subjects(evidence, subject)
    for start in range(0, ids.len(), BLOCK):
        part = ids.slice(start, BLOCK)
        table = part.to_frame().join(
            _grouped(facts, part, "subject_id", FACT, "facts"), on="subject_id", how="left"
        )
        if subject == "household":
            told = _grouped(items, part, "household_id", columns, "items", order="item_id")
            table = table.join(told, on="subject_id", how="left")
        told_of = pl.struct(pl.exclude("subject_id"))
        said = table.filter(pl.any_horizontal(pl.exclude("subject_id").is_not_null()))
        yield said.select(number="subject_id", text=told_of.struct.json_encode())


def digests(county: str, block: pl.DataFrame) -> list[bytes]:
    """The keyed hash of each text, bound to its subject."""
    rows = block.select("number", "text").iter_rows()
    return [blind(f"{county}/{number}\x00{text}", PURPOSE) for number, text in rows]


def sealed(county: str, block: pl.DataFrame) -> list[bytes]:
    """Each text, compressed and sealed for its subject."""
    rows = block.select("number", "text").iter_rows()
    return [seal(squeeze(text.encode()), PURPOSE, f"{county}/{number}") for number, text in rows]


def _subjects(evidence: Evidence, subject: str) -> pl.Series:
    """The numbers of all persons or households of a build, in order."""
    numbers = pl.scan_parquet(evidence.table("people")).select(subject_id=f"{subject}_id")
    return numbers.drop_nulls().unique().sort("subject_id").collect().to_series()


def _grouped(
    rows: pl.LazyFrame, part: pl.Series, key: str, columns: Sequence[str], name: str, order: str | None = None
) -> pl.DataFrame:
    """``subject_id`` and ``name``: the columns of its rows, each as a list."""
    plain = [pl.col(column).cast(pl.String) if column in _TEXTS else pl.col(column) for column in columns]
    within = pl.col(key).is_between(pl.lit(part[0]), pl.lit(part[-1]))
    found = rows.filter(within).select(pl.col(key).alias("subject_id"), *plain).collect()
    if order is not None:
        found = found.sort(order)
    return found.group_by("subject_id").agg(columns).select("subject_id", pl.struct(columns).alias(name))
