"""Identity numbers (GB 11643): shape, check digit and date of birth of a whole column at once.

The place in a number is never checked: numbers were issued under codes of their time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Flags = NDArray[np.bool_]

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int16)
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_ZERO, _NINE, _X = 48, 57, 88
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_SCIENTIFIC = r"^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{2}$"
_CUT_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Identities:
    """A column of identity numbers. ``numbers`` has 18 characters each, null where there is none of that shape.

    ``lost``: digits were lost in a spreadsheet; ``shapeless``: not 15 or 18 characters of that shape; ``upgraded``:
    had 15; ``check``: the check digit is wrong; ``date``: the date of birth is none.
    """

    numbers: pl.Series
    lost: Flags
    shapeless: Flags
    upgraded: Flags
    check: Flags
    date: Flags


def read_identities(texts: pl.Series, lost: Flags, times: NDArray[np.int64] | None = None) -> Identities:
    """Read cleaned texts (half-width, without spaces). ``lost``: cells already known to have lost digits; ``times``: how many
    cells hold each text, one if not given."""
    if texts.str.contains("[a-z]").any():
        texts = texts.str.to_uppercase()
    lengths = texts.str.len_bytes().fill_null(0).to_numpy()
    old = _of_digits(texts, lengths == 15, 15)
    texts = _upgrade(texts, old)
    long = _of_shape(texts, (lengths == 18) | old)
    digits = _matrix(texts, long, 18)
    lost = lost | _scientific(texts, ~long)
    check, day = np.zeros(len(texts), dtype=np.bool_), np.zeros(len(texts), dtype=np.bool_)
    check[long] = _CHECKS[(digits[:, :17].astype(np.int16) - _ZERO) @ _WEIGHTS % 11] != digits[:, 17]
    day[long] = ~_dated(digits)
    lost = lost | (_cut(digits, check[long], long, times) & ~old)
    given = texts.is_not_null().to_numpy()
    shapeless = given & ~long & ~lost
    numbers = texts.set(pl.Series(~long | lost), None)
    return Identities(numbers, lost, shapeless, old & long, check & ~lost, day & ~lost)


def _scientific(texts: pl.Series, rows: Flags) -> Flags:
    found = rows.copy()
    if rows.any():
        found[rows] = texts.filter(pl.Series(rows)).str.contains(_SCIENTIFIC).fill_null(False).to_numpy()
    return found


def _cut(digits: NDArray[np.uint8], wrong: Flags, long: Flags, times: NDArray[np.int64] | None) -> Flags:
    """Numbers that end in 000 because a spreadsheet kept 15 digits: they fail the check, or most others do so too."""
    found = np.zeros(len(long), dtype=np.bool_)
    zeros = (digits[:, 15:] == _ZERO).all(axis=1)
    often = np.ones(len(digits), dtype=np.int64) if times is None else times[long]
    many = often[zeros].sum() > max(2, _CUT_SHARE * often.sum()) and bool((zeros & wrong).any())
    found[long] = zeros if many else zeros & wrong
    return found


def _matrix(texts: pl.Series, rows: Flags, width: int) -> NDArray[np.uint8]:
    chosen = texts if rows.all() else texts.filter(pl.Series(rows))
    if not len(chosen):
        return np.empty((0, width), dtype=np.uint8)
    return np.frombuffer(str(chosen.str.join("").item()).encode(), dtype=np.uint8).reshape(-1, width)


def _of_digits(texts: pl.Series, rows: Flags, width: int) -> Flags:
    found = rows.copy()
    if rows.any():
        cells = _matrix(texts, rows, width)
        found[rows] = _digits(cells).all(axis=1)
    return found


def _digits(cells: NDArray[np.uint8]) -> Flags:
    """Which bytes are digits: smaller ones wrap around to large numbers."""
    return cells - np.uint8(_ZERO) <= _NINE - _ZERO


def _of_shape(texts: pl.Series, rows: Flags) -> Flags:
    found = rows.copy()
    if rows.any():
        cells = _matrix(texts, rows, 18)
        good: Flags = (cells[:, 17] == _X) | _digits(cells[:, 17])
        if not _digits(cells[:, :17]).all():
            good = good & _digits(cells[:, :17]).all(axis=1)
        found[rows] = good
    return found


def _upgrade(texts: pl.Series, old: Flags) -> pl.Series:
    """Numbers of 15 digits get their century and their check digit."""
    if not old.any():
        return texts
    chosen = texts.filter(pl.Series(old))
    longer = chosen.str.slice(0, 6) + "19" + chosen.str.slice(6)
    cells = _matrix(longer, np.ones(len(longer), dtype=np.bool_), 17)
    checks = _CHECKS[(cells.astype(np.int16) - _ZERO) @ _WEIGHTS % 11]
    full = longer + pl.Series([chr(check) for check in checks])
    return texts.scatter(np.flatnonzero(old), full)


def _dated(digits: NDArray[np.uint8]) -> Flags:
    """Whether places 7 to 14 are a day of the years 1850 to 2099."""
    parts = digits[:, 6:14].astype(np.int32) - _ZERO
    year = parts[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = parts[:, 4] * 10 + parts[:, 5], parts[:, 6] * 10 + parts[:, 7]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[np.clip(month, 0, 12)] + ((month == 2) & leap)
    good: Flags = (year >= 1850) & (year < 2100) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= last)
    return good
