"""Taking in the households that ``doudi outreach`` points at (政策找人): each a warning of its own until somebody has looked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from django.db import transaction

from doudi.assessment.outreach import HOUSEHOLDS
from doudi.rules.errors import Problem
from doudi.web.audit import record
from doudi.web.cases.services.cases import local_now
from doudi.web.registry.models import Household
from doudi.web.registry.sensitive import seal
from doudi.web.warnings.errors import NightError
from doudi.web.warnings.models import State, Warning
from doudi.web.warnings.models.warning import PURPOSE
from doudi.web.warnings.services.raising import raise_cases
from doudi.web.warnings.words import SILENT

LEVELS = {1: "yellow", 2: "yellow", 3: "blue", 4: "blue"}
"""The level of a warning by the priority of the visit."""
LOOKED_AT = timedelta(days=365)
"""For so long a household at which somebody has looked is not pointed at again."""


class Pointed(NamedTuple):
    """What became of the rows: ``raised`` now, ``waiting`` for a visit or visited within the year, ``unplaced``: not registered."""

    raised: int
    waiting: int
    unplaced: int


@transaction.atomic
def take_in_outreach(
    table: Path, county: str, day: date, most: int = 4, at: datetime | None = None
) -> Pointed:
    """Raise a warning for each household of ``outreach.parquet`` that nobody has been sent to; the same table again changes nothing.

    Args:
        county: six digits.
        day: of the evidence on which the table rests.
        most: the last priority that is taken in (1: visit first, to 4).
        at: when the cases are opened, local and naive; now, if not given.

    Raises:
        NightError: the table is missing or was not written by ``doudi outreach``.
    """
    rows = _read(table).filter(pl.col("priority") <= most).to_dicts()
    homes = _homes(county, [row["household_id"] for row in rows])
    earlier = {
        one.subject_number: one
        for one in Warning.objects.filter(county=county, indicator=SILENT).select_related("case")
    }
    placed = [row for row in rows if row["household_id"] in homes]
    wanted = [row for row in placed if _is_due(earlier.get(row["household_id"]), day)]
    warnings = [
        _warning(row, homes[row["household_id"]], earlier.get(row["household_id"]), day) for row in wanted
    ]
    raise_cases(warnings, at or local_now())
    found = Pointed(len(warnings), len(placed) - len(wanted), len(rows) - len(placed))
    record(
        "warning.outreach", ("warnings.outreach", county), details={"day": day.isoformat(), **found._asdict()}
    )
    return found


def _read(table: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(table).select(column.name for column in HOUSEHOLDS)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise NightError([Problem(
            "outreach.table", "不是 doudi outreach 写的名单", "not written by doudi outreach", "先运行 doudi outreach",
            "run doudi outreach first", value=str(table),
        )]) from error  # fmt: skip


def _homes(county: str, numbers: Sequence[str]) -> dict[str, Household]:
    found = Household.objects.filter(county=county, number__in=numbers, ended_on__isnull=True)
    return {each.number: each for each in found}


def _is_due(one: Warning | None, day: date) -> bool:
    """Whether nobody is to look, and nobody has within the year."""
    if one is None or one.case is None:
        return True
    return one.case.closed_at is not None and one.case.closed_at.date() + LOOKED_AT <= day


def _warning(row: Mapping[str, Any], household: Household, one: Warning | None, day: date) -> Warning:
    """The stored warning of a household; a later spell of the one that is there."""
    found = one or Warning(
        county=household.county, indicator=SILENT, subject="household", subject_number=household.number, spells=0,
    )  # fmt: skip
    found.household, found.region_id, found.level = (
        household,
        household.region_id,
        LEVELS[int(row["priority"])],
    )
    found.state, found.raised_on, found.held_on = State.RAISED, day, day
    found.spells += 1
    content = {
        "value": None, "limit": None, "worst": None, "kind": "", "said": row["sentence"],
        "said_en": row["sentence_en"], "asks": row["asks"].split(","),
    }  # fmt: skip
    found.sealed = seal(json.dumps(content, ensure_ascii=False).encode(), PURPOSE, found.seal_owner)
    found.save()
    return found
