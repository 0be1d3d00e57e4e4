"""The tables of a prepared night, whole, of some households, or of a block of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.monitoring.reach import Reach, reach_as_kept
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.standings import Told

Mask = NDArray[np.bool_]
Places = NDArray[np.int32]
Cut = Callable[[pl.DataFrame, str, str, Collection[str]], pl.DataFrame]
"""Cuts a table, given the column that says to whom its rows belong, of which kind that is, and the columns that lead to persons."""


@dataclass(frozen=True)
class Tables:
    """A night. ``items``: holdings, assets, expenses and supporters as far as they are asked for, by entity; ``rows``: those of
    feeds by entity; ``opened``: for each programme the households for which what is due is not known. Places are row numbers of
    ``household`` and ``person``; all tables are in the order of the households. ``whole``: every household is there."""

    page: Mapping[str, Any]
    household: pl.DataFrame
    person: pl.DataFrame
    departed: pl.DataFrame
    items: Mapping[str, pl.DataFrame]
    rows: Mapping[str, pl.DataFrame]
    standing: pl.DataFrame
    opened: pl.DataFrame
    whole: bool = True

    @property
    def day(self) -> date:
        """The day of the night."""
        return date.fromisoformat(self.page["day"])

    @property
    def region(self) -> str:
        """The code of the region."""
        return str(self.page["region"])

    @property
    def reach(self) -> dict[str, Reach]:
        """How far each feed answers."""
        return reach_as_kept(self.page)

    @property
    def programmes(self) -> dict[str, Told]:
        """What can be said of each programme."""
        return {id: Told(**one) for id, one in self.page["programmes"].items()}

    def of(self, households: Mask) -> Tables:
        """The same night for the chosen households alone, renumbered."""
        chosen = pl.Series(households)
        opened = self.opened.filter(chosen) if self.opened.width else self.opened
        found = replace(self, household=self.household.filter(chosen), opened=opened)
        return found.renumbered(households, households[self.person["household"].to_numpy()])

    def renumbered(self, households: Mask, people: Mask) -> Tables:
        """The rows of the chosen households and people, with the places that these have among the chosen ones."""
        places = {"household": _places(households), "person": _places(people)}
        found = self._each(
            lambda table, parent, of, links: _cut(table, parent, places[of], links, places["person"])
        )
        return replace(found, whole=False)

    def between(self, start: int, stop: int) -> Tables:
        """The same night for the households of these places alone, renumbered; no more is copied than places."""
        people = tuple(int(self.person["household"].search_sorted(place)) for place in (start, stop))
        ends = {"household": (start, stop), "person": people}
        found = self._each(lambda table, parent, of, links: _slice(table, parent, ends[of], links, people[0]))
        return replace(
            found,
            household=self.household.slice(start, stop - start),
            opened=self.opened.slice(start, stop - start),
            whole=False,
        )

    def _each(self, cut: Cut) -> Tables:
        """The night with each table cut but those of households themselves."""
        return replace(
            self,
            person=cut(self.person, "household", "household", ()),
            departed=cut(self.departed, "household", "household", ()),
            items={
                name: cut(table, "parent", "person" if name == "supporter" else "household", ("owner",))
                for name, table in self.items.items()
            },
            rows={
                name: cut(table, "household", "household", rows_of_feeds()[name].parts)
                for name, table in self.rows.items()
            },
            standing=cut(self.standing, "household", "household", ()),
        )


def _places(chosen: Mask) -> Places:
    """For each old place the new one, −1 for what is left out, and for −1 itself at the end."""
    found = np.full(len(chosen) + 1, -1, np.int32)
    found[np.flatnonzero(chosen)] = np.arange(np.count_nonzero(chosen), dtype=np.int32)
    return found


def _cut(
    table: pl.DataFrame, parent: str, places: Places, links: Collection[str], people: Places
) -> pl.DataFrame:
    """The rows whose parent was chosen, with new places."""
    new = places[table[parent].to_numpy()]
    chosen = table.filter(pl.Series(new >= 0))
    led = [pl.Series(link, people[chosen[link].to_numpy()]) for link in links if link in chosen.columns]
    return chosen.with_columns(pl.Series(parent, new[new >= 0]), *led)


def _slice(
    table: pl.DataFrame, parent: str, ends: tuple[int, ...], links: Collection[str], first_person: int
) -> pl.DataFrame:
    """The rows whose parent lies between the ends, with places from the first of them on."""
    first, last = (int(table[parent].search_sorted(place)) for place in ends)
    led = [
        pl.when(pl.col(link) >= 0).then(pl.col(link) - first_person).otherwise(-1).cast(pl.Int32).alias(link)
        for link in links
        if link in table.columns
    ]
    return table.slice(first, last - first).with_columns((pl.col(parent) - ends[0]).cast(pl.Int32), *led)
