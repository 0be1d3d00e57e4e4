"""Which row belongs to which: members to households, supporters to members, assets to households and owners.

A household with any faulty row is left out whole: none may be assessed without one of its members.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.convert import Table
from doudi.facts.rows import too_many
from doudi.facts.values import Fault

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


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
    links = Links()
    count = households.height
    links.household["household"] = np.arange(count, dtype=np.int64)
    _unique_households(households)
    links.parent["person"] = links.household["person"] = _members(households, persons)
    _unique_persons(persons, links.household["person"])
    _heads(households, persons, links.household["person"])
    for name, table in tables.items():
        if name in ("household", "person"):
            continue
        if table.source.entity.parent == "person":
            parent = _places(table.frame["person_id"], persons.frame["person_id"])
            links.parent[name] = parent
            links.household[name] = _through(parent, links.household["person"])
        else:
            links.parent[name] = links.household[name] = _places(
                table.frame["household_id"], households.frame["household_id"]
            )
            links.owner[name] = _owners(table, links.household[name], persons, links.household["person"])
    for name, table in tables.items():
        if name != "household":
            _dangling(table, links.parent[name])
            _crowded(table, links.parent[name])
    _keep(tables, links, count)
    return links


def _members(households: Table, persons: Table) -> Places:
    """The household of each person. Where persons lie in the order of their households no search is needed."""
    ids, wanted = households.frame["household_id"], persons.frame["household_id"]
    if not wanted.null_count() and len(wanted):
        starts = (wanted != wanted.shift(1)).fill_null(True)
        runs = wanted.filter(starts)
        if len(runs) == len(ids) and bool((runs == ids).all()):
            return starts.cum_sum().to_numpy().astype(np.int64) - 1
    return _places(wanted, ids)


def _all_different(ids: pl.Series) -> bool:
    """Whether no id stands twice; nulls are not looked at. Ids in rising order need no search."""
    if not ids.null_count() and bool((ids[1:] > ids[:-1]).all()):
        return True
    return ids.drop_nulls().n_unique() == len(ids) - ids.null_count()


def _places(wanted: pl.Series, ids: pl.Series) -> Places:
    """Where each wanted id stands first among ``ids``; −1 where it does not, or is null."""
    index = pl.DataFrame({"id": ids}).with_row_index("place").drop_nulls()
    if not _all_different(ids):
        index = index.unique("id", keep="first")
    found = pl.DataFrame({"id": wanted}).join(index, on="id", how="left", maintain_order="left")
    return found["place"].cast(pl.Int64).fill_null(-1).to_numpy()


def _through(places: Places, values: Places) -> Places:
    return (
        np.where(places >= 0, values[places], -1) if len(values) else np.full(len(places), -1, dtype=np.int64)
    )


def _unique_households(households: Table) -> None:
    ids = households.frame["household_id"]
    if not _all_different(ids):
        twice = ids.is_duplicated() & ids.is_not_null()
        households.faults.add(
            households.headings["household_id"], twice.arg_true().to_numpy(), _HOUSEHOLD_TWICE
        )


def _unique_persons(persons: Table, household: Places) -> None:
    ids = persons.frame["person_id"]
    if _all_different(ids):
        return
    twice = (ids.is_duplicated() & ids.is_not_null()).arg_true().to_numpy()
    found = pl.DataFrame({"place": twice, "id": ids.gather(twice), "household": household[twice]})
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


def _owners(table: Table, household: Places, persons: Table, household_of_person: Places) -> Places:
    if "person_id" not in table.headings:
        return np.full(table.height, -1, dtype=np.int64)
    wanted = table.frame["person_id"]
    owner = _places(wanted, persons.frame["person_id"])
    elsewhere = (owner >= 0) & (_through(owner, household_of_person) != household)
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


def _keep(tables: Mapping[str, Table], links: Links, count: int) -> None:
    spoilt = np.zeros(count, dtype=np.bool_)
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
