"""A simulation as one HTML file that needs nothing else, for the screen and for paper. Nobody's name or id is in it."""

from __future__ import annotations

from pathlib import Path

from doudi.programmes.page import write_in_frame
from doudi.simulation.charts import charts
from doudi.simulation.comparison import Comparison
from doudi.simulation.reach import Reached
from doudi.simulation.tables import heading, tables

FOLDER = Path(__file__).parent


def write_page(comparison: Comparison, reached: Reached | None, path: Path) -> Path:
    """Write the page to ``path`` and return it."""
    place, _assumed, *changes = heading(comparison, reached, "zh")
    told = {
        "place": place, "changes": changes, "tables": tables(comparison, "zh"), "charts": charts(comparison),
    }  # fmt: skip
    return write_in_frame(path, FOLDER / "simulation.html", told, FOLDER / "simulation.js")
