"""Filters for the words of simulations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from doudi.simulation.comparison import MOVES
from doudi.web.registry.templatetags.registry import language
from doudi.web.simulation.models import State

register = template.Library()
TITLES = {
    "coverage": _("覆盖多少人"), "cost": _("一年多少钱，谁负担"), "poverty": _("贫困减少多少"), "errors": _("漏保和错保"),
    "moves": _("谁进谁出"), "bands": _("悬崖在哪里"),
}  # fmt: skip
DRAWN = {
    "coverage": _("各类人数，现行规定和改后，数据见下表"), "cost": _("各级负担，现行规定和改后，数据见下表"),
    "bands": _("人均救助随收入的变化，现行规定和改后，数据见下表"),
}  # fmt: skip
STATES = {
    State.ASKED: "state-todo", State.DONE: "state-done", State.FAILED: "state-late", State.CANCELLED: "",
}  # fmt: skip
register.filter("title_of", lambda name: TITLES[name])
register.filter("drawn", lambda name: DRAWN.get(name, ""))
register.filter("state_class", lambda state: STATES[state])


@register.filter
def worded(told: Mapping[str, Any]) -> str:
    """A sentence of both languages in that of the page."""
    return str(told[language()])


@register.filter
def moved(code: str) -> str:
    """What a move is called."""
    return MOVES[code][language() != "zh"]


@register.filter
def signed_yuan(fen: int | None) -> str:
    """Fen as whole yuan with their sign."""
    return "—" if fen is None else f"{fen / 100:+,.0f}"
