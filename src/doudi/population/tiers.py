"""Who holds which aid, who is silent, and who holds it wrongly, so that the shares are those of 2023."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import KIND, NOBODY, Homes, People
from doudi.population.condition import Condition
from doudi.population.days import OPEN, History
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Floats, Ints, chance
from doudi.population.need import Means

PROGRAMMES = ("dibao", "single_dibao", "tekun", "low_margin", "rigid", "other_aid")
DIBAO, SINGLE_DIBAO, TEKUN, LOW_MARGIN, RIGID, OTHER_AID = range(len(PROGRAMMES))
_DIBAO_SHARE, _SILENT_SHARE = 0.029, 0.17


@dataclass(frozen=True, slots=True)
class Tiers:
    """Grants, one an element: household, person (-1 for all), programme, earliest day, day of the end; and the silent
    households, by number."""

    home: Ints
    person: Ints
    programme: Ints
    earliest: Ints
    until: Ints
    silent: Ints


def tiers_of(
    history: History, homes: Homes, people: People, stay: Stay, condition: Condition, means: Means,
    rng: np.random.Generator,
) -> Tiers:  # fmt: skip
    """Draws the holders among those clearly in need."""
    here = homes.left == OPEN
    poor = here & (10 * means.before < 9 * means.standard) & means.owns_little
    poor &= means.money < 20 * means.standard * means.heads
    order = np.flatnonzero(poor)[np.argsort(rng.random(int(poor.sum())), kind="stable")]
    persons = np.cumsum(means.heads[order])
    wanted = _DIBAO_SHARE * stay.here.sum()
    holders = order[persons <= wanted]
    silent = order[(persons > wanted) & (persons <= wanted * (1 + _SILENT_SHARE))]
    size = holders.size
    return Tiers(
        holders, np.full(size, NOBODY), np.full(size, DIBAO), homes.came[holders], np.full(size, OPEN), silent
    )
