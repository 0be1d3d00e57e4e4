"""Which programmes may be due to a household, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Organisation
from doudi.programmes.law import Offer, law_of
from doudi.programmes.standing import Standing, Standings, standings
from doudi.rules.errors import RegionError
from doudi.web.registry.law import NATION
from doudi.web.registry.selectors.files import File

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


def standings_of(file: File) -> Standings:
    """All programmes of the county for a household, on the day of its data.

    Raises:
        FactError, LawError: the facts cannot be read, or the law cannot be had.
    """
    return standings(file.facts, offer(file.household.county, file.law_day))


@lru_cache(maxsize=32)
def offer(county: str, day: date) -> Offer:
    """What a county offers on a day; where nobody has written its own, its prefecture, its province, or the nation."""
    for place in (county, f"{county[:4]}00", f"{county[:2]}0000"):
        try:
            return Offer(law_of(place, day, specialised=False))
        except RegionError:
            continue
    return Offer(law_of(NATION, day, specialised=False))


def _by_office(found: tuple[Standing, ...], offices: Iterable[Organisation]) -> Iterator[Proposal]:
    for office in offices:
        mine = tuple(one for one in found if one.programme.organisation == office.id)
        if mine:
            yield Proposal(office, mine)
