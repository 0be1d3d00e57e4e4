"""Files appear whole under their names or not at all, and a full disk is told with the file that was asked for."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from doudi.rules.files import not_ours, put_text, put_whole

FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")


def _workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_string(0, 0, "x")


@pytest.mark.parametrize("earlier", [True, False])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_goes_wrong_leaves_the_earlier_file_and_nothing_beside_it(
    tmp_path: Path, earlier: bool, error: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    if earlier:
        put_text(path, "whole")

    def fail() -> None:
        with put_whole(path) as making:
            making.write_text("ha")
            raise error

    with pytest.raises(error):
        fail()
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.txt", "whole")] * earlier


def test_a_link_stays_and_who_may_read_stays(tmp_path: Path) -> None:
    put_text(tmp_path / "real", "1")
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    put_text(tmp_path / "link", "2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "2"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o600


def test_a_folder_and_a_place_that_is_none_are_named_as_they_were_asked_for(tmp_path: Path) -> None:
    for path, number in ((tmp_path, errno.EISDIR), (tmp_path / "none" / "a", errno.ENOENT)):
        with pytest.raises(OSError, match=str(path)) as caught:
            put_text(path, "")
        assert (caught.value.errno, caught.value.filename) == (number, str(path))


@full
@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text("x" * 10),
        lambda path: pl.DataFrame({"a": [1]}).write_parquet(path),
        lambda path: pl.DataFrame({"a": [1]}).write_csv(path),
        _workbook,
    ],
)
def test_a_full_disk_is_told_alike_whatever_library_writes(write: Callable[[Path], object]) -> None:
    with pytest.raises(OSError, match=str(FULL)) as caught, put_whole(FULL) as making:
        write(making)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(FULL))


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError), put_whole(tmp_path / "a"):
        pl.DataFrame().select("b")
    assert os.listdir(tmp_path) == []


def test_files_of_others_are_told_unless_one_of_ours_lies_beside_them(tmp_path: Path) -> None:
    assert not_ours(tmp_path, ("persons", "mine"), ("mine",)) == []
    put_text(tmp_path / "persons", "")
    (problem,) = not_ours(tmp_path, ("persons", "mine"), ("mine",))
    assert (problem.code, problem.value) == ("out.foreign", "persons")
    put_text(tmp_path / "mine", "")
    assert not_ours(tmp_path, ("persons", "mine"), ("mine",)) == []
