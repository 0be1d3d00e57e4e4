"""What the command line says when it is called wrongly: sentences, remedies, exit code 2, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Doudi


def test_an_unknown_command_names_the_nearest(doudi: Doudi):
    failed = doudi("asess")
    assert failed.code == 2
    assert failed.out == ""
    assert "没有这个命令 [asess] → 可用：assess" in failed.err


def test_english_by_option_and_by_locale(doudi: Doudi):
    assert "no such command" in doudi("law", "shwo", "--lang", "en").err
    assert "no such command" in doudi("law", "shwo", LANG="en_US.UTF-8").err
    assert "没有这个命令" in doudi("law", "shwo", LANG="zh_CN.UTF-8").err
    assert "没有这个命令" in doudi("law", "shwo", LANG="C.UTF-8").err
    assert "没有这个命令" in doudi("law", "shwo", "--lang", "zh", LANG="en_US.UTF-8").err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["law", "show"], "usage.missing"),
        (["law", "show", "x", "--nope"], "usage.option"),
        (["law", "gaps", "610100", "extra"], "usage"),
        (["law", "show", "x", "--lang", "fr"], "usage.value"),
        (["population", "make", "out", "--persons", "0"], "usage.value"),
        (["population", "make", "out", "--region", "610100"], "population.region"),
        (["population", "check", "--region", "610100"], "population.region"),
        (["population", "mkae"], "usage"),
        (["cases", "nowhere.cases.yaml"], "file.unusable"),
        (["replay", "nowhere.json"], "file.unusable"),
        (["replay", "."], "file.unusable"),
    ],
)
def test_bad_usage_is_told_as_a_problem(
    doudi: Doudi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: str
):
    monkeypatch.chdir(tmp_path)
    failed = doudi(*words, "--json")
    assert failed.code == 2
    assert failed.codes == [code]
    told = doudi(*words)
    assert told.code == 2
    assert told.err.strip()
    assert "Traceback" not in told.err


def test_a_file_that_is_no_frozen_determination_is_named(doudi: Doudi, write):
    failed = doudi("replay", write("odd.json", "[]"), "--json")
    assert failed.codes == ["replay.format"]
    assert failed.data["problems"][0]["file"].endswith("odd.json")


def test_without_words_the_help_is_shown():
    shown = subprocess.run(
        [sys.executable, "-m", "doudi.cli"], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Usage:" in shown.stdout + shown.stderr


def test_help_loads_nothing_heavy():
    program = "import sys\nfrom doudi.cli.command import cli\ntry:\n    cli(['--help'])\nfinally:\n    print(sorted(sys.modules))"
    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    assert "assess" in out
    for module in ("numpy", "polars", "yaml", "doudi.law", "doudi.facts", "doudi.assessment", "jinja2"):
        assert f"'{module}'" not in out


def test_nobody_reads_on(tmp_path: Path):
    """A pipe that is closed early, as by ``head``, is no fault."""
    command = f"{sys.executable} -m doudi.cli law show 000000 | head -1"
    shown = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in shown.stderr
