"""One block of a county: some ten thousand people who live together in their own villages, made at once as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.assets import Assets, assets_of
from doudi.population.bills import Bills, aided, bills_of
from doudi.population.composition import Homes, People, compose
from doudi.population.condition import Condition, conditions
from doudi.population.county import County
from doudi.population.days import History
from doudi.population.departures import Stay, with_departed
from doudi.population.draw import stream
from doudi.population.eligibility import eligibility_of, supported, unattended
from doudi.population.expenses import Expenses, expenses_of
from doudi.population.grants import grants_of
from doudi.population.holdings import Holdings, held_on, holdings_of
from doudi.population.incidents import Incidents, incidents_of
from doudi.population.jobs import Work, work_of
from doudi.population.living_subsidy import with_living_subsidy
from doudi.population.monitoring import Monitored, monitored_of
from doudi.population.need import means_of, medical_spending, rigid_spending
from doudi.population.planted import Planted, planted_in
from doudi.population.receipts import OneOffs, Receipts, receipts_of, single_receipts
from doudi.population.savings import with_savings
from doudi.population.studies import Studies, studies_of
from doudi.population.supporters import Supporters, supporters_of
from doudi.population.temporary import TemporaryAid, temporary_aid_of
from doudi.population.tiers import tiers_of

SIZE = 40_000
"""Persons of a block; the last one of a county holds the rest."""
STRIDE = 60_000
"""Numbers of persons and of households set apart for a block."""


@dataclass(frozen=True, slots=True)
class Block:
    """Everything about a block before it is written as tables."""

    county: County
    history: History
    seed: int
    number: int
    homes: Homes
    people: People
    stay: Stay
    condition: Condition
    work: Work
    receipts: Receipts
    one_offs: OneOffs
    assets: Assets
    bills: Bills
    expenses: Expenses
    studies: Studies
    incidents: Incidents
    supporters: Supporters
    holdings: Holdings
    monitored: Monitored
    temporary_aid: TemporaryAid
    planted: Planted

    def stream(self, topic: str) -> np.random.Generator:
        """The random numbers of a topic in this block."""
        return stream(self.seed, topic, self.number)


def block_of(county: County, history: History, persons: int, seed: int, number: int) -> Block:
    """The block of this number, with ``persons`` persons on the last day."""

    def rng(topic: str) -> np.random.Generator:
        return stream(seed, topic, number)

    homes, people = compose(county, history, persons, rng("composition"))
    homes, people, stay = with_departed(homes, people, history, rng("departures"))
    condition = conditions(homes, people, history, rng("condition"))
    work = work_of(county, history, homes, people, stay, condition, rng("work"))
    supporters = supporters_of(county, homes, people, stay.here, condition, rng("supporters"))
    raised = supported(homes, people, stay, condition, supporters)
    alone = unattended(people, stay, raised)
    receipts = receipts_of(history, homes, people, stay, condition, work, supporters, alone, rng("receipts"))
    one_offs = single_receipts(homes, stay, history, rng("single receipts"))
    assets = assets_of(county, history, homes, people, stay, condition, work, rng("assets"))
    bills = bills_of(history, people, stay, condition, condition.ill_since, rng("bills"))
    expenses = expenses_of(history, homes, people, stay, condition, work, rng("expenses"))
    studies = studies_of(history, people, stay, condition, rng("studies"))
    medical = medical_spending(history, homes, people, bills)
    spent = rigid_spending(county, history, homes, people, medical, expenses, studies)
    means = means_of(
        county,
        history,
        homes,
        people,
        stay,
        condition,
        work,
        receipts,
        one_offs,
        assets,
        supporters,
        spent,
        medical,
    )
    eligibility = eligibility_of(county, homes, people, stay, condition, supporters, raised, means)
    tiers = tiers_of(homes, people, stay, means, eligibility, rng("tiers"))
    assets = with_savings(history, homes, people, stay, means, eligibility, tiers, assets, rng("savings"))
    grants = grants_of(history, homes, people, stay, condition, work, means, tiers, rng("grants"))
    holdings = holdings_of(county, history, homes, people, condition, means, grants)
    receipts = with_living_subsidy(
        history, people, stay, condition, tiers, grants, receipts, rng("living subsidy")
    )
    bills = aided(bills, held_on(holdings, people, bills.person, bills.settled))
    incidents = incidents_of(history, homes, people, stay, condition, work, rng("incidents"))
    monitored = monitored_of(history, homes, means, incidents, rng("monitoring"))
    temporary = temporary_aid_of(history, incidents, rng("temporary aid"))
    planted = planted_in(history, homes, people, stay, tiers, grants, incidents)
    return Block(
        county, history, seed, number, homes, people, stay, condition, work, receipts, one_offs, assets, bills,
        expenses, studies, incidents, supporters, holdings, monitored, temporary, planted,
    )  # fmt: skip
