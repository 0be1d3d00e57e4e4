"""The notation in which Parquet writes what a file holds (Thrift's compact protocol): read into plain values, and written.

A structure is a mapping of field numbers to ``(type, value)``; a list is ``(type of its items, items)``. Of the types, only
those are known that Parquet uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 12
_NUMBERS = (I16, I32, I64)
_LONG_LIST = 15

Struct = dict[int, tuple[int, Any]]


def unpacked(data: bytes, at: int = 0) -> tuple[Struct, int]:
    """The structure at a place, and where it ends.

    Raises:
        ValueError, IndexError: there is none.
    """
    found: Struct = {}
    field = 0
    while head := data[at]:
        at += 1
        kind, step = head & 15, head >> 4
        if step:
            field += step
        else:
            field, at = _number(data, at)
        found[field] = (kind, kind == TRUE) if kind in (TRUE, FALSE) else (kind, None)
        if kind not in (TRUE, FALSE):
            value, at = _value(data, at, kind)
            found[field] = kind, value
    return found, at + 1


def packed(struct: Mapping[int, tuple[int, Any]]) -> bytes:
    """A structure as it is written."""
    written, last = bytearray(), 0
    for field, (kind, value) in struct.items():
        kind = (TRUE if value else FALSE) if kind in (TRUE, FALSE) else kind
        step = field - last
        written += bytes([step << 4 | kind]) if 0 < step <= 15 else bytes([kind]) + _zigzag(field)
        written += b"" if kind in (TRUE, FALSE) else _written(kind, value)
        last = field
    return bytes(written) + b"\0"


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1


def _number(data: bytes, at: int) -> tuple[int, int]:
    value, at = _varint(data, at)
    return (value >> 1) ^ -(value & 1), at


def _value(data: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind in _NUMBERS:
        return _number(data, at)
    if kind == BINARY:
        size, at = _varint(data, at)
        return _bytes(data, at, size)
    if kind == STRUCT:
        return unpacked(data, at)
    if kind == LIST:
        return _list(data, at)
    if kind in (TRUE, FALSE, BYTE):
        return data[at], at + 1
    if kind == DOUBLE:
        return _bytes(data, at, 8)
    raise ValueError(f"no type {kind}")


def _bytes(data: bytes, at: int, size: int) -> tuple[bytes, int]:
    if at + size > len(data):
        raise IndexError("past the end")
    return data[at : at + size], at + size


def _list(data: bytes, at: int) -> tuple[tuple[int, list[Any]], int]:
    size, kind = data[at] >> 4, data[at] & 15
    at += 1
    if size == _LONG_LIST:
        size, at = _varint(data, at)
    items = []
    for _ in range(size):
        item, at = _value(data, at, kind)
        items.append(item)
    return (kind, items), at


def _written(kind: int, value: Any) -> bytes:
    if kind in _NUMBERS:
        return _zigzag(value)
    if kind == BINARY:
        return _unsigned(len(value)) + bytes(value)
    if kind == STRUCT:
        return packed(value)
    if kind == LIST:
        of, items = value
        size = len(items)
        head = (
            bytes([size << 4 | of]) if size < _LONG_LIST else bytes([_LONG_LIST << 4 | of]) + _unsigned(size)
        )
        return head + b"".join(_written(of, item) for item in items)
    return bytes(value) if kind == DOUBLE else bytes([value])


def _zigzag(value: int) -> bytes:
    return _unsigned(value << 1 if value >= 0 else ~value << 1 | 1)


def _unsigned(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)
