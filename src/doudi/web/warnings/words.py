"""What indicators, levels and sides are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from doudi.assessment.sentences import money, number
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import CLASSES, LEVELS, Indicator
from doudi.web.warnings.models.lead import Reason

FOUND = "found."
"""How the indicators of leads begin; what follows is the reason of the lead."""
UNVISITED = "watch.unvisited"
"""The indicator of watched households where nobody has been for long."""
SILENT = "watch.silent"
"""The indicator of households that may be due aid and receive none, by ``doudi outreach``."""
_OWN = {
    UNVISITED: ("监测对象半年没有走访", "watched, and not visited for half a year"),
    SILENT: ("可能符合救助条件，没有享受", "may be due aid and receives none"),
}
FOUND_CLASS = ("发现", "found")
ICONS = {"red": "warning", "orange": "bell", "yellow": "clock", "blue": "info"}
STATES = {"red": "state-late", "orange": "state-returned", "yellow": "state-yellow", "blue": "state-todo"}


def indicator_of(name: str) -> Indicator | None:
    """The entry of the catalogue; None for leads and for entries that were taken out."""
    return catalogue().indicators.get(name)


def indicator_word(name: str, language: str) -> str:
    """What an indicator is called; its id where the catalogue has it no more."""
    if name.startswith(FOUND):
        with override("zh-hans" if language == "zh" else "en"):
            return _("主动发现：%s") % Reason(name.removeprefix(FOUND)).label
    if name in _OWN:
        return _OWN[name][0 if language == "zh" else 1]
    found = indicator_of(name)
    return found.name(language) if found else name


def class_word(name: str, language: str) -> str:
    """What the class of an indicator is called."""
    found = indicator_of(name)
    pair = (
        CLASSES[found.group] if found else FOUND_CLASS if name.startswith(FOUND) or name in _OWN else ("", "")
    )
    return pair[0 if language == "zh" else 1]


def level_word(level: str, language: str) -> str:
    """What a level is called."""
    return LEVELS[level][0 if language == "zh" else 1]


def side(value: int | None, kind: str, language: str) -> str:
    """A side of a rule as people read it."""
    if value is None:
        return "—"
    if kind == "money":
        return money(value, language)
    if kind == "area":
        return f"{number(value)} {'平方米' if language == 'zh' else 'm²'}"
    return f"{number(value)}%" if kind == "rate" else number(value, 1)


def sentence(name: str, sides: dict[str, Any], language: str) -> str:
    """What the warning says, with its sides; its name where it says nothing more."""
    found = indicator_of(name)
    if found is None:
        said = sides.get("said" if language == "zh" else "said_en")
        return str(said or indicator_word(name, language))
    kind = str(sides.get("kind") or "count")
    shown = {what: side(sides.get(what), kind, language) for what in ("value", "limit")}
    return found.says.text(language).format(**shown)
