"""The tables of a register, from the arrays of a synthetic county."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from doudi.population import columns
from doudi.population.assets import ASSETS, PURPOSES, Assets
from doudi.population.composition import HEAD, Homes, People
from doudi.population.condition import ABSENCES, DISABILITIES, Condition
from doudi.population.county import County
from doudi.population.draw import Ints, chance
from doudi.population.expenses import DISASTER, EXPENSES, MEDICAL, Expenses
from doudi.population.holdings import BANDS, DIBAO, LOW_MARGIN, PROGRAMMES, TEKUN, Holdings, Need
from doudi.population.income import Work
from doudi.population.names import villages
from doudi.population.supporters import RELATIONS as SUPPORTER_RELATIONS
from doudi.population.supporters import STATUSES, Supporters

_AREAS = ("urban", "rural")
_MARKS = ("none", "unstable", "edge", "sudden")
_EVENTS = ("none", "illness", "accident", "fire", "disaster", "job_loss", "death_of_earner", "crime")
_UNKNOWN_VALUE = 0.02
_COSTLY_ILLNESS_FEN = 3_000_000


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Everything about a synthetic county before it is written as tables."""

    county: County
    homes: Homes
    people: People
    condition: Condition
    work: Work
    assets: Assets
    expenses: Expenses
    supporters: Supporters
    need: Need
    holdings: Holdings
    household_ids: pl.Series
    person_ids: pl.Series


def households(of: Synthetic, rng: np.random.Generator) -> pl.DataFrame:
    """The table of households."""
    size = of.homes.kind.size
    held = np.zeros(size, dtype=np.int64)
    held[of.holdings.home] = of.holdings.days
    applied = (held > 0) | chance(rng, 0.012, size)
    applied_ago = np.where(held > 0, held + 12 + (rng.random(size) * 30).astype(np.int64), 20 + held)
    events = _events(of, rng)
    on_dibao = of.holdings.held_by_home(DIBAO)
    risen = on_dibao & (of.need.per_head >= of.need.standard) & _someone_works(of) & chance(rng, 0.4, size)
    return pl.DataFrame(
        {
            "household_id": of.household_ids,
            "village": villages(of.homes, of.county.households_per_village, rng),
            "area": columns.codes(_AREAS, of.homes.rural.astype(np.int64)),
            "applied_on": columns.days(of.county.on, applied_ago, ~applied),
            "safe_housing": columns.flags(~chance(rng, 0.008, size), chance(rng, 0.006, size)),
            "safe_water": columns.flags(~chance(rng, 0.004, size), chance(rng, 0.004, size)),
            "assets_stated": columns.flags(~chance(rng, 0.004, size)),
            "expenses_stated": columns.flags(~chance(rng, 0.004, size)),
            "supporters_stated": columns.flags(~chance(rng, 0.003, size)),
            "dibao_class": columns.codes(BANDS, of.holdings.bands),
            "monitored_mark": columns.codes(_MARKS, _marks(of, events, rng)),
            "urgent_event": columns.codes(_EVENTS, events),
            "ever_applied": columns.flags(applied),
            "needs_unmet": columns.flags((held > 0) & chance(rng, 0.02, size)),
            "has_residence_registration": columns.flags(~chance(rng, 0.02, size)),
            "low_margin_recognised": columns.flags(of.holdings.held_by_home(LOW_MARGIN)),
            "grace_from": columns.days(
                of.county.on, (rng.random(size) * 240).astype(np.int64), ~risen
            ).dt.month_start(),
            "household_means_shared": columns.flags(~chance(rng, 0.001, size)),
            "local_hardship": columns.flags(of.need.near & chance(rng, 0.02, size)),
        }
    )


def _someone_works(of: Synthetic) -> np.ndarray:
    return np.logical_or.reduceat(of.work.works, of.homes.first)


def _events(of: Synthetic, rng: np.random.Generator) -> Ints:
    """Sudden hardship: behind great bills of illness and damage by disasters, and now and then by itself."""
    size = of.homes.kind.size
    ill = of.expenses.by_home(of.homes, (MEDICAL,)) > _COSTLY_ILLNESS_FEN
    struck = of.expenses.by_home(of.homes, (DISASTER,)) > 0
    chosen = [
        (ill & chance(rng, 0.12, size), "illness"),
        (struck & chance(rng, 0.1, size), "fire"),
        (struck & chance(rng, 0.5, size), "disaster"),
        (chance(rng, 0.0012, size), "accident"),
        (_someone_works(of) & chance(rng, 0.0015, size), "job_loss"),
        (chance(rng, 0.0006, size), "death_of_earner"),
        (chance(rng, 0.0002, size), "crime"),
    ]
    return np.select([where for where, _ in chosen], [_EVENTS.index(name) for _, name in chosen], 0)


def _marks(of: Synthetic, events: Ints, rng: np.random.Generator) -> Ints:
    """Marks of the monitoring against return to poverty, in the country only."""
    size = events.size
    low = 10 * of.need.per_head < 13 * of.need.standard
    sudden = (events > 0) & chance(rng, 0.5, size)
    calm = np.select([chance(rng, 0.09, size), chance(rng, 0.10, size)], [1, 2], 0)
    return np.where(of.homes.rural, np.where(sudden, 3, np.where(low, calm, 0)), 0)


def supporters(of: Synthetic) -> pl.DataFrame:
    """The table of legal supporters outside the households."""
    table = of.supporters
    unknown = table.unknown
    return pl.DataFrame(
        {
            "supporter_id": columns.ids("s", table.person.size, 7),
            "person_id": columns.linked(of.person_ids, table.person),
            "relation": columns.codes(SUPPORTER_RELATIONS, table.relation),
            "born": columns.days(of.county.on, table.days, unknown["days"]),
            "family_size": columns.counts(table.family_size, unknown["family_size"]),
            "family_income": columns.money(table.family_income, unknown["family_income"]),
            "own_income": columns.money(table.own_income, unknown["own_income"]),
            "property_within_limits": columns.flags(
                table.property_within_limits, unknown["property_within_limits"]
            ),
            "status": columns.codes(STATUSES, table.status),
            "disability": columns.codes(DISABILITIES, table.disability),
            "disability_grade": columns.counts(table.disability_grade),
            "absence": columns.codes(ABSENCES, table.absence),
            "no_civil_capacity": columns.flags(table.no_civil_capacity),
            "consents": columns.flags(table.consents, unknown["consents"]),
            "agreed_fee": columns.money(table.agreed_fee),
            "supported_persons": columns.counts(table.supported_persons),
            "support_ended": columns.flags(table.support_ended),
        }
    )


def assets(of: Synthetic, rng: np.random.Generator) -> pl.DataFrame:
    """The table of assets."""
    table = of.assets
    return pl.DataFrame(
        {
            "household_id": columns.linked(of.household_ids, table.home),
            "person_id": columns.linked(of.person_ids, table.person),
            "kind": columns.codes(ASSETS, table.kind),
            "value": columns.money(table.value, chance(rng, _UNKNOWN_VALUE, table.home.size)),
            "area": columns.areas(table.area),
            "purpose": columns.codes(PURPOSES, table.purpose),
        }
    )


def expenses(of: Synthetic) -> pl.DataFrame:
    """The table of expenses."""
    table = of.expenses
    return pl.DataFrame(
        {
            "household_id": columns.linked(of.household_ids, table.home),
            "person_id": columns.linked(of.person_ids, table.person),
            "kind": columns.codes(EXPENSES, table.kind),
            "amount": columns.money(table.amount),
            "paid_on": columns.days(of.county.on, table.days_ago, table.days_ago == 0),
        }
    )


def holdings(of: Synthetic) -> pl.DataFrame:
    """The table of what is received now."""
    table = of.holdings
    return pl.DataFrame(
        {
            "household_id": columns.linked(of.household_ids, table.home),
            "person_id": columns.linked(of.person_ids, table.person),
            "programme": columns.codes(PROGRAMMES, table.programme),
            "monthly": columns.money(table.monthly),
            "since": columns.days(of.county.on, table.days).dt.month_start(),
        }
    )


def heads_of_tekun(of: Synthetic) -> np.ndarray:
    """Persons recognised as in extreme difficulty before."""
    return of.holdings.held_by_home(TEKUN)[of.people.home] & (of.people.relation == HEAD)
