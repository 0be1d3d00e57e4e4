"""Columns taken out of the pages of a Parquet file are those that reading the file gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from doudi.facts.register.compact import packed, unpacked
from doudi.facts.register.pages import Pages

ROWS = 3_000
FRAME = pl.DataFrame(
    {
        "kind": pl.Series((["cash", "home"] * 2 + ["shop"]) * (ROWS // 5), dtype=pl.Enum(["home", "shop", "cash"])),
        "owner": [None if row % 7 == 0 else f"人{row // 20:04d}" for row in range(ROWS)],
        "since": [date(2020 + row % 5, 1, 1 + row % 28) for row in range(ROWS)],
        "months": pl.Series([row % 40 for row in range(ROWS)], dtype=pl.Int64),
        "value": pl.Series([None if row % 9 == 0 else row * 37 for row in range(ROWS)]).cast(pl.Decimal(18, 2)),
    }
)  # fmt: skip


def pages(folder: Path, compression: str = "lz4", rows: int = ROWS) -> Pages | None:
    path = folder / "table.parquet"
    FRAME.write_parquet(path, compression=compression, row_group_size=rows)  # type: ignore[arg-type]
    return Pages.of(path)


@pytest.mark.parametrize("compression", ["lz4", "uncompressed"])
@pytest.mark.parametrize("heading", ["kind", "owner", "since", "months"])
def test_the_entries_of_a_dictionary_and_their_places_are_the_column(
    tmp_path: Path, compression: str, heading: str
) -> None:
    found = pages(tmp_path, compression)
    assert found is not None
    dictionary = found.dictionary(heading)
    assert dictionary is not None
    places = np.arange(len(dictionary.entries))
    for width in (np.int8, np.int32, np.int64):
        if len(places) > np.iinfo(width).max:
            continue
        rows = found.scan([dictionary.replaced(places.astype(width))]).collect().to_series()
        assert rows.dtype == pl.Series(np.empty(0, width)).dtype
        told = dictionary.entries.gather(rows.cast(pl.UInt32))
        assert told.cast(pl.String).to_list() == FRAME[heading].cast(pl.String).to_list()


@pytest.mark.parametrize("compression", ["lz4", "uncompressed", "zstd"])
def test_decimals_come_as_the_integers_that_the_file_holds(tmp_path: Path, compression: str) -> None:
    found = pages(tmp_path, compression)
    assert found is not None
    piece = found.integers("value")
    assert piece is not None
    values = found.scan([piece]).collect().to_series()
    assert values.dtype == pl.Int64
    assert values.to_list() == FRAME["value"].to_physical().to_list()


def test_what_is_not_surely_understood_is_not_taken_out(tmp_path: Path) -> None:
    squeezed = pages(tmp_path, "zstd")
    assert squeezed is not None
    assert squeezed.dictionary("kind") is None
    plain = pages(tmp_path)
    assert plain is not None
    assert plain.dictionary("value") is None
    assert plain.integers("kind") is None
    assert plain.integers("nothing") is None
    assert pages(tmp_path, rows=ROWS // 3) is None
    (tmp_path / "table.parquet").write_bytes(b"PAR1 and nothing more PAR1")
    assert Pages.of(tmp_path / "table.parquet") is None


def test_a_structure_is_read_as_it_was_written() -> None:
    struct = {
        1: (5, -3), 2: (9, (8, [b"a", b"\xe7\x94\xb2" * 50])), 4: (12, {1: (1, True), 20: (2, False)}),
        40: (6, 2**40), 41: (7, b"12345678"), 42: (9, (5, list(range(20)))),
    }  # fmt: skip
    assert unpacked(packed(struct)) == (struct, len(packed(struct)))
    with pytest.raises(IndexError):
        unpacked(packed(struct)[:-1])
