"""What is needed by the law of the county on the last day, reckoned from both sides.

The reckoning follows the measures (民发〔2021〕57号 art. 7, 13, 14) without running the rules: who counts, income of twelve
months before and after all that may be deducted, and property. A household is *clearly* in need if it is so without any
deduction and with room to spare; it is *clearly not* if it is not even with all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doudi.population.assets import ASSETS, HOME, MONEY_KINDS, SHOP, VEHICLE, Assets
from doudi.population.bills import Bills
from doudi.population.composition import Homes, People
from doudi.population.condition import ABSENCES, Condition
from doudi.population.county import County, standards
from doudi.population.days import History, first_of_september, month_number, months_paid, school_year
from doudi.population.departures import Stay
from doudi.population.draw import Bools, Ints, among
from doudi.population.expenses import DISASTER as EXPENSE_OF_DISASTER
from doudi.population.expenses import INSURANCE, LIVING, REHABILITATION, Expenses
from doudi.population.jobs import FORMAL, INFORMAL, Work
from doudi.population.receipts import OneOffs, Receipts
from doudi.population.studies import Studies
from doudi.population.supporters import Supporters, support_fees

_LEFT_OUT_BY_ABSENCE = [ABSENCES.index(name) for name in ("prison", "detox", "declared_missing", "conscript")]
_COUNTED = ("pension", "survivor_benefit", "unemployment_benefit", "compensation", "gifts", "other_income")
_EXEMPT_PURPOSES = (1, 2, 3)
_ILLNESS_CAP, _DISABILITY_YEAR = 600_000, 120_000
_WORKING_COST = (3, 10)
_YEAR = 365
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


def means_of(
    county: County,
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    work: Work,
    receipts: Receipts,
    one_offs: OneOffs,
    assets: Assets,
    supporters: Supporters,
    spent: Ints,
    medical: Ints,
) -> Means:
    """Reckons the means of all households from what is true."""
    counts = counted(stay, condition)
    counts[receipts.person[receipts.of("child_allowance")]] = False
    standard = standards(county, homes.rural)
    idle = (condition.grade > 0) & (condition.grade <= 2) & ~work.works & (people.age >= 18)
    place = standard[people.home[supporters.person]]
    fees = support_fees(people.home.size, supporters, place, idle)
    sure_fees = support_fees(people.home.size, supporters, place, idle, supporters.consents)
    wage, trade = earned(people, work, history)
    income = wage + trade + received(people, receipts, one_offs, history, fees)
    heads = np.maximum(np.bincount(people.home[counts], minlength=homes.size.size), 1)
    total = by_home(homes, people.home[counts], income[counts])
    free = standard[people.home] * _WORKING_COST[0] // _WORKING_COST[1] * 12
    deducted = fees - sure_fees
    cost = np.where(wage > 0, np.minimum(wage, free), 0)
    deducted += cost
    deducted += np.where(condition.illness > 0, _ILLNESS_CAP, 0)
    deducted += np.where((condition.grade > 0) & (condition.grade <= 2), _DISABILITY_YEAR, 0)
    borne = by_home(homes, people.home[counts], cost[counts])
    less = by_home(homes, people.home[counts], deducted[counts])
    now = assets.until > history.ends
    held = now & counts[assets.person]
    money = held & among(assets.kind, MONEY_KINDS)
    own = now & among(assets.kind, MONEY_KINDS)
    return Means(
        standard,
        counts,
        income,
        heads,
        np.maximum(total, 0) // (12 * heads),
        np.maximum(total - less, 0) // (12 * heads),
        by_home(homes, assets.home[money], assets.value[money]),
        _owns_little(homes, assets, held),
        ~_owning(homes, assets, held & _is_car(assets)),
        spent,
        np.maximum(total - borne - _due(homes, people, condition, counts, medical), 0),
        sums(assets.person[own], assets.value[own], people.home.size),
        _owns_no_more(people, assets, now),
    )


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


def earned(people: People, work: Work, history: History) -> tuple[Ints, Ints]:
    """Wages, and what farm and trade leave, of each person in the last twelve months."""
    jobs, size = work.jobs, people.home.size
    last = month_number(np.array([history.ends]))[0]
    months = months_paid(jobs.since, jobs.until, last - 11, last)
    employed = among(jobs.kind, (FORMAL, INFORMAL))
    wage = sums(jobs.person[employed], (jobs.monthly * months)[employed], size)
    trade = sums(jobs.person[~employed], ((jobs.monthly - jobs.cost) * months)[~employed], size)
    return wage, np.maximum(trade, 0)


def received(people: People, receipts: Receipts, one_offs: OneOffs, history: History, fees: Ints) -> Ints:
    """What counts of the receipts of each person in the last twelve months, less what was paid."""
    size = people.home.size
    last = month_number(np.array([history.ends]))[0]
    amounts = receipts.monthly * months_paid(receipts.since, receipts.until, last - 11, last)

    def sum_of(*names: str) -> Ints:
        chosen = np.logical_or.reduce([receipts.of(name) for name in names])
        return sums(receipts.person[chosen], amounts[chosen], size)

    recent = month_number(one_offs.day) > last - 12
    property_income = np.maximum(sum_of("property_gross") - sum_of("property_cost"), 0)
    private = np.maximum(sum_of("alimony_received"), fees)
    single = sums(one_offs.person[recent], one_offs.amount[recent], size)
    return sum_of(*_COUNTED) + property_income + private + single - sum_of("transfers_paid")


def by_home(homes: Homes, home: Ints, amounts: Ints) -> Ints:
    """The sum of the amounts of each household."""
    return sums(home, amounts, homes.size.size)


def sums(of: Ints, amounts: Ints, size: int) -> Ints:
    """Exact sums: whole fen below 2 to the power of 53."""
    return np.bincount(of, weights=amounts.astype(float), minlength=size).astype(np.int64)


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

    dear = count(car & (assets.value > 4_000_000))
    rooms = count(held & (assets.kind == HOME))
    firms = count(held & among(assets.kind, (SHOP, BUSINESS)))
    return (count(car) <= 1) & (dear == 0) & (rooms <= 1) & (firms == 0)


def _owns_no_more(people: People, assets: Assets, now: Bools) -> Bools:
    """Of each person: no vehicle that is not exempt, no shop, no business, at most one home."""
    size = people.home.size
    barred = now & (_is_car(assets) | among(assets.kind, (SHOP, BUSINESS)))
    rooms = np.bincount(assets.person[now & (assets.kind == HOME)], minlength=size)
    return (np.bincount(assets.person[barred], minlength=size) == 0) & (rooms <= 1)


def medical_spending(history: History, homes: Homes, people: People, bills: Bills) -> Ints:
    """What each household bore of its bills in the last year."""
    billed = bills.settled > history.ends - _YEAR
    return by_home(homes, people.home[bills.person[billed]], bills.own[billed])


def rigid_spending(
    county: County,
    history: History,
    homes: Homes,
    people: People,
    medical: Ints,
    expenses: Expenses,
    studies: Studies,
) -> Ints:
    """What each household spent in the last year of what counts as rigid, living cost up to the standard."""
    recent = expenses.day > history.ends - _YEAR
    living = recent & (expenses.kind == LIVING)
    other = recent & among(expenses.kind, (REHABILITATION, EXPENSE_OF_DISASTER, INSURANCE))
    cap = standards(county, homes.rural) * 12 * homes.size
    total = np.minimum(by_home(homes, expenses.home[living], expenses.amount[living]), cap)
    total += by_home(homes, expenses.home[other], expenses.amount[other])
    total += medical
    term = int(first_of_september(np.array([school_year(history.ends)]))[0])
    paying = (studies.since <= term) & (studies.until > term)
    return total + by_home(homes, people.home[studies.person[paying]], studies.fees[paying])
