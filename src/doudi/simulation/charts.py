"""What is drawn of a comparison; every chart has its table (``page/simulation.js`` draws)."""

from __future__ import annotations

from typing import Any

from doudi.simulation.comparison import Comparison
from doudi.simulation.figures import LEVELS
from doudi.simulation.tables import LEVEL_NAMES, WAN, tier_name

_DRAWN = ("tekun", "dibao", "single_dibao", "low_margin", "rigid", "other")
_WORDS = {
    "now": ("现行规定", "the law now"), "then": ("改后", "then"), "persons": ("人", "persons"),
    "money": ("万元", "10,000 CNY"), "income": ("人均收入 ÷ 低保标准", "income a head ÷ dibao standard"),
    "aid": ("人均月救助（元）", "aid a head and month (CNY)"),
}  # fmt: skip


def charts(comparison: Comparison, language: str = "zh") -> dict[str, Any]:
    """Persons by tier, cost by level (ten thousand yuan), aid a head by income (yuan), each now and then, and the words beside them."""
    before, after = comparison.figures
    sides, place = (before, after), int(language != "zh")
    return {
        "words": {name: told[place] for name, told in _WORDS.items()},
        "coverage": {
            "names": [tier_name(comparison, tier, language) for tier in _DRAWN],
            "sides": [[side.covered(tier).persons for tier in _DRAWN] for side in sides],
        },
        "cost": [
            {"name": LEVEL_NAMES[level][place], "sides": [side.levels.get(level, 0) / WAN for side in sides]}
            for level in LEVELS
            if any(side.levels.get(level) for side in sides)
        ],
        "bands": {
            "names": [f"{each.start:.1f}" for each in before.bands],
            "sides": [[each.aid_per_head / 100 for each in side.bands] for side in sides],
        },
    }
