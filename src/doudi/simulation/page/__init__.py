"""A simulation as one HTML file that needs nothing else, for the screen and for paper. Nobody's name or id is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from doudi.assessment import report
from doudi.assessment.report import embedded
from doudi.simulation.comparison import Comparison
from doudi.simulation.figures import LEVELS
from doudi.simulation.reach import Reached
from doudi.simulation.tables import LEVEL_NAMES, WAN, heading, tables, tier_name

FOLDER = Path(__file__).parent
SHARED = report.FOLDER
"""Style and charts are those of the register's report."""
_DRAWN = ("tekun", "dibao", "single_dibao", "low_margin", "rigid", "other")


def write_page(comparison: Comparison, reached: Reached | None, path: Path) -> Path:
    """Write the page to ``path`` and return it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    place, _assumed, *changes = heading(comparison, reached, "zh")
    text = environment.get_template("simulation.html").render(
        place=place, changes=changes, tables=tables(comparison, "zh"), data=embedded(charts(comparison)),
        style=_verbatim(SHARED / "report.css"),
        scripts=[_verbatim(SHARED / "echarts.common.min.js"), _verbatim(FOLDER / "simulation.js")],
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")
    return path


def charts(comparison: Comparison) -> dict[str, Any]:
    """What is drawn: persons by tier, cost by level (ten thousand yuan), aid a head by income (yuan), each now and then."""
    before, after = comparison.figures
    sides = (before, after)
    return {
        "coverage": {
            "names": [tier_name(comparison, tier, "zh") for tier in _DRAWN],
            "sides": [[side.covered(tier).persons for tier in _DRAWN] for side in sides],
        },
        "cost": [
            {"name": LEVEL_NAMES[level][0], "sides": [side.levels.get(level, 0) / WAN for side in sides]}
            for level in LEVELS
            if any(side.levels.get(level) for side in sides)
        ],
        "bands": {
            "names": [f"{each.start:.1f}" for each in before.bands],
            "sides": [[each.aid_per_head / 100 for each in side.bands] for side in sides],
        },
    }


def _verbatim(path: Path) -> Markup:
    return Markup(path.read_text(encoding="utf-8"))
