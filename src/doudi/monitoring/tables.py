"""The tables of a prepared night, read and cut to some households."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.monitoring.errors import fault
from doudi.monitoring.places import places_of
from doudi.monitoring.prepare import NIGHT
from doudi.monitoring.reach import Reach
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.standings import Told

Mask = NDArray[np.bool_]
_OF_OTHERS = ("asset", "expense", "holding", "supporter")


@dataclass(frozen=True)
class Tables:
    """A night. ``items``: holdings, assets, expenses and supporters as far as they are asked for, by entity; ``rows``: those of
    feeds by entity; ``opened``: for each programme the households for which what is due is not known. Places are row numbers of
    ``household`` and ``person``."""

    page: Mapping[str, Any]
    household: pl.DataFrame
    person: pl.DataFrame
    departed: pl.DataFrame
    items: Mapping[str, pl.DataFrame]
    rows: Mapping[str, pl.DataFrame]
    standing: pl.DataFrame
    opened: pl.DataFrame

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
        found: Mapping[str, Mapping[str, Any]] = self.page["reach"]
        return {name: Reach(**{**one, "missing": tuple(one["missing"])}) for name, one in found.items()}

    @property
    def programmes(self) -> dict[str, Told]:
        """What can be said of each programme."""
        return {id: Told(**one) for id, one in self.page["programmes"].items()}

    def of(self, households: Mask) -> Tables:
        """The same night for the chosen households alone, renumbered."""
        people = households[self.person["household"].to_numpy()]
        homes, places = _places(households), _places(people)
        supporters = {"supporter": people}
        return replace(
            self,
            household=self.household.filter(pl.Series(households)),
            person=_cut(self.person, "household", homes, {}),
            departed=_cut(self.departed, "household", homes, {}),
            items={
                name: _cut(table, "parent", places if name in supporters else homes, {"owner": places})
                for name, table in self.items.items()
            },
            rows={
                name: _cut(table, "household", homes, dict.fromkeys(rows_of_feeds()[name].parts, places))
                for name, table in self.rows.items()
            },
            standing=_cut(self.standing, "household", homes, {}),
            opened=self.opened.filter(pl.Series(households)) if self.opened.width else self.opened,
        )


def _places(chosen: Mask) -> NDArray[np.int32]:
    """For each old place the new one, −1 for what is left out, and for −1 itself at the end."""
    found = np.full(len(chosen) + 1, -1, np.int32)
    found[np.flatnonzero(chosen)] = np.arange(np.count_nonzero(chosen), dtype=np.int32)
    return found


def _cut(
    table: pl.DataFrame, parent: str, places: NDArray[np.int32], links: Mapping[str, NDArray[np.int32]]
) -> pl.DataFrame:
    """The rows whose parent was chosen, with new places."""
    new = places[table[parent].to_numpy()]
    chosen = table.filter(pl.Series(new >= 0))
    led = [
        pl.Series(link, to[chosen[link].to_numpy()]) for link, to in links.items() if link in chosen.columns
    ]
    return chosen.with_columns(pl.Series(parent, new[new >= 0]), *led)


def read_night(folder: Path) -> Tables:
    """The night in a folder.

    Raises:
        MonitoringError: it holds none.
    """
    try:
        page = json.loads((folder / NIGHT).read_text("utf-8"))
        read = {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
        rows = {path.stem: pl.read_parquet(path) for path in sorted((folder / "rows").glob("*.parquet"))}
        items = {name: read[name] for name in _OF_OTHERS if name in read}
        return Tables(
            page,
            read["household"],
            read["person"],
            read["departed"],
            items,
            rows,
            read["standing"],
            read["open"],
        )
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError):
        raise fault(
            "no_night",
            "不是准备好的一夜",
            "not a prepared night",
            "重新准备",
            "prepare it again",
            str(folder / NIGHT),
        ) from None


def changed(today: Tables, before: Tables) -> tuple[Mask, Mask]:
    """The households of tonight of which anything that is kept is not what it was the night before; and those of the night before
    that are needed beside them: the same ones, and those that are not there any more, whose people may have moved."""
    places = places_of(today.household["household_id"], before.household["household_id"])
    there = np.flatnonzero(places >= 0)
    now, then = (night.household["digest"].to_numpy() for night in (today, before))
    same = there[now[there] == then[places[there]]]
    found, beside = (np.ones(night.household.height, np.bool_) for night in (today, before))
    found[same], beside[places[same]] = False, False
    return found, beside
