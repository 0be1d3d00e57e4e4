"""A county's register: Parquet in, determinations as Parquet out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.law import REGION

DAY = date(2026, 8, 1)
"""The day after the last of the synthetic county's months; on an earlier one some of its people are not yet born, which is a fault."""


def assess_county(register: Path, output: Path) -> None:
    """The register under the law of the demonstration county, without workbook and report.

    Raises:
        ValueError: some of its rows are at fault, so that less than the whole was assessed.
    """
    from doudi.assessment.run import run_register

    result = run_register(register, REGION, DAY, output, files=("tables",))
    if aside := sum(frame.height for frame in result.register.set_aside.values()):
        raise ValueError(f"{aside} rows were set aside")
