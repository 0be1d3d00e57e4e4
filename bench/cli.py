"""The command as a whole process, from its start to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.household import FILE
from bench.measure import ROOT, median_of
from bench.result import Result, at_most

RUNS = 7
REGION, DAY = "999901", "2026-08-01"


def _doudi(*args: str) -> None:
    command = [str(Path(sys.executable).with_name("doudi")), *args]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def show_help() -> Iterator[Result]:
    """``doudi --help``."""
    yield at_most("cli.help", median_of(RUNS, lambda: _doudi("--help")), "s", 0.3)


def assess() -> Iterator[Result]:
    """The first answer of a cold ``doudi assess``."""
    yield at_most(
        "cli.assess",
        median_of(RUNS, lambda: _doudi("assess", str(FILE), "--region", REGION, "--date", DAY)),
        "s",
        1,
    )
