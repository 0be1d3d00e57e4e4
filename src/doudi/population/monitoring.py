"""The list of those watched for a return to poverty (防止返贫监测对象), in the country only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import Homes
from doudi.population.days import OPEN, History
from doudi.population.draw import Ints, chance, pick
from doudi.population.incidents import ACCIDENT, DISASTER, FIRE, ILLNESS, JOB_LOSS, Incidents
from doudi.population.need import Means

MARKS = ("none", "unstable", "edge", "sudden")
UNSTABLE, EDGE, SUDDEN = range(1, len(MARKS))
RISKS = (
    "illness",
    "disability",
    "study",
    "disaster",
    "accident",
    "no_work",
    "no_labour",
    "industry",
    "other",
)
_RISK_OF_EVENT = {ILLNESS: 0, ACCIDENT: 4, FIRE: 8, DISASTER: 3, JOB_LOSS: 5}
_CALM_SHARE, _SUDDEN_SHARE, _LEAVES_SHARE = 0.012, 0.03, 0.15


@dataclass(frozen=True, slots=True)
class Monitored:
    """Households on the list, one an element: household, mark, risk, days."""

    home: Ints
    mark: Ints
    risk: Ints
    since: Ints
    until: Ints


def monitored_of(
    history: History, homes: Homes, means: Means, incidents: Incidents, rng: np.random.Generator
) -> Monitored:
    """Some of those near the line, and some of those struck lately."""
    size = homes.size.size
    here = homes.rural & (homes.left == OPEN)
    low = here & (means.before < 2 * means.standard)
    calm = np.flatnonzero(low & chance(rng, _CALM_SHARE, size))
    struck = np.flatnonzero(here[incidents.home] & chance(rng, _SUDDEN_SHARE, incidents.home.size))
    home, first = np.unique(incidents.home[struck], return_index=True)
    new = ~np.isin(home, calm)
    home, event = home[new], struck[first[new]]
    of_event = np.array([_RISK_OF_EVENT.get(kind, 8) for kind in range(8)])
    long_ago = history.begins - 60 - (rng.exponential(900, calm.size)).astype(np.int64)
    since = np.concatenate((long_ago, np.minimum(incidents.day[event] + 45, history.ends)))
    homes_listed = np.concatenate((calm, home))
    until = np.where(
        chance(rng, _LEAVES_SHARE, since.size), history.ends - rng.integers(20, 200, since.size), OPEN
    )
    return Monitored(
        homes_listed,
        np.concatenate((np.where(chance(rng, 0.5, calm.size), UNSTABLE, EDGE), np.full(home.size, SUDDEN))),
        np.concatenate(
            (pick(rng, (30, 16, 8, 2, 3, 16, 16, 4, 5), calm.size), of_event[incidents.kind[event]])
        ),
        since,
        np.where(until > since, until, OPEN),
    )
