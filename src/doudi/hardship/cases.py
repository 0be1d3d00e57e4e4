"""Cases of the hardship index: written as those of the tiers, run under the law with the index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from doudi.assessment.cases import Case
from doudi.assessment.cases import read_cases as read
from doudi.hardship.index import law_of_case
from doudi.law import library


def read_cases(paths: Iterable[Path] | None = None) -> list[Case]:
    """The cases of some files or folders; those that ship beside the rules of the index when ``paths`` is None.

    Raises:
        CaseError: with every fault of all files, each with file and line.
    """
    return read(library.case_files_apart() if paths is None else paths, law_of_case)
