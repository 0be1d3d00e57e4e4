"""The sheets of a build: all that is said of one subject, as JSON, in blocks that fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.models.sheet import PURPOSE
from doudi.web.registry.sensitive import blinds, seals
from doudi.web.registry.squeezing import squeeze

PART = 20_000
"""Subjects whose facts are in memory at once."""
BLOCK = 10_000
"""Subjects whose sheets are."""
FACT = ("fact", "value", "source", "period", "received_at", "since", "confidence", "used", "rule", "row_ids")
"""The columns of a fact."""
_TEXTS = frozenset({
    "received_at", "since", "paid_on", "born", "value", "area", "amount", "monthly", "family_income", "own_income",
    "agreed_fee",
})  # fmt: skip
"""Columns that JSON keeps as text: days and times in ISO form, sums."""


def fresh(evidence: Evidence, subject: str, county: str, present: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The sheets that differ from those ``present`` (``number``, ``digest``), a block at a time, sealed.

    Columns: ``number`` (in order), ``digest``, ``sealed``.
    """
    for block in blocks(evidence, subject):
        told = block.with_columns(owner=pl.lit(f"{county}/") + pl.col("number"))
        told = told.with_columns(pl.Series("digest", digests(told), dtype=pl.Binary))
        new = told.join(present, on=["number", "digest"], how="anti", maintain_order="left")
        yield new.select("number", "digest", pl.Series("sealed", sealed(new), dtype=pl.Binary))


def blocks(evidence: Evidence, subject: str) -> Iterator[pl.DataFrame]:
    """Tables of ``number`` and ``text`` (UTF-8) for all persons or households of whom a build says something, a block at a time.

    The text is that which ``Sheet.content`` reads: of facts and of items the values of each column, one after another.
    """
    for part in _subjects(evidence, subject).iter_slices(PART):
        rows = _told(evidence, subject, part["subject_id"])
        for block in part.iter_slices(BLOCK):
            table = block
            for name, told in rows.items():
                table = table.join(_grouped(told, block["subject_id"], name), on="subject_id", how="left")
            told_of = pl.struct(pl.exclude("subject_id"))
            said = table.filter(pl.any_horizontal(pl.exclude("subject_id").is_not_null()))
            yield said.select(number="subject_id", text=told_of.struct.json_encode().cast(pl.Binary))


def digests(block: pl.DataFrame) -> list[bytes]:
    """The keyed hash of each text, bound to its owner."""
    told = zip(block["owner"].to_list(), block["text"].to_list(), strict=True)
    return blinds((owner.encode() + b"\x00" + text for owner, text in told), PURPOSE)


def sealed(block: pl.DataFrame) -> list[bytes]:
    """Each text, compressed and sealed for its owner."""
    told = zip(block["owner"].to_list(), block["text"].to_list(), strict=True)
    return seals(((squeeze(text), owner) for owner, text in told), PURPOSE)


def _subjects(evidence: Evidence, subject: str) -> pl.DataFrame:
    """``subject_id``: the numbers of all persons or households of a build, in order."""
    numbers = pl.scan_parquet(evidence.table("people")).select(subject_id=f"{subject}_id")
    return numbers.drop_nulls().unique().sort("subject_id").collect()


def _told(evidence: Evidence, subject: str, part: pl.Series) -> dict[str, pl.DataFrame]:
    """The facts (and, of households, the items) of some subjects: ``subject_id``, and the columns of their sheets."""
    facts = pl.scan_parquet(evidence.table("facts")).filter(pl.col("subject") == subject)
    found = {"facts": _within(facts, part, "subject_id", FACT)}
    if subject == "household":
        items = pl.scan_parquet(evidence.table("items"))
        columns = [name for name in items.collect_schema().names() if name != "household_id"]
        found["items"] = _within(items, part, "household_id", columns).sort("item_id")
    return found


def _within(rows: pl.LazyFrame, part: pl.Series, key: str, columns: Sequence[str]) -> pl.DataFrame:
    plain = [pl.col(column).cast(pl.String) if column in _TEXTS else pl.col(column) for column in columns]
    return rows.filter(_between(key, part)).select(pl.col(key).alias("subject_id"), *plain).collect()


def _grouped(rows: pl.DataFrame, block: pl.Series, name: str) -> pl.DataFrame:
    """``subject_id`` and ``name``: the columns of its rows, each as a list."""
    columns = [column for column in rows.columns if column != "subject_id"]
    found = rows.filter(_between("subject_id", block)).group_by("subject_id").agg(columns)
    return found.select("subject_id", pl.struct(columns).alias(name))


def _between(key: str, numbers: pl.Series) -> pl.Expr:
    """Within the first and the last of some numbers in order."""
    return pl.col(key).is_between(pl.lit(numbers[0]), pl.lit(numbers[-1]))
