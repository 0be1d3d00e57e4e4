"""A county's register: Parquet in, determinations as Parquet out."""

from __future__ import annotations

from pathlib import Path

from bench.law import DAY, REGION


def assess_county(register: Path, output: Path) -> None:
    """The register under the law of the demonstration county, without workbook and report."""
    from doudi.assessment.run import run_register

    run_register(register, REGION, DAY, output, files=("tables",))
