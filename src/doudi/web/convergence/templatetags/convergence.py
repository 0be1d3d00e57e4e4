"""Words of a convergence for templates."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from doudi.rules.errors import Problem
from doudi.web.cases.errors import told
from doudi.web.convergence import words
from doudi.web.convergence.models import Placement
from doudi.web.registry.sensitive import masked_name
from doudi.web.registry.templatetags.registry import language

register = template.Library()


@register.filter
def place(code: str) -> SafeString:
    """A place: colour and word together."""
    return format_html(
        '<span class="state {}">{}</span>', words.STATES[code], words.place_word(code, language())
    )


@register.filter
def worded(fault: Mapping[str, Any], stem: str) -> str:
    """A text that stands in both languages: ``fault["<stem>zh"]`` or ``fault["<stem>en"]``."""
    return str(fault[f"{stem}{'zh' if language() == 'zh' else 'en'}"])


@register.filter
def place_reason(code: str) -> str:
    """What a reason is called."""
    return words.reason_word(code, language())


@register.filter
def aid_tier(code: str) -> str:
    """What a tier is called; empty for none."""
    return words.tier_word(code, language())


@register.filter
def percent(share: Fraction | None) -> str:
    """A share with two decimals."""
    return words.percent(share)


@register.filter
def listed_name(placement: Placement) -> str:
    """The masked name, of the registry or else of the list."""
    if placement.person is not None:
        return placement.person.masked_name
    return masked_name(placement.content()["name"])


@register.filter
def objection(problem: Problem) -> str:
    """One reason against an opinion, with its remedy."""
    return told([problem], language())[0]
