"""The tables of a world from the arrays of one block."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from doudi.population import truth_aid, truth_money
from doudi.population.block import Block
from doudi.population.composition import CHILD, MARITAL, NOBODY, PARENT, RELATIONS, SPOUSE
from doudi.population.condition import ABILITIES, ABSENCES, DISABILITIES, ILLNESSES, STUDIES
from doudi.population.days import BEFORE, OPEN, column, spell
from doudi.population.departures import (
    BEGAN,
    BY_MARRIAGE,
    DEATH,
    ENDED,
    MARRIED,
    MOVE_OUT,
    NEW_RELATION,
    OLD_RELATION,
    RESIDENT,
    SINGLE,
    TO_MARRIAGE,
)
from doudi.population.draw import Ints, chance
from doudi.population.lives import Lives
from doudi.population.names import VILLAGES, addresses, personal_names, village_names, villages
from doudi.population.truth_ids import Columns, Ids, codes, digits, only
from doudi.population.world import SCHEMAS

AREAS = ("urban", "rural")
_UNSAFE_HOUSE, _UNSAFE_WATER = 0.008, 0.004


def tables(block: Block) -> dict[str, pl.DataFrame]:
    """All tables of the block; ``persons`` still without id numbers, which must differ over the whole county."""
    lives, ids = block.lives, Ids(block.lives)
    of_lives = {name: make(lives, ids) for name, make in _OF_LIVES.items()}
    made = of_lives | {make.__name__: make(block, ids) for make in _OF_AID}
    return {name: _frame(name, made[name]) for name in SCHEMAS}


def _frame(name: str, values: Columns) -> pl.DataFrame:
    """The columns of the schema, without spells that ended before they began."""
    schema = {column: kind for column, kind in SCHEMAS[name].items() if column in values}
    frame = pl.DataFrame({column: values[column] for column in schema})
    wrong = [pl.col(column).cast(kind) for column, kind in schema.items() if frame.schema[column] != kind]
    if wrong:
        frame = frame.with_columns(wrong)
    if "since" in values and (frame["since"] >= frame["until"]).any():
        frame = frame.filter(~(pl.col("since") >= pl.col("until")).fill_null(False))
    return frame


def _persons(lives: Lives, ids: Ids) -> Columns:
    people, stay = lives.people, lives.stay
    return {
        "person_id": ids.persons,
        "name": personal_names(lives.homes, people, lives.stream("names")),
        "sex": codes(("female", "male"), people.male.astype(np.int64)),
        "born": column(people.born),
        "died_on": column(stay.leaves, stay.ended != DEATH),
        "mother_id": ids.person(stay.mother),
        "father_id": ids.person(stay.father),
    }


def _households(lives: Lives, ids: Ids) -> Columns:
    homes, rng = lives.homes, lives.stream("households")
    number = villages(homes, lives.county.households_per_village, lives.number, rng)
    village = village_names(lives.number)[number - lives.number * VILLAGES]
    size = homes.size.size
    return {
        "household_id": ids.homes,
        "booklet": pl.Series(number + 100_000).cast(pl.String) + digits(np.arange(1, size + 1), 6),
        "area": codes(AREAS, homes.rural.astype(np.int64)),
        "village": village,
        "address": addresses(village, rng),
        "safe_housing": ~chance(rng, _UNSAFE_HOUSE, size),
        "safe_water": ~chance(rng, _UNSAFE_WATER, size),
    }


def _memberships(lives: Lives, ids: Ids) -> Columns:
    """One spell for each person, another before it for those who lived elsewhere in the county or were not yet head."""
    people, stay = lives.people, lives.stay
    rows, led = np.arange(people.home.size), np.flatnonzero(stay.led > BEFORE)
    moved = np.flatnonzero(stay.origin >= 0)
    became_head = stay.led > BEFORE
    by_marriage = stay.began[moved] == BY_MARRIAGE
    before = np.full(moved.size, BEFORE)

    def joined(earlier: Ints, present: Ints, as_spouse: Ints) -> Ints:
        return np.concatenate((earlier, present, as_spouse))

    person = joined(moved, rows, led)
    return {
        "person_id": ids.person(person),
        "household_id": ids.home(joined(stay.origin[moved], people.home, people.home[led])),
        "relation": codes(
            RELATIONS,
            joined(np.where(by_marriage, CHILD, PARENT), people.relation, np.full(led.size, SPOUSE)),
        ),
        **spell(
            joined(before, np.where(became_head, stay.led, stay.enters), stay.enters[led]),
            joined(stay.enters[moved], stay.leaves, stay.led[led]),
        ),
        "began": codes(
            BEGAN,
            joined(
                np.full(moved.size, RESIDENT),
                np.where(became_head, NEW_RELATION, stay.began),
                stay.began[led],
            ),
        ),
        "ended": codes(
            ENDED,
            joined(np.where(by_marriage, TO_MARRIAGE, MOVE_OUT), stay.ended, np.full(led.size, OLD_RELATION)),
        ),
        "on_booklet": stay.on_booklet[person],
        "shares_means": stay.shares_means[person],
    }


def _marriages(lives: Lives, ids: Ids) -> Columns:
    """Single until the wedding, married, widowed or divorced afterwards."""
    people, stay = lives.people, lives.stay
    size = people.home.size
    rows = np.arange(size)
    marital = np.where((people.partner >= 0) & (stay.parted == OPEN), MARRIED, people.marital)
    was_married = (stay.parted < OPEN) & (people.partner >= 0)
    dead = stay.ended == DEATH
    last = np.where(was_married & dead, MARRIED, marital)
    before = np.flatnonzero(stay.wed > BEFORE)
    ended = np.flatnonzero(was_married & ~dead)
    since = np.maximum(stay.wed, np.where(was_married & ~dead, stay.parted, BEFORE))
    partner = np.where((last == MARRIED) & (people.partner >= 0), people.partner, NOBODY)
    return {
        "person_id": ids.person(np.concatenate((rows, before, ended))),
        "marital": codes(
            MARITAL, np.concatenate((last, np.full(before.size, SINGLE), np.full(ended.size, MARRIED)))
        ),
        "spouse_id": ids.person(
            np.concatenate((partner, np.full(before.size, NOBODY), people.partner[ended]))
        ),
        **spell(
            np.concatenate((since, np.full(before.size, BEFORE), stay.wed[ended])),
            np.concatenate((stay.leaves, stay.wed[before], stay.parted[ended])),
        ),
    }


def _studies(lives: Lives, ids: Ids) -> Columns:
    table = lives.studies
    return {
        "person_id": ids.person(table.person),
        "study": codes(STUDIES, table.study),
        "full_time": table.full_time,
        "school": _school_names(table.study, table.person),
        "student_number": "G999901" + digits(lives.number * 100_000 + table.person + 1, 10),
        "fees": table.fees,
        **spell(table.since, table.until),
    }


_PLACES = ("第一", "第二", "第三", "城关", "柳林", "石桥", "永丰", "清泉")
_SCHOOLS = (
    "",
    "幼儿园",
    "小学",
    "初级中学",
    "高级中学",
    "职业中等专业学校",
    "职业技术学院",
    "大学",
    "大学研究生院",
)


def _school_names(study: Ints, person: Ints) -> pl.Series:
    names = pl.Series([f"演示县{place}{school}" for place in _PLACES for school in _SCHOOLS])
    return names[person // 400 % len(_PLACES) * len(_SCHOOLS) + study]


def _disabilities(lives: Lives, ids: Ids) -> Columns:
    condition, rng = lives.condition, lives.stream("certificates")
    rows = np.flatnonzero(condition.grade > 0)
    certified = chance(rng, 0.82, rows.size)
    number = digits(lives.number * 100_000 + np.arange(rows.size) + 1, 8)
    since = condition.disabled_since[rows]
    component = condition.component[rows]
    return {
        "person_id": ids.person(rows),
        "disability": codes(DISABILITIES, condition.disability[rows]),
        "grade": condition.grade[rows],
        "component": codes(DISABILITIES, component),
        "component_grade": np.where(component > 0, condition.grade[rows], 0),
        "certificate": only("9999" + number, certified),
        **spell(since, lives.stay.leaves[rows]),
    }


def _illnesses(lives: Lives, ids: Ids) -> Columns:
    condition = lives.condition
    rows = np.flatnonzero(condition.illness > 0)
    return {
        "person_id": ids.person(rows),
        "illness": codes(ILLNESSES, condition.illness[rows]),
        **spell(condition.ill_since[rows], lives.stay.leaves[rows]),
    }


def _absences(lives: Lives, ids: Ids) -> Columns:
    condition = lives.condition
    rows = np.flatnonzero((condition.absence > 0) & lives.stay.here)
    return {
        "person_id": ids.person(rows),
        "absence": codes(ABSENCES, condition.absence[rows]),
        **spell(condition.away_since[rows], np.full(rows.size, OPEN)),
    }


def _abilities(lives: Lives, ids: Ids) -> Columns:
    condition = lives.condition
    return {
        "person_id": ids.persons,
        "can_work": condition.can_work,
        "no_civil_capacity": condition.of_mind & (condition.grade <= 2) & (lives.people.age >= 18),
        **{name: np.ascontiguousarray(condition.abilities[:, place]) for place, name in enumerate(ABILITIES)},
    }


_OF_LIVES: dict[str, Callable[[Lives, Ids], Columns]] = {
    "persons": _persons,
    "households": _households,
    "memberships": _memberships,
    "marriages": _marriages,
    "studies": _studies,
    "disabilities": _disabilities,
    "illnesses": _illnesses,
    "absences": _absences,
    "abilities": _abilities,
    "jobs": truth_money.jobs,
    "receipts": truth_money.receipts,
    "one_offs": truth_money.one_offs,
    "owned": truth_money.owned,
    "bills": truth_money.bills,
    "expenses": truth_money.expenses,
    "supporters": truth_money.supporters,
}
_OF_AID = (
    truth_aid.holdings,
    truth_aid.temporary_aid,
    truth_aid.monitored,
    truth_aid.incidents,
    truth_aid.planted,
)
