"""Words of the chain for templates."""

from __future__ import annotations

from typing import Any

from django import template

from doudi.programmes.catalogue import catalogue
from doudi.programmes.standing import STATES
from doudi.web.chain.drawing import WORDS
from doudi.web.registry.templatetags.registry import language

register = template.Library()


@register.filter
def programme_names(names: list[str]) -> str:
    """What programmes are called."""
    mark = "、" if language() == "zh" else ", "
    return mark.join(_titled(catalogue().programmes[name]) for name in names)


@register.filter
def standing_word(state: str) -> str:
    """What the rules say of a programme."""
    return STATES[state][0 if language() == "zh" else 1]


@register.filter
def payer(stage: str) -> str:
    """Who pays a step of the waterfall."""
    return WORDS[stage][0 if language() == "zh" else 1]


def _titled(one: Any) -> str:
    return str(one.zh if language() == "zh" else one.en)
