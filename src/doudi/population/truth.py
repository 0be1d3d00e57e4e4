"""The tables of a world from the arrays of one block."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from doudi.population import truth_aid, truth_money
from doudi.population.block import Block
from doudi.population.composition import MARITAL, NOBODY, RELATIONS, SPOUSE
from doudi.population.condition import ABILITIES, ABSENCES, DISABILITIES, ILLNESSES, STUDIES
from doudi.population.days import BEFORE, OPEN, column, spell
from doudi.population.departures import (
    BEGAN,
    DEATH,
    ENDED,
    MARRIED,
    NEW_RELATION,
    OLD_RELATION,
    SINGLE,
)
from doudi.population.draw import Ints, chance
from doudi.population.names import VILLAGES, addresses, personal_names, village_names, villages
from doudi.population.truth_ids import Columns, Ids, codes, only
from doudi.population.world import SCHEMAS

AREAS = ("urban", "rural")
_UNSAFE_HOUSE, _UNSAFE_WATER = 0.008, 0.004


def tables(block: Block) -> dict[str, pl.DataFrame]:
    """All tables of the block; ``persons`` still without id numbers, which must differ over the whole county."""
    ids = Ids(block)
    return {name: _frame(name, make(block, ids)) for name, make in _TABLES.items()}


def _frame(name: str, values: Columns) -> pl.DataFrame:
    """The columns of the schema, without spells that ended before they began."""
    schema = {column: kind for column, kind in SCHEMAS[name].items() if column in values}
    frame = pl.DataFrame({column: values[column] for column in schema})
    wrong = [pl.col(column).cast(kind) for column, kind in schema.items() if frame.schema[column] != kind]
    if wrong:
        frame = frame.with_columns(wrong)
    if "since" in values:
        frame = frame.filter(~(pl.col("since") >= pl.col("until")).fill_null(False))
    return frame


def _persons(block: Block, ids: Ids) -> Columns:
    people, stay = block.people, block.stay
    return {
        "person_id": ids.persons,
        "name": personal_names(block.homes, people, block.stream("names")),
        "sex": codes(("female", "male"), people.male.astype(np.int64)),
        "born": column(people.born),
        "died_on": column(stay.leaves, stay.ended != DEATH),
        "mother_id": ids.person(stay.mother),
        "father_id": ids.person(stay.father),
    }


def _households(block: Block, ids: Ids) -> Columns:
    homes, rng = block.homes, block.stream("households")
    number = villages(homes, block.county.households_per_village, block.number, rng)
    village = village_names(block.number).gather(number - block.number * VILLAGES)
    size = homes.size.size
    return {
        "household_id": ids.homes,
        "booklet": pl.Series(number + 100_000).cast(pl.String)
        + pl.int_range(1, size + 1, eager=True).cast(pl.String).str.zfill(6),
        "area": codes(AREAS, homes.rural.astype(np.int64)),
        "village": village,
        "address": addresses(village, rng),
        "safe_housing": ~chance(rng, _UNSAFE_HOUSE, size),
        "safe_water": ~chance(rng, _UNSAFE_WATER, size),
    }


def _memberships(block: Block, ids: Ids) -> Columns:
    """One spell for each person, two for those who became head of the household on the way."""
    people, stay = block.people, block.stay
    size = people.home.size
    led = np.flatnonzero(stay.led > BEFORE)
    rows = np.concatenate((np.arange(size), led))
    since = np.where(stay.led > BEFORE, stay.led, stay.enters)
    began = np.where(stay.led > BEFORE, NEW_RELATION, stay.began)
    return {
        "person_id": ids.person(rows),
        "household_id": ids.home(people.home[rows]),
        "relation": codes(RELATIONS, np.concatenate((people.relation, np.full(led.size, SPOUSE)))),
        **spell(np.concatenate((since, stay.enters[led])), np.concatenate((stay.leaves, stay.led[led]))),
        "began": codes(BEGAN, np.concatenate((began, stay.began[led]))),
        "ended": codes(ENDED, np.concatenate((stay.ended, np.full(led.size, OLD_RELATION)))),
        "on_booklet": stay.on_booklet[rows],
        "shares_means": stay.shares_means[rows],
    }


def _marriages(block: Block, ids: Ids) -> Columns:
    """Single until the wedding, married, widowed or divorced afterwards."""
    people, stay = block.people, block.stay
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


def _studies(block: Block, ids: Ids) -> Columns:
    table = block.studies
    number = pl.Series(block.number * 100_000 + table.person + 1).cast(pl.String).str.zfill(10)
    return {
        "person_id": ids.person(table.person),
        "study": codes(STUDIES, table.study),
        "full_time": table.full_time,
        "school": "演示县" + _school_names(table.study, table.person),
        "student_number": "G999901" + number,
        "fees": table.fees,
        **spell(table.since, table.until),
    }


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
    place = pl.Series(["第一", "第二", "第三", "城关", "柳林", "石桥", "永丰", "清泉"]).gather(
        person // 400 % 8
    )
    return place + pl.Series(_SCHOOLS).gather(study)


def _disabilities(block: Block, ids: Ids) -> Columns:
    condition, rng = block.condition, block.stream("certificates")
    rows = np.flatnonzero(condition.grade > 0)
    certified = chance(rng, 0.82, rows.size)
    number = pl.Series(block.number * 100_000 + np.arange(rows.size) + 1).cast(pl.String).str.zfill(8)
    since = condition.disabled_since[rows]
    component = condition.component[rows]
    return {
        "person_id": ids.person(rows),
        "disability": codes(DISABILITIES, condition.disability[rows]),
        "grade": condition.grade[rows],
        "component": codes(DISABILITIES, component),
        "component_grade": np.where(component > 0, condition.grade[rows], 0),
        "certificate": only("9999" + number, certified),
        **spell(since, block.stay.leaves[rows]),
    }


def _illnesses(block: Block, ids: Ids) -> Columns:
    condition = block.condition
    rows = np.flatnonzero(condition.illness > 0)
    return {
        "person_id": ids.person(rows),
        "illness": codes(ILLNESSES, condition.illness[rows]),
        **spell(condition.ill_since[rows], block.stay.leaves[rows]),
    }


def _absences(block: Block, ids: Ids) -> Columns:
    condition = block.condition
    rows = np.flatnonzero((condition.absence > 0) & block.stay.here)
    return {
        "person_id": ids.person(rows),
        "absence": codes(ABSENCES, condition.absence[rows]),
        **spell(condition.away_since[rows], np.full(rows.size, OPEN)),
    }


def _abilities(block: Block, ids: Ids) -> Columns:
    condition = block.condition
    return {
        "person_id": ids.persons,
        "can_work": condition.can_work,
        "no_civil_capacity": condition.of_mind & (condition.grade <= 2) & (block.people.age >= 18),
        **{name: np.ascontiguousarray(condition.abilities[:, place]) for place, name in enumerate(ABILITIES)},
    }


_TABLES: dict[str, Callable[[Block, Ids], Columns]] = {
    "persons": _persons,
    "households": _households,
    "memberships": _memberships,
    "marriages": _marriages,
    "studies": _studies,
    "disabilities": _disabilities,
    "illnesses": _illnesses,
    "absences": _absences,
    "abilities": _abilities,
    **{
        make.__name__: make
        for make in (
            truth_money.jobs,
            truth_money.receipts,
            truth_money.one_offs,
            truth_money.owned,
            truth_money.bills,
            truth_money.expenses,
            truth_money.supporters,
            truth_aid.holdings,
            truth_aid.temporary_aid,
            truth_aid.monitored,
            truth_aid.incidents,
            truth_aid.planted,
        )
    },
}
