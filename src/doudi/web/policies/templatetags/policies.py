"""Words of programmes for templates, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from doudi.assessment.sentences import share
from doudi.programmes.entries import ACCESS, DECIDERS, FORMS, PERIODS, Funding, Programme
from doudi.programmes.policy import Condition
from doudi.programmes.words import pick
from doudi.web.registry.templatetags.registry import language

register = template.Library()
KEPT = ("place", "on")


@register.simple_tag(takes_context=True)
def keep_place(context: Any) -> str:
    """The query that keeps the place and day that were asked for."""
    asked = context["request"].GET
    kept = urlencode({name: asked[name] for name in KEPT if asked.get(name)})
    return f"?{kept}" if kept else ""


@register.filter
def titled(one: Any) -> str:
    """The name of anything that has one in both languages."""
    return str(one.zh if language() == "zh" else one.en)


@register.filter
def manner(one: Programme) -> str:
    """How it is paid: a month, in cash."""
    return " · ".join(pick(pair, language()) for pair in (PERIODS[one.period], FORMS[one.form]))


@register.filter
def decider(one: Programme) -> str:
    """Who decides."""
    return pick(DECIDERS[one.decides], language())


@register.filter
def way_in(one: Programme) -> str:
    """Whether one has to apply."""
    return pick(ACCESS[one.access], language())


@register.filter
def time_limit(one: Programme) -> str:
    """In which time it is decided."""
    return one.time_limit.text(language()) if one.time_limit else ""


@register.filter
def asked(one: Condition) -> str:
    """What a test asks for; of one that must not hold, that it must not."""
    return one.label if one.wanted else _("不是“%(label)s”") % {"label": one.label}


@register.filter
def listed(names: Sequence[str]) -> str:
    """Names one after another."""
    return ("、" if language() == "zh" else ", ").join(names)


@register.filter
def within_brackets(label: str) -> str:
    """What stands in the last brackets of a label: the code of a table."""
    for left, right in (("（", "）"), ("(", ")")):
        if label.endswith(right):
            return label[label.rindex(left) + 1 : -1]
    return label


@register.filter
def shares(one: Funding) -> str:
    """Who pays which part; who pays nothing is left out."""
    parts = (
        (_("中央"), one.central), (_("省级"), one.province), (_("市级"), one.prefecture), (_("县级"), one.county),
        (_("自有资金"), one.own),
    )  # fmt: skip
    return " · ".join(f"{name} {share(part)}" for name, part in parts if part)
