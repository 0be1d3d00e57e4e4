"""What the place may choose is worked out only where something turns, and comes out as if it were worked out everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.assessment.test_run import DAY, REGION, doubtful

from doudi.assessment.register_columns import columns_of
from doudi.assessment.register_corners import (
    corners,
    elastic_of_tier,
    turning,
)
from doudi.assessment.register_law import RegisterLaw
from doudi.assessment.register_sweep import sweep
from doudi.assessment.statute import law_of
from doudi.facts.register import read_register
from doudi.population import generate, write


@pytest.mark.parametrize("gaps", [False, True])
def test_tiers_at_all_corners_are_those_of_the_whole_register(gaps: bool, tmp_path: Path) -> None:
    tables = generate(3_000, seed=3)
    dear = pl.when(pl.col("value") > 0).then(pl.lit(45_000, pl.Decimal(18, 2))).otherwise(pl.col("value"))
    tables["assets"] = tables["assets"].with_columns(
        pl.when(pl.col("kind").str.contains("vehicle|car"))
        .then(dear)
        .otherwise(pl.col("value"))
        .alias("value")
    )
    write(doubtful(tables) if gaps else tables, tmp_path)
    statute = law_of(REGION, DAY)
    columns = columns_of(read_register(tmp_path, DAY), statute)
    findings = sweep(columns, RegisterLaw.of(statute))
    everyone = np.ones(columns.counts["household"], dtype=np.bool_)
    low, high = findings.looks.ends(everyone)
    least, greatest = findings.tier_at_ends
    decided = ~findings.open
    assert (np.minimum(low, findings.least["tier"])[decided] == least[decided]).all()
    assert (np.maximum(high, findings.greatest["tier"])[decided] == greatest[decided]).all()
    assert (least != greatest)[decided].any()


def test_what_is_moved_reaches_the_tier_past_points_only() -> None:
    statute = law_of(REGION, DAY)
    graph = statute.graph
    moved, points = turning(graph, {one.name for one in elastic_of_tier(statute)})
    assert points
    assert set(points) <= set(moved)
    behind: set[int] = set()
    for number in graph.needed([graph.variables["tier"].node]):
        asked = set(graph.nodes[number].args)
        if number not in moved and asked & (set(moved) | behind):
            assert asked & set(moved) <= set(points)
            behind.add(number)
    assert graph.variables["tier"].node in behind | set(points)


def test_corners_take_every_choice_of_ends() -> None:
    statute = law_of(REGION, DAY)
    elastic = elastic_of_tier(statute)
    found = {
        tuple(changed["property.vehicle_cap"][place] for one in elastic for place in one.places)
        for changed in corners(statute, elastic)
    }
    assert found == {(one, two) for one in (4_000_000, 6_000_000) for two in (4_000_000, 6_000_000)}
