"""Every case of a programme holds; each is a test of its own. Every programme has cases on both sides of its test."""

from __future__ import annotations

import pytest

from doudi.assessment.cases import Case
from doudi.law import library
from doudi.programmes.cases import read_cases, run_case
from doudi.programmes.catalogue import catalogue

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case(case: Case) -> None:
    failures = run_case(case)
    assert not failures, "\n".join(failure.sentence("en") for failure in failures)


def test_every_case_is_told_in_both_languages() -> None:
    assert not [case.id for case in CASES if case.zh == case.en]


@pytest.mark.parametrize("programme", catalogue().programmes)
def test_every_programme_is_expected_to_be_due_and_not_to_be(programme: str) -> None:
    one = catalogue().programmes[programme]
    sides = {
        bool(line.wanted)
        for case in CASES
        for line in case.expectations
        if line.variable in (one.due, one.amount) and not line.part and line.wanted is not None
    }
    assert sides == {True, False}


def test_every_test_of_a_programme_is_expected_to_hold_and_to_fail() -> None:
    wanted = {(line.variable, line.wanted) for case in CASES for line in case.expectations if not line.part}
    tests = [formula.name for formula in library.programme_formulas() if formula.is_test]
    assert [(name, side) for name in tests for side in (0, 1) if (name, side) not in wanted] == []


def test_an_unknown_fact_or_parameter_leaves_a_programme_open_in_some_case() -> None:
    opened = {line.variable for case in CASES for line in case.expectations if line.wanted is None}
    assert len(opened) >= 20


def test_there_are_cases_for_every_group() -> None:
    assert {one.group for one in catalogue().programmes.values()} <= {
        case.id.partition("/")[0] for case in CASES
    }
