"""The night before beside tonight: where each household and person of tonight stood in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from doudi.monitoring.places import places_of
from doudi.monitoring.tables import Mask, Tables
from doudi.monitoring.words import DEPARTED
from doudi.rules.columns import Indices


@dataclass(frozen=True)
class Earlier:
    """The night before. ``household``, ``person``, ``departed``: for each of tonight the place in it, −1 for who was not there;
    of people who have died or left the place that they had among those present. ``newly``: who of them was not gone yet."""

    day: date
    homes: pl.DataFrame
    people: pl.DataFrame
    household: Indices
    person: Indices
    departed: Indices
    newly: Mask

    def table(self, entity: str) -> pl.DataFrame:
        """The values that an entity had."""
        return self.homes if entity == "household" else self.people

    def places(self, entity: str) -> Indices:
        """Where those of an entity stood."""
        found = {"household": self.household, "person": self.person, DEPARTED: self.departed}
        return found[entity]

    def beside(self, today: Tables, start: int, stop: int) -> Earlier:
        """The same beside the households of tonight between two places, of which ``today`` has all."""
        people, gone = (
            slice(*(int(table["household"].search_sorted(place)) for place in (start, stop)))
            for table in (today.person, today.departed)
        )
        return Earlier(
            self.day, self.homes, self.people, self.household[start:stop], self.person[people], self.departed[gone], self.newly[gone]
        )  # fmt: skip


def earlier_of(today: Tables, before: Tables) -> Earlier:
    """The night ``before`` beside ``today``."""
    gone = today.departed["person_id"]
    return Earlier(
        before.day,
        before.household,
        before.person,
        places_of(today.household["household_id"], before.household["household_id"]),
        places_of(today.person["person_id"], before.person["person_id"]),
        places_of(gone, before.person["person_id"]),
        ~gone.is_in(before.departed["person_id"].implode()).to_numpy(),
    )


def unchanged(today: Tables) -> Earlier:
    """A night of which nothing has changed since the one before."""
    homes, people = (np.arange(table.height) for table in (today.household, today.person))
    gone = today.departed.height
    return Earlier(
        today.day, today.household, today.person, homes, people, np.full(gone, -1, np.int64), np.zeros(gone, np.bool_)
    )  # fmt: skip
