"""Every case of an indicator holds; each is a test of its own. Every indicator has cases on both sides of its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.assessment.cases import Case
from doudi.law import library
from doudi.monitoring.cases import read_cases, run_case
from doudi.monitoring.catalogue import catalogue
from doudi.rules.errors import CaseError

CASES = read_cases()
WRITTEN = [one for one in catalogue().indicators.values() if one.rule and not one.family]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case(case: Case) -> None:
    failures = run_case(case)
    assert not failures, "\n".join(failure.sentence("en") for failure in failures)


def test_every_case_is_told_in_both_languages() -> None:
    assert not [case.id for case in CASES if case.zh == case.en]


def sides(rule: str) -> set[int | None]:
    """The truths that cases expect of a rule: 1, 0, and None for undetermined."""
    lines = (line for case in CASES for line in case.expectations)
    return {line.wanted for line in lines if line.variable == rule and not line.part}  # type: ignore[misc]


@pytest.mark.parametrize("rule", [one.rule for one in WRITTEN])
def test_every_indicator_is_expected_to_be_raised_and_not_to_be(rule: str) -> None:
    assert sides(rule) >= {0, 1}


def test_some_case_leaves_an_indicator_open_for_want_of_a_fact_or_a_feed() -> None:
    opened = [one.rule for one in WRITTEN if None in sides(one.rule)]
    assert len(opened) >= len(WRITTEN) // 2


def test_every_test_of_an_indicator_is_seen_to_hold_and_to_fail() -> None:
    tests = [formula.name for formula in library.indicator_formulas() if formula.is_test]
    assert [name for name in tests if not sides(name) >= {0, 1}] == []


def test_each_family_is_seen_to_hold_and_to_fail() -> None:
    for family in ("missed", "short", "beyond"):
        seen = set().union(
            *(sides(one.rule) for one in catalogue().indicators.values() if one.family == family)
        )
        assert seen >= {0, 1}


CASE = """\
- case: 试
  en: trial
  source: story-4
  household:
    area: rural
    persons: [{id: 户主, relation: head, born: 1966-04-02, can_work: true, income: {wage: 42000}}]
  rows: {medical_settlement: [{person: %s, settled_on: %s, total: 60000, own_paid: %s}]}
  expect: {resident_medical_cost: %s}
"""


def read(tmp_path: Path, *words: str) -> list[Case]:
    file = tmp_path / "trial.cases.yaml"
    file.write_text(CASE % words, "utf-8")
    return read_cases([file])


def test_a_case_that_does_not_hold_says_what_was_found(tmp_path: Path) -> None:
    (case,) = read(tmp_path, "户主", "2026-07-20", "50001", "fails")
    (failure,) = run_case(case)
    assert failure.found == "holds"
    assert "trial.cases.yaml:8" in failure.sentence("en")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("户", "2026-07-20", "1", "fails"), "no person has this id"),
        (("户主", "2026-07-32", "1", "fails"), "not a value of this field"),
        (("户主", "2026-07-20", "1.001", "fails"), "not a value of this field"),
    ],
)
def test_rows_at_fault_are_told_with_their_line(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CaseError) as error:
        read(tmp_path, *words)
    (problem,) = error.value.problems
    assert told in problem.en
    assert problem.line == 7


def test_a_feed_and_a_key_that_do_not_exist_are_told(tmp_path: Path) -> None:
    file = tmp_path / "trial.cases.yaml"
    text = CASE % ("户主", "2026-07-20", "1", "fails")
    file.write_text(text.replace("medical_settlement:", "medical_settlements:") + "  quiet: []\n", "utf-8")
    with pytest.raises(CaseError) as error:
        read_cases([file])
    told = " ".join(problem.sentence("en") for problem in error.value.problems)
    assert "no such feed" in told or "there is no such feed" in told
    assert "unknown key in a case" in told
