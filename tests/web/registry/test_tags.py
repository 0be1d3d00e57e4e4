"""Facts on which sources differ are counted for each household, however many subjects are looked at together."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from doudi.web.registry.loading import tags
from doudi.web.registry.loading.evidence import Evidence

ROWS = (
    ("person", "a1", "wage", "100.00", True),
    ("person", "a1", "wage", "200.00", False),
    ("person", "a2", "wage", "100.00", True),
    ("person", "a2", "wage", "100.00", False),
    ("household", "a", "area", "rural", True),
    ("household", "a", "area", "urban", False),
    ("household", "a", "rooms", None, False),
    ("person", "b1", "marital", "married", False),
    ("person", "b1", "marital", "single", False),
    ("person", "nobody", "wage", "1.00", True),
    ("person", "nobody", "wage", "2.00", False),
)


@pytest.mark.parametrize("part", [1, 2, tags.PART])
def test_conflicts_are_those_of_the_household_and_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
):
    monkeypatch.setattr(tags, "PART", part)
    facts = pl.DataFrame(ROWS, ["subject", "subject_id", "fact", "value", "used"], orient="row")
    facts.write_parquet(tmp_path / "facts.parquet")
    people = pl.DataFrame({"person_id": ["a1", "a2", "b1", "c1"], "household_id": ["a", "a", "b", None]})
    found = tags.conflicts(Evidence(tmp_path), people)
    assert dict(found.iter_rows()) == {"a": 2, "b": 1}
