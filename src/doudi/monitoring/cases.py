"""Cases of the indicators: written as those of the law, with the night before and the rows of departments beside the household.

Keys beyond those of a case (``doudi.assessment.cases``); a variation may write them as well, each then counts instead of the
case's:

    before    what was otherwise the night before: places in the household and their values, as under ``change``; a person is
              left out with ``persons.<id>: absent``; ``before: none`` where there was no household. Not written: all was the same
    departed  who has died or left: ``{id, state: died, on: 2026-07-20, new: true, person: {…}}``; ``person`` is written as a
              member of the household of the night before, ``new: false`` where it was known already
    rows      rows by feed: ``deaths: [{person: 父, died_on: 2026-07-20, received: 2026-07-31}]``; the fields as in the contract of
              the feed, ``person`` (``mother``, ``man``, …) by id, ``received`` today when not written
    silent    feeds of which there may be more rows than came
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from yaml.nodes import Node

from doudi.assessment.cases import Case, CaseFailure, Sections
from doudi.assessment.cases import read_cases as read
from doudi.assessment.cases_expectations import found
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.law import library
from doudi.monitoring.case_sections import night_of_case, with_silent
from doudi.monitoring.law import Watch, law_of_case
from doudi.monitoring.night import Night, judge
from doudi.programmes.cases import expected_outputs
from doudi.rules.errors import DoudiError
from doudi.rules.yaml_places import Page

KEYS = ("before", "departed", "rows", "silent")


class WithNight(HouseholdFacts):
    """The household of a case together with its night."""

    night: Night


def read_cases(paths: Iterable[Path] | None = None) -> list[Case]:
    """The cases of some files or folders; those that ship beside the indicators when ``paths`` is None.

    Raises:
        CaseError: with every fault of all files, each with file and line.
    """
    files = library.indicator_case_files() if paths is None else paths
    return read(files, law_of_case, Sections(KEYS, _put))


def run_case(case: Case) -> list[CaseFailure]:
    """What is not as the case says. Only what it expects is computed."""
    assert isinstance(case.statute, Watch)
    assert isinstance(case.household, WithNight)
    determination = judge(case.household.night, case.statute, expected_outputs(case))
    results = ((one, *found(one, determination)) for one in case.expectations)
    return [CaseFailure(case, one, text) for one, met, text in results if not met]


def _put(
    page: Page, fields: Mapping[str, Node], written: Node, statute: Statute, household: HouseholdFacts
) -> tuple[Statute, HouseholdFacts]:
    """The law and the facts of a case with its night."""
    assert isinstance(statute, Watch)
    watch = with_silent(page, fields.get("silent"), statute)
    try:
        night = night_of_case(page, fields, written, watch, household)
    except DoudiError as error:
        page.problems.extend(error.problems)
        night = Night(household, household)
    ids = {**household.ids, **{entity: [""] * len(rows) for entity, rows in night.rows.items()}}
    ids["departed"] = [str(row["id"]) for row in night.departed]
    facts = {**household.facts, **night.rows, "departed": list(night.departed)}
    kept = WithNight(facts, ids, household.names, household.village, household.assumed)
    kept.night = night
    return watch, kept
