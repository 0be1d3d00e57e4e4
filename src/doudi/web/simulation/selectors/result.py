"""What came of a simulation as its page shows it; small counts are hidden from those who see no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doudi.simulation.comparison import MOVES
from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.simulation.models import Simulation
from doudi.web.warnings.selectors.figures import SMALL, Tally, to_hide

COUNTS = ("enters", "leaves", "more", "less", "opens")
"""What is counted of a township."""
HIDDEN = f"<{SMALL}"
NOTHING = "—"
MANY = 0.1
"""Share of persons who are open from which the page warns."""


@dataclass(frozen=True, slots=True)
class Township:
    """One township: its counts, and fen a month; None where they would tell a small count."""

    code: str
    name: str
    counts: tuple[tuple[str, Tally], ...]
    monthly: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """Place, what was reached, values below a floor, changes, tables and charts in the language of the page; ``moves``: each way with
    its name and number of households. ``open``: percent of persons that are in no tier because something is not known, where many."""

    place: str
    reached: str
    floors: list[str]
    changes: list[str]
    tables: list[dict[str, Any]]
    charts: dict[str, Any]
    moves: list[tuple[str, str, int]]
    townships: list[Township]
    hidden: bool
    open: str


def result_of(found: Simulation, user: Any, language: str) -> Result:
    """What came of it, for an account."""
    kept, hidden = found.result, user.role == Role.ANALYST
    told = kept[language]
    tables, charts = told["tables"], told["charts"]
    if hidden:
        tables = [_without_small(table, kept["figures"]) for table in tables]
        charts = {**charts, "bands": _bands_without_small(charts["bands"], kept["figures"])}
    moves = [
        (each["move"], MOVES[each["move"]][language != "zh"], each["households"])
        for each in kept["figures"]["moves"]
        if each["households"] and each["move"] != "same"
    ]
    return Result(
        told["place"], told["reached"], told["floors"], told["changes"], tables, charts, moves,
        _townships(kept["townships"], hidden), hidden, _open(kept["figures"]),
    )  # fmt: skip


def _open(figures: dict[str, Any]) -> str:
    """The share of persons who are open under the law as it is; empty where it is small."""
    share = next(each["share"] for each in figures["before"]["coverage"] if each["tier"] == "open")
    return f"{share:.1%}" if share > MANY else ""


def _without_small(table: dict[str, Any], figures: dict[str, Any]) -> dict[str, Any]:
    """The table with the rows of few households hidden."""
    if table["name"] == "moves":
        counts = [each["households"] for each in figures["moves"] if each["households"]]
    elif table["name"] == "bands":
        counts = [int(row[1].replace(",", "")) for row in table["rows"]]
    else:
        return table
    small = to_hide(counts)
    rows = [
        [row[0], HIDDEN, *([NOTHING] * (len(row) - 2))] if place in small else row
        for place, row in enumerate(table["rows"])
    ]
    return {**table, "rows": rows}


def _bands_without_small(chart: dict[str, Any], figures: dict[str, Any]) -> dict[str, Any]:
    small = to_hide([band["households"] for band in figures["before"]["bands"]])
    sides = [
        [None if place in small else value for place, value in enumerate(side)] for side in chart["sides"]
    ]
    return {**chart, "sides": sides}


def _townships(kept: Sequence[dict[str, Any]], hidden: bool) -> list[Township]:
    names = dict(Region.objects.filter(code__in=[one["place"] for one in kept]).values_list("code", "name"))
    small = {name: to_hide([one[name] for one in kept]) if hidden else set() for name in COUNTS}
    found = []
    for place, one in enumerate(kept):
        counts = tuple((name, Tally(None if place in small[name] else one[name])) for name in COUNTS)
        open_now = all(count.shown is not None for _name, count in counts)
        name = names.get(one["place"], one["place"])
        found.append(Township(one["place"], name, counts, one["monthly"] if open_now else None))
    return found
