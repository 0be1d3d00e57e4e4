"""What the shipped cases reach: every region, every kind of test on both sides, every tier."""

from __future__ import annotations

from functools import cache

from doudi.assessment.cases import Case, read_cases
from doudi.law import library

NEVER_FAILS = {("dibao_home_checked", 0)}
"""What is only asked to be known: whichever it is, it refuses nobody."""


@cache
def shipped() -> tuple[Case, ...]:
    return tuple(read_cases())


def test_every_region_that_ships_has_a_case() -> None:
    overlays = {path.name[:6] for path in library.region_files()}
    assert overlays - {case.statute.region for case in shipped()} == set()


def test_every_test_of_the_law_is_expected_to_hold_and_to_fail() -> None:
    wanted = {(one.variable, one.wanted) for case in shipped() for one in case.expectations if not one.part}
    tests = {formula.name for formula in library.formulas() if formula.is_test}
    missing = {(name, side) for name in tests for side in (0, 1) if (name, side) not in wanted}
    assert missing == NEVER_FAILS


def test_every_tier_is_proposed_by_a_case() -> None:
    codes = library.code_sets()["tier"]
    proposed = {one.wanted for case in shipped() for one in case.expectations if one.name == "tier"}
    assert {*range(len(codes)), None} <= proposed
