"""Where the ids that rows name stand: members among households, supporters among members, assets among both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from doudi.facts.register.ids import GroupedIndex, Index
from doudi.facts.register.names import Names
from doudi.facts.register.sources import REQUIRED
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
    def of(cls, names: Callable[[str], Mapping[str, Names]], tables: Collection[str]) -> Matches:
        """Match the ids and links of the tables: ``names`` gives those of one, by column."""
        households = Index(names("household")["household_id"].texts())
        named = names("person")
        members = named["household_id"].places(households)
        found = cls(households, GroupedIndex(named["person_id"].texts(), members))
        found.household["household"] = np.arange(len(households.ids), dtype=np.int64)
        found.parent["person"] = found.household["person"] = members
        for name in tables:
            if name not in REQUIRED:
                found._match(name, names(name))
        return found

    def _match(self, name: str, columns: Mapping[str, Names]) -> None:
        if Vocabulary.load().entities[name].parent == "person":
            self.parent[name] = columns["person_id"].places(self.persons)
            self.household[name] = through(self.parent[name], self.persons.group)
            return
        self.parent[name] = self.household[name] = columns["household_id"].places(self.households)
        self.owner[name] = (
            self._owners(columns["person_id"], self.household[name])
            if "person_id" in columns
            else np.full(len(self.household[name]), -1, dtype=np.int64)
        )

    def _owners(self, named: Names, household: Places) -> Places:
        if self.persons.different:
            return named.places(self.persons)
        return self.persons.places_within(named.texts(), household)


def through(places: Places, values: Places) -> Places:
    """The values at the places; −1 where there is no place."""
    return np.append(values, -1).take(places)
