"""A linkage held against the truth: precision, recall and F1, in all, by kind of noise and by threshold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from doudi.linkage.errors import LinkageError
from doudi.linkage.prepare import checked

THRESHOLDS = (0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999)


@dataclass(frozen=True, slots=True)
class Score:
    """``rows`` of a kind, of which ``true`` belong to a person; ``linked`` rows, ``right`` ones among them; ``in_review`` those
    left to a person, ``review_right`` those where the right person stands first."""

    kind: str
    rows: int
    true: int
    linked: int
    right: int
    in_review: int
    review_right: int

    @property
    def precision(self) -> float | None:
        """Of the rows linked, the part linked to the right person."""
        return self.right / self.linked if self.linked else None

    @property
    def recall(self) -> float | None:
        """Of the rows that belong to a person, the part linked to that person without review."""
        return self.right / self.true if self.true else None

    @property
    def recall_with_review(self) -> float | None:
        """The same, if every row in review is decided right."""
        return (self.right + self.review_right) / self.true if self.true else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.linked + self.true) if self.linked + self.true else None

    def as_data(self) -> dict[str, Any]:
        """Counts and rates as plain data."""
        return {
            **asdict(self), "precision": self.precision, "recall": self.recall, "f1": self.f1,
            "recall_with_review": self.recall_with_review,
        }  # fmt: skip


@dataclass(frozen=True)
class Evaluation:
    """All rows, each kind of noise (a row with two kinds counts in both), and all rows at other thresholds."""

    whole: Score
    by_kind: tuple[Score, ...]
    by_threshold: tuple[tuple[float, Score], ...]

    def as_data(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "whole": self.whole.as_data(),
            "by_kind": [score.as_data() for score in self.by_kind],
            "by_threshold": [{"threshold": least, **score.as_data()} for least, score in self.by_threshold],
        }


def evaluate(links: pl.DataFrame, truth: pl.DataFrame) -> Evaluation:
    """``links`` as a linkage gives them; ``truth``: row_id, person_id (empty: nobody) and, if known, noise (kinds joined by +).

    Raises:
        LinkageError: ``truth`` lacks a column.
    """
    if "row_id" not in truth.columns or "person_id" not in truth.columns:
        checked(truth, "row_id", ["person_id"], ())
    noise = pl.col("noise") if "noise" in truth.columns else pl.lit("all")
    told = truth.select(
        pl.col("row_id").cast(pl.String),
        _true=pl.col("person_id").cast(pl.String).replace("", None),
        noise=noise,
    )
    rows = links.join(told, on="row_id").with_columns(
        _right=(pl.col("person_id") == pl.col("_true")).fill_null(False)
    )
    if not rows.height:
        raise LinkageError("truth and rows have no row in common")
    kinds = rows.with_columns(noise=pl.col("noise").str.split("+")).explode("noise")
    by_kind = tuple(
        _score(str(kind), part)
        for (kind,), part in sorted(kinds.group_by("noise"), key=lambda pair: str(pair[0][0]))
    )
    by_threshold = tuple((least, _score(f"≥ {least}", _at(rows, least))) for least in THRESHOLDS)
    return Evaluation(_score("all", rows), by_kind, by_threshold)


def _score(kind: str, rows: pl.DataFrame) -> Score:
    linked, review, right = pl.col("zone") == "link", pl.col("zone") == "review", pl.col("_right")
    found = rows.select(
        rows=pl.len(), true=pl.col("_true").is_not_null().sum(), linked=linked.sum(), right=(linked & right).sum(),
        in_review=review.sum(), review_right=(review & right).sum(),
    ).row(0, named=True)  # fmt: skip
    return Score(kind, **found)


def _at(rows: pl.DataFrame, least: float) -> pl.DataFrame:
    """The rows as if only the probability decided."""
    probable = (pl.col("probability") >= least).fill_null(False)
    return rows.with_columns(zone=pl.when(probable).then(pl.lit("link")).otherwise(pl.lit("none")))


def table_rows(found: Evaluation) -> Iterable[tuple[str, ...]]:
    """The scores as texts for a table: kind, rows, true, linked, right, review, precision, recall, F1."""
    for score in (*found.by_kind, found.whole):
        yield (
            score.kind, f"{score.rows:,}", f"{score.true:,}", f"{score.linked:,}", f"{score.right:,}", f"{score.in_review:,}",
            _rate(score.precision), _rate(score.recall), _rate(score.f1),
        )  # fmt: skip


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
