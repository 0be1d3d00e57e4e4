"""Where the ids that rows name stand: members among households, supporters among members, assets among both."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.ids import GroupedIndex, Index
from doudi.facts.register.source import REQUIRED
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
    def of(cls, names: Callable[[str], pl.DataFrame], tables: Collection[str]) -> Matches:
        """Match the ids and links of the tables: ``names`` gives those of one, by column."""
        households = Index(names("household")["household_id"])
        named = names("person")
        members = households.places(named["household_id"])
        found = cls(households, GroupedIndex(named["person_id"], members))
        found.household["household"] = np.arange(len(households.ids), dtype=np.int64)
        found.parent["person"] = found.household["person"] = members
        for name in tables:
            if name not in REQUIRED:
                found._match(name, names(name))
        return found

    def _match(self, name: str, columns: pl.DataFrame) -> None:
        if Vocabulary.load().entities[name].parent == "person":
            self.parent[name] = self.persons.places(columns["person_id"])
            self.household[name] = through(self.parent[name], self.persons.group)
            return
        self.parent[name] = self.household[name] = self.households.places(columns["household_id"])
        self.owner[name] = (
            self._owners(columns["person_id"], self.household[name])
            if "person_id" in columns.columns
            else np.full(columns.height, -1, dtype=np.int64)
        )

    def _owners(self, named: pl.Series, household: Places) -> Places:
        if self.persons.different:
            return self.persons.places(named)
        return self.persons.places_within(named, household)


def through(places: Places, values: Places) -> Places:
    """The values at the places; −1 where there is no place."""
    return np.append(values, -1).take(places)
