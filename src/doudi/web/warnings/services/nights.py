"""Taking in a night of ``doudi watch``: its warnings become rows, each with one case while it is open."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from doudi.monitoring.law import rules_of
from doudi.monitoring.nights import STATE
from doudi.monitoring.run import STATE as STATE_FILE
from doudi.monitoring.run import SUMMARY
from doudi.rules.errors import Problem
from doudi.web.accounts.models import Region
from doudi.web.audit import record
from doudi.web.cases.services.cases import local_now
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household, Person
from doudi.web.registry.sensitive import seal
from doudi.web.warnings.errors import NightError
from doudi.web.warnings.models import Night, Round, State, Warning
from doudi.web.warnings.models.warning import PURPOSE
from doudi.web.warnings.services.dispatching import dispatch_urgent
from doudi.web.warnings.services.finding import raise_unvisited
from doudi.web.warnings.services.raising import raise_cases
from doudi.web.warnings.words import indicator_of

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('doudi night'), hashtext(%s))"
_BATCH = 1000
_KEPT = ("state", "held_on", "nights", "spells", "level", "held_back_until", "gone_on", "raised_on")
"""Columns of the state that are stored as they are."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a night. ``again``: it had been taken in before, and nothing was done now."""

    night: Night
    counts: dict[str, int]
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a night."""

    day: date
    county: str
    state: pl.DataFrame
    summary: dict[str, Any]
    content: str


def take_in(folder: Path, at: datetime | None = None) -> TakenIn:
    """Take in the night that ``doudi watch`` laid down in a folder, in one transaction.

    The same night again changes nothing. A warning keeps its case while that is open; one that is raised anew, or has worsened
    after its case was closed, gets another. Warnings that are gone are marked and their cases stay open: whoever was sent
    answers. What is held back gets no case. Urgent warnings are dispatched at once.

    Args:
        at: when the cases are opened, local and naive; now, if not given.

    Raises:
        NightError: files are missing or at fault, the county is unknown, or a later night has been taken in.
    """
    files = _read(folder)
    with acting_as(system()), transaction.atomic():
        region = Region.objects.filter(code=files.county.ljust(12, "0")).first()
        if region is None:
            raise NightError([Problem(
                "night.county", "区划表中没有这个县", "the divisions do not have this county",
                "先导入区划", "import the divisions first", value=files.county,
            )])  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [files.county])
        earlier = _earlier(region, files)
        if earlier is not None and earlier.content == files.content:
            return TakenIn(earlier, earlier.counts, again=True)
        moment = at or local_now()
        counts = _merge(files, moment)
        counts["unvisited"] = raise_unvisited(files.county, files.day, moment)
        night, _new = Night.objects.update_or_create(
            region=region, day=files.day,
            defaults={"content": files.content, "counts": counts, "not_judged": files.summary["not_judged"]},
        )  # fmt: skip
        record("warning.take_in", night, details=counts)
        return TakenIn(night, counts)


def _read(folder: Path) -> _Files:
    state, summary = folder / STATE_FILE, folder / SUMMARY
    missing = [path.name for path in (state, summary) if not path.exists()]
    if missing:
        raise NightError([Problem(
            "night.files", f"缺少文件：{'、'.join(missing)}", f"files are missing: {', '.join(missing)}",
            "先运行 doudi watch", "run doudi watch first", value=str(folder),
        )])  # fmt: skip
    try:
        told = json.loads(summary.read_text("utf-8"))
        table = pl.read_parquet(state).select(list(STATE))
    except (ValueError, pl.exceptions.PolarsError) as error:
        raise NightError([Problem(
            "night.syntax", "不是 doudi watch 写的文件", "not written by doudi watch", "重新运行 doudi watch", "run doudi watch again",
            value=str(folder),
        )]) from error  # fmt: skip
    digest = hashlib.sha256(state.read_bytes() + summary.read_bytes()).hexdigest()
    return _Files(date.fromisoformat(told["day"]), str(told["region"])[:6], table, told, digest)


def _earlier(region: Region, files: _Files) -> Night | None:
    """The same night, if it was taken in.

    Raises:
        NightError: a later one was.
    """
    last = Night.objects.filter(region=region).order_by("-day").first()
    if last is not None and last.day > files.day:
        raise NightError([Problem(
            "night.later", f"已接收 {last.day} 的监测", f"the night of {last.day} has been taken in",
            "只接收更晚的", "take in later nights only", value=files.day.isoformat(),
        )])  # fmt: skip
    return last if last is not None and last.day == files.day else None


def _merge(files: _Files, at: datetime) -> dict[str, int]:
    """Store what changed and open the cases; counts."""
    known = {
        (one.indicator, one.subject, one.subject_number): one
        for one in Warning.objects.filter(county=files.county).select_related("case").defer("sealed")
    }
    rows = [row for row in files.state.to_dicts() if _changed(row, known.get(_key(row)))]
    homes = _by_number(Household, files.county, {row["household_id"] for row in rows})
    people = _by_number(
        Person, files.county, {row["subject_id"] for row in rows if row["subject"] != "household"}
    )
    placed = [row for row in rows if row["household_id"] in homes]
    waiting = [_needs_case(row, known.get(_key(row)), files.day) for row in placed]
    kinds = _kinds(files.day)
    stored = [_stored(row, known.get(_key(row)), files.county, homes, people, kinds) for row in placed]
    Warning.objects.bulk_create(
        stored, batch_size=_BATCH, update_conflicts=True,
        unique_fields=["county", "indicator", "subject", "subject_number"],
        update_fields=["region", "household", "person", *_KEPT, "sealed"],
    )  # fmt: skip
    rounds = raise_cases([one for one, wanted in zip(stored, waiting, strict=True) if wanted], at)
    sent = dispatch_urgent(rounds, at)
    return _counts(files, placed, rows, rounds, sent)


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["indicator"], row["subject"], row["subject_id"]


def _changed(row: dict[str, Any], one: Warning | None) -> bool:
    return one is None or any(getattr(one, name) != row[name] for name in _KEPT)


def _needs_case(row: dict[str, Any], one: Warning | None, day: date) -> bool:
    """Whether somebody has to answer, and no open case asks for it."""
    if row["state"] == State.GONE or row["held_back_until"] is not None:
        return False
    if one is None or one.case is None:
        return True
    if one.case.closed_at is None:
        return False
    worsened = row["state"] == State.WORSENED and row["held_on"] == day and one.held_on < day
    return bool(row["spells"] > one.spells or worsened)


def _by_number(model: Any, county: str, numbers: Iterable[str]) -> dict[str, Any]:
    fields = ("number", "pk", "region_id")
    wanted = sorted(numbers)
    found: dict[str, Any] = {}
    for first in range(0, len(wanted), _BATCH * 10):
        part = model.objects.filter(county=county, number__in=wanted[first : first + _BATCH * 10])
        found |= {number: (pk, region) for number, pk, region in part.values_list(*fields)}
    return found


def _kinds(day: date) -> dict[str, str]:
    """The kind of the sides of each rule."""
    variables = rules_of(day).graph.variables
    return {name: one.side_kind.name for name, one in variables.items() if one.side_kind is not None}


def _stored(
    row: dict[str, Any], one: Warning | None, county: str, homes: dict[str, Any], people: dict[str, Any], kinds: dict[str, str]
) -> Warning:  # fmt: skip
    household, region = homes[row["household_id"]]
    person = people.get(row["subject_id"]) if row["subject"] != "household" else None
    entry = indicator_of(row["indicator"])
    sides = {
        "value": row["value"], "limit": row["limit"], "worst": row["worst"], "kind": kinds.get(entry.rule if entry else "", ""),
    }  # fmt: skip
    found = Warning(
        county=county, indicator=row["indicator"], subject=row["subject"], subject_number=row["subject_id"],
        region_id=region, household_id=household, person_id=person[0] if person else None,
        case=one.case if one else None, **{name: row[name] for name in _KEPT},
    )  # fmt: skip
    found.sealed = seal(json.dumps(sides).encode(), PURPOSE, found.seal_owner)
    return found


def _counts(
    files: _Files, placed: list[Any], changed: list[Any], rounds: list[Round], sent: int
) -> dict[str, int]:
    """What became of the rows of the state; ``unplaced`` are of households that are not in the registry."""
    states = Counter(row["state"] for row in changed)
    return {
        "rows": files.state.height, "unchanged": files.state.height - len(changed), "stored": len(placed),
        "unplaced": len(changed) - len(placed), "cases": len(rounds), "dispatched": sent,
        **{state.value: states.get(state.value, 0) for state in State},
    }  # fmt: skip
