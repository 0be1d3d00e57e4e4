"""Columns to engine integers, as lazy expressions.

An expression never guesses: where it is not certain of a value it leaves ``REPAIR`` (or ``REPAIR_SMALL``), which no
fact may hold, and the value is then read one by one with :func:`doudi.facts.values.parse`. Null means not known.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.facts.vocabulary import Fact

REPAIR = -(2**62)
REPAIR_SMALL = -1
"""Stands in columns of codes and flags, which are kept in 8 bits."""

_DAYS = pl.date_range(date(1890, 1, 1), date(2099, 12, 31), eager=True)
_YEAR, _MONTH, _DAY = (part.cast(pl.Int64) for part in (_DAYS.dt.year(), _DAYS.dt.month(), _DAYS.dt.day()))
_OUTSIDE = pl.Series([REPAIR])
_CALENDAR = pl.concat([_OUTSIDE, _YEAR * 10_000 + _MONTH * 100 + _DAY, _OUTSIDE])
_CALENDAR_START = int(_DAYS.to_physical()[0])
_PLAIN = r"^[0-9]{1,12}(?:\.[0-9]{1,2}0*)?$"
_WHOLE = r"^[0-9]{1,12}(?:\.0+)?$"


def expression(fact: Fact, heading: str, dtype: pl.DataType, floats_as_text: bool) -> pl.Expr:
    """The engine values of a column, named by the fact's engine name.

    ``floats_as_text`` says that numbers are the texts of binary floats, as in XLSX, and may carry their noise.
    """
    column = pl.col(heading)
    if isinstance(dtype, pl.Null):
        values = column.cast(_width(fact))
    elif fact.kind == "code":
        values = _code(fact, column, dtype)
    elif fact.kind == "flag":
        values = _flag(column, dtype)
    elif fact.kind == "date":
        values = _date(column, dtype)
    else:
        values = _number(fact, column, dtype, floats_as_text)
    if fact.may_be_none:
        values = values.fill_null(0)
    return values.alias(fact.name)


def _width(fact: Fact) -> type[pl.DataType]:
    return pl.Int8 if fact.kind in ("code", "flag") else pl.Int64


def _or_repair(column: pl.Expr, values: pl.Expr, mark: int) -> pl.Expr:
    """Values, with the mark wherever the column has something and the values have nothing."""
    return pl.when(column.is_not_null() & values.is_null()).then(mark).otherwise(values)


NO_TEXT = "\0"
"""Stands in the place of the code ``unknown``, which no cell may be read as: what is not known is a gap."""


def _code(fact: Fact, column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Codes as written; null for aliases, words and whatever else :func:`leaves_gaps` warns of."""
    if dtype.is_integer():
        return _all_repaired(column, pl.Int8, REPAIR_SMALL)
    codes = _readable(fact)
    if isinstance(dtype, pl.Enum):
        return _place_of_category(column, dtype.categories.to_list(), codes)
    texts = column if isinstance(dtype, pl.String) else column.cast(pl.String)
    return texts.cast(pl.Enum(codes), strict=False).to_physical().cast(pl.Int8)


def _readable(fact: Fact) -> list[str]:
    """The texts of the codes, by their places."""
    assert fact.codes is not None
    return [NO_TEXT if code == "unknown" else code for code in fact.codes.codes]


def _place_of_category(column: pl.Expr, categories: list[str], codes: list[str]) -> pl.Expr:
    """Codes of an enumeration, without looking at the texts of the rows."""
    if categories == codes[: len(categories)]:
        return column.to_physical().cast(pl.Int8, wrap_numerical=True)
    places = {code: place for place, code in enumerate(codes)}
    table = pl.Series([places.get(category) for category in categories], dtype=pl.Int8)
    return pl.lit(table).gather(column.to_physical())


def leaves_gaps(fact: Fact, dtype: pl.DataType) -> bool:
    """Whether a null may also stand for a text that must be read on its own: marking those here would cost too much."""
    if isinstance(dtype, pl.Enum):
        return fact.codes is not None and not set(dtype.categories).issubset(_readable(fact))
    return fact.kind == "code" and not dtype.is_integer()


def within_by_type(fact: Fact, dtype: pl.DataType) -> bool:
    """Whether every value is within the fact's range because a column of this type can hold no other."""
    if fact.kind == "flag":
        return isinstance(dtype, pl.Boolean)
    return fact.kind == "code" and isinstance(dtype, pl.Enum)


def _flag(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Boolean):
        return column.cast(pl.Int8)
    if dtype.is_integer():
        small = pl.when(column.is_between(0, 1)).then(column)
        return _or_repair(column, small.cast(pl.Int8), REPAIR_SMALL).cast(pl.Int8)
    return _all_repaired(column, pl.Int8, REPAIR_SMALL)


def _date(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Datetime):
        day = pl.when(column.dt.time() == pl.time(0)).then(column.dt.date())
        return _or_repair(column, _day_number(day), REPAIR)
    if isinstance(dtype, pl.Date):
        return _day_number(column)
    return _all_repaired(column, pl.Int64, REPAIR)


def _day_number(day: pl.Expr) -> pl.Expr:
    """``yyyymmdd`` of a date, looked up in the calendar: several times faster than taking the date apart."""
    place = (day.to_physical() - (_CALENDAR_START - 1)).cast(pl.UInt32, wrap_numerical=True)
    return pl.lit(_CALENDAR).gather(place.clip(upper_bound=_CALENDAR.len() - 1))


def _number(fact: Fact, column: pl.Expr, dtype: pl.DataType, floats_as_text: bool) -> pl.Expr:
    if isinstance(dtype, pl.Decimal):
        return _decimal(fact, column, dtype)
    if dtype.is_integer():
        inside = pl.when(column.is_between(fact.low // fact.scale, fact.high // fact.scale)).then(column)
        return _or_repair(column, inside.cast(pl.Int64) * fact.scale, REPAIR)
    if isinstance(dtype, pl.Float64):
        return _or_repair(column, _exact(fact, column), REPAIR)
    pattern = r"^[0-9]{1,12}(?:\.[0-9]+)?$" if floats_as_text else _PLAIN if fact.scale == 100 else _WHOLE
    texts = column.cast(pl.String)
    plain = pl.when(texts.str.contains(pattern)).then(texts).cast(pl.Float64, strict=False)
    return _or_repair(column, _exact(fact, plain), REPAIR)


def _exact(fact: Fact, number: pl.Expr) -> pl.Expr:
    """Floats that are exactly the nearest to a number with the fact's decimals; the others are null."""
    scaled = (number * fact.scale).round()
    exact = (scaled / fact.scale == number) & scaled.is_between(fact.low, fact.high)
    return pl.when(exact).then(scaled).cast(pl.Int64)


def _decimal(fact: Fact, column: pl.Expr, dtype: pl.Decimal) -> pl.Expr:
    wanted = len(str(fact.scale)) - 1
    raw = column.to_physical()
    if dtype.scale < wanted:
        raw = raw * 10 ** (wanted - dtype.scale)
    elif dtype.scale > wanted:
        factor = 10 ** (dtype.scale - wanted)
        raw = pl.when(raw % factor == 0).then(raw // factor)
    if dtype.scale == wanted and dtype.precision is not None and dtype.precision <= 18:
        return raw.cast(pl.Int64, wrap_numerical=True)
    return _or_repair(column, pl.when(raw.is_between(fact.low, fact.high)).then(raw).cast(pl.Int64), REPAIR)


def _all_repaired(column: pl.Expr, dtype: type[pl.DataType], mark: int) -> pl.Expr:
    return pl.when(column.is_not_null()).then(pl.lit(mark)).cast(dtype)
