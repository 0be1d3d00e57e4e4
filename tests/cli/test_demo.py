"""``doudi demo``: from departments' files to determinations and visits, each step once, the counts adding up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from doudi.cli.command import cli
from doudi.cli.demo import DAY, REGION, SEED
from doudi.cli.demo_steps import STEPS, Demonstration
from tests.cli.conftest import Outcome

PERSONS = 400
Demo = Callable[..., Outcome]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small county; what one test leaves there the next one finds."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(home: Path) -> Demo:
    """Runs the demonstration, made once before any test."""

    def run(*words: str) -> Outcome:
        command = ["demo", "--persons", str(PERSONS), "--lang", "zh", *words]
        result = CliRunner().invoke(cli, command, env={"DOUDI_HOME": str(home)})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    assert run().code == 0
    return run


def times(home: Path, *folders: str) -> dict[Path, int]:
    """When each file of some steps was written."""
    return {
        path: path.stat().st_mtime_ns
        for name in folders
        for path in (home / name).rglob("*.*")
        if path.is_file()
    }


def stamp_of(home: Path, step: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / f"{step}.json").read_text("utf-8"))
    return found


def test_every_row_and_every_person_is_accounted_for(demo: Demo, home: Path) -> None:
    told = demo("--json").data
    landed = told["departments"]
    assert landed["records"] == sum(
        landed[name] for name in ("accepted", "rejected", "repeated", "blank", "notes")
    )
    assert landed["files"] == landed["landed"] + landed["refused"]
    assert landed["accepted"] > 1_000
    persons = told["counts"]["persons"]
    assert persons["read"] == persons["assessed"] == told["facts"]["people"]["present"]
    assert told["counts"]["households"]["set_aside"] == 0


def test_what_was_found_is_held_against_the_truth(demo: Demo, home: Path) -> None:
    visits = demo("--json").data["visits"]
    score = visits["score"]
    assert score["pointed"] == visits["households"] == score["right"] + score["wrong"]
    assert score["planted_found"] <= score["planted"]
    planted = pl.read_parquet(home / "truth" / "planted.parquet").filter(pl.col("kind") == "silent")
    assert score["planted"] <= planted.height
    listed = pl.read_parquet(home / "visits" / "outreach.parquet")
    assert listed.height == visits["households"]
    assert sum(count for count, _ in score["by_priority"].values()) == listed.height


def test_it_tells_where_everything_lies_and_what_it_means(demo: Demo, home: Path) -> None:
    told = demo().out
    for words in (
        "部门文件",
        "认人",
        "演示县 999901，2026-08-01",
        "值得入户的家庭",
        "与实情对照",
        str(home / "results" / "report.html"),
    ):
        assert words in told


def test_a_second_run_touches_nothing(demo: Demo, home: Path) -> None:
    everything = ("truth", "departments", "registry", "store", "evidence", "results", "visits")
    first, before = demo("--json").data, times(home, *everything)
    assert demo("--json").data == first
    assert times(home, *everything) == before


def test_lost_results_are_made_again_from_the_same_facts(demo: Demo, home: Path) -> None:
    before = times(home, "store", "evidence")
    (home / "results" / "persons.parquet").unlink()
    assert demo().code == 0
    assert (home / "results" / "persons.parquet").exists()
    assert times(home, "store", "evidence") == before


def test_a_step_out_of_date_is_done_again_with_all_that_follow(demo: Demo, home: Path) -> None:
    stamp = stamp_of(home, "built")
    stamp["stamp"]["built"] = "of another program"
    (home / "built.json").write_text(json.dumps(stamp), "utf-8")
    landed, assessed = times(home, "store"), times(home, "evidence", "results")
    assert demo().code == 0
    assert times(home, "store") == landed
    now = times(home, "evidence", "results")
    assert all(
        now[path] > assessed[path]
        for path in now.keys() & assessed.keys()
        if path.suffix == ".parquet" and "links" not in path.parts
    )
    assert [step.name for step in STEPS if not (home / f"{step.name}.json").exists()] == []


def test_it_can_stop_where_the_registry_has_what_it_needs(demo: Demo, home: Path) -> None:
    county = Demonstration(home, PERSONS, SEED, REGION, DAY)
    assert list(county.done(False, "zh", until="built")) == ["made", "landed", "built"]


def test_the_second_run_loads_no_tables(demo: Demo, home: Path) -> None:
    program = (
        "import sys\nfrom doudi.cli.command import cli\n"
        f"try:\n    cli(['demo', '--persons', '{PERSONS}'])\n"
        "finally:\n    print(sorted(sys.modules), file=sys.stderr)"
    )
    again = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True,
        env={"DOUDI_HOME": str(home), "PATH": "", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert "演示县" in again.stdout
    assert "'polars'" not in again.stderr
    assert "'numpy'" not in again.stderr
