"""The people of one block of a county and what happened to them, made at once as arrays, before anyone is aided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.assets import Assets, assets_of
from doudi.population.bills import Bills, bills_of
from doudi.population.composition import Homes, People, compose
from doudi.population.condition import Condition, conditions
from doudi.population.county import County
from doudi.population.days import History
from doudi.population.departures import Stay, with_departed
from doudi.population.draw import stream
from doudi.population.expenses import Expenses, expenses_of
from doudi.population.incidents import Incidents, incidents_of
from doudi.population.jobs import Work, work_of
from doudi.population.kinship import supported, unattended
from doudi.population.receipts import OneOffs, Receipts, receipts_of, single_receipts
from doudi.population.studies import Studies, studies_of
from doudi.population.supporters import Supporters, supporters_of

STRIDE = 60_000
"""Numbers of persons and of households set apart for a block."""


@dataclass(frozen=True, slots=True)
class Lives:
    """The people of a block and what happened to them, before anyone is aided."""

    county: County
    history: History
    seed: int
    number: int
    homes: Homes
    people: People
    stay: Stay
    condition: Condition
    work: Work
    supporters: Supporters
    receipts: Receipts
    one_offs: OneOffs
    assets: Assets
    incidents: Incidents
    bills: Bills
    expenses: Expenses
    studies: Studies

    def stream(self, topic: str) -> np.random.Generator:
        """The random numbers of a topic in this block."""
        return stream(self.seed, topic, self.number)


def lives_of(county: County, history: History, persons: int, seed: int, number: int) -> Lives:
    """The people of the block of this number, with ``persons`` persons on the last day."""

    def rng(topic: str) -> np.random.Generator:
        return stream(seed, topic, number)

    homes, people = compose(county, history, persons, rng("composition"))
    homes, people, stay = with_departed(homes, people, history, rng("departures"))
    condition = conditions(homes, people, history, rng("condition"))
    work = work_of(county, history, homes, people, stay, condition, rng("work"))
    supporters = supporters_of(county, homes, people, stay.here, condition, rng("supporters"))
    alone = unattended(people, stay, supported(homes, people, stay, condition, supporters))
    receipts = receipts_of(history, homes, people, stay, condition, work, supporters, alone, rng("receipts"))
    one_offs = single_receipts(homes, stay, history, rng("single receipts"))
    assets = assets_of(county, history, homes, people, stay, condition, work, rng("assets"))
    incidents = incidents_of(history, homes, people, stay, condition, work, rng("incidents"))
    bills = bills_of(history, people, stay, condition, condition.ill_since, rng("bills"))
    expenses = expenses_of(history, homes, people, stay, condition, work, incidents, rng("expenses"))
    studies = studies_of(history, people, stay, condition, rng("studies"))
    return Lives(
        county, history, seed, number, homes, people, stay, condition, work, supporters, receipts, one_offs, assets,
        incidents, bills, expenses, studies,
    )  # fmt: skip
