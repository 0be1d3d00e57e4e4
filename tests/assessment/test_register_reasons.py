"""Whatever kind of property refuses a household of a register, the register names that kind, in the words of one household."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.assessment.test_run import each, write_csv

from doudi.assessment.register_reasons import REASONS, TOLD_BY
from doudi.assessment.run import run_register
from doudi.assessment.sentences import sentence
from doudi.assessment.statute import law_of

REGION, DAY = "999901", date(2026, 8, 1)
BEYOND = {
    "money": [("deposit", "30240.01", "")],
    "vehicles": [("vehicle", "1.00", "")] * 2,
    "homes": [("home", "1.00", "13")] * 2,
    "shops": [("shop", "1.00", "20")],
    "business": [("business", "30000.01", "")],
    "woodland": [("woodland", "150000.01", "3000")],
}
"""Assets that are beyond the limits of dibao and of low-margin families for one person, of one kind each."""


def register(folder: Path) -> Path:
    """People alone and without income, each with what one kind of limit refuses."""
    homes = list(BEYOND)
    stated = {
        name: ["true"] * len(homes) for name in ("assets_stated", "expenses_stated", "supporters_stated")
    }
    folder.mkdir()
    write_csv({"household_id": homes, "area": ["rural"] * len(homes), **stated}, folder / "households.csv")
    write_csv(
        {
            "person_id": homes,
            "household_id": homes,
            "relation": ["head"] * len(homes),
            "born": ["1985-03-05"] * len(homes),
            "other_income": ["0.00"] * len(homes),
        },
        folder / "persons.csv",
    )
    rows = [(home, *asset) for home, assets in BEYOND.items() for asset in assets]
    columns = ("household_id", "kind", "value", "area")
    write_csv(
        {name: list(cells) for name, cells in zip(columns, zip(*rows, strict=True), strict=True)},
        folder / "assets.csv",
    )
    return folder


def test_each_kind_of_property_is_named_where_it_refuses(tmp_path: Path) -> None:
    result = run_register(register(tmp_path / "register"), REGION, DAY, tmp_path / "out", files=())
    told = {}
    for row, alone in each(result):
        told[str(row["household_id"])] = row["reason"]
        name = str(row["reason"])
        assert alone.trace.test(name).truth is False, name
        assert row["sentence"] == sentence(alone, alone.trace.test(TOLD_BY.get(name, name)))
    assert told == {kind: f"low_margin_{kind}" for kind in BEYOND}


@pytest.mark.parametrize("line", ["dibao", "low_margin"])
def test_every_part_of_the_test_of_property_may_be_the_reason(line: str) -> None:
    graph = law_of(REGION, DAY).graph
    parts = set(graph.formulas[f"{line}_property"].arguments.values()) - {"assets_stated"}
    assert parts <= {*REASONS}
