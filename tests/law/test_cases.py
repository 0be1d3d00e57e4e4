"""Every case that ships holds; each is a test of its own."""

from __future__ import annotations

import pytest

from doudi.assessment.cases import Case, read_cases, run_case

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case(case: Case) -> None:
    failures = run_case(case)
    assert not failures, "\n".join(failure.sentence("en") for failure in failures)


def test_every_case_is_told_in_both_languages() -> None:
    assert not [case.id for case in CASES if case.zh == case.en]
