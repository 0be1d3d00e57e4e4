"""A workbook whose rows are laid down at once: the same bytes as cell by cell, in a tenth of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_SPANNED = 16
"""Rows that xlsxwriter tells the span of columns of together."""
_SPECIAL = r"[&<>\x00-\x1f\x{fffe}\x{ffff}]|_x|^\s|\s$"
"""What a text may hold that it cannot be written as it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a column: a number where ``numbers`` has one, else a text where ``texts`` has one."""

    texts: pl.Series
    numbers: pl.Series


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows laid down: the first one, the XML of the cells of each (null where it has none), its first and last column."""

    first: int
    cells: pl.Series
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Book(Workbook):
    """A workbook of xlsxwriter whose texts are written at once."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):
    def _write_shared_strings_file(self) -> None:
        texts = _Texts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


class _Texts(SharedStrings):
    def _write_sst_strings(self) -> None:
        texts = self.string_table.string_array
        start = 0
        for place in pl.Series(texts, dtype=pl.String).str.contains(_SPECIAL).arg_true():
            self._write_plain(texts[start:place])
            self._write_si(texts[place])
            start = place + 1
        self._write_plain(texts[start:])

    def _write_plain(self, texts: Sequence[str]) -> None:
        if texts:
            self.fh.write(f"<si><t>{'</t></si><si><t>'.join(texts)}</t></si>")


class Grid(Worksheet):
    """A sheet of xlsxwriter for plain texts and numbers without formats; heading and totals are written as usual."""

    def __init__(self) -> None:
        super().__init__()
        self._block: _Block | None = None

    def lay(self, first: int, columns: Sequence[Column]) -> None:
        """Lay down rows from row ``first`` (from 0) on, once in a sheet and below everything written so far."""
        cells = pl.DataFrame(
            {f"text{place}": column.texts for place, column in enumerate(columns)}
            | {f"number{place}": column.numbers for place, column in enumerate(columns)}
        )
        codes = self._codes(cells, len(columns))
        filled = (codes >= 0) | cells.select(pl.col("^number.*$").is_not_null()).to_numpy()
        starts, ends = filled.argmax(axis=1), filled.shape[1] - 1 - filled[:, ::-1].argmax(axis=1)
        self._block = _Block(first, _xml(first, cells, codes), starts, ends)
        rows = np.flatnonzero(filled.any(axis=1))
        if len(rows):
            self._check_dimensions(first + int(rows[0]), int(starts[rows].min()))
            self._check_dimensions(first + int(rows[-1]), int(ends[rows].max()))

    def _codes(self, cells: pl.DataFrame, width: int) -> NDArray[np.int64]:
        """The numbers of texts, in the order in which they come, as a workbook shares them among its cells; −1 for no text."""
        text = [
            pl.when(pl.col(f"number{place}").is_null()).then(f"text{place}").alias(f"text{place}")
            for place in range(width)
        ]
        every = cells.select(pl.concat_list(text).explode().alias("text")).to_series()
        distinct = every.drop_nulls().unique(maintain_order=True)
        words = distinct.to_list()
        shared, known = self.str_table, self.str_table.string_table
        new = [word for word in words if word not in known]
        known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
        shared.count += len(every) - every.null_count()
        shared.unique_count = len(known)
        codes = every.replace_strict(
            distinct, pl.Series([known[word] for word in words], dtype=pl.Int64), default=-1
        )
        return codes.to_numpy().reshape(cells.height, width)

    def _write_rows(self) -> None:
        spans = self._spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            if self._block is not None and row == self._block.first:
                self._write_block(self._block, spans)
            if self.table[row]:
                self._write_row(row, spans.get(row // _SPANNED))
                for place, cell in sorted(self.table[row].items()):
                    self._write_cell(row, place, cell)
                self._xml_end_tag("row")

    def _write_block(self, block: _Block, spans: dict[int, str]) -> None:
        rows = pl.int_range(block.first, block.first + len(block.cells), eager=True)
        told = (rows // _SPANNED).replace_strict(spans, default=None, return_dtype=pl.String)
        written = pl.select(
            pl.format('<row r="{}" spans="{}">{}</row>', pl.lit(rows + 1), pl.lit(told), pl.lit(block.cells))
        )
        self.fh.write(written.to_series().str.join("").item())

    def _spans(self) -> dict[int, str]:
        """The first and last column, counted from 1, of each sixteen rows."""
        reach: dict[int, tuple[int, int]] = {}
        ends = [(row, min(cells), max(cells)) for row, cells in self.table.items() if cells]
        ends += self._spans_of(self._block) if self._block is not None else []
        for row, first, last in ends:
            low, high = reach.get(row // _SPANNED, (first, last))
            reach[row // _SPANNED] = min(low, first), max(high, last)
        return {number: f"{low + 1}:{high + 1}" for number, (low, high) in reach.items()}

    def _spans_of(self, block: _Block) -> list[tuple[Any, Any, Any]]:
        rows = pl.DataFrame({"cells": block.cells, "start": block.starts, "end": block.ends}).with_row_index(
            "row", block.first
        )
        spanned = rows.filter(pl.col("cells").is_not_null()).group_by(pl.col("row") // _SPANNED * _SPANNED)
        return spanned.agg(pl.col("start").min(), pl.col("end").max()).rows()


def _xml(first: int, cells: pl.DataFrame, codes: NDArray[np.int64]) -> pl.Series:
    """The cells of each row; null for a row without any."""
    row = pl.int_range(first + 1, first + 1 + pl.len()).cast(pl.String)
    written = []
    for place in range(codes.shape[1]):
        start = pl.lit(f'<c r="{xl_col_to_name(place)}') + row
        number, code = pl.col(f"number{place}"), pl.lit(pl.Series(codes[:, place]))
        written.append(
            pl.when(number.is_not_null()).then(start + '"><v>' + number + "</v></c>")
            .when(code >= 0).then(start + '" t="s"><v>' + code.cast(pl.String) + "</v></c>")
        )  # fmt: skip
    return cells.select(pl.concat_str(written, ignore_nulls=True).replace("", None)).to_series()
