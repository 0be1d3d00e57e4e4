"""The command line as people call it, within this process, and household files to call it with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from doudi.cli.command import cli

HOUSEHOLD = """\
region: '999901'
date: 2026-08-01
household: {area: rural, safe_housing: true, safe_water: true}
persons:
  - {id: p1, relation: head, born: 1960-03-02, sex: male, marital: widowed, works: false, can_work: false, income: {pension: 1560}}
assets: [{kind: deposit, value: 2000}]
expenses: []
supporters: []
"""


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        """The codes of the problems told as JSON."""
        return [problem["code"] for problem in self.data["problems"]]


Doudi = Callable[..., Outcome]


@pytest.fixture
def doudi(monkeypatch: pytest.MonkeyPatch) -> Doudi:
    """Runs ``doudi`` with words, each turned into text; messages are Chinese unless asked otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object, **environment: str) -> Outcome:
        result = CliRunner().invoke(cli, [str(word) for word in words], env=environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def household(tmp_path: Path) -> Path:
    """A household file that names region and date."""
    path = tmp_path / "household.yaml"
    path.write_text(HOUSEHOLD, "utf-8")
    return path


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text to a file of that name."""

    def write_text(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write_text
