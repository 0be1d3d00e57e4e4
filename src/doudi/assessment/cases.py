"""Cases: sentences about households, each with the result that the law demands, run against the law itself.

A file of cases stands beside the rule it tests (``dibao/standard.cases.yaml`` beside ``dibao/standard.yaml``) or beside a
region's overlay (``regions/610100-xian.cases.yaml``) and is a list of cases that an officer can write and read:

    - case: 一人户，月人均收入恰好等于低保标准，不是低保
      en: One person with an income per head exactly on the standard is not in dibao
      source: mf-2021-57:8
      household:
        area: rural
        persons: [{id: 户主, relation: head, born: 1970-01-01, income: {wage: 8736}}]
      expect:
        tier: low_margin
        dibao_income: fails
        dibao_income.value: 560.00
      also:
        - because: 年收入少一分
          en: One fen less in the year
          change: {persons.户主.income.wage: 8735.99}
          expect: {dibao_income: holds}

Keys of a case (``case``, ``source``, ``household`` and ``expect`` must be written):
    case, en    the sentence in Chinese and English
    source      the article it rests on (``document:article`` of documents.yaml), or a story (``story-11``)
    region      the region's code, in quotes; "999901" (the demonstration county) when not written; "000000": the nation
    date        the day of evaluation; 2026-08-01 when not written
    set         parameters that differ: ``{dibao.standard.rural: 600}``; ``null`` unsets one; a table is set cell by cell
    household   facts of the household and, beside them, persons, supporters, assets, expenses and holdings, as in a household
                file; a list that is not written is declared and empty, ``assets: unknown`` says that it was not declared
    expect      what the law must yield
    also        variations: each counts as a case of its own

Keys of a variation: ``because`` and ``en`` (its sentence), ``change``, ``expect``; and ``source``, ``region``, ``date``, ``set`` where
they differ (``set`` adds to the case's). ``change`` maps places in the household to new values: ``area``,
``persons.妻.income.wage`` (by id; ``p1``, ``p2`` … where none is written), ``assets.0.value`` (by place, from 0), ``assets.1`` (one
behind the last: a new one). Nothing of the case's ``expect`` is taken over.

Under ``expect``, amounts stand in yuan, areas in m², ratios as decimals, dates as 2026-08-01, codes as in files:
    tier: low_margin          the tier proposed, or unknown
    missing: [wage]           exactly the facts and parameters that an undetermined tier rests on
    dibao_income: fails       any test: holds, fails, undetermined
    dibao_income.value: 560   the value and the .limit that a test compares
    dibao_amount: 0           any variable of the law, or unknown
    is_counted[妻]: true       of a row by its id, or by its place from 0 (``asset_is_ours[1]``); not needed where there is one
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from doudi.assessment.cases_expectations import found
from doudi.assessment.cases_model import Case, CaseFailure, CaseReport, Expectation
from doudi.assessment.cases_reading import Law, Sections, law_of_case, read_file
from doudi.assessment.determination import assess
from doudi.law import library
from doudi.rules.errors import CaseError, Problems

__all__ = [
    "Case",
    "CaseFailure",
    "CaseReport",
    "Expectation",
    "Sections",
    "read_cases",
    "run_case",
    "run_cases",
]


def read_cases(
    paths: Iterable[Path] | None = None, law: Law = law_of_case, sections: Sections | None = None
) -> list[Case]:
    """All cases of the files, or folders of files, in ``paths``; of those that ship when it is None.

    ``law`` gives the law of a region and day with parameters set; ``sections`` is what a case may say beside the household.

    Raises:
        CaseError: with every fault of all files, each with file and line.
    """
    problems = Problems()
    files = library.case_files() if paths is None else [file for path in paths for file in _files(Path(path))]
    cases = [case for file in files for case in read_file(file, problems, law, sections)]
    problems.raise_as(CaseError)
    return cases


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.cases.yaml")) if path.is_dir() else [path]


def run_case(case: Case, outputs: Mapping[str, int] | None = None) -> list[CaseFailure]:
    """What is not as the case says; empty when it holds. ``outputs``: what to compute, all of the law by default."""
    determination = assess(case.household, case.statute, outputs)
    results = ((one, *found(one, determination)) for one in case.expectations)
    return [CaseFailure(case, one, text) for one, met, text in results if not met]


def run_cases(paths: Iterable[Path] | None = None) -> CaseReport:
    """Run all cases of ``paths`` (files or folders), or those that ship.

    Raises:
        CaseError: with every fault of all files, each with file and line.
    """
    failures = [run_case(case) for case in read_cases(paths)]
    failed = sum(1 for one in failures if one)
    return CaseReport(len(failures) - failed, failed, tuple(failure for one in failures for failure in one))
