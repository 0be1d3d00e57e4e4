"""Words of the self-check for templates, in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()
_WORDS = {
    "likely": _("可能符合"),
    "close": _("差一点"),
    "open": _("要核实"),
    "held": _("已经享受"),
    "unset": _("本地还没有规定标准"),
}
_LOOKS = {"likely": "state-done", "close": "state-returned", "open": "state-todo", "held": "state-doing"}
_MARKS = {"met": "✔", "failed": "✘", "open": "?"}


@register.filter
def chance(outcome: Any, name: str) -> Any:
    """The cards of a chance."""
    return outcome.of(name)


@register.filter
def kinds(outcome: Any, name: str) -> list[Any]:
    """The cards of a chance by kinds."""
    return list(outcome.by_kind(name))


@register.filter
def chance_words(name: str) -> Any:
    """What a chance is called."""
    return _WORDS[name]


@register.filter
def chance_look(name: str) -> str:
    """The class of its mark."""
    return _LOOKS[name]


@register.filter
def mark(state: str) -> str:
    """The sign before a reason."""
    return _MARKS[state]
