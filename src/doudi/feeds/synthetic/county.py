"""What the writers of departments' rows share: the people of the world, the days of the letters, chance by topic.

A writer is a function of a :class:`County` and gives a table with columns of its contract. Money is whole fen, areas are
hundredths, codes are the English ones. ``who_<field>`` holds the person whom the identity number ``<field>`` is about;
number and name are filled in from it. Events have ``known_on``, the day from which the department has the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.feeds.contract_model import fault
from doudi.population.world import World

NEVER = 36_500
"""A delay in days after which nobody waits any more."""


@dataclass(frozen=True)
class County:
    """A world, and the days between which departments write: ``since`` is the first day that the letters speak of."""

    world: World
    since: date
    until: date
    seed: int

    def stream(self, topic: str) -> np.random.Generator:
        """The random numbers of one topic; a change in one topic leaves those of the others as they are."""
        return np.random.default_rng([self.seed, crc32(topic.encode())])

    def chance(self, topic: str, who: pl.Series) -> NDArray[np.float64]:
        """A number from 0 to 1 for each person: the same for a person whatever the table it is asked for."""
        [found] = self.chances(who, topic)
        return found

    def chances(self, who: pl.Series, *topics: str) -> list[NDArray[np.float64]]:
        """:meth:`chance` for several topics of the same persons, who are looked up once."""
        places = self._places(who).fill_null(self.persons.height).to_numpy()
        return [self.stream(topic).random(self.persons.height + 1)[places] for topic in topics]

    def delay(
        self, topic: str, who: pl.Series, least: int, mean: float, most: int, never: float = 0.0
    ) -> pl.Series:
        """Days of delay for each person: ``least`` and an exponential part, ``most`` at most; :data:`NEVER` for a share."""
        drawn, forgotten = self.chances(who, topic, topic + ", never")
        days = np.minimum(least + np.floor(-np.log1p(-drawn) * mean), most).astype(np.int64)
        return pl.Series(np.where(forgotten < never, NEVER, days))

    @cached_property
    def persons(self) -> pl.DataFrame:
        """All persons, in the order of their ids."""
        return self.world["persons"].sort("person_id")

    def _places(self, who: pl.Series) -> pl.Series:
        """The place of each person among all; null for others."""
        ids = self.persons["person_id"]
        places = ids.search_sorted(who).clip(upper_bound=ids.len() - 1)
        return pl.select(pl.when(ids.gather(places) == who).then(places).cast(pl.Int64)).to_series()

    def number(self, who: pl.Series) -> pl.Series:
        """A number of seven digits for each person, by which departments file."""
        return self._places(who).cast(pl.String).str.zfill(7)

    @cached_property
    def homes(self) -> pl.DataFrame:
        """Household, booklet, area, village, address."""
        return self.world["households"].select("household_id", "booklet", "area", "village", "address")

    def living_together(self, day: date) -> pl.DataFrame:
        """Person, household and relation of those who share means at a day, the last household of each."""
        spells = self.world["memberships"].filter(pl.col("shares_means") & within(day))
        return spells.sort("person_id", "since").unique("person_id", keep="last", maintain_order=True)

    def heads(self, rows: pl.DataFrame, day: str) -> pl.DataFrame:
        """The rows with ``head``: who heads the household of each (``household_id``) on the day in column ``day``."""
        heads = self.world["memberships"].filter(pl.col("relation") == "head")
        spells = heads.select("household_id", head="person_id", _since="since", _until="until")
        rows = rows.with_row_index("_row")
        found = rows.select("_row", "household_id", pl.col(day).alias("_day")).join(spells, on="household_id")
        found = found.filter(
            (pl.col("_since").is_null() | (pl.col("_since") <= pl.col("_day")))
            & (pl.col("_until").is_null() | (pl.col("_until") > pl.col("_day")))
        ).unique("_row", keep="last", maintain_order=True)
        return rows.join(found.select("_row", "head"), on="_row", how="left", maintain_order="left").drop(
            "_row"
        )

    def sizes(self, rows: pl.DataFrame, day: str) -> pl.DataFrame:
        """The rows with ``size``: how many share the means of the household on the day in column ``day``."""
        spells = self.world["memberships"].filter("shares_means").select("household_id", "since", "until")
        wanted = rows.select("household_id", pl.col(day).alias("_day")).unique()
        counted = (
            wanted.join(spells, on="household_id")
            .filter(within("_day"))
            .group_by("household_id", "_day")
            .agg(size=pl.len().cast(pl.Int64))
        )
        return rows.join(
            counted, left_on=["household_id", day], right_on=["household_id", "_day"], how="left",
            maintain_order="left",
        )  # fmt: skip

    @cached_property
    def others(self) -> pl.DataFrame:
        """For each person another of the household: ``person_id``, ``other``, ``other_number``, ``other_died``."""
        members = self.world["memberships"].unique("person_id", keep="last", maintain_order=True)
        members = members.sort("household_id", "person_id").with_columns(
            other=pl.col("person_id").shift(1).over("household_id")
        )
        members = members.with_columns(
            pl.col("other").fill_null(pl.col("person_id").last().over("household_id"))
        ).filter(pl.col("other") != pl.col("person_id"))
        people = self.persons.select(other="person_id", other_number="id_number", other_died="died_on")
        return members.select("person_id", "other").join(
            people, on="other", how="left", maintain_order="left"
        )

    @property
    def months(self) -> list[date]:
        """The first days of all months that the letters speak of, the last one included."""
        found, day = [], self.since.replace(day=1)
        while day <= self.until:
            found.append(day)
            day = (day + timedelta(days=31)).replace(day=1)
        return found

    def monthly(self, spells: pl.DataFrame) -> pl.DataFrame:
        """One row for each month on whose first day the spell lasts: ``month`` (2026-08) and ``known_on``, its last day."""
        parts = [
            spells.filter(within(first)).with_columns(
                month=pl.lit(first.strftime("%Y-%m")), known_on=pl.lit(month_end(first))
            )
            for first in self.months
        ]
        return pl.concat(parts) if parts else spells.clear()


def within(day: date | str) -> pl.Expr:
    """Whether a spell (``since``, ``until``) covers a day, or the day in a column of that name."""
    at = pl.col(day) if isinstance(day, str) else pl.lit(day)
    return (pl.col("since").is_null() | (pl.col("since") <= at)) & (
        pl.col("until").is_null() | (pl.col("until") > at)
    )


def month_end(day: date) -> date:
    """The last day of the month in which a day lies."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def require_day(world: World, day: date, first: date) -> None:
    """That a day lies between ``first`` and the end of the history.

    Raises:
        FeedError: it does not.
    """
    if not first <= day <= world.ends:
        raise fault(
            "feed.day_outside", f"{day} 不在 {first} 至 {world.ends} 之间", f"{day} is not between {first} and {world.ends}",
            "换一个日期", "choose another day",
        )  # fmt: skip


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before that of a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def later(day: str, days: pl.Series | pl.Expr | str) -> pl.Expr:
    """The date in column ``day`` and so many days more."""
    more = pl.lit(days) if isinstance(days, pl.Series) else pl.col(days) if isinstance(days, str) else days
    return pl.col(day) + pl.duration(days=more)
