"""The cases of procedure that ship, and how a file of cases that is at fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.procedure.cases import read_cases, run_case
from doudi.rules.errors import CaseError

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{Path(case.file).stem}:{case.line}")
def test_the_case_holds(case):
    assert run_case(case) == []


def test_there_are_cases_enough():
    assert len(CASES) >= 60


def test_every_sentence_is_written_once():
    sentences = [case.zh for case in CASES]
    assert sorted(sentences) == sorted(set(sentences))


def test_a_case_that_is_wrong_tells_what_was_wanted_and_found(tmp_path: Path):
    path = tmp_path / "wrong.cases.yaml"
    path.write_text(
        """
cases:
  - case: 错的
    en: wrong
    source: mf-2021-57:15
    clock: start_inquiry
    from: 2026-09-29
    expect: {at: 2026-09-29, clocks: {start_inquiry: {due: 2026-10-02}}}
""",
        "utf-8",
    )
    (case,) = read_cases([path])
    (failure,) = run_case(case)
    assert (failure.what, failure.wanted, failure.found) == (
        "clock start_inquiry.due",
        "2026-10-02",
        "2026-10-09",
    )


def test_every_fault_of_a_file_is_told_at_once_with_its_line(tmp_path: Path):
    path = tmp_path / "broken.cases.yaml"
    path.write_text(
        """
histories:
  begun:
    - {do: submit, at: soon, by: nobody, with: {sourc: self}}
cases:
  - case: 坏的
    kind: aplication
    events: [{after: begin}]
  - case: 没有内容
    en: empty
    source: mf-2021-57:15
""",
        "utf-8",
    )
    with pytest.raises(CaseError) as raised:
        read_cases([path])
    codes = {(problem.code, problem.line) for problem in raised.value.problems}
    assert {
        ("date.bad", 4),
        ("procedure.unknown", 4),
        ("procedure.unknown", 7),
        ("procedure.unknown", 8),
    } <= codes
    assert {code for code, line in codes if line == 6} == {"yaml.missing_key"}
    assert ("yaml.missing_key", 9) in codes
