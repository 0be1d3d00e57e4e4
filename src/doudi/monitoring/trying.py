"""A threshold tried on nights that are past: who would have been warned of besides, who would not, and how often it was right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import polars as pl

from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import Indicator
from doudi.monitoring.errors import fault
from doudi.monitoring.opening import read_night
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables

ANSWERS: Mapping[str, pl.DataType] = {
    # Id of the indicator and of the subject; whether what was found needed somebody.
    "indicator": pl.String(), "subject_id": pl.String(), "useful": pl.Boolean(),
}  # fmt: skip
"""What visits have found: the last answer for each warning that was closed."""
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the warnings that were answered were useful, with the interval of Wilson at 95 per cent."""

    useful: int
    answered: int

    @property
    def share(self) -> float | None:
        """The share, None where nothing was answered."""
        return self.useful / self.answered if self.answered else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares it lies."""
        if not self.answered:
            return None
        number, share = self.answered, self.useful / self.answered
        middle = share + _Z * _Z / (2 * number)
        reach = _Z * sqrt(share * (1 - share) / number + _Z * _Z / (4 * number * number))
        below = 1 + _Z * _Z / number
        return max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below)

    def data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "useful": self.useful,
            "answered": self.answered,
            "share": self.share,
            "interval": self.interval,
        }


@dataclass(frozen=True)
class Trial:
    """One indicator as it is and as it would be, over some nights.

    ``table``: ``subject_id``, ``household_id``, ``village``, ``first`` (night), ``value``, and ``change``: both, more, fewer.
    """

    indicator: Indicator
    settings: Mapping[str, str]
    nights: tuple[date, ...]
    table: pl.DataFrame
    now: Precision
    then: Precision

    def count(self, change: str) -> int:
        """How many subjects are in ``both``, ``more`` or ``fewer``."""
        return int((self.table["change"] == change).sum())

    def data(self) -> dict[str, Any]:
        """Counts, for JSON; without ids."""
        both, more, fewer = (self.count(change) for change in ("both", "more", "fewer"))
        return {
            "indicator": self.indicator.id, "zh": self.indicator.zh, "en": self.indicator.en,
            "settings": dict(self.settings), "nights": [night.isoformat() for night in self.nights],
            "as_it_is": both + fewer, "as_it_would_be": both + more, "more": more, "fewer": fewer,
            "precision": self.now.data(), "precision_then": self.then.data(),
        }  # fmt: skip


def try_out(
    nights: Iterable[Tables], indicator: str, settings: Mapping[str, str], answers: pl.DataFrame | None = None
) -> Trial:
    """Try parameters on prepared nights, in their order; the first of several only serves as the night before. No more than two are
    held at a time.

    Raises:
        LawError: no such indicator. ParameterError: a setting is at fault.
    """
    one = catalogue().indicator(indicator)
    days, now, changed = [], [], []
    for before, night in _pairs(nights):
        days.append(night.day)
        now.append(sweep(night, before, indicators=[one.id]).table)
        changed.append(sweep(night, before, indicators=[one.id], settings=settings).table)
    as_is, then = _raised(now), _raised(changed)
    keys = ["subject_id"]
    joined = as_is.with_columns(_is=pl.lit(True)).join(
        then.with_columns(_then=pl.lit(True)), on=keys, how="full", coalesce=True, suffix="_then"
    )
    change = (
        pl.when(pl.col("_is").is_null()).then(pl.lit("more")).when(pl.col("_then").is_null()).then(pl.lit("fewer")).otherwise(pl.lit("both"))
    )  # fmt: skip
    table = joined.with_columns(change=change).select(
        "subject_id", *(pl.coalesce(name, f"{name}_then") for name in ("household_id", "village", "first", "value")), "change"
    ).sort("change", "subject_id")  # fmt: skip
    known = (
        answers.filter(pl.col("indicator") == one.id)
        if answers is not None
        else pl.DataFrame(schema=dict(ANSWERS))
    )
    first = table["subject_id"].filter(table["change"] != "more")
    second = table["subject_id"].filter(table["change"] != "fewer")
    return Trial(one, settings, tuple(days), table, _precision(known, first), _precision(known, second))


def _pairs(nights: Iterable[Tables]) -> Iterator[tuple[Tables | None, Tables]]:
    """Each night with the one before it; one night alone without any."""
    every = iter(nights)
    before, alone = next(every), True
    for night in every:
        yield before, night
        before, alone = night, False
    if alone:
        yield None, before


def _raised(nights: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Each subject once: the first night, and the last value."""
    parts = [table.with_columns(first=pl.lit(place)) for place, table in enumerate(nights)]
    every = pl.concat(parts)
    return every.sort("first").group_by("subject_id", maintain_order=True).agg(
        pl.col("household_id").last(), pl.col("village").last(), pl.col("first").first(), pl.col("value").last()
    )  # fmt: skip


def _precision(answers: pl.DataFrame, subjects: pl.Series) -> Precision:
    own = answers.filter(pl.col("subject_id").is_in(subjects.implode()))
    return Precision(int(own["useful"].sum()), own.height)


def nights_of(folder: Path, month: str) -> Iterator[Tables]:
    """The prepared nights of a month (``2026-07``) in a folder, and the one before them where there is one; each is read when it is
    asked for.

    Raises:
        MonitoringError: there is none.
    """
    every = sorted(path for path in folder.glob("????-??-??") if path.is_dir())
    chosen = [path for path in every if path.name.startswith(f"{month}-")]
    if not chosen:
        raise fault(
            "no_nights", f"{month} 没有准备好的夜", f"no night of {month} was prepared", "先运行 doudi watch", "run doudi watch first",
            str(folder),
        )  # fmt: skip
    earlier = every[: every.index(chosen[0])]
    return map(read_night, (*earlier[-1:], *chosen))


def read_answers(path: Path) -> pl.DataFrame:
    """The answers of a CSV or Parquet file with the columns of :data:`ANSWERS`; of several for one subject the last.

    Raises:
        MonitoringError: a column is missing.
        OSError: it cannot be read.
    """
    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path)
        rows = table.select(pl.col(name).cast(kind) for name, kind in ANSWERS.items())
    except pl.exceptions.PolarsError:
        columns = ", ".join(ANSWERS)
        raise fault(
            "answers", "核查结果文件不能用", "the file of answers cannot be used", f"列为 {columns}", f"its columns are {columns}", str(path)
        ) from None  # fmt: skip
    return rows.unique(["indicator", "subject_id"], keep="last", maintain_order=True)
