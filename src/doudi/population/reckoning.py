"""What was earned, received and spent in the last twelve months of a history, by person and household. Money in fen."""

from __future__ import annotations

import numpy as np

from doudi.population.bills import Bills
from doudi.population.composition import Homes, People
from doudi.population.county import County, standards
from doudi.population.days import History, first_of_september, month_number, months_paid, school_year
from doudi.population.draw import Ints, among
from doudi.population.expenses import DISASTER as EXPENSE_OF_DISASTER
from doudi.population.expenses import INSURANCE, LIVING, REHABILITATION, Expenses
from doudi.population.jobs import FORMAL, INFORMAL, Work
from doudi.population.receipts import OneOffs, Receipts
from doudi.population.studies import Studies

_COUNTED = ("pension", "survivor_benefit", "unemployment_benefit", "compensation", "gifts", "other_income")
_YEAR = 365


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
