"""Cases of the programmes: written as those of the tiers, run under the law with all programmes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from doudi.assessment.cases import Case, CaseFailure
from doudi.assessment.cases import read_cases as read
from doudi.assessment.cases import run_case as run
from doudi.law import library
from doudi.programmes.law import law_of_case, schema


def read_cases(paths: Iterable[Path] | None = None) -> list[Case]:
    """The cases of some files or folders; those that ship beside the programmes when ``paths`` is None.

    Raises:
        CaseError: with every fault of all files, each with file and line.
    """
    return read(library.programme_case_files() if paths is None else paths, law_of_case)


def run_case(case: Case) -> list[CaseFailure]:
    """What is not as the case says. Under the law with all programmes only what the case expects is computed."""
    if case.statute.graph.schema is not schema():
        return run(case)
    return run(case, expected_outputs(case))


def expected_outputs(case: Case) -> dict[str, int]:
    """Names and nodes of what a case expects something of."""
    outputs: dict[str, int] = {}
    for one in case.expectations:
        variable = case.statute.variable(one.variable)
        outputs[one.variable] = variable.node
        if one.part == "missing":
            outputs["tier"] = case.statute.variable("tier").node
        if one.part == "value" and variable.value is not None:
            outputs[f"{one.variable}.value"] = variable.value
        if one.part == "limit" and variable.limit is not None:
            outputs[f"{one.variable}.limit"] = variable.limit
    return outputs
