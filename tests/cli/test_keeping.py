"""Commands destroy nothing that they did not make, and leave no half files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Doudi
from tests.cli.test_run import PLACE, register  # noqa: F401

FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def home(doudi: Doudi, tmp_path: Path) -> Path:
    """A folder in which somebody keeps a registry, a store, and a text."""
    county = tmp_path / "county"
    assert doudi("feeds", "make", county, "--persons", 60, "--store", tmp_path / "store").code == 0
    home = tmp_path / "home"
    home.mkdir()
    shutil.move(county / "registry", home / "registry")
    shutil.move(tmp_path / "store", home / "store")
    (home / "thesis.txt").write_text("years of work")
    return home


def test_facts_are_built_only_where_nothing_else_lies(doudi: Doudi, home: Path, tmp_path: Path):
    words = (
        "facts",
        "build",
        "--registry",
        home / "registry",
        "--store",
        home / "store",
        "--date",
        "2026-08-01",
        "--json",
    )
    before = contents(home)
    for out in (home, home / "registry", home / "registry" / "new", home / "store", tmp_path):
        failed = doudi(*words, "-o", out)
        assert (failed.code, set(failed.codes)) == (2, {"out.holds_input"})
    assert doudi(*words, "-o", home / "thesis.txt").codes == ["out.foreign"]
    assert contents(home) == before
    other = tmp_path / "other"
    other.mkdir()
    assert doudi(*words, "-o", other).code == 0, "an empty folder"
    assert doudi(*words, "-o", other).code == 0, "an earlier result"
    (tmp_path / "link").symlink_to(other)
    assert doudi(*words, "-o", tmp_path / "link").code == 0
    assert (tmp_path / "link").is_symlink()
    for name in ("notes.txt", "register/notes.txt"):
        (other / name).write_text("mine")
        failed = doudi(*words, "-o", other)
        assert (failed.code, failed.codes) == (2, ["out.foreign"])
        assert failed.data["problems"][0]["value"] == name
        (other / name).unlink()


def test_synthetic_people_never_replace_a_register(doudi: Doudi, register: Path, tmp_path: Path):  # noqa: F811
    before = contents(register)
    assert doudi("population", "make", register, "--persons", 50, "--json").codes == ["out.foreign"]
    assert doudi("feeds", "make", register.parent, "--persons", 50).code == 0, "beside it"
    assert contents(register) == before
    made = tmp_path / "made"
    for words in ((), ("--truth",), ("--seed", 2)):
        assert doudi("population", "make", made, "--persons", 50, *words).code == 0
    (made / "mine.parquet").write_bytes(b"")
    assert doudi("population", "make", made, "--persons", 50, "--json").codes == ["out.foreign"]


def test_a_synthetic_county_and_the_demonstration_leave_real_data(
    doudi: Doudi, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for path in (home / "registry").rglob("*.parquet"):
        pl.read_parquet(path).write_parquet(path)
    before = contents(home)
    assert doudi("feeds", "make", home, "--persons", 50, "--json").codes == ["out.foreign"]
    failed = doudi("feeds", "make", tmp_path / "new", "--persons", 50, "--store", home / "store", "--json")
    assert failed.codes == ["out.foreign"]
    monkeypatch.setenv("DOUDI_HOME", str(home))
    assert doudi("demo", "--persons", 50, "--json").codes == ["out.foreign"]
    assert contents(home) == before


def test_results_go_over_no_other_tables(doudi: Doudi, register: Path, tmp_path: Path):  # noqa: F811
    for name in ("persons.parquet", "households.csv"):
        other = tmp_path / name.partition(".")[2]
        other.mkdir()
        (other / name).write_bytes(b"mine")
        failed = doudi("run", register, *PLACE, "-o", other, "--json")
        assert (failed.code, failed.codes) == (2, ["out.foreign"])
        assert contents(other) == {name: b"mine"}
    (tmp_path / "rows.csv").write_text("row_id,id_number,name,sex,born,village\n")
    failed = doudi("link", tmp_path / "rows.csv", tmp_path / "rows.csv", "-o", tmp_path / "parquet", "--json")
    assert "out.foreign" in failed.codes
    assert contents(tmp_path / "parquet") == {"persons.parquet": b"mine"}


def test_rows_set_aside_are_not_read_and_written_over_at_once(doudi: Doudi, register: Path, tmp_path: Path):  # noqa: F811
    shutil.copytree(register, tmp_path / "out" / "set_aside")
    failed = doudi("hardship", tmp_path / "out" / "set_aside", *PLACE, "-o", tmp_path / "out", "--json")
    assert (failed.code, failed.codes) == (2, ["usage.out"])


@pytest.mark.parametrize("of", ["law", "procedure"])
def test_pages_go_over_no_page_written_by_hand(doudi: Doudi, tmp_path: Path, of: str):
    mine = tmp_path / "README.md"
    for text in (b"mine", "我的".encode("gb18030")):
        mine.write_bytes(text)
        failed = doudi(of, "docs", "-o", tmp_path, "--json")
        assert (failed.code, failed.codes) == (2, ["out.foreign"])
        assert failed.data["problems"][0]["value"] == "README.md"
        assert contents(tmp_path) == {"README.md": text}


def test_a_household_file_is_not_written_over(doudi: Doudi, household: Path):
    before = household.read_bytes()
    for words in (("assess", "--freeze"), ("statement", "--html"), ("cliff", "--html")):
        failed = doudi(words[0], household, words[1], household, "--json")
        assert (failed.code, failed.codes) == (2, ["usage.out"])
    assert household.read_bytes() == before


@full
def test_a_full_disk_is_a_sentence(doudi: Doudi, household: Path):
    for words in (
        ("assess", household, "--freeze"),
        ("statement", household, "--html"),
        ("facts", "docs", "-o"),
    ):
        failed = doudi(*words, FULL)
        assert failed.code == 2
        assert "/dev/full: 磁盘已满" in failed.err
        assert doudi(*words, FULL, "--json").codes == ["file.unusable"]


@full
@pytest.mark.parametrize(
    "words", [("law", "gaps", "西安市"), ("law", "gaps", "西安市", "--json"), ("law", "show", "x", "--json")]
)
def test_a_standard_output_that_takes_no_more_is_a_sentence(words: tuple[str, ...]):
    with FULL.open("w") as out:
        done = subprocess.run(
            [sys.executable, "-m", "doudi.cli", *words, "--lang", "zh"], stdout=out, stderr=subprocess.PIPE, text=True, check=False
        )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize("words", [("law", "gaps", "西安市"), ("law", "--help")])
def test_who_reads_only_the_first_line_sees_no_failure(words: tuple[str, ...]):
    with subprocess.Popen(
        [sys.executable, "-m", "doudi.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
