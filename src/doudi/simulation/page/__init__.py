"""A simulation as one HTML file that needs nothing else, for the screen and for paper. Nobody's name or id is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from doudi.programmes.page import write_in_frame
from doudi.simulation.comparison import Comparison
from doudi.simulation.figures import LEVELS
from doudi.simulation.reach import Reached
from doudi.simulation.tables import LEVEL_NAMES, WAN, heading, tables, tier_name

FOLDER = Path(__file__).parent
_DRAWN = ("tekun", "dibao", "single_dibao", "low_margin", "rigid", "other")


def write_page(comparison: Comparison, reached: Reached | None, path: Path) -> Path:
    """Write the page to ``path`` and return it."""
    place, _assumed, *changes = heading(comparison, reached, "zh")
    told = {
        "place": place, "changes": changes, "tables": tables(comparison, "zh"), "charts": charts(comparison),
    }  # fmt: skip
    return write_in_frame(path, FOLDER / "simulation.html", told, FOLDER / "simulation.js")


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
