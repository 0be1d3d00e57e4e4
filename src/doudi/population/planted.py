"""What is put into a county on purpose, so that one can tell whether it is found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import KIND, NOBODY, Homes, People
from doudi.population.days import OPEN, History
from doudi.population.departures import DEATH, Stay
from doudi.population.draw import Ints
from doudi.population.grants import Grants
from doudi.population.incidents import Incidents, lasting
from doudi.population.tiers import Tiers

KINDS = ("silent", "paid_dead", "paid_moved", "means_hidden", "urgent")
SILENT, PAID_DEAD, PAID_MOVED, MEANS_HIDDEN, URGENT = range(len(KINDS))
_URGENT_DAYS = 60


@dataclass(frozen=True, slots=True)
class Planted:
    """One an element: household, person (-1 for all of it), kind, and the day since when."""

    home: Ints
    person: Ints
    kind: Ints
    day: Ints


def planted_in(
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    tiers: Tiers,
    grants: Grants,
    incidents: Incidents,
) -> Planted:
    """The silent, the payments that should have ended, those who hide, and those struck within the last days."""
    urgent = np.flatnonzero(lasting(incidents, history.ends, _URGENT_DAYS))
    dead, whose = _deaths(people, stay)
    wrong = np.flatnonzero(grants.wrong)
    gone = homes.left[grants.home[wrong]]
    of_dead = (gone == OPEN) | (homes.kind[grants.home[wrong]] == KIND["old_alone"])
    for_dead, moved = wrong[of_dead], wrong[~of_dead]
    buried = np.full(homes.size.size, NOBODY)
    buried[whose] = dead
    corpse = buried[grants.home[for_dead]]
    parts = [
        (tiers.silent, NOBODY, SILENT, history.begins),
        (grants.home[for_dead], corpse, PAID_DEAD, stay.leaves[corpse]),
        (grants.home[moved], NOBODY, PAID_MOVED, homes.left[grants.home[moved]]),
        (tiers.hiding, NOBODY, MEANS_HIDDEN, history.begins),
        (incidents.home[urgent], incidents.person[urgent], URGENT, incidents.day[urgent]),
    ]
    columns = [
        np.concatenate([np.broadcast_to(part[place], part[0].shape) for part in parts]) for place in range(4)
    ]
    return Planted(*columns)


def _deaths(people: People, stay: Stay) -> tuple[Ints, Ints]:
    """The dead and their households."""
    dead = np.flatnonzero(stay.ended == DEATH)
    return dead, people.home[dead]
