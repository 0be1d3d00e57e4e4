"""Every case of the hardship index holds; each is a test of its own. Every indicator has cases on both sides."""

from __future__ import annotations

import pytest

from doudi.assessment.cases import Case, run_case
from doudi.assessment.catalogue import reference_of, version_days
from doudi.assessment.house_rules import arithmetic_faults
from doudi.assessment.statute import all_parameters as of_tiers
from doudi.hardship.cases import read_cases
from doudi.hardship.index import INDICATORS, all_parameters, graph_of, schema
from doudi.law import library

CASES = read_cases()
TESTS = [formula.name for formula in library.formulas_apart() if formula.is_test]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case(case: Case) -> None:
    failures = run_case(case)
    assert not failures, "\n".join(failure.sentence("en") for failure in failures)


@pytest.mark.parametrize("name", TESTS)
def test_every_test_is_seen_to_hold_to_fail_and_to_stay_open(name: str) -> None:
    wanted = {
        one.wanted for case in CASES for one in case.expectations if one.variable == name and not one.part
    }
    open_never = {"no_able_adult", "single_parent"}
    assert wanted >= {0, 1} | (set() if name in open_never else {None})


def test_rules_rest_on_known_articles_and_know_no_fractions() -> None:
    for formula in library.formulas_apart():
        assert formula.references
        assert all(reference_of(written) for written in formula.references)
    files = [path for topic in library.APART for path in (library.FOLDER / topic).glob("*.py")]
    assert [fault for path in files for fault in arithmetic_faults(path)] == []


def test_the_index_is_in_force_on_every_day_on_which_the_tiers_change() -> None:
    for day in version_days():
        assert set(INDICATORS) <= graph_of(day).variables.keys()


def test_indicators_of_the_law_and_of_the_code_set_are_the_same() -> None:
    assert schema().codes["hardship_indicator"].codes == INDICATORS


def test_every_value_of_the_index_says_that_nobody_has_verified_it() -> None:
    ours = all_parameters().definitions.keys() - of_tiers().definitions.keys()
    found = all_parameters()
    said = [found.said_by(region.code) for region in found.regions().walk()]
    entries = [entry for each in said for name in ours for entry in each.get(name, ())]
    assert entries
    assert not any(entry.source.verified for entry in entries)
