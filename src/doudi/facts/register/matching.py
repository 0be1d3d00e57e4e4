"""Where the ids that rows name stand: members among households, supporters among members, assets among both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.ids import GroupedIndex, Index
from doudi.facts.vocabulary import Vocabulary

Places = NDArray[np.int64]


@dataclass(slots=True)
class Matches:
    """The ids of households and persons, and for the rows of each table the place of what they name; −1 for nothing.

    ``parent`` is the household or person that a row belongs to, ``household`` the household of it or of its parent, ``owner``
    the person named beside the household, for tables that may name one.
    """

    households: Index
    persons: GroupedIndex
    parent: dict[str, Places] = field(default_factory=dict)
    household: dict[str, Places] = field(default_factory=dict)
    owner: dict[str, Places] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Mapping[str, pl.DataFrame]) -> Matches:
        """Match the ids and links of all tables, by the name of their entity."""
        households = Index(ids["household"]["household_id"])
        members = households.places(ids["person"]["household_id"])
        found = cls(households, GroupedIndex(ids["person"]["person_id"], members))
        found.household["household"] = np.arange(ids["household"].height, dtype=np.int64)
        found.parent["person"] = found.household["person"] = members
        for name, columns in ids.items():
            if name not in ("household", "person"):
                found._match(name, columns)
        return found

    def _match(self, name: str, columns: pl.DataFrame) -> None:
        if Vocabulary.load().entities[name].parent == "person":
            self.parent[name] = self.persons.places(columns["person_id"])
            self.household[name] = through(self.parent[name], self.persons.group)
            return
        self.parent[name] = self.household[name] = self.households.places(columns["household_id"])
        self.owner[name] = (
            self.persons.places_within(columns["person_id"], self.household[name])
            if "person_id" in columns.columns
            else np.full(columns.height, -1, dtype=np.int64)
        )


def through(places: Places, values: Places) -> Places:
    """The values at the places; −1 where there is no place."""
    return (
        np.where(places >= 0, values[places], -1) if len(values) else np.full(len(places), -1, dtype=np.int64)
    )
