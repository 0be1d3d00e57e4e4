"""What is found of a whole county is what is found of each household alone, by the whole law and every fact."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.errors import MonitoringError
from doudi.monitoring.ground import ground_of
from doudi.monitoring.one import Homes
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
from doudi.monitoring.warnings import Warnings
from doudi.programmes.reading import EVERYWHERE
from tests.monitoring.county import FIRST, HOMES, REGION, SECOND, Village

WRITTEN = [
    one.id
    for one in catalogue().indicators.values()
    if one.rule and not one.family and one.region in (EVERYWHERE, REGION)
]
OF_PROGRAMMES = [
    "missed_disability_living",
    "missed_dibao",
    "short_dibao",
    "beyond_dibao",
    "beyond_dibao_supplement",
]


@pytest.fixture(scope="module")
def homes(village: Village) -> Homes:
    today, before = (ground_of(village.of(night), village.store) for night in (SECOND, FIRST))
    return Homes(today, before, REGION)


@pytest.fixture(scope="module")
def found(nights: dict[date, Tables]) -> Warnings:
    return sweep(nights[SECOND], nights[FIRST])


@pytest.mark.parametrize("indicator", [*WRITTEN, *OF_PROGRAMMES])
def test_the_county_says_what_each_household_says(found: Warnings, homes: Homes, indicator: str) -> None:
    holding = set(found.table.filter(pl.col("indicator") == indicator)["subject_id"])
    seen: set[str] = set()
    for household in HOMES:
        looked = homes.look(household, indicator)
        for subject in looked.subjects:
            truth = looked.truth(subject)
            (is_open,) = found.open_among(indicator, pl.Series([subject]))
            assert truth == (None if is_open else subject in holding), (subject, looked.missing(subject))
            assert bool(looked.missing(subject)) == is_open
            seen.add(subject)
    assert holding <= seen


def test_an_open_indicator_names_the_facts_of_the_household_that_are_missing(homes: Homes) -> None:
    looked = homes.look("h-chen", "missed_dibao")
    assert looked.truth("h-chen") is None
    facts = looked.missing("h-chen")
    assert "wage" in facts
    assert not any(name.startswith(("standing_", "due_in_year_")) for name in facts)


def test_nobody_is_looked_at_who_is_not_there(homes: Homes) -> None:
    with pytest.raises(MonitoringError):
        homes.look("h-none", "turns_seventy")
