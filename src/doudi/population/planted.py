"""What is put into a county on purpose, so that one can tell whether it is found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import NOBODY
from doudi.population.days import History
from doudi.population.draw import Ints
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


def planted_in(history: History, tiers: Tiers, incidents: Incidents) -> Planted:
    """The silent households, and those struck within the last days."""
    urgent = np.flatnonzero(lasting(incidents, history.ends, _URGENT_DAYS))
    silent = tiers.silent
    return Planted(
        np.concatenate((silent, incidents.home[urgent])),
        np.concatenate((np.full(silent.size, NOBODY), incidents.person[urgent])),
        np.concatenate((np.full(silent.size, SILENT), np.full(urgent.size, URGENT))),
        np.concatenate((np.full(silent.size, history.begins), incidents.day[urgent])),
    )
