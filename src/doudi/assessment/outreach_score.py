"""How good an outreach was, where the truth is known: of those planted, how many were found; of those found, how many rightly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from doudi.assessment.outreach import Outreach
from doudi.assessment.results import Results


@dataclass(frozen=True, slots=True)
class Score:
    """Households. ``planted`` were put there to be found and are due basic aid by the truth; ``due`` are all who are due it
    by the truth and hold none; ``pointed`` is what the outreach names: ``right`` are due it, ``wrong`` are not."""

    planted: int
    planted_found: int
    due: int
    due_found: int
    pointed: int
    right: int
    wrong: int
    wrong_by_true_tier: Mapping[str, int]
    by_priority: Mapping[str, tuple[int, int]]
    """For each class of the list: households pointed at, and of these due basic aid."""

    @property
    def recall(self) -> float:
        """The share of the planted that was found; 1 where none was planted."""
        return self.planted_found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """The share of those pointed at that are due basic aid; 1 where nobody was pointed at."""
        return self.right / self.pointed if self.pointed else 1.0

    def as_data(self) -> dict[str, Any]:
        """As plain data, with both shares."""
        return {**asdict(self), "recall": round(self.recall, 4), "precision": round(self.precision, 4)}


def score(found: Outreach, truth: Results, planted: pl.Series) -> Score:
    """Hold an outreach against the same law applied to the truth; ``planted`` are ids of households."""
    true = truth.determinations.select("household_id", "tier_zh", new=pl.col("change") == "new")
    due = true.filter("new")["household_id"]
    pointed = found.households.select("household_id", "priority").join(true, on="household_id", how="left")
    wrong = pointed.filter(~pl.col("new").fill_null(False))
    expected = planted.unique(maintain_order=True)
    expected = expected.filter(expected.is_in(due.implode()))
    ids = pointed["household_id"].implode()
    return Score(
        planted=len(expected), planted_found=int(expected.is_in(ids).sum()),
        due=len(due), due_found=int(due.is_in(ids).sum()),
        pointed=pointed.height, right=pointed.height - wrong.height, wrong=wrong.height,
        by_priority={
            str(place): (count, right)
            for place, count, right in pointed.group_by("priority").agg(pl.len(), pl.col("new").sum()).sort("priority").iter_rows()
        },
        wrong_by_true_tier=dict(wrong["tier_zh"].cast(pl.String).fill_null("不在册").value_counts(sort=True).iter_rows()),
    )  # fmt: skip
