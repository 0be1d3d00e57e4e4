"""A small pair of registers made one, shared by the tests of a module; and a household's own small pair to vary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from doudi.convergence.run import Converged, converge
from doudi.convergence.synthetic import DAY, Pair, Plan, write_pair
from doudi.hardship.index import law_of

LAW = law_of("999901", DAY)
SMALL = Plan(
    covered=60, new={"tekun": 3, "dibao": 2, "single_dibao": 2, "low_margin": 1, "rigid": 2}, exit=4, missing=2, in_review=3,
    died=2, left=2, unknown=2, unplaced=2, others=30, only_base=6,
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A pair, and what it was made into."""

    pair: Pair
    found: Converged

    @property
    def told(self) -> pl.DataFrame:
        """The rows with ``place_true``, ``tier_true``, ``reason_true`` beside them."""
        lines = self.found.received.listed.select("row_id", line="source_row")
        truth = self.pair.truth.rename(
            {name: f"{name}_true" for name in ("person_id", "place", "tier", "reason")}
        )
        return self.found.rows.join(lines, on="row_id").join(truth, on="line", how="left")


def made_one(folder: Path, plan: Plan, seed: int = 2026) -> Made:
    """Write a pair into the folder and make it one."""
    pair = write_pair(folder / "pair", plan, seed)
    return Made(
        pair, converge(pair.listed, pair.base, pair.evidence, LAW, folder / "received", by="officer1")
    )


@pytest.fixture(scope="package")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A small pair made one."""
    return made_one(tmp_path_factory.mktemp("small"), SMALL)
