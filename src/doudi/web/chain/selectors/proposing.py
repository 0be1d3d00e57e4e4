"""Which programmes may be due to a household, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Organisation
from doudi.programmes.standing import Standing, Standings

DUE = ("missed", "short")
ASKED = (*DUE, "undetermined")
"""Standings of programmes that an office should look at."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An office and its programmes that it should look at for the household."""

    office: Organisation
    standings: tuple[Standing, ...]

    @property
    def programmes(self) -> tuple[str, ...]:
        """The ids of the programmes, each once."""
        return tuple(dict.fromkeys(one.programme.id for one in self.standings))


def propose(found: Standings) -> list[Proposal]:
    """The programmes that are missed, too little or undetermined, by office in the order of the catalogue."""
    offices = catalogue().organisations
    return list(_by_office(found.in_state(*ASKED), offices.values()))


def _by_office(found: tuple[Standing, ...], offices: Iterable[Organisation]) -> Iterator[Proposal]:
    for office in offices:
        mine = tuple(one for one in found if one.programme.organisation == office.id)
        if mine:
            yield Proposal(office, mine)
