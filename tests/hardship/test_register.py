"""The index of a register: the same answers as for one household alone, also where much is not known; shares that add up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from doudi.facts.register import read_register
from doudi.hardship.household import index_of
from doudi.hardship.index import DIMENSIONS, INDICATORS, law_of
from doudi.hardship.register import GROUPS, RegisterIndex, index_of_register
from doudi.hardship.summary import summary_of
from doudi.population import generate, write

DAY = date(2026, 8, 1)
LAW = law_of("999901", DAY)


def gaps(register: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The register with one fact or another missing in many households."""
    place = pl.int_range(pl.len())
    homes, people = register["households"], register["persons"]
    homes = homes.with_columns(pl.when(place % 3 != 0).then("safe_water").alias("safe_water"))
    people = people.with_columns(
        pl.when(place % 5 != 0).then("illness").alias("illness"),
        pl.when(place % 7 != 0).then("works").alias("works"),
        pl.when(place % 11 != 0).then("pension").alias("pension"),
    )
    return {**register, "households": homes, "persons": people}


@pytest.fixture(scope="module", params=["as a clerk has it", "with many gaps"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RegisterIndex:
    folder = tmp_path_factory.mktemp("register")
    made = generate(3_000, 11)
    write(gaps(made) if request.param == "with many gaps" else made, folder)
    return index_of_register(read_register(folder, DAY), LAW)


def test_a_register_gives_each_household_what_it_gets_alone(index: RegisterIndex) -> None:
    rows = index.households
    for place in range(0, rows.height, 23):
        alone, row = index_of(index.register.household(place), LAW), rows.row(place, named=True)
        assert {one.name: one.deprived for one in alone.indicators} == {
            name: row[name] for name in INDICATORS
        }
        assert (alone.least, alone.most) == (row["parts_least"], row["parts_most"])
        assert alone.hardship is row["hardship"]
        assert alone.routes == (row["route_least"], row["route_most"])


def test_an_open_indicator_says_what_to_ask_for(index: RegisterIndex) -> None:
    open_rows = index.households.with_row_index("place").filter(pl.col("unsafe_water").is_null())
    alone = index_of(index.register.household(open_rows["place"][0]), LAW)
    water = next(one for one in alone.indicators if one.name == "unsafe_water")
    assert water.deprived is None
    assert water.missing == ("家庭的“饮水安全有保障”",)
    assert water.missing[0] in alone.missing


@pytest.mark.parametrize("by", GROUPS)
def test_the_shares_of_a_summary_add_up_exactly(index: RegisterIndex, by: str) -> None:
    told = summary_of(index, by)
    for part in ("dimensions", "indicators", "groups"):
        assert sum(Fraction(each["share"]) for each in told[part]) == 1, part
    assert sum(each["people"] for each in told["groups"]) == told["people"] == index.register.counts["person"]
    assert sum(each["households"] for each in told["routes"]) == told["households"]
    assert {each["name"] for each in told["dimensions"]} == set(DIMENSIONS)


def test_a_place_may_set_its_own_weights_and_cut_off(index: RegisterIndex) -> None:
    only_income = {f"hardship.weight.{name}": "0" for name in INDICATORS if name != "income_low"}
    law = law_of("999901", DAY, settings={**only_income, "hardship.cutoff": "1"})
    found = index_of_register(index.register, law)
    assert found.households["hardship"].equals(found.households["income_low"], check_names=False)
