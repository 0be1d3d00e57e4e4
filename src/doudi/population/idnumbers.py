"""Identity numbers of 18 digits (GB 11643) whose county codes do not occur in GB/T 2260, so that they are nobody's.

The number holds the code of the county of birth, the date, a serial number that is odd for men, and a check digit.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from doudi.population.draw import Bools, Ints, chance

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = tuple("10X98765432")
_SERIALS = 500
_OTHER_CODES = np.array([999902, 999903, 999904, 999911, 999921])
_OLD_CODES_BEFORE, _OLD_CODE_SHARE = -1_800, 0.08
"""People born before 1965 whose number keeps the code that the place had at its issue."""


def id_numbers(region: int, born: Ints, male: Bools, rng: np.random.Generator) -> pl.Series:
    """A number for each person; no two are the same."""
    code = np.full(born.size, region)
    moved = (born < _OLD_CODES_BEFORE) & chance(rng, _OLD_CODE_SHARE, born.size)
    code = np.where(moved, _OTHER_CODES[rng.integers(0, _OTHER_CODES.size, born.size)], code)
    rank = _ranks(born, male, code)
    code = code + 30 * (rank // _SERIALS)
    shift = (born * 131 + male * 17) % _SERIALS
    serial = 2 * ((rank + shift) % _SERIALS) + male
    return _written(code, born, serial)


def _ranks(born: Ints, male: Bools, code: Ints) -> Ints:
    """The place of each person among those of the same day of birth, sex and code."""
    key = (born * 2 + male) * 1_000 + code % 1_000
    bits = key.size.bit_length()
    # Keys that carry their place are sorted faster than places by their keys, and equal ones stay in their order.
    placed = np.sort((key << bits) | np.arange(key.size))
    order, ordered = placed & ((1 << bits) - 1), placed >> bits
    new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    starts = np.flatnonzero(new)
    rank = np.empty(key.size, dtype=np.int64)
    rank[order] = np.arange(key.size) - np.repeat(starts, np.diff(np.append(starts, key.size)))
    return rank


def _written(code: Ints, born: Ints, serial: Ints) -> pl.Series:
    """The 17 digits and the check digit; each part is weighted once for each of its values."""
    low, first = int(born.min()), int(code.min())
    dates = _dates(low, int(born.max()))
    codes, serials = np.arange(first, int(code.max()) + 1), np.arange(2 * _SERIALS)
    weighted = _weighted(dates, 6, 8)[born - low] + _weighted(codes, 0, 6)[code - first]
    weighted += _weighted(serials, 14, 3)[serial]
    check = pl.Series(_CHECK_DIGITS).gather(weighted % 11)
    return pl.Series((code * 10**8 + dates[born - low]) * 1_000 + serial).cast(pl.String) + check


def _dates(low: int, high: int) -> Ints:
    """Each day from ``low`` to ``high`` as eight digits."""
    days = pl.select(pl.int_range(low, high + 1).cast(pl.Int32).cast(pl.Date)).to_series()
    digits = (days.dt.year().cast(pl.Int64) * 100 + days.dt.month()) * 100 + days.dt.day()
    return digits.to_numpy()


def _weighted(value: Ints, first: int, digits: int) -> Ints:
    """The sum of the digits of a part of the number, each times its weight."""
    total = np.zeros(value.size, dtype=np.int64)
    for place in range(digits):
        total += value // 10 ** (digits - 1 - place) % 10 * _WEIGHTS[first + place]
    return total
