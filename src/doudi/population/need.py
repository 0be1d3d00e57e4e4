"""What is needed by the law of the county on the last day, reckoned from both sides.

The reckoning follows the measures (民发〔2021〕57号 art. 7, 13, 14) without running the rules: who counts, income of twelve
months before and after all that may be deducted, and property. A household is *clearly* in need if it is so without any
deduction and with room to spare; it is *clearly not* if it is not even with all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.assets import ASSETS, HOME, MONEY_KINDS, SHOP, VEHICLE, Assets
from doudi.population.composition import Homes, People
from doudi.population.condition import ABSENCES, Condition
from doudi.population.county import standards
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, among
from doudi.population.lives import Lives
from doudi.population.reckoning import by_home, earned, medical_spending, received, rigid_spending, sums
from doudi.population.supporters import support_fees

_LEFT_OUT_BY_ABSENCE = [ABSENCES.index(name) for name in ("prison", "detox", "declared_missing", "conscript")]
_EXEMPT_PURPOSES = (1, 2, 3)
_SMALL_CAR_FEN = 4_000_000
_ILLNESS_CAP, _DISABILITY_YEAR = 600_000, 120_000
_WORKING_COST = (3, 10)
MACHINE, BUSINESS = ASSETS.index("machine"), ASSETS.index("business")


@dataclass(frozen=True, slots=True)
class Means:
    """Means on the last day, in fen.

    Of persons: whether they count, income of 12 months, own money property, and whether they own no vehicle, shop or
    business and at most one home. Of households: the standard, members counted, income per head and month before and after
    deductions, money property, whether other property is little, whether they have no car, rigid expenditure and the
    income that counts for the amount, of 12 months.
    """

    standard: Ints
    counts: Bools
    income: Ints
    heads: Ints
    before: Ints
    after: Ints
    money: Ints
    owns_little: Bools
    carless: Bools
    spent: Ints
    countable: Ints
    own_money: Ints
    owns_no_more: Bools


def means_of(of: Lives) -> Means:
    """Reckons the means of all households from what is true."""
    homes, people, assets, counts = of.homes, of.people, of.assets, counted(of.stay, of.condition)
    counts[of.receipts.person[of.receipts.of("child_allowance")]] = False
    standard, size = standards(of.county, homes.rural), people.home.size
    fees, sure_fees = _fees(of, standard)
    wage, trade = earned(people, of.work, of.history)
    income = wage + trade + received(people, of.receipts, of.one_offs, of.history, fees)
    heads = np.maximum(np.bincount(people.home[counts], minlength=homes.size.size), 1)

    def counted_sum(amounts: Ints) -> Ints:
        return by_home(homes, people.home[counts], amounts[counts])

    total = counted_sum(income)
    cost = np.minimum(wage, standard[people.home] * _WORKING_COST[0] // _WORKING_COST[1] * 12)
    less = counted_sum(cost + fees - sure_fees + _most_deducted(of.condition))
    medical = medical_spending(of.history, homes, people, of.bills)
    now = assets.until > of.history.ends
    own, held = now & among(assets.kind, MONEY_KINDS), now & counts[assets.person]
    return Means(
        standard,
        counts,
        income,
        heads,
        np.maximum(total, 0) // (12 * heads),
        np.maximum(total - less, 0) // (12 * heads),
        by_home(homes, assets.home[own & held], assets.value[own & held]),
        _owns_little(homes, assets, held),
        ~_owning(homes, assets, held & _is_car(assets)),
        rigid_spending(of.county, of.history, homes, people, medical, of.expenses, of.studies),
        np.maximum(total - counted_sum(cost) - _due(homes, people, of.condition, counts, medical), 0),
        sums(assets.person[own], assets.value[own], size),
        _owns_no_more(people, assets, now),
    )


def _fees(of: Lives, standard: Ints) -> tuple[Ints, Ints]:
    """Support fees of each person: of all supporters, and of those whose means are known."""
    size, people = of.people.home.size, of.people
    idle = (of.condition.grade > 0) & (of.condition.grade <= 2) & ~of.work.works & (people.age >= 18)
    place = standard[people.home[of.supporters.person]]
    return (
        support_fees(size, of.supporters, place, idle),
        support_fees(size, of.supporters, place, idle, of.supporters.consents),
    )


def _most_deducted(condition: Condition) -> Ints:
    """The most that may be deducted for the illness and disability of each person."""
    severe = (condition.grade > 0) & (condition.grade <= 2)
    return np.where(condition.illness > 0, _ILLNESS_CAP, 0) + np.where(severe, _DISABILITY_YEAR, 0)


def _due(homes: Homes, people: People, condition: Condition, counts: Bools, medical: Ints) -> Ints:
    """What is really deducted for illness, as far as it was spent, and for severe disability."""
    ill = np.bincount(people.home[counts & (condition.illness > 0)], minlength=homes.size.size)
    severe = counts & (condition.grade > 0) & (condition.grade <= 2)
    disabled = np.bincount(people.home[severe], minlength=homes.size.size)
    return np.minimum(medical, ill * _ILLNESS_CAP) + disabled * _DISABILITY_YEAR


def counted(stay: Stay, condition: Condition) -> Bools:
    """Who counts as living in the household (art. 7): neither those away nor grown children with their own means.

    Children with a scheme of their own are left out as well, by the province's rule.
    """
    together = stay.shares_means | ((condition.grade > 0) & (condition.grade <= 2))
    return stay.here & together & ~among(condition.absence, _LEFT_OUT_BY_ABSENCE)


def _is_car(assets: Assets) -> Bools:
    """A vehicle or machine that is not exempt by its purpose."""
    return among(assets.kind, (VEHICLE, MACHINE)) & ~among(assets.purpose, _EXEMPT_PURPOSES)


def _owning(homes: Homes, assets: Assets, chosen: Bools) -> Bools:
    return np.bincount(assets.home[chosen], minlength=homes.size.size) > 0


def _owns_little(homes: Homes, assets: Assets, held: Bools) -> Bools:
    """At most one car of little value that is not exempt, one home, no shop and no business; money apart."""
    car = held & _is_car(assets)
    size = homes.size.size

    def count(chosen: Bools) -> Ints:
        return np.bincount(assets.home[chosen], minlength=size)

    dear = count(car & (assets.value > _SMALL_CAR_FEN))
    rooms = count(held & (assets.kind == HOME))
    firms = count(held & among(assets.kind, (SHOP, BUSINESS)))
    return (count(car) <= 1) & (dear == 0) & (rooms <= 1) & (firms == 0)


def _owns_no_more(people: People, assets: Assets, now: Bools) -> Bools:
    """Of each person: no vehicle that is not exempt, no shop, no business, at most one home."""
    size = people.home.size
    barred = now & (_is_car(assets) | among(assets.kind, (SHOP, BUSINESS)))
    rooms = np.bincount(assets.person[now & (assets.kind == HOME)], minlength=size)
    return (np.bincount(assets.person[barred], minlength=size) == 0) & (rooms <= 1)
