"""Columns of a Parquet file taken out of it page by page, so that less has to be worked out for every row.

A *decimal* is kept as an integer in the file; Polars widens it to 128 bits. Its pages are read here as the integers that they
hold. A column with a *dictionary* has each different value once, and for the rows their places in it. Here the different
values alone are read; others can be put in their place, and the rows then read as those.

Both come as a small Parquet file in memory: the pages as they lie in the file, under a description of our own. Only files of one
group of rows and without nesting, as :mod:`doudi.facts.register.writing` lays them down, are taken apart; :meth:`Pages.of`
knows no others, nor do its methods know pages in a form of which they are not sure. Whoever gets nothing reads as usual.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.compact import BINARY, I32, I64, LIST, STRUCT, Struct, packed, unpacked

_MAGIC = b"PAR1"
_INT32, _INT64, _TEXTS = 1, 2, 6
_INT_8 = 15
"""The mark of integers of 8 bits, which Parquet keeps as those of 32."""

_SHORT = 4096
"""Bytes of a dictionary that is sooner read here than by Polars."""

_REQUIRED, _UNCOMPRESSED, _LZ4 = 0, 0, 7
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
_PLAIN, _RLE, _BY_DICTIONARY = 0, 3, (2, 8)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it lies in a file: how it is described, where its bytes begin, how many they are."""

    leaf: Struct
    meta: Struct
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A column of the small file; its dictionary takes the first ``dictionary`` of its ``data``."""

    leaf: Mapping[int, tuple[int, Any]]
    meta: Struct
    data: bytes
    dictionary: int


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The different values of a column, ``entries``, and the pages that tell which of them each row has."""

    entries: pl.Series
    _column: _Column
    _rows: bytes

    def replaced(self, numbers: NDArray[Any]) -> Piece:
        """The column with these numbers (int8, int32 or int64) in the place of its entries."""
        kind = _INT64 if numbers.itemsize == 8 else _INT32
        raw = numbers.astype("<i8" if kind == _INT64 else "<i4").tobytes()
        body = raw if self._column.meta[4][1] == _UNCOMPRESSED else _literal(raw)
        about = {1: (I32, len(numbers)), 2: (I32, _PLAIN)}
        page = {1: (I32, _DICTIONARY), 2: (I32, len(raw)), 3: (I32, len(body)), 7: (STRUCT, about)}
        head = packed(page) + body
        leaf: dict[int, tuple[int, Any]] = {1: (I32, kind), 3: self._column.leaf[3], 4: self._column.leaf[4]}
        if numbers.itemsize == 1:
            leaf[6] = (I32, _INT_8)
        return Piece(leaf, {**self._column.meta, 1: (I32, kind)}, head + self._rows, len(head))


class Pages:
    """The columns of a Parquet file by their headings."""

    def __init__(self, path: Path, rows: int, columns: Mapping[str, _Column]) -> None:
        self._path = path
        self.rows = rows
        self._columns = columns

    @classmethod
    def of(cls, path: Path) -> Pages | None:
        """The file taken apart; None where it is not of the simple kind."""
        with suppress(OSError, IndexError, KeyError, TypeError, ValueError):
            about, size = _about(path)
            (group,) = about[4][1][1]
            root, *leaves = about[2][1][1]
            chunks = group[1][1][1]
            if root[5][1] != len(leaves) or any(5 in leaf for leaf in leaves):
                return None
            columns = {
                str(leaf[4][1], "utf-8"): _column(leaf, chunk, size)
                for leaf, chunk in zip(leaves, chunks, strict=True)
            }
            return cls(path, group[3][1], columns)
        return None

    def integers(self, heading: str) -> Piece | None:
        """The integers by which the column is kept; None where it is kept otherwise."""
        column = self._columns.get(heading)
        if column is None or column.leaf[1][1] not in (_INT32, _INT64):
            return None
        leaf = {field: column.leaf[field] for field in (1, 3, 4)}
        dictionary = column.meta[9][1] - column.start
        return Piece(leaf, column.meta, self._bytes(column), dictionary)

    def dictionary(self, heading: str) -> Dictionary | None:
        """The dictionary of the column; None where not all of its rows refer to one, or it is packed in an unknown way."""
        column = self._columns.get(heading)
        if column is None or 11 not in column.meta or column.meta[4][1] not in (_UNCOMPRESSED, _LZ4):
            return None
        with suppress(IndexError, KeyError, TypeError, ValueError):
            data = self._bytes(column)
            page, start = unpacked(data)
            end = start + page[3][1]
            if page[1][1] != _DICTIONARY or not _refer(data, end):
                return None
            return Dictionary(_entries(column, page, data[start:end]), column, data[end:])
        return None

    def scan(self, pieces: Sequence[Piece]) -> pl.LazyFrame:
        """These columns as a table."""
        return pl.scan_parquet(_file(pieces, self.rows))

    def _bytes(self, column: _Column) -> bytes:
        with self._path.open("rb") as file:
            file.seek(column.start)
            return file.read(column.size)


def _about(path: Path) -> tuple[Struct, int]:
    """What the end of the file says of it, and how many bytes come before."""
    with path.open("rb") as file:
        end = file.seek(0, 2) - 8
        file.seek(end)
        tail = file.read()
        start = end - int.from_bytes(tail[:4], "little")
        if tail[4:] != _MAGIC or start < 0:
            raise ValueError("not a Parquet file")
        file.seek(start)
        return unpacked(file.read(end - start))[0], start


def _column(leaf: Struct, chunk: Struct, size: int) -> _Column:
    if 1 in chunk or 8 in chunk or leaf[3][1] > 1:
        raise ValueError("in another file, encrypted, or repeated")
    meta: Struct = chunk[3][1]
    start, length = meta[9][1], meta[7][1]
    if 11 in meta:
        start = min(start, meta[11][1])
    if start < 0 or start + length > size or length <= 0:
        raise ValueError("outside the file")
    return _Column(leaf, meta, start, length)


def _refer(data: bytes, at: int) -> bool:
    """Whether all pages from a place on refer to the dictionary."""
    while at < len(data):
        page, at = unpacked(data, at)
        about = {_DATA: 5, _DATA_2: 8}.get(page[1][1])
        if about is None or page[about][1][2 if about == 5 else 4][1] not in _BY_DICTIONARY:
            return False
        at += page[3][1]
    return at == len(data)


def _entries(column: _Column, page: Struct, body: bytes) -> pl.Series:
    """The entries of a dictionary."""
    size, length = page[7][1][1][1], page[2][1]
    kind, name = column.leaf[1][1], str(column.leaf[4][1], "utf-8")
    if length <= _SHORT and (kind == _TEXTS or (kind == _INT64 and not {6, 10} & column.leaf.keys())):
        raw = body if column.meta[4][1] == _UNCOMPRESSED else _unsqueezed(body, length)
        return pl.Series(name, _texts(raw, size) if kind == _TEXTS else np.frombuffer(raw, "<i8", size))
    about = {1: (I32, size), 2: (I32, _PLAIN), 3: (I32, _RLE), 4: (I32, _RLE)}
    data = packed({1: (I32, _DATA), 2: page[2], 3: page[3], 5: (STRUCT, about)}) + body
    meta = {**column.meta, 5: (I64, size), 6: (I64, length)}
    leaf = {**column.leaf, 3: (I32, _REQUIRED)}
    return pl.read_parquet(_file([Piece(leaf, meta, data, 0)], size)).to_series()


def _texts(raw: bytes, size: int) -> list[str]:
    """So many texts, each after its length."""
    found, at = [], 0
    for _ in range(size):
        start, at = at + 4, at + 4 + int.from_bytes(raw[at : at + 4], "little")
        found.append(str(raw[start:at], "utf-8"))
    if at != len(raw):
        raise ValueError("not texts")
    return found


def _unsqueezed(block: bytes, length: int) -> bytes:
    """What a short block of LZ4 stands for."""
    found, at = bytearray(), 0
    while at < len(block):
        token = block[at]
        size, at = _extended(block, at + 1, token >> 4)
        found += block[at : at + size]
        at += size
        if at < len(block):
            back = int.from_bytes(block[at : at + 2], "little")
            size, at = _extended(block, at + 2, token & 15)
            for _ in range(size + 4):
                found.append(found[-back])
    if len(found) != length:
        raise ValueError("not of the length it should have")
    return bytes(found)


def _extended(block: bytes, at: int, size: int) -> tuple[int, int]:
    if size == 15:
        while (more := block[at]) == 255:
            size, at = size + 255, at + 1
        size, at = size + more, at + 1
    return size, at


def _literal(raw: bytes) -> bytes:
    """A block as LZ4 writes what cannot be made shorter."""
    if len(raw) < 15:
        return bytes([len(raw) << 4]) + raw
    full, rest = divmod(len(raw) - 15, 255)
    return b"\xf0" + b"\xff" * full + bytes([rest]) + raw


def _file(pieces: Sequence[Piece], rows: int) -> bytes:
    """A Parquet file with these columns."""
    chunks, at = [], len(_MAGIC)
    for piece in pieces:
        chunks.append({2: (I64, at), 3: (STRUCT, _placed(piece, at))})
        at += len(piece.data)
    group = {1: (LIST, (STRUCT, chunks)), 2: (I64, at - len(_MAGIC)), 3: (I64, rows)}
    root = {4: (BINARY, b"root"), 5: (I32, len(pieces))}
    schema = [root, *(piece.leaf for piece in pieces)]
    about = packed({1: (I32, 1), 2: (LIST, (STRUCT, schema)), 3: (I64, rows), 4: (LIST, (STRUCT, [group]))})
    size = len(about).to_bytes(4, "little")
    return b"".join((_MAGIC, *(piece.data for piece in pieces), about, size, _MAGIC))


def _placed(piece: Piece, at: int) -> Struct:
    """What is said of a column that begins there. What is said of its values is left out: it may not hold for these."""
    meta = {field: piece.meta[field] for field in (1, 2, 3, 4, 5, 6)}
    meta[7] = (I64, len(piece.data))
    meta[9] = (I64, at + piece.dictionary)
    return {**meta, 11: (I64, at)} if piece.dictionary else meta
