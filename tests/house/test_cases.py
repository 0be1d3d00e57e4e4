"""House rules of the cases: beside every rule, and on both sides of every test."""

from __future__ import annotations

import pytest

from doudi.assessment.cases import read_cases
from doudi.assessment.catalogue import catalogue
from doudi.law import library

ONE_SIDED = {"dibao_home_checked": "whichever the state of housing and water is, it never refuses"}
TESTS = sorted({rule.name for rule in catalogue().rules if rule.formula.is_test})


@pytest.fixture(scope="module")
def wanted() -> dict[str, set[object]]:
    """What cases expect of each variable itself: engine values, None for undetermined."""
    found: dict[str, set[object]] = {}
    for case in read_cases():
        for expectation in case.expectations:
            if expectation.part == "":
                found.setdefault(expectation.variable, set()).add(expectation.wanted)
    return found


def test_there_are_cases_enough():
    assert len(read_cases()) >= 200


@pytest.mark.parametrize("page", sorted({rule.page for rule in catalogue().rules}))
def test_every_file_of_rules_has_its_cases_beside_it(page: str):
    assert library.FOLDER / f"{page}.cases.yaml" in library.case_files()


@pytest.mark.parametrize("name", TESTS)
def test_every_test_is_seen_to_hold_and_to_fail(name: str, wanted: dict[str, set[object]]):
    sides = {1} if name in ONE_SIDED else {0, 1}
    assert sides <= wanted.get(name, set())


def test_every_rule_is_expected_or_leads_to_one_that_is(wanted: dict[str, set[object]]):
    reached = set(wanted)
    names = {rule.name for rule in catalogue().rules}
    grown = True
    while grown:
        more = {name for name in names - reached if reached.intersection(catalogue().readers.get(name, ()))}
        reached |= more
        grown = bool(more)
    assert names - reached == set()


def test_every_named_region_and_every_code_of_tier_is_in_a_case(wanted: dict[str, set[object]]):
    regions = {case.statute.resolved.region.code for case in read_cases()}
    for code in (
        "610100",
        "610124",
        "620825",
        "370900",
        "370983",
        "310000",
        "330100",
        "330212",
        "350206",
        "110000",
        "440300",
    ):
        assert code in regions
    assert {"620100", "610300", "999901"} <= regions
    tiers = library.code_sets()["tier"]
    assert wanted["tier"] >= set(range(len(tiers)))
