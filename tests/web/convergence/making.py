"""Results as ``doudi converge`` writes them, of persons who do not exist."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from doudi.convergence.classes import COLUMNS
from doudi.convergence.survey import TASKS
from doudi.web.accounts.roles import Role
from doudi.web.convergence.models import Placement
from doudi.web.convergence.services.reviewing import Said, give
from doudi.web.convergence.services.taking import TakenIn, take_in
from doudi.web.database.scope import acting_as, system
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

DAY = date(2026, 8, 1)
WATCHED = date(2027, 8, 1)
SINCE, UNTIL = date(2026, 9, 1), date(2026, 9, 30)
STORY = {"covered": 4_072, "new": 356, "exit": 579, "open": 73}
"""How many persons of the county of story 5 come to each place."""
_REASON = {"covered": "in_base", "new": "qualifies", "exit": "below", "open": "fact_missing"}
_DATES = {"identified_on", "watch_until", "held_since"}
_NUMBERS = {"order", "persons", "in_list", "in_base"}


def person(line: int, place: str = "new", **told: Any) -> dict[str, Any]:
    """A row of the persons: somebody of the household ``h<line>`` in the village of the first county unless told otherwise."""
    told_of = {
        "row_id": f"r{line}", "household_number": f"JC{line}", "name": "王小明", "id_masked": "999901**********39", "village": f"村{HERE}",
        "monitored": "edge", "risk": "illness", "identified_on": date(2023, 5, 1), "person_id": f"h{line}.王小明",
        "household_id": f"h{line}", "place": place, "tier": "dibao" if place in ("covered", "new") else None,
        "reason": _REASON[place], "sentence": "家庭月人均收入 219.00 元，低于低保标准", "articles": "《中华人民共和国社会救助法》第十八条",
        "missing_zh": "工资性收入" if place == "open" else "", "watch_until": WATCHED if place == "exit" else None,
        "state": "settled" if place == "covered" else "proposed",
    }  # fmt: skip
    return {column.name: None for column in COLUMNS} | told_of | told


def visit(line: int, **told: Any) -> dict[str, Any]:
    """A row of the visits: of the household ``h<line>``."""
    told_of = {
        "task_id": f"h{line}", "village": f"村{HERE}", "order": 2, "household_id": f"h{line}", "head": "王小明", "persons": 1, "in_list": 1,
        "in_base": 0, "labels_zh": "边缘易致贫户", "places_zh": "新符合条件", "asks_zh": "家里各人的工资", "bring_zh": "授权书",
    }  # fmt: skip
    return dict.fromkeys(TASKS) | told_of | told


def lay_down(
    folder: Path,
    persons: list[dict[str, Any]],
    visits: list[dict[str, Any]],
    county: str = HERE,
    day: date = DAY,
) -> Path:
    """The three files that are taken in."""
    folder.mkdir(parents=True, exist_ok=True)
    _table(persons).write_parquet(folder / "persons.parquet")
    _table(visits).write_parquet(folder / "tasks.parquet")
    summary = {
        "region": county, "date": day.isoformat(), "period": "2026-07", "rows": {"read": len(persons), "persons": len(persons)},
        "visits": {"before": 2 * len(visits), "after": len(visits)},
    }  # fmt: skip
    (folder / "summary.json").write_text(json.dumps(summary), "utf-8")
    return folder


def _table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    kinds = {
        name: pl.Date() if name in _DATES else pl.Int64() if name in _NUMBERS else pl.String()
        for name in rows[0]
    }
    return pl.DataFrame(
        rows,
        schema={**kinds, "risk_removed": pl.Boolean()} if "risk_removed" in kinds else kinds,
        orient="row",
    )


def taken(people: People, folder: Path, *places: str, county: str = HERE, by: Any = None) -> list[Placement]:
    """Persons of these places, each alone in a registered household, taken in; in their order."""
    village = people.regions[f"{county}101201"]
    with acting_as(system()):
        for line in range(1, len(places) + 1):
            member_of(village, f"h{line}")
    rows = [person(line, place) for line, place in enumerate(places, 1)]
    found = take(folder, rows, [visit(line) for line in range(1, len(places) + 1)], county, by)
    with acting_as(system()):
        return list(Placement.objects.filter(convergence=found.convergence).order_by("pk"))


def take(
    folder: Path,
    rows: list[dict[str, Any]],
    visits: list[dict[str, Any]],
    county: str = HERE,
    by: Any = None,
    day: date = DAY,
) -> TakenIn:
    """Taken in by somebody, or by the command."""
    return take_in(lay_down(folder, rows, visits, county, day), SINCE, UNTIL, by)


def said(placement: Placement, people: People, role: str, word: str = "agree", **told: str) -> Placement:
    """The opinion of somebody of this role."""
    user = people.user(role)
    with acting_as(user.scope):
        return give(placement.pk, Said(word, **told), user)


def agreed_below(placement: Placement, people: People) -> None:
    """Village and township have agreed."""
    for role in (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK):
        said(placement, people, role)
