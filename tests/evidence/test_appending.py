"""Tables that come one after the other stand in one file, in their order; a fault ends the writing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from doudi.evidence.appending import appending

SCHEMA = {"number": pl.Int64(), "rows": pl.List(pl.String())}


def table(number: int) -> pl.DataFrame:
    return pl.DataFrame({"number": [number] * number, "rows": [[str(number)]] * number}, schema=SCHEMA)


def test_tables_stand_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    append_all(tmp_path / "all.parquet", range(30))
    assert pl.read_parquet(tmp_path / "all.parquet").equals(pl.concat(table(number) for number in range(30)))


def append_all(path: Path, numbers: Iterable[int]) -> None:
    with appending(path, SCHEMA) as append:
        for number in numbers:
            append(table(number))


def test_whoever_appends_is_told_that_the_file_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no folder"):
        append_all(tmp_path / "no folder" / "all.parquet", range(30))


def test_a_fault_of_whoever_appends_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        append_all(tmp_path / "all.parquet", (1 // number for number in (1, 0)))
