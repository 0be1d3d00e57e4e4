"""A comparison as plain data that can be kept: its figures, and in both languages what a page shows of them. Nobody is in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from doudi.simulation.charts import charts
from doudi.simulation.comparison import Comparison
from doudi.simulation.reach import Reached
from doudi.simulation.tables import change_line, place_line, reached_line, tables

LANGUAGES = ("zh", "en")


def reached_data(reached: Reached) -> dict[str, Any]:
    """What was reached, for JSON."""
    return {
        "settings": reached.settings, "wanted": reached.wanted, "share": reached.share, "tries": reached.tries,
        "moved": reached.moved,
    }  # fmt: skip


def as_kept(comparison: Comparison, reached: Reached | None) -> dict[str, Any]:
    """``figures`` and ``reached`` as the command writes them; ``zh`` and ``en``: in words the place, what was reached (empty where nothing
    was asked to be), the values below a floor of the law (which applies instead), the changes, the tables and the charts."""
    floors = comparison.after.statute.resolved.faults
    told = {
        language: {
            "place": place_line(comparison, language),
            "reached": "" if reached is None else reached_line(reached, language),
            "floors": [fault.sentence(language) for fault in floors],
            "changes": [change_line(each, language) for each in comparison.changes],
            "tables": [asdict(table) for table in tables(comparison, language)],
            "charts": charts(comparison, language),
        }
        for language in LANGUAGES
    }
    found = None if reached is None else reached_data(reached)
    return {"figures": comparison.as_data(), "reached": found, **told}
