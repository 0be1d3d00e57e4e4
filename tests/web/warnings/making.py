"""Nights as ``doudi watch`` lays them down, of households that do not exist."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.nights import STATE
from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from doudi.web.warnings.models import Round, Warning
from doudi.web.warnings.services.dispatching import dispatch
from doudi.web.warnings.services.nights import TakenIn, take_in
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

DAY, NEXT = date(2026, 8, 1), date(2026, 8, 2)
RED, ORANGE, YELLOW = "resident_medical_cost", "not_at_school", "missed_dibao"
SILENT = {"feed": "enrolment", "newest": None, "age": None, "state": "never"}


def row(household: str, indicator: str = RED, day: date = DAY, **told: Any) -> dict[str, Any]:
    """One row of a state: raised tonight unless told otherwise."""
    entry = catalogue().indicators[indicator]
    subject = told.pop("subject_id", household)
    plain = {
        "indicator": indicator, "subject": "household" if subject == household else "person", "subject_id": subject,
        "household_id": household, "village": "村", "level": entry.level, "value": 5_000_100, "limit": 5_000_000,
        "state": "raised", "raised_on": day, "held_on": day, "nights": 1, "spells": 1, "worst": 5_000_100, "gone_on": None,
        "held_back_until": None, "reason": None, "decided_by": None,
    }  # fmt: skip
    return plain | told


def lay_down(folder: Path, rows: list[dict[str, Any]], day: date = DAY, county: str = HERE) -> Path:
    """The files of a night with this state."""
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(rows, schema=dict(STATE), orient="row").write_parquet(folder / "state.parquet")
    summary = {"day": day.isoformat(), "region": county, "not_judged": [SILENT]}
    (folder / "summary.json").write_text(json.dumps(summary), "utf-8")
    return folder


def home(people: People, number: str = "h1", county: str = HERE, name: str = "王小明") -> Household:
    """A household in the village of a county."""
    return member_of(people.regions[f"{county}101201"], number, name).household


def night(people: People, folder: Path, rows: list[dict[str, Any]] | None = None, day: date = DAY) -> TakenIn:
    """A night taken in; of the household ``h1`` if nothing is told."""
    with acting_as(system()):
        home(people)
    return take_in(lay_down(folder, rows if rows is not None else [row("h1")], day))


def warning_of(household: str = "h1", indicator: str = RED) -> Warning:
    """A warning that was taken in."""
    found: Warning = Warning.objects.select_related("case").get(subject_number=household, indicator=indicator)
    return found


def round_of(warning: Warning) -> Round:
    """The round that answers a warning now."""
    found: Round = Round.objects.get(case=warning.case)
    return found


def sent(people: People, folder: Path, *indicators: str, household: str = "h1") -> list[Warning]:
    """Warnings of a household that have reached the village."""
    for role in (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK):
        people.user(role)
    night(people, folder, [row(household, name) for name in indicators])
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope):
        waiting = Round.objects.filter(dispatched_at__isnull=True)
        dispatch(list(waiting), clerk)
        return list(Warning.objects.order_by("pk"))


def village(people: People) -> Region:
    """The village of the first county."""
    return people.regions[f"{HERE}101201"]
