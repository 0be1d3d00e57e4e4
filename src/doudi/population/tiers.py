"""Who holds which aid on the last day, who is silent, and who holds it wrongly, so that the shares are those of 2023."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.composition import KIND, NOBODY, Homes, People
from doudi.population.days import OPEN
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Floats, Ints, among
from doudi.population.eligibility import Eligibility
from doudi.population.need import Means

PROGRAMMES = ("dibao", "single_dibao", "tekun", "low_margin", "rigid", "other_aid")
DIBAO, SINGLE_DIBAO, TEKUN, LOW_MARGIN, RIGID, OTHER_AID = range(len(PROGRAMMES))
SHARES = {
    DIBAO: 0.0247,
    SINGLE_DIBAO: 0.0028,
    TEKUN: 0.0033,
    LOW_MARGIN: 0.0043,
    RIGID: 0.0025,
    OTHER_AID: 0.0008,
}
"""Of all persons those who rightly hold each programme."""
HIDING_SHARE, VAN_SHARE = 0.0016, 0.0012
SILENT_SHARE = 0.17
"""Of those eligible for dibao or as tekun the ones who hold nothing."""


@dataclass(frozen=True, slots=True)
class Tiers:
    """Grants, one an element: household, person (-1 for all) and programme; households that are silent; and households
    that hold dibao because they hid what they own; and those with a van whose limit is the county's choice."""

    home: Ints
    person: Ints
    programme: Ints
    silent: Ints
    hiding: Ints
    with_van: Ints

    def covered(self, homes: Homes) -> Bools:
        """Households that are rightly as they are: they hold aid, or are silent on purpose."""
        found = np.zeros(homes.size.size, dtype=bool)
        found[self.home] = True
        found[self.silent] = True
        found[self.hiding] = False
        return found


def tiers_of(
    homes: Homes, people: People, stay: Stay, means: Means, eligibility: Eligibility, rng: np.random.Generator
) -> Tiers:
    """Draws holders and silent households among those clearly eligible, each at most once."""
    persons = int(stay.here.sum())
    drawn = _Draw(homes, means, rng)
    silence = SILENT_SHARE / (1 - SILENT_SHARE)
    quiet_tekun = drawn.take(eligibility.tekun, SHARES[TEKUN] * silence * persons, _tendency(homes))
    tekun = drawn.take(eligibility.tekun, SHARES[TEKUN] * persons)
    available = int(means.heads[drawn.free(eligibility.dibao)].sum())
    wanted = SHARES[DIBAO] * persons
    scale = min(1.0, available / (wanted * (1 + silence) + 1))
    quiet = drawn.take(eligibility.dibao, wanted * silence * scale, _tendency(homes))
    dibao = drawn.take(
        eligibility.dibao, wanted * scale, _smallness(homes) * np.where(eligibility.disabled, 0.4, 1.0)
    )
    low_margin = drawn.take(eligibility.low_margin, SHARES[LOW_MARGIN] * persons)
    spent_most = 100 * means.spent > 70 * 12 * means.heads * means.before
    with_van = drawn.take(eligibility.dibao & means.carless & spent_most, VAN_SHARE * persons)
    rigid = drawn.take(eligibility.rigid, SHARES[RIGID] * persons)
    single, alone = drawn.persons(
        people, eligibility.single & ~eligibility.possible[people.home], SHARES[SINGLE_DIBAO] * persons
    )
    well_off = (100 * means.before > 110 * means.standard) & (homes.left == OPEN) & (homes.size < 4)
    hiding = drawn.take(well_off & (means.before < 4 * means.standard), HIDING_SHARE * persons)
    other = drawn.take(well_off & (means.before < 3 * means.standard), SHARES[OTHER_AID] * persons)
    grants = [
        (tekun, TEKUN),
        (dibao, DIBAO),
        (low_margin, LOW_MARGIN),
        (rigid, RIGID),
        (with_van, RIGID),
        (hiding, DIBAO),
        (other, OTHER_AID),
    ]
    elders, whose = _members(people, stay, tekun)
    home = [whose, single, *(chosen for chosen, programme in grants if programme != TEKUN)]
    person = [
        elders,
        alone,
        *(np.full(chosen.size, NOBODY) for chosen, programme in grants if programme != TEKUN),
    ]
    programme = [np.full(elders.size, TEKUN), np.full(single.size, SINGLE_DIBAO),
                 *(np.full(chosen.size, of) for chosen, of in grants if of != TEKUN)]  # fmt: skip
    return Tiers(
        np.concatenate(home),
        np.concatenate(person),
        np.concatenate(programme),
        np.concatenate((quiet_tekun, quiet)),
        hiding,
        with_van,
    )


def _tendency(homes: Homes) -> Floats:
    """Old couples and the old alone are silent more often."""
    return np.where(_is_old(homes), 0.6, 1.0)


def _is_old(homes: Homes) -> Bools:
    return among(homes.kind, [KIND[name] for name in ("old_couple", "old_alone", "old_and_child")])


def _smallness(homes: Homes) -> Floats:
    """Small and old households are in dibao more often."""
    return homes.size.astype(float) ** 3 * np.where(_is_old(homes), 0.4, 1.0)


def _members(people: People, stay: Stay, chosen: Ints) -> tuple[Ints, Ints]:
    """The members of these households, and the household of each."""
    rows = np.flatnonzero(np.isin(people.home, chosen) & stay.here)
    return rows, people.home[rows]


class _Draw:
    """Households drawn one after the other, each at most once."""

    def __init__(self, homes: Homes, means: Means, rng: np.random.Generator) -> None:
        self.means, self.rng = means, rng
        self.taken = np.zeros(homes.size.size, dtype=bool)

    def free(self, among: Bools) -> Bools:
        """Those of ``among`` that are not taken."""
        return among & ~self.taken

    def take(self, among: Bools, persons: float, tendency: Floats | None = None) -> Ints:
        """Households of about so many counted persons; those of low ``tendency`` come first."""
        rows = np.flatnonzero(self.free(among))
        key = self.rng.random(self.taken.size)
        if tendency is not None:
            key = key * tendency
        rows = rows[np.argsort(key[rows], kind="stable")]
        reached = np.cumsum(self.means.heads[rows])
        chosen = rows[reached <= persons + 0.5]
        self.taken[chosen] = True
        return chosen

    def persons(self, people: People, among: Bools, count: float) -> tuple[Ints, Ints]:
        """About so many persons of households not taken, one of each; their households and rows."""
        rows = np.flatnonzero(among & ~self.taken[people.home])
        rows = rows[np.argsort(self.rng.random(rows.size), kind="stable")]
        home, first = np.unique(people.home[rows], return_index=True)
        order = np.argsort(first, kind="stable")[: round(count)]
        self.taken[home[order]] = True
        return home[order], rows[first[order]]
