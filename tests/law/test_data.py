"""The law data as shipped: it loads without a fault, and the demonstration county leaves nothing unset."""

from __future__ import annotations

from pathlib import Path

import pytest

import doudi.facts
import doudi.law
from doudi.law import library
from doudi.rules.codes import load_code_sets
from doudi.rules.documents import Documents
from doudi.rules.parameters import Parameters

LAW = Path(doudi.law.__file__).parent
CODES = Path(doudi.facts.__file__).parent / "vocabulary" / "codes.yaml"
COUNTY = "999901"
DAYS = ("2022-01-01", "2026-06-30", "2026-07-01", "2027-06-30")


@pytest.fixture(scope="module")
def law() -> Parameters:
    """All shipped definitions and regions, read whole."""
    return Parameters.load(
        library.definition_files(),
        library.region_files(),
        Documents.load(LAW / "documents.yaml"),
        load_code_sets(CODES, LAW / "codes.yaml"),
        whole=True,
    )


def test_the_shipped_law_has_no_fault(law: Parameters):
    law.check()
    files = {path.name[:6] for path in library.region_files()}
    assert {region.code for region in law.regions().walk()} == files | {"000000"}


@pytest.mark.parametrize("day", DAYS)
def test_the_demonstration_county_has_every_value_and_breaks_no_floor(law: Parameters, day: str):
    assert [(gap.name, gap.codes) for gap in law.gaps(COUNTY, day)] == []
    assert law.resolve(COUNTY, day).faults == ()


@pytest.mark.parametrize("day", DAYS)
def test_every_region_resolves(law: Parameters, day: str):
    for region in law.regions().walk():
        assert law.resolve(region.code, day).region.code == region.code


def test_limits_for_rigid_hardship_are_those_for_low_margin_where_none_is_given(law: Parameters):
    tables = [name for name, each in law.definitions.items() if each.by and each.by.name == "property_line"]
    assert len(tables) == 11
    codes = law.definitions[tables[0]].by
    assert codes is not None
    pair = (codes.index("rigid"), codes.index("low_margin"))
    assert {name: law.definitions[name].cells_from for name in tables} == dict.fromkeys(tables, (pair,))
    kunming = law.resolve("530100", "2026-07-01")
    assert [kunming.at("property.homes", line) for line in ("low_margin", "rigid", "dibao")] == [2, 2, None]
    homes = [gap.codes for gap in law.gaps("530100", "2026-07-01") if gap.name == "property.homes"]
    assert homes == [("dibao", "tekun")]
    county = law.resolve(COUNTY, "2026-07-01")
    assert [county.at("property.shops", line) for line in ("low_margin", "rigid")] == [0, 1]


@pytest.mark.parametrize(
    "label",
    [
        "age-reached",
        "coverage-kinds",
        "grace",
        "local-conditions",
        "multiple-disability",
        "one-off-months",
        "per-head",
        "rigid-denominator",
        "rigid-property",
        "support-ended",
        "tekun-in-family",
        "tekun-inside-supporters",
        "three-refusals",
    ],
)
def test_readings_that_rules_cite_are_registered(law: Parameters, label: str):
    assert law.documents.resolve(f"doudi-reading:{label}").document.kind == "reading"
