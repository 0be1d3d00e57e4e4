"""The statement and the cliff view as one HTML file each that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from doudi.assessment import report
from doudi.assessment.report import embedded
from doudi.assessment.sentences import row_label
from doudi.programmes.cliff import YUAN, Cliff, Point
from doudi.programmes.standing import STATES
from doudi.programmes.statement import Statement
from doudi.programmes.words import cliff_data, fall_line, named, pick, shown, statement_data, whom
from doudi.rules.files import put_text

FOLDER = Path(__file__).parent
SHARED = report.FOLDER
"""Style and charts are those of the register's report."""


def write_statement(of: Statement, path: Path) -> Path:
    """Write the statement to ``path``. Members are called by their place and relation, never by name or id."""
    return _write(path, "statement.html", {"statement": of, "lines": _lines(of), **_charts(of)})


def write_cliff(of: Cliff, path: Path) -> Path:
    """Write the cliff view to ``path``."""
    told = {
        "whom": row_label(of.household, "person", of.earner), "falls": [fall_line(one, "zh") for one in of.falls],
        "points": cliff_data(of, "zh")["points"], "missing": [named(name, "zh") for name in of.missing],
        "charts": {"kind": "cliff", "curves": cliff_curves(of)},
    }  # fmt: skip
    return _write(path, "cliff.html", told)


def cliff_curves(of: Cliff, lang: str = "zh") -> list[dict[str, Any]]:
    """Both curves for a chart: name, points and falls, each with earnings and net resources in yuan; open points are left out."""
    known = [one for one in of.points if one.net is not None and one.stepped is not None]
    falls = [[one.below / YUAN, _at(known, one.below)] for one in of.falls]
    plain = [[one.earnings / YUAN, (one.net or 0) / YUAN] for one in known]
    stepped = [[one.earnings / YUAN, (one.stepped or 0) / YUAN] for one in known]
    return [
        {"name": pick(("没有渐退期", "without the step-down"), lang), "points": plain, "falls": falls},
        {
            "name": pick(("有渐退期（第一年）", "with the step-down (first year)"), lang),
            "points": stepped,
            "falls": [],
        },
    ]


def _at(points: list[Point], earnings: int) -> float:
    """The height of the curve at the point next below, in yuan."""
    nearest = max((one for one in points if one.earnings <= earnings), key=lambda one: one.earnings)
    return ((nearest.net or 0) + earnings - nearest.earnings) / YUAN


def _lines(of: Statement) -> list[dict[str, Any]]:
    return [
        {
            "name": one.programme.zh, "whom": whom(one, of, "zh"), "received": shown(one.received, "zh"),
            "due": shown(one.due, "zh"), "state": STATES[one.state][0], "code": one.state,
        }
        for one in of.sums
    ]  # fmt: skip


def _charts(of: Statement) -> dict[str, Any]:
    told = statement_data(of, "zh")
    months: dict[str, list[float]] = {}
    for one in told["payments"]:
        if float(one["received"] or 0):
            months.setdefault(one["name"], [0.0] * 12)[int(one["date"][5:7]) - 1] += float(one["received"])
    return {"told": told, "charts": {"kind": "statement", "months": months, "fall": _fall(told["waterfall"])}}


def _fall(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The bars of the waterfall: name, what lies under the bar, and its height, in yuan; none when a step is open."""
    if told["left"] is None or not float(told["cost"]):
        return []
    steps = [
        {"name": one["name"], "under": float(one["left"]), "height": float(one["paid"])}
        for one in told["steps"]
    ]
    whole = [{"name": "总费用", "under": 0.0, "height": float(told["cost"])}]
    return [*whole, *steps, {"name": "家庭负担", "under": 0.0, "height": float(told["left"])}]


def write_in_frame(path: Path, template: Path, told: dict[str, Any], script: Path) -> Path:
    """Write a page that extends ``base.html``. ``told`` is what the template and, under ``charts``, the script ask for."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([template.parent, FOLDER]), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    text = environment.get_template(template.name).render(
        told,
        data=embedded(told["charts"]),
        style=_verbatim(SHARED / "report.css"),
        scripts=[_verbatim(SHARED / "echarts.common.min.js"), _verbatim(script)],
    )
    put_text(path, text)
    return path


def _write(path: Path, template: str, told: dict[str, Any]) -> Path:
    return write_in_frame(path, FOLDER / template, told, FOLDER / "programmes.js")


def _verbatim(path: Path) -> Markup:
    return Markup(path.read_text(encoding="utf-8"))
