"""One block of a county: some ten thousand people who live together in their own villages, made at once as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from doudi.population.bills import aided
from doudi.population.county import County
from doudi.population.days import History
from doudi.population.eligibility import eligibility_of
from doudi.population.grants import grants_of
from doudi.population.holdings import Holdings, held_on, holdings_of
from doudi.population.kinship import supported
from doudi.population.lives import Lives, lives_of
from doudi.population.living_subsidy import with_living_subsidy
from doudi.population.monitoring import Monitored, monitored_of
from doudi.population.need import means_of
from doudi.population.planted import Planted, planted_in
from doudi.population.savings import with_savings
from doudi.population.temporary import TemporaryAid, temporary_aid_of
from doudi.population.tiers import tiers_of

SIZE = 40_000
"""Persons of a block; the last one of a county holds the rest."""


@dataclass(frozen=True, slots=True)
class Block:
    """Everything about a block before it is written as tables; ``lives`` with what aid made of them."""

    lives: Lives
    holdings: Holdings
    monitored: Monitored
    temporary_aid: TemporaryAid
    planted: Planted


def block_of(county: County, history: History, persons: int, seed: int, number: int) -> Block:
    """The block of this number, with ``persons`` persons on the last day."""
    of = lives_of(county, history, persons, seed, number)
    homes, people, stay, condition = of.homes, of.people, of.stay, of.condition
    means = means_of(of)
    raised = supported(homes, people, stay, condition, of.supporters)
    eligibility = eligibility_of(county, homes, people, stay, condition, of.supporters, raised, means)
    tiers = tiers_of(homes, people, stay, means, eligibility, of.stream("tiers"))
    assets = with_savings(
        history, homes, people, stay, means, eligibility, tiers, of.assets, of.stream("savings")
    )
    grants = grants_of(history, homes, people, stay, condition, of.work, means, tiers, of.stream("grants"))
    holdings = holdings_of(county, history, homes, people, condition, means, grants)
    receipts = with_living_subsidy(
        history, people, stay, condition, tiers, grants, of.receipts, of.stream("living subsidy")
    )
    bills = aided(of.bills, held_on(holdings, people, of.bills.person, of.bills.settled))
    return Block(
        replace(of, assets=assets, receipts=receipts, bills=bills),
        holdings,
        monitored_of(history, homes, means, of.incidents, of.stream("monitoring")),
        temporary_aid_of(history, of.incidents, tiers.silent, of.stream("temporary aid")),
        planted_in(history, homes, people, stay, tiers, grants, of.incidents),
    )
