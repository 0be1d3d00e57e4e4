"""Regular receipts and payments other than from work, and single receipts, over the history. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from doudi.population.composition import HEAD, KIND, MARITAL, SPOUSE, Homes, People
from doudi.population.condition import CONSCRIPT, Condition
from doudi.population.days import BEFORE, OPEN, History, birthday, month_start, next_month
from doudi.population.departures import DIVORCED, Stay
from doudi.population.draw import Bools, Ints, among, chance, yuan
from doudi.population.jobs import FORMAL, Work
from doudi.population.supporters import Supporters

FACTS = (
    "pension", "survivor_benefit", "unemployment_benefit", "elder_allowance", "disability_subsidy",
    "child_allowance", "family_planning_award", "entitled_compensation", "scholarship", "conscript_family_payment",
    "alimony_received", "property_gross", "property_cost", "gifts", "compensation", "other_income", "transfers_paid",
)  # fmt: skip
KINDS = ("", "employee", "civil", "resident", "survivor", "living", "nursing", "orphan", "unattended_child")
EMPLOYEE, CIVIL, RESIDENT, SURVIVOR, LIVING, NURSING, ORPHAN, UNATTENDED = range(1, len(KINDS))
_CENTRAL_FROM = ((None, 123), ("2025-01-01", 143), ("2026-01-01", 163))
"""中央确定的基础养老金: yuan a month from each day on."""
_RESIDENT_INSURANCE_MONTH = 3_300
_NURSING_REACHED = 0.6
_EMPLOYEE_INSURANCE_SHARE = (21, 200)


@dataclass(frozen=True, slots=True)
class Receipts:
    """Receipts, one an element: person, fact and kind (places in FACTS and KINDS), a month's sum, central part, days."""

    person: Ints
    fact: Ints
    kind: Ints
    monthly: Ints
    central: Ints
    since: Ints
    until: Ints

    def of(self, name: str) -> Bools:
        """Whether each is of this fact."""
        return self.fact == FACTS.index(name)


@dataclass(frozen=True, slots=True)
class OneOffs:
    """Single receipts: person, sum and day."""

    person: Ints
    amount: Ints
    day: Ints


def receipts_of(
    history: History,
    homes: Homes,
    people: People,
    stay: Stay,
    condition: Condition,
    work: Work,
    supporters: Supporters,
    alone: Bools,
    rng: np.random.Generator,
) -> Receipts:
    """All receipts; none lasts longer than the person's stay. ``alone``: children for whom nobody able cares."""
    rural = homes.rural[people.home]
    parts = [
        *_pensions(people, work, rural, rng),
        *_private(homes, people, supporters, rural, rng),
        *_public(people, condition, alone, rural, rng),
        *_unemployment(people, work, rural, rng),
        *_contributions(people, work, rural),
    ]
    joined = Receipts(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Receipts))
    )
    until = np.minimum(joined.until, stay.leaves[joined.person])
    kept = (joined.since < until) & (joined.since <= history.ends) & (until > history.begins)
    columns = (joined.person, joined.fact, joined.kind, joined.monthly, joined.central, joined.since, until)
    return Receipts(*(values[kept] for values in columns))


def single_receipts(homes: Homes, stay: Stay, history: History, rng: np.random.Generator) -> OneOffs:
    """Damages and proceeds of sales, to heads of households."""
    heads = homes.first[chance(rng, 0.012, homes.first.size)]
    day = history.some_day(rng, heads.size)
    there = (stay.enters[heads] < day) & (day < stay.leaves[heads])
    amount = np.rint(rng.uniform(8_000, 200_000, heads.size)).astype(np.int64) * 100
    return OneOffs(heads[there], amount[there], day[there])


def paid(
    person: Ints, name: str, monthly: Ints, since: Ints | int = BEFORE, until: Ints | int = OPEN, kind: Ints | int = 0,
    central: Ints | int = 0,
) -> Receipts:  # fmt: skip
    """Receipts of one fact, one for each of ``person``."""

    def each(value: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(value, dtype=np.int64), (person.size,))

    fact = np.full(person.size, FACTS.index(name))
    return Receipts(person, fact, each(kind), monthly, each(central), each(since), each(until))


def _yuan_between(rng: np.random.Generator, low: float, high: float, size: int) -> Ints:
    return np.rint(rng.uniform(low, high, size)).astype(np.int64) * 100


def _since_age(people: People, person: Ints, age: int) -> Ints:
    """The month after the birthday."""
    return next_month(birthday(people.born[person], age))


def _pensions(people: People, work: Work, rural: Bools, rng: np.random.Generator) -> list[Receipts]:
    """Pensions of former employees; for other residents of 60 the local part, and the central part apart."""
    size = rural.size
    former = np.flatnonzero(work.retired)
    kind = np.where(chance(rng, np.where(rural[former], 0.3, 0.2)), CIVIL, EMPLOYEE)
    amount = yuan(rng, np.where(rural[former], 2_000.0, 3_000.0), 0.25)
    since = np.where(people.male[former], _since_age(people, former, 60), _since_age(people, former, 55))
    resident = np.flatnonzero((people.age >= 60) & ~work.retired & chance(rng, 0.97, size))
    local = _yuan_between(rng, 15, 90, resident.size) + np.where(people.age[resident] >= 70, 2_000, 0)
    at_sixty = _since_age(people, resident, 60)
    parts = [paid(former, "pension", amount, since, kind=kind)]
    for place, (begins, central) in enumerate(_CENTRAL_FROM):
        low = BEFORE if begins is None else _day(begins)
        high = OPEN if place + 1 == len(_CENTRAL_FROM) else _day(str(_CENTRAL_FROM[place + 1][0]))
        parts.append(
            paid(resident, "pension", local, np.maximum(at_sixty, low), high, RESIDENT, central * 100)
        )
    return parts


def _day(text: str) -> int:
    return int(np.datetime64(text, "D").astype(np.int64))


def _private(
    homes: Homes, people: People, supporters: Supporters, rural: Bools, rng: np.random.Generator
) -> list[Receipts]:
    """Rents, gifts and support from kin outside."""
    size, kind = rural.size, homes.kind[people.home]
    grown, head = people.age >= 18, people.relation == HEAD
    apart = among(kind, [KIND[name] for name in ("old_alone", "old_couple")]) & (people.age >= 60)
    skipped = among(kind, [KIND[name] for name in ("old_and_grandchild", "old_couple_grandchildren")])
    raised = skipped & ~among(people.relation, (HEAD, SPOUSE))
    supported = np.select([apart, raised], [0.80, 0.94], 0.0)
    supported = np.where((kind == KIND["lone_parent"]) & (people.age < 18), 0.35, supported)
    has_kin = np.bincount(supporters.person, minlength=size) > 0
    who = np.flatnonzero(has_kin & chance(rng, supported))
    level = np.where(skipped[who], 1_250.0, np.where(rural[who], 750.0, 920.0))
    support = yuan(rng, level * np.exp(0.3 * homes.fortune[people.home[who]]), 0.5)
    letting = np.flatnonzero(head & chance(rng, np.where(rural, 0.24, 0.07)))
    rent = yuan(rng, np.where(rural[letting], 75.0, 750.0), 0.5)
    in_town = ~rural[letting]

    def few(of: Bools, share: float, name: str, low: float, high: float, kind: int = 0) -> Receipts:
        chosen = np.flatnonzero(of & chance(rng, share, size))
        return paid(chosen, name, _yuan_between(rng, low, high, chosen.size), kind=kind)

    divorced = np.flatnonzero((people.marital == DIVORCED) & (people.age < 60) & chance(rng, 0.05, size))
    return [
        paid(who, "alimony_received", support),
        paid(letting, "property_gross", rent),
        paid(letting[in_town], "property_cost", rent[in_town] // 1_000 * 100),
        paid(divorced, "transfers_paid", _yuan_between(rng, 300, 1_200, divorced.size)),
        few(head, 0.02, "gifts", 40, 420),
        few(grown, 0.002, "compensation", 160, 1_250),
        few(grown, 0.010, "other_income", 25, 330),
        few(people.marital == MARITAL.index("widowed"), 0.02, "survivor_benefit", 330, 750, SURVIVOR),
    ]


def _public(
    people: People, condition: Condition, alone: Bools, rural: Bools, rng: np.random.Generator
) -> list[Receipts]:
    """Payments from the state that the measures leave out of the count."""
    size, age = rural.size, people.age

    def some(of: Bools, share: float) -> Ints:
        return np.flatnonzero(of & chance(rng, share, size))

    orphaned = np.flatnonzero(alone | ((age < 18) & chance(rng, 0.0008, size)))
    scheme = np.where(alone[orphaned] | chance(rng, 0.4, orphaned.size), UNATTENDED, ORPHAN)
    entitled = some(people.male & (age >= 45), 0.012)
    planned = some(rural & (age >= 61), 0.06)
    scholars = some(condition.study >= 4, 0.18)
    away = np.flatnonzero(condition.absence == CONSCRIPT)
    severe = some((condition.grade > 0) & (condition.grade <= 2), _NURSING_REACHED)
    nursing = np.where(condition.grade[severe] == 1, 12_000, 8_000)
    parts = [
        paid(orphaned, "child_allowance", np.full(orphaned.size, 120_000), kind=scheme),
        paid(entitled, "entitled_compensation", _yuan_between(rng, 330, 1_330, entitled.size)),
        paid(planned, "family_planning_award", _yuan_between(rng, 120, 160, planned.size)),
        paid(scholars, "scholarship", _yuan_between(rng, 80, 360, scholars.size)),
        paid(away, "conscript_family_payment", _yuan_between(rng, 750, 1_500, away.size)),
        paid(severe, "disability_subsidy", nursing, kind=NURSING),
    ]
    for low, high, monthly in ((80, 90, 5_000), (90, 100, 10_000), (100, 130, 30_000)):
        old = np.flatnonzero((age >= low) & (age <= high))
        until = _since_age(people, old, high)
        parts.append(
            paid(old, "elder_allowance", np.full(old.size, monthly), _since_age(people, old, low), until)
        )
    return parts


def _unemployment(people: People, work: Work, rural: Bools, rng: np.random.Generator) -> list[Receipts]:
    """Unemployment benefit after an insured job, for half a year to a year."""
    jobs = work.jobs
    ended = np.flatnonzero(jobs.insured & (jobs.until < OPEN) & ~work.works[jobs.person])
    ended = ended[chance(rng, 0.55, ended.size)]
    begins = next_month(jobs.until[ended])
    until = month_start(begins + (rng.uniform(90, 330, ended.size)).astype(np.int64))
    return [
        paid(
            jobs.person[ended],
            "unemployment_benefit",
            _yuan_between(rng, 1_100, 1_600, ended.size),
            begins,
            until,
        )
    ]


def _contributions(people: People, work: Work, rural: Bools) -> list[Receipts]:
    """Social insurance: a tenth of an insured wage, a fixed sum for other grown residents."""
    jobs = work.jobs
    insured = np.flatnonzero(jobs.insured & (jobs.kind == FORMAL))
    share, of = _EMPLOYEE_INSURANCE_SHARE
    wage_part = jobs.monthly[insured] * share // of // 100 * 100
    covered = np.zeros(rural.size, dtype=bool)
    covered[jobs.person[insured]] = True
    others = np.flatnonzero(~covered & (people.age >= 16) & ~(work.retired & ~rural))
    return [
        paid(jobs.person[insured], "transfers_paid", wage_part, jobs.since[insured], jobs.until[insured]),
        paid(others, "transfers_paid", np.full(others.size, _RESIDENT_INSURANCE_MONTH)),
    ]
