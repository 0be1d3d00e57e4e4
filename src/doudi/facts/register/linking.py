"""Which row belongs to which: members to households, supporters to members, assets to households and owners.

A household with any faulty row is left out whole: none may be assessed without one of its members.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.convert import Table
from doudi.facts.register.ids import GroupedIndex, Index
from doudi.facts.rows import too_many
from doudi.facts.values import Fault

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_THREADS = 2


@dataclass(slots=True)
class Links:
    """For each table: the household of each row (−1: of none), its parent, its owner, and whether it is kept.

    All places count the rows of the tables as received. ``owner`` is −1 for the household's own.
    """

    household: dict[str, Places] = field(default_factory=dict)
    parent: dict[str, Places] = field(default_factory=dict)
    owner: dict[str, Places] = field(default_factory=dict)
    kept: dict[str, Mask] = field(default_factory=dict)


def link(tables: Mapping[str, Table]) -> Links:
    """Link all tables, add the faults of structure, and say which rows are kept."""
    households, persons = tables["household"], tables["person"]
    household_ids = Index(households.frame["household_id"])
    members = household_ids.places(persons.frame["household_id"])
    person_ids = GroupedIndex(persons.frame["person_id"], members)
    links = Links()
    links.household["household"] = np.arange(households.height, dtype=np.int64)
    links.parent["person"] = links.household["person"] = members
    _unique_households(households, household_ids)
    _unique_persons(persons, person_ids, members)
    _heads(households, persons, members)
    _check_parents(persons, members)
    others = [name for name in tables if name not in ("household", "person")]
    with ThreadPoolExecutor(_THREADS) as threads:
        found = threads.map(lambda name: _link_one(tables[name], household_ids, person_ids), others)
        for name, (parent, household, owner) in zip(others, found, strict=True):
            links.parent[name], links.household[name] = parent, household
            if owner is not None:
                links.owner[name] = owner
    _keep(tables, links)
    return links


def _link_one(table: Table, households: Index, persons: GroupedIndex) -> tuple[Places, Places, Places | None]:
    """The parent, the household and, where it may have one, the owner of each row of a table."""
    owner = None
    if table.source.entity.parent == "person":
        parent = persons.places(table.frame["person_id"])
        household = _through(parent, persons.group)
    else:
        parent = household = households.places(table.frame["household_id"])
        owner = _owners(table, household, persons)
    _check_parents(table, parent)
    return parent, household, owner


def _check_parents(table: Table, parent: Places) -> None:
    _dangling(table, parent)
    _crowded(table, parent)


def _through(places: Places, values: Places) -> Places:
    return (
        np.where(places >= 0, values[places], -1) if len(values) else np.full(len(places), -1, dtype=np.int64)
    )


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
    relation = persons.frame["relation"]
    head = (relation == 0).fill_null(False).to_numpy() & (household >= 0)
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


def _owners(table: Table, household: Places, persons: GroupedIndex) -> Places:
    if "person_id" not in table.headings:
        return np.full(table.height, -1, dtype=np.int64)
    wanted = table.frame["person_id"]
    owner = persons.places_within(wanted, household)
    elsewhere = (owner >= 0) & (_through(owner, persons.group) != household)
    nobody = wanted.is_not_null().to_numpy() & (owner < 0)
    table.faults.add(table.headings["person_id"], np.flatnonzero(nobody), _NO_SUCH_PERSON)
    table.faults.add(table.headings["person_id"], np.flatnonzero(elsewhere), _OF_ANOTHER_HOUSEHOLD)
    return owner


def _dangling(table: Table, parent: Places) -> None:
    column = table.source.entity.links[0].column
    dangling = np.flatnonzero((parent < 0) & table.frame[column].is_not_null().to_numpy())
    fault = _NO_SUCH_HOUSEHOLD if table.source.entity.parent == "household" else _NO_SUCH_PERSON
    table.faults.add(table.headings[column], dangling, fault)


def _crowded(table: Table, parent: Places) -> None:
    known = parent >= 0
    counts = np.bincount(parent[known])
    if len(counts) and counts.max() > table.source.entity.at_most:
        crowded = np.flatnonzero(known & (counts[parent] > table.source.entity.at_most))
        column = table.source.entity.links[0].column
        table.faults.add(table.headings[column], crowded, too_many(table.source.entity))


def _keep(tables: Mapping[str, Table], links: Links) -> None:
    spoilt = np.zeros(tables["household"].height, dtype=np.bool_)
    faulty = {name: table.faults.mask() for name, table in tables.items()}
    for name, mask in faulty.items():
        places = links.household[name][mask]
        spoilt[places[places >= 0]] = True
    for name, mask in faulty.items():
        household = links.household[name]
        links.kept[name] = ~mask & (household >= 0) & ~_through_mask(household, spoilt)


def _through_mask(household: Places, spoilt: Mask) -> Mask:
    return spoilt[household] if len(spoilt) else np.zeros(len(household), dtype=np.bool_)


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
