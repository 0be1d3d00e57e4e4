"""Taking in what ``doudi converge`` proposed: placements to be reviewed, marks of the persons, and the merged survey."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.db.models import Max

from doudi.rules.errors import Problem
from doudi.web.accounts.models import Region, User
from doudi.web.audit import record
from doudi.web.convergence.errors import TakingError
from doudi.web.convergence.models import Convergence, Placement, State
from doudi.web.convergence.models.placement import PURPOSE
from doudi.web.convergence.reading import Result, read
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading.places import places
from doudi.web.registry.models import Household, Mark, Person
from doudi.web.registry.sensitive import seal
from doudi.web.warnings.services.surveying import ORDINARY, ToSurvey, begin

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('doudi convergence'), hashtext(%s))"
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a result. ``unknown``: persons whom the registry does not have; ``again``: it had been taken in before, and nothing
    was done now."""

    convergence: Convergence
    persons: int
    unknown: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """Where households, persons and villages are: numbers and names to rows and regions."""

    county: str
    homes: Mapping[str, tuple[int, str]]
    people: Mapping[str, int]
    villages: Mapping[str, str]

    def region(self, household: str | None, village: str | None) -> str:
        """The region of the household, else the village of that name, else the county."""
        home = self.homes.get(household or "")
        return home[1] if home else self.villages.get(village or "", self.county.ljust(12, "0"))


def take_in(folder: Path, since: date, until: date, by: User | None = None) -> TakenIn:
    """Take in the folder that ``doudi converge`` wrote, in one transaction, and begin the survey of its households.

    The same again changes nothing. A newer one takes the place of the one before, of which what was decided stays.

    Args:
        since, until: the period of the merged survey.
        by: whose county it has to be; None: the command, for any county.

    Raises:
        TakingError: files are missing or at fault, of another county, or older than what was taken in.
        WarningError: the period is none, or nobody is to be surveyed.
    """
    result = read(folder)
    with acting_as(system() if by is None else by.scope), transaction.atomic():
        county = _county(result, by)
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [result.county])
        earlier = _earlier(county, result)
        if earlier is not None:
            return TakenIn(earlier, earlier.placements.count(), 0, again=True)
        return _store(county, result, since, until, by)


def _county(result: Result, by: User | None) -> Region:
    found = Region.objects.filter(code=result.county.ljust(12, "0")).first()
    if found is None or (by is not None and not by.scope.covers(found.code)):
        raise TakingError([Problem(
            "converge.county", "不是本县的结果，或者区划表中没有这个县", "of another county, or of one that the divisions do not have",
            "核对 doudi converge 的 --region", "check --region of doudi converge", value=result.county,
        )])  # fmt: skip
    return found


def _earlier(county: Region, result: Result) -> Convergence | None:
    """The same, if it was taken in.

    Raises:
        TakingError: a later one was.
    """
    known = Convergence.objects.filter(region=county)
    same = known.filter(content=result.content).first()
    last = known.aggregate(day=Max("day"))["day"]
    if same is None and last is not None and last > result.day:
        raise TakingError([Problem(
            "converge.later", f"已接收 {last} 的并轨结果", f"a result of {last} has been taken in", "只接收更晚的", "take in later ones only",
            value=result.day.isoformat(),
        )])  # fmt: skip
    return same


def _store(county: Region, result: Result, since: date, until: date, by: User | None) -> TakenIn:
    where = _places(result)
    survey = begin(county, since, until, _to_survey(result, where), by, result.before)
    convergence: Convergence = Convergence.objects.create(
        region=county, day=result.day, period=result.period, content=result.content, rows=result.rows, survey=survey, by=by,
        watch_until=result.persons["watch_until"].max(),
    )  # fmt: skip
    rows = [_placement(convergence, row, where) for row in result.persons.iter_rows(named=True)]
    Placement.objects.bulk_create(rows, batch_size=_BATCH)
    marks = [_mark(row) for row in rows if row.person_id is not None and row.household_id is not None]
    Mark.objects.bulk_create(marks, batch_size=_BATCH, ignore_conflicts=True)
    counts = {"persons": len(rows), "unknown": sum(row.person_id is None for row in rows)}
    record("convergence.take_in", convergence, region=county.code, details=counts)
    return TakenIn(convergence, counts["persons"], counts["unknown"])


def _places(result: Result) -> _Places:
    numbers = pl.concat([result.persons["household_id"], result.visits["household_id"]]).drop_nulls().unique()
    homes = Household.objects.filter(county=result.county, number__in=numbers.to_list())
    people = Person.objects.filter(
        county=result.county, number__in=result.persons["person_id"].drop_nulls().unique().to_list()
    )
    return _Places(
        result.county,
        {number: (pk, region) for number, pk, region in homes.values_list("number", "pk", "region_id")},
        dict(people.values_list("number", "pk")),
        dict(places(result.county, result.day).iter_rows()),
    )


def _placement(convergence: Convergence, row: Mapping[str, Any], where: _Places) -> Placement:
    home = where.homes.get(row["household_id"] or "")
    tier = row["tier"] or ""
    found = Placement(
        convergence=convergence, row=row["row_id"], region_id=where.region(row["household_id"], row["village"]),
        household_id=home[0] if home else None, person_id=where.people.get(row["person_id"] or ""),
        label=row["monitored"] or "", risk=row["risk"] or "", labelled_on=row["identified_on"], place=row["place"], tier=tier,
        reason=row["reason"], state=State.SETTLED if row["place"] == "covered" else State.PROPOSED, wanted_place=row["place"],
        wanted_tier=tier,
    )  # fmt: skip
    told = {"name": "name", "id_masked": "id_masked", "village": "village", "household_number": "household_number",
            "sentence": "sentence", "articles": "articles", "missing": "missing_zh", "route": "route_zh"}  # fmt: skip
    content = {name: row[column] or "" for name, column in told.items()}
    found.sealed = seal(json.dumps(content, ensure_ascii=False).encode(), PURPOSE, found.seal_owner)
    return found


def _mark(row: Placement) -> Mark:
    return Mark(
        region_id=row.region_id, household_id=row.household_id, person_id=row.person_id, label=row.label, risk=row.risk,
        labelled_on=row.labelled_on, marked_on=row.convergence.day,
    )  # fmt: skip


def _to_survey(result: Result, where: _Places) -> list[ToSurvey]:
    texts = {
        "head": "head",
        "labels": "labels_zh",
        "tiers": "tiers_zh",
        "places": "places_zh",
        "asks": "asks_zh",
        "bring": "bring_zh",
    }
    return [
        ToSurvey(
            row["task_id"], where.region(row["household_id"], row["village"]),
            where.homes.get(row["household_id"] or "", (None, ""))[0], row["order"] or ORDINARY, bool(row["in_list"]),
            bool(row["in_base"]), {name: row[column] or "" for name, column in texts.items()},
        )
        for row in result.visits.iter_rows(named=True)
    ]  # fmt: skip
