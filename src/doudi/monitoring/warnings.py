"""The warnings of a night as a table, what is told beside them, and the tasks that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

import polars as pl

from doudi.monitoring.entries import LEVELS, Indicator
from doudi.monitoring.judged import Judged, Outcome
from doudi.monitoring.reach import Reach
from doudi.monitoring.tables import Tables
from doudi.procedure.calendar import Unit, due_day, working_calendar

SWEPT_AT = time(23, 30)
"""When a night is swept; times to respond are counted from then."""
_UNITS: Mapping[str, Unit] = {"hours": "hours", "working": "working_days", "calendar": "days"}

WARNINGS: Mapping[str, pl.DataType] = {
    # Id of the indicator in the catalogue, and person, household or departed.
    "indicator": pl.String(), "subject": pl.String(),
    # Id of the person or household, and of the household; its village.
    "subject_id": pl.String(), "household_id": pl.String(), "village": pl.String(),
    # red, orange, yellow, blue.
    "level": pl.String(),
    # The sides of the rule in engine units (money in fen); null where it compares nothing or a side is not certain.
    "value": pl.Int64(), "limit": pl.Int64(),
}  # fmt: skip
"""Columns of ``warnings.parquet``, one row for each indicator and subject; in the order of the catalogue, then of the subjects."""

TASKS: Mapping[str, pl.DataType] = {
    "household_id": pl.String(), "village": pl.String(), "level": pl.String(), "warnings": pl.UInt32(),
    "indicators": pl.List(pl.String()), "respond_by": pl.Datetime("us"),
}  # fmt: skip
"""Columns of ``tasks.parquet``: one for each household; the gravest level, the earliest time, the gravest indicator first."""


@dataclass(frozen=True)
class Warnings:
    """What a sweep found.

    ``households``: ids of those looked at, and of those not there any more; None: all. ``outcomes``: by indicator, those that
    nothing was found of among them.
    ``ids``: of all subjects that were looked at, by kind of subject.
    """

    day: date
    region: str
    table: pl.DataFrame
    outcomes: Mapping[str, Outcome]
    indicators: tuple[Indicator, ...]
    reach: Mapping[str, Reach]
    households: pl.Series | None
    looked_at: int
    ids: Mapping[str, pl.Series]

    def open_among(self, indicator: str, subject_ids: pl.Series) -> pl.Series:
        """For each of some subjects of an indicator whether it could not be judged tonight."""
        outcome = self.outcomes.get(indicator)
        if outcome is None or outcome.judged is Judged.NOT:
            return pl.Series([True], dtype=pl.Boolean).new_from_index(0, len(subject_ids))
        if outcome.opened is None:
            return pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(subject_ids))
        one = next(one for one in self.indicators if one.id == indicator)
        return subject_ids.is_in(self.ids[one.subject].filter(outcome.opened).implode())

    def tasks(self) -> pl.DataFrame:
        """One task for each household, however many warnings it has."""
        return tasks_of(self.table.with_columns(raised_on=pl.lit(self.day)), self.indicators)

    def summary(self) -> dict[str, Any]:
        """Counts by indicator, what is missing, and how far the feeds answer; the content of ``summary.json``."""
        raised = dict(self.table.group_by("indicator").len().iter_rows())
        return {
            "day": self.day.isoformat(), "region": self.region, "households": self.looked_at,
            "changed_only": self.households is not None, "warnings": self.table.height,
            "tasks": self.table["household_id"].n_unique(),
            "levels": {level: int((self.table["level"] == level).sum()) for level in LEVELS},
            "indicators": {
                one.id: {
                    "zh": one.zh, "en": one.en, "class": one.group, "level": one.level, "raised": raised.get(one.id, 0),
                    **_outcome(self.outcomes[one.id]),
                    **({"needs": {"zh": one.needs.zh, "en": one.needs.en}} if one.needs is not None else {}),
                }
                for one in self.indicators
            },
            "not_judged": [
                {**asdict(one), "age": one.age(self.day)}
                for one in self.reach.values()
                if one.feed in self._asked and not one.answers(0)
            ],
        }  # fmt: skip

    @cached_property
    def _asked(self) -> set[str]:
        return {feed for one in self.indicators for feed in one.sources}


def _outcome(of: Outcome) -> dict[str, Any]:
    return {"state": of.judged.value, "open": of.open, "missing": dict(of.missing), "feeds": list(of.feeds)}


def warnings_of(
    today: Tables,
    outcomes: Mapping[str, Outcome],
    indicators: Iterable[Indicator],
    households: pl.Series | None,
) -> Warnings:
    """The table of a night from what came of each indicator."""
    shown = tuple(indicators)
    raised = [one for one in shown if len(outcomes[one.id].places)]
    parts = [pl.DataFrame(schema=dict(WARNINGS)), *(_rows(today, one, outcomes[one.id]) for one in raised)]
    table = pl.concat(parts)
    ids = {
        "household": today.household["household_id"], "person": today.person["person_id"],
        "departed": today.departed["person_id"],
    }  # fmt: skip
    return Warnings(
        today.day, today.region, table, outcomes, shown, today.reach, households, today.household.height, ids
    )


def _rows(today: Tables, one: Indicator, outcome: Outcome) -> pl.DataFrame:
    places = pl.Series(outcome.places, dtype=pl.Int64)
    table = {"person": today.person, "household": None, "departed": today.departed}[one.subject]
    homes = places if table is None else table["household"].gather(places)
    household = today.household["household_id"].gather(homes)
    empty = pl.Series([None], dtype=pl.Int64).new_from_index(0, len(places))
    return pl.DataFrame(
        {
            "indicator": pl.Series([one.id], dtype=pl.String).new_from_index(0, len(places)),
            "subject": pl.Series([one.subject], dtype=pl.String).new_from_index(0, len(places)),
            "subject_id": household if table is None else table["person_id"].gather(places),
            "household_id": household,
            "village": today.household["village"].gather(homes),
            "level": pl.Series([one.level], dtype=pl.String).new_from_index(0, len(places)),
            "value": empty if outcome.values is None else outcome.values,
            "limit": empty if outcome.limits is None else outcome.limits,
        },
        schema=dict(WARNINGS),
    )


def respond_by(one: Indicator, raised_on: date) -> datetime:
    """The moment by which a warning that was raised on a night is to be answered."""
    start = datetime.combine(raised_on, SWEPT_AT)
    return due_day(working_calendar(), start, one.within.count, _UNITS[one.within.kind]).at


def tasks_of(warnings: pl.DataFrame, indicators: Iterable[Indicator]) -> pl.DataFrame:
    """One row for each household with warnings (``indicator``, ``household_id``, ``village``, ``level``, ``raised_on``), the
    gravest first."""
    order = {level: place for place, level in enumerate(LEVELS)}
    known = {one.id: one for one in indicators}
    pairs = warnings.select("indicator", "raised_on").unique()
    moments = [respond_by(known[id], day) if id in known else None for id, day in pairs.iter_rows()]
    pairs = pairs.with_columns(pl.Series("_by", moments, pl.Datetime("us")))
    rows = warnings.join(pairs, on=["indicator", "raised_on"], how="left").with_columns(
        _grave=pl.col("level").replace_strict(order, return_dtype=pl.Int8)
    )
    found = rows.sort("household_id", "_grave", "_by", "indicator", nulls_last=True).group_by(
        "household_id", maintain_order=True
    ).agg(
        pl.col("village").first(), pl.col("level").first(), pl.len().alias("warnings"),
        pl.col("indicator").unique(maintain_order=True).alias("indicators"), pl.col("_by").min().alias("respond_by"),
    )  # fmt: skip
    grave = pl.col("level").replace_strict(order, return_dtype=pl.Int8)
    return found.sort(grave, "respond_by", "household_id").select(list(TASKS)).cast(dict(TASKS))  # type: ignore[arg-type]
