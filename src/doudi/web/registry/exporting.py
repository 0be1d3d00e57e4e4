"""The registry's folder (``evidence.registry``) with what people changed here, so that the next build knows it.

What nobody changed stays row by row as it is in the folder that the last build read. Phone numbers and accounts are not part
of it: no load touches them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Q

from doudi.evidence.registry import DECLARED_ON, HOUSEHOLDS, IDENTITIES
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.errors import Problem, Problems
from doudi.web.accounts.models.region import Level, prefix_of
from doudi.web.audit import record
from doudi.web.database.scope import Scope, acting_as
from doudi.web.registry.counties import known_county
from doudi.web.registry.errors import LoadError
from doudi.web.registry.models import Household, Membership, Person, State

_FIELD = "id_number"


def export_registry(target: Path, source: Path, region: str) -> dict[str, int]:
    """Write ``source`` with what was changed in the county ``region`` to the new folder ``target``; how many rows of what.

    The folder appears whole or not at all, readable by its owner alone: it holds id numbers. The export is recorded.

    Raises:
        LoadError: tables are missing in ``source``, ``target`` exists, or there is no such county.
        VaultError: an id number cannot be opened.
    """
    _check(target, source)
    county = prefix_of(known_county(region).code)
    with acting_as(Scope("system", county)), transaction.atomic():
        homes, people = _households(county), _people(county)
        staged = target.with_name(f".{target.name}.new")
        shutil.rmtree(staged, ignore_errors=True)
        (staged / "declared").mkdir(mode=0o700, parents=True)
        staged.chmod(0o700)
        before = {name: pl.read_parquet(source / f"{name}.parquet") for name in ("identities", "households")}
        told = _needed(people, before["identities"])
        _with_changed_people(before["identities"], told).write_parquet(staged / "identities.parquet")
        _with_changed_homes(before["households"], homes).write_parquet(staged / "households.parquet")
        _declared(source / "declared", staged / "declared", told)
        counts = {"identities": told.height, "households": homes.height}
        record("registry.export", ("registry.household", ""), region=county.ljust(12, "0"), details=counts)
        os.rename(staged, target)
    return counts


def _check(target: Path, source: Path) -> None:
    problems = Problems()
    for name in ("identities", "households"):
        if not (source / f"{name}.parquet").exists():
            problems.add(Problem("export.no_table", "登记数据缺少这个表", "a table of the registry is missing",
                                 "核对 --registry", "check --registry", file=str(source / f"{name}.parquet")))  # fmt: skip
    if target.exists():
        problems.add(Problem("export.exists", "目标文件夹已经存在", "the folder exists already", "换一个名称",
                             "name another one", file=str(target)))  # fmt: skip
    problems.raise_as(LoadError)


def _households(county: str) -> pl.DataFrame:
    """The households that somebody changed."""
    changed = Household.objects.filter(county=county, changed_on__isnull=False).select_related(
        "region__parent"
    )
    rows = [
        (each.number, each.area or None, _village(each), each.address or None)
        for each in changed.order_by("number")
    ]
    return pl.DataFrame(rows, schema=dict(HOUSEHOLDS), orient="row")


def _village(home: Household) -> str | None:
    """A village after its township, as departments write it."""
    region = home.region
    return f"{region.parent.name}{region.name}" if region.level == Level.VILLAGE else home.village or None


def _people(county: str) -> pl.DataFrame:
    """Everybody whom somebody changed, and all members of the households that somebody changed; ``changed`` tells whom."""
    touched = Q(changed_on__isnull=False) | Q(household__changed_on__isnull=False)
    people = Person.objects.filter(touched, county=county, household__isnull=False).order_by("number")
    found = list(people.select_related("household__region__parent"))
    last = _last_memberships(found)
    rows = [(*_identity(person, last.get(person.pk)), person.changed_on is not None) for person in found]
    return pl.DataFrame(rows, schema={**IDENTITIES, "changed": pl.Boolean()}, orient="row")


def _last_memberships(people: Iterable[Person]) -> dict[int, Membership]:
    rows = Membership.objects.filter(person__in=[each.pk for each in people]).order_by("pk")
    return {row.person_id: row for row in sorted(rows, key=lambda row: (row.until is None, row.pk))}


def _identity(person: Person, last: Membership | None) -> tuple[Any, ...]:
    ended = person.ended_on if person.state in (State.DIED, State.LEFT) else None
    return (
        person.number, person.household.number, last.relation if last else None, person.plain(_FIELD) or None,
        person.name or None, person.sex or None, person.born, _village(person.household), last.since if last else None,
        ended,
    )  # fmt: skip


def _needed(people: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
    """Whoever was changed, and whoever the folder does not have."""
    known = people["person_id"].is_in(identities["person_id"].implode())
    return people.filter(pl.col("changed") | ~known).drop("changed")


def _with_changed_people(identities: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Earlier rows of a person stay; one that begins when the new one does, or later, gives way to it."""
    since = told.select("person_id", _since="since", _told=pl.lit(True))
    known = identities.join(since, on="person_id", how="left", maintain_order="left")
    earlier = (pl.col("since").is_null() & pl.col("_since").is_not_null()) | (
        pl.col("since") < pl.col("_since")
    )
    kept = known.filter(pl.col("_told").is_null() | earlier.fill_null(False)).drop("_since", "_told")
    return pl.concat([kept, told], how="diagonal_relaxed").select(identities.columns)


def _with_changed_homes(households: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    kept = households.join(homes, on="household_id", how="anti", maintain_order="left")
    return pl.concat([kept, homes], how="diagonal_relaxed").select(households.columns)


def _declared(source: Path, target: Path, told: pl.DataFrame) -> None:
    """What was declared, each row with its day, in the household to which its person belongs now."""
    tables = {
        entity.table: pl.read_parquet(path)
        for entity in Vocabulary.load().entities.values()
        if (path := source / f"{entity.table}.parquet").exists()
    }
    if "households" not in tables:
        return
    days = tables["households"].select("household_id", DECLARED_ON)
    persons = tables.get(
        "persons", pl.DataFrame(schema={"person_id": pl.String(), "household_id": pl.String()})
    )
    was, now = persons.select("person_id", _was="household_id"), told.select("person_id", _now="household_id")
    for name, table in tables.items():
        if name != "households" and "person_id" in table.columns:
            table = _dated(table, was, days)
            if "household_id" in table.columns:
                moved = table.join(now, on="person_id", how="left", maintain_order="left")
                table = moved.with_columns(household_id=pl.coalesce("_now", "household_id")).drop("_now")
        table.write_parquet(target / f"{name}.parquet")


def _dated(table: pl.DataFrame, was: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """The table with the day on which each row was declared."""
    if DECLARED_ON in table.columns:
        return table
    if "household_id" in table.columns:
        return table.join(days, on="household_id", how="left", maintain_order="left")
    dated = was.join(days, left_on="_was", right_on="household_id", how="left").drop("_was")
    return table.join(dated, on="person_id", how="left", maintain_order="left")
