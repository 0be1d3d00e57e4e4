"""Temporary aid (临时救助) paid after sudden events. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.days import History
from doudi.population.draw import Ints, chance, yuan
from doudi.population.incidents import ILLNESS, Incidents

_SHARE_AIDED = 0.6


@dataclass(frozen=True, slots=True)
class TemporaryAid:
    """Payments, one an element: household, person (-1 for all of it), cause, sum and day."""

    home: Ints
    person: Ints
    cause: Ints
    amount: Ints
    day: Ints


def temporary_aid_of(history: History, incidents: Incidents, rng: np.random.Generator) -> TemporaryAid:
    """Payments to some of those struck, some weeks later; the average of 2023 was 1,427 yuan."""
    size = incidents.home.size
    day = incidents.day + np.where(incidents.kind == ILLNESS, 20, 3) + rng.poisson(12.0, size)
    paid = np.flatnonzero(chance(rng, _SHARE_AIDED, size) & (day <= history.ends))
    amount = yuan(rng, 1_250.0, 0.5, size)
    return TemporaryAid(
        incidents.home[paid], incidents.person[paid], incidents.kind[paid], amount[paid], day[paid]
    )
