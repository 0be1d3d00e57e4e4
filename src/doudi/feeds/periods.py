"""Periods of feeds as texts: ``2026-08``, ``2026-Q3``, ``2026-H2``, ``2026``; they sort in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from unicodedata import normalize

import polars as pl

_MONTHS = {"month": 1, "on_request": 1, "quarter": 3, "half_year": 6, "year": 12}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WRITTEN = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")
_YEAR = r"(?<!\d)(20\d{2})"
_DAY_OR_MONTH = re.compile(
    _YEAR + r"(?:年|[-./_]?)(0[1-9]|1[0-2]|[1-9](?=月))(?:月|(?=\D|$)|(?:[-./]?[0-3]\d(?!\d)))"
)
_QUARTER = re.compile(_YEAR + r"年?(?:第?([一二三四1-4])季度|[Qq]([1-4]))")
_HALF = re.compile(_YEAR + r"年?(上半年|下半年|春季|秋季|H1|H2)")
_SPAN = re.compile(
    _YEAR + r"(?:年|[-./_]?)(0[1-9]|1[0-2]|[1-9](?=月))月?(?:[-—–~至到]+)"
    r"(20\d{2})(?:年|[-./_]?)(0[1-9]|1[0-2]|[1-9](?=月))(?:月|(?=\D|$))"
)
_MONTH = re.compile(_YEAR + r"(?:年|[-./_]?)(0[1-9]|1[0-2]|[1-9](?=月))(?:月(?!\d)|(?![-./]?\d)(?!月))")
_ONLY_YEAR = re.compile(_YEAR + r"年(?:度|(?=\D|$))")


def period_at(day: date, kind: str) -> str:
    """The period in which a day lies."""
    if kind == "year":
        return f"{day.year}"
    if kind == "half_year":
        return f"{day.year}-H{1 if day.month <= 6 else 2}"
    if kind == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}-{day.month:02}"


def first_day(period: str) -> date:
    """The day on which a period begins.

    Raises:
        ValueError: the text is no period.
    """
    match = _WRITTEN.fullmatch(period)
    if match is None:
        raise ValueError(period)
    year, month, quarter, half = match.groups()
    start = int(month) if month else 3 * int(quarter) - 2 if quarter else 6 * int(half) - 5 if half else 1
    return date(int(year), start, 1)


def last_day(period: str, kind: str) -> date:
    """The day on which a period of that kind ends."""
    return first_day(following(period, kind)) - timedelta(days=1)


def following(period: str, kind: str, step: int = 1) -> str:
    """The period after this one, or before it with ``step`` −1."""
    start = first_day(period)
    months = start.year * 12 + start.month - 1 + step * _MONTHS[kind]
    return period_at(date(months // 12, months % 12 + 1, 1), kind)


def stated_period(text: str, kind: str) -> str | None:
    """The period that someone wrote, brought to the feed's kind; None when it is none of it."""
    try:
        start = first_day(text.strip())
    except ValueError:
        return period_named([text], kind)
    match = _WRITTEN.fullmatch(text.strip())
    assert match is not None
    months = 1 if match[2] else 3 if match[3] else 6 if match[4] else 12
    return period_at(start, kind) if months <= _MONTHS[kind] else None


def period_named(texts: Iterable[str], kind: str) -> str | None:
    """The period that a title, a sheet's name or a file's name speaks of; None when none does."""
    for text in texts:
        found = _named(normalize("NFKC", text).replace(" ", ""), kind)
        if found is not None:
            return found
    return None


def span_named(texts: Iterable[str], kind: str) -> str | None:
    """The periods from one to another that a title or a file's name speaks of, as ``2025-07/2026-02``; None when none does.

    Two months at least, in their order: ``202507-202602``, ``2025年7月至2026年2月``.
    """
    for text in texts:
        if match := _SPAN.search(normalize("NFKC", text).replace(" ", "")):
            start, end = (date(int(match[place]), int(match[place + 1]), 1) for place in (1, 3))
            first, last = period_at(start, kind), period_at(end, kind)
            if first < last:
                return f"{first}/{last}"
    return None


def month_named(texts: Iterable[str], kind: str) -> str | None:
    """The month, written without a day, that a title or a file's name speaks of; for feeds by the month."""
    if kind != "month":
        return None
    found = (_MONTH.search(normalize("NFKC", text).replace(" ", "")) for text in texts)
    return next((period_at(date(int(match[1]), int(match[2]), 1), kind) for match in found if match), None)


def periods_of(covers: str, kind: str) -> list[str]:
    """The periods that a file covers: one, or all from one to another (``2025-07/2026-02``)."""
    first, _, last = covers.partition("/")
    found = [first]
    while found[-1] < last:
        found.append(following(found[-1], kind))
    return found


def _named(text: str, kind: str) -> str | None:
    if match := _QUARTER.search(text):
        start = date(int(match[1]), 3 * _QUARTERS[match[2] or match[3]] - 2, 1)
        return period_at(start, kind) if kind in ("quarter", "half_year", "year") else None
    if match := _HALF.search(text):
        start = date(int(match[1]), 1 if match[2] in ("上半年", "春季", "H1") else 7, 1)
        return period_at(start, kind) if kind in ("half_year", "year") else None
    if match := _DAY_OR_MONTH.search(text):
        return period_at(date(int(match[1]), int(match[2]), 1), kind)
    if kind == "year" and (match := _ONLY_YEAR.search(text)):
        return match[1]
    return None


def period_expression(column: str, type_: str, kind: str) -> pl.Expr:
    """The period of each row, from a column of dates or of months."""
    if type_ == "month":
        text = pl.col(column)
        year, month = text.str.slice(0, 4), text.str.slice(5, 2).cast(pl.Int8, strict=False)
    else:
        text = pl.col(column).cast(pl.String).str.slice(0, 7)
        year, month = text.str.slice(0, 4), pl.col(column).dt.month()
    if kind == "year":
        return year
    if kind == "half_year":
        return year + "-H" + pl.when(month <= 6).then(pl.lit("1")).otherwise(pl.lit("2"))
    if kind == "quarter":
        return year + "-Q" + ((month + 2) // 3).cast(pl.String)
    return text
