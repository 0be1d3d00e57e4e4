"""Words of applying for templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from doudi import procedure
from doudi.web.applications.sections.applicant import SPEAKERS
from doudi.web.applications.selectors.dossiers import STATES
from doudi.web.applications.sources import source_word
from doudi.web.registry.templatetags.registry import language
from doudi.web.registry.tiering import code_word

register = template.Library()


@register.filter
def state_word(state: str) -> Any:
    """How far something has come, in words."""
    return STATES[state]


@register.filter
def source_title(feed: str) -> str:
    """A source of the means check: what it holds, and who holds it."""
    return source_word(feed, language())


@register.filter
def titled_paper(paper: Any) -> str:
    """What a paper is called."""
    return str(paper.zh if language() == "zh" else paper.en)


@register.filter
def cited_paper(paper: Any) -> str:
    """The article that says why nobody brings it."""
    return str(paper.reference.sentence(language()))


@register.filter
def paper_word(kind: str) -> str:
    """What a kind of file is called."""
    found = procedure.procedure().papers.get(kind)
    return titled_paper(found) if found else _("手写签名")


@register.filter
def speaker_word(code: str) -> Any:
    """Who speaks for a household."""
    return dict(SPEAKERS).get(code, code)


@register.filter
def item_word(item: Mapping[str, Any]) -> str:
    """What a declared item is."""
    entity = str(item["entity"])
    column = "relation" if entity == "supporter" else "kind"
    return code_word(entity, column, str(item[column]), language())


@register.filter
def item_sum(item: Mapping[str, Any]) -> str:
    """What a declared item comes to, in yuan."""
    return next((str(item[name]) for name in ("value", "amount", "own_income") if item.get(name)), "—")
