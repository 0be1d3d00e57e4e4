"""Which row belongs to which: members to households, supporters to members, assets to households and owners.

A household with any faulty row is left out whole: none may be assessed without one of its members. A faulty row that
names an owner may be of the owner's household, whatever household it is filed under: that is left out too.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.convert import Table
from doudi.facts.register.ids import Index
from doudi.facts.register.matching import Matches, through
from doudi.facts.rows import too_many
from doudi.facts.values import Fault

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Links:
    """For each table: the household of each row (−1: of none), its parent, its owner, and whether it is kept.

    All places count the rows of the tables as received. ``owner`` is −1 for the household's own.
    """

    household: Mapping[str, Places]
    parent: Mapping[str, Places]
    owner: Mapping[str, Places]
    kept: Mapping[str, Mask]


def link(tables: Mapping[str, Table], matches: Matches, threads: ThreadPoolExecutor) -> Links:
    """Add the faults of structure, and say which rows are kept."""
    members = threads.submit(_check_members, tables["household"], tables["person"], matches)
    below = (name for name in matches.parent if name != "person")
    list(threads.map(lambda name: _check_parents(tables[name], matches), below))
    members.result()
    return Links(matches.household, matches.parent, matches.owner, _kept(tables, matches))


def _check_members(households: Table, persons: Table, matches: Matches) -> None:
    members = matches.household["person"]
    _unique_households(households, matches.households)
    _unique_persons(persons, matches.persons, members)
    _heads(households, persons, members)
    _check_parents(persons, matches)


def _check_parents(table: Table, matches: Matches) -> None:
    name = table.source.entity.name
    if name in matches.owner:
        _check_owners(table, matches)
    _dangling(table, matches.parent[name])
    _crowded(table, matches.parent[name])


def _unique_households(households: Table, ids: Index) -> None:
    if not ids.different:
        heading = households.headings["household_id"]
        households.faults.add(heading, ids.repeated(), _HOUSEHOLD_TWICE)


def _unique_persons(persons: Table, ids: Index, household: Places) -> None:
    if ids.different:
        return
    twice = ids.repeated()
    found = pl.DataFrame({"place": twice, "id": ids.ids.gather(twice), "household": household[twice]})
    several = found.select(pl.col("household").n_unique().over("id") > 1).to_series().to_numpy()
    heading = persons.headings["person_id"]
    persons.faults.add(heading, twice[several], _IN_TWO_HOUSEHOLDS)
    persons.faults.add(heading, twice[~several], _PERSON_TWICE)


def _heads(households: Table, persons: Table, household: Places) -> None:
    relation = persons.given["relation"]
    head = (relation.values == 0) & (household >= 0)
    if relation.unknown is not None:
        head &= ~relation.unknown
    counts = np.bincount(household[head], minlength=households.height)
    if (counts == 1).all():
        return
    persons.faults.add(
        persons.headings["relation"], np.flatnonzero(head & (counts[household] > 1)), _TWO_HEADS
    )
    faulty = household[persons.faults.mask() & (household >= 0)]
    headless = (counts == 0) & ~households.faults.mask()
    headless[faulty] = False
    households.faults.add(households.headings["household_id"], np.flatnonzero(headless), _NO_HEAD)


def _check_owners(table: Table, matches: Matches) -> None:
    if "person_id" not in table.headings:
        return
    name = table.source.entity.name
    owner, household = matches.owner[name], matches.household[name]
    nowhere = np.flatnonzero(owner < 0)
    named = nowhere[table.frame["person_id"].gather(nowhere).is_not_null().to_numpy()]
    elsewhere = np.flatnonzero(
        (owner >= 0) & (household >= 0) & (through(owner, matches.persons.group) != household)
    )
    table.faults.add(table.headings["person_id"], named, _NO_SUCH_PERSON)
    table.faults.add(table.headings["person_id"], elsewhere, _OF_ANOTHER_HOUSEHOLD)


def _dangling(table: Table, parent: Places) -> None:
    column = table.source.entity.links[0].column
    nowhere = np.flatnonzero(parent < 0)
    dangling = nowhere[table.frame[column].gather(nowhere).is_not_null().to_numpy()]
    fault = _NO_SUCH_HOUSEHOLD if table.source.entity.parent == "household" else _NO_SUCH_PERSON
    table.faults.add(table.headings[column], dangling, fault)


def _crowded(table: Table, parent: Places) -> None:
    known = parent >= 0
    counts = np.bincount(parent if known.all() else parent[known])
    if len(counts) and counts.max() > table.source.entity.at_most:
        crowded = np.flatnonzero(known & (counts[parent] > table.source.entity.at_most))
        column = table.source.entity.links[0].column
        table.faults.add(table.headings[column], crowded, too_many(table.source.entity))


def _kept(tables: Mapping[str, Table], matches: Matches) -> dict[str, Mask]:
    household = matches.household
    spoilt = np.zeros(tables["household"].height + 1, dtype=np.bool_)
    for name, table in tables.items():
        faulty = np.flatnonzero(table.faults.mask())
        spoilt[household[name][faulty]] = True
        if name in matches.owner:
            spoilt[through(matches.owner[name][faulty], matches.persons.group)] = True
    spoilt[-1] = True
    if not spoilt[:-1].any():
        return {name: household[name] >= 0 for name in tables}
    return {name: ~spoilt[household[name]] for name in tables}


_HOUSEHOLD_TWICE = Fault(
    "fact.duplicate_id", "家庭编号重复", "a household id is used twice",
    "合并或改成不同的编号", "merge the rows or choose another id",
)  # fmt: skip
_PERSON_TWICE = Fault(
    "fact.duplicate_id", "成员编号重复", "a person id is used twice",
    "删去重复的行或改成不同的编号", "remove the repeated row or choose another id",
)  # fmt: skip
_IN_TWO_HOUSEHOLDS = Fault(
    "fact.two_households", "同一成员在两个家庭", "a member is in two households",
    "只保留其共同生活的家庭", "keep the household that the person lives in",
)  # fmt: skip
_TWO_HEADS = Fault(
    "fact.two_heads", "户主多于一名", "more than one head",
    "只留一名户主，其余改写与户主关系", "keep one head and correct the others",
)  # fmt: skip
_NO_HEAD = Fault(
    "fact.no_head", "没有户主", "no head of the household",
    "补登户主，或把一名成员改为户主", "add the head or make one member the head",
)  # fmt: skip
_NO_SUCH_HOUSEHOLD = Fault(
    "fact.dangling", "家庭表中没有这个编号", "the table of households does not have this id",
    "改正编号或补登家庭", "correct the id or add the household",
)  # fmt: skip
_NO_SUCH_PERSON = Fault(
    "fact.dangling", "成员表中没有这个编号", "the table of persons does not have this id",
    "改正编号或补登成员", "correct the id or add the person",
)  # fmt: skip
_OF_ANOTHER_HOUSEHOLD = Fault(
    "fact.dangling", "这名成员属于另一个家庭", "this person belongs to another household",
    "改成本户成员的编号", "use the id of a member of this household",
)  # fmt: skip
