"""A result is replaced whole or not at all, whenever the process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from doudi.evidence import EvidenceError, build, explain
from doudi.evidence.placing import recover, refuse_foreign, replacing
from tests.evidence.conftest import DAY, County

_KILLED_WHILE = """
import os, signal, sys
from datetime import date
from pathlib import Path
from doudi.evidence import build

def kill(step, done, total):
    if step == sys.argv[4] and done:
        os.kill(os.getpid(), signal.SIGKILL)

build(Path(sys.argv[1]), Path(sys.argv[2]), date(2026, 7, 31), Path(sys.argv[3]), progress=kill)
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_killed_in_the_middle_leaves_the_earlier_result_whole(county: County, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(county.registry, county.store, DAY, out)
    before = contents(out)
    done = subprocess.run(
        [sys.executable, "-c", _KILLED_WHILE, str(county.registry), str(county.store), str(out), "facts"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert contents(out) == before
    build(county.registry, county.store, DAY, out)
    assert set(contents(out)) == set(before)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_an_error_leaves_the_earlier_result_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with replacing(out) as making:
        (making / "a").write_text("1")
    with pytest.raises(FileNotFoundError), replacing(out) as making:
        (making / "a" / "b").write_text("2")
    assert contents(out) == {"a": b"1"}
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_a_result_taken_away_and_not_yet_replaced_is_put_back(tmp_path: Path) -> None:
    (tmp_path / ".out.before").mkdir()
    (tmp_path / ".out.before" / "a").write_text("1")
    recover(tmp_path / "out")
    assert contents(tmp_path / "out") == {"a": b"1"}


def test_what_was_replaced_and_not_yet_removed_is_removed(tmp_path: Path) -> None:
    for name in ("out", ".out.before"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text(name)
    recover(tmp_path / "out")
    assert contents(tmp_path) == {"out/a": b"out"}


def test_two_builds_into_one_folder_do_not_meet(tmp_path: Path) -> None:
    with replacing(tmp_path / "out"), pytest.raises(EvidenceError) as error, replacing(tmp_path / "out"):
        pass
    assert error.value.problems[0].code == "evidence.busy"


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.parquet", None), ("other.txt", "other.txt"), ("links/a.csv", "links/a.csv"), ("links/a.json", None)],
)
def test_only_an_earlier_result_is_replaced(tmp_path: Path, name: str, told: str | None) -> None:
    out = tmp_path / "out"
    for each in ("mark.json", name):
        (out / each).parent.mkdir(parents=True, exist_ok=True)
        (out / each).write_text("1")
    if told is None:
        refuse_foreign(out, ("a.parquet", "links", "mark.json"), "mark.json")
        (out / "mark.json").unlink()
    with pytest.raises(EvidenceError) as error:
        refuse_foreign(out, ("a.parquet", "links", "mark.json"), "mark.json")
    assert [(each.code, each.value) for each in error.value.problems] == [("out.foreign", told)]


def test_a_link_to_a_result_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    for text in ("1", "2"):
        with replacing(tmp_path / "out") as making:
            (making / "a").write_text(text)
    assert (tmp_path / "out").is_symlink()
    assert contents(tmp_path / "real") == {"a": b"2"}
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"out", "real"}


def test_explaining_where_nothing_was_built_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as error:
        explain(tmp_path, "p1", "wage")
    assert error.value.problems[0].code == "evidence.no_build"
