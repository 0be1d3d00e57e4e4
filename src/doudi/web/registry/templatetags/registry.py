"""Filters for sums, tiers, relations and sources, in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from doudi.assessment.sentences import number
from doudi.web.registry.known import Item, Told, source_name
from doudi.web.registry.marking import label_word, risk_word
from doudi.web.registry.programmes import programme_name
from doudi.web.registry.sensitive import masked_number
from doudi.web.registry.tagging import tag_kinds
from doudi.web.registry.tiering import code_word, tier_word

register = template.Library()
register.filter("programme", programme_name)
register.filter("masked_number", lambda text: masked_number(text or ""))


@register.simple_tag
def search_form() -> Any:
    """The one box, for pages of other rooms."""
    from doudi.web.registry.forms import SearchForm

    return SearchForm()


def language() -> str:
    """``zh`` or ``en``."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as yuan with two decimals and thousands set apart."""
    return "—" if fen is None else number(fen)


@register.filter
def tier(code: str) -> str:
    """What a tier is called."""
    return tier_word(code, language())


@register.filter
def relation(code: str) -> str:
    """What a relation to the head is called."""
    return code_word("person", "relation", code, language()) if code else "—"


@register.filter
def holding(code: str) -> str:
    """What a programme that is held is called."""
    return code_word("holding", "programme", code, language())


@register.filter
def tag(code: str) -> str:
    """What a tag is called."""
    kind = tag_kinds().get(code)
    return kind.name(language()) if kind else code


@register.filter
def mark_label(code: str) -> str:
    """What a label of the list against return to poverty is called."""
    return label_word(code, language())


@register.filter
def mark_risk(code: str) -> str:
    """What a risk of that list is called."""
    return risk_word(code, language())


@register.filter
def source(name: str) -> str:
    """What a source is called."""
    return source_name(name, language())


@register.filter
def shown(told: Told) -> str:
    """A value as people read it."""
    return told.shown(language())


@register.filter
def why(told: Any) -> str:
    """Why a value is used or not."""
    return str(told.why(language()))


@register.filter
def label(fact: Any) -> str:
    """What a fact is called."""
    return str(fact.zh if language() == "zh" else fact.en)


@register.filter
def kind(item: Item) -> str:
    """What an item is."""
    return item.kind(language())


@register.filter
def sums(item: Item) -> list[tuple[str, str]]:
    """The sums and measures of an item."""
    return item.sums(language())


@register.filter
def standing_class(state: str) -> str:
    """The colour of how a programme stands; its word stands in it."""
    return STANDING_CLASSES.get(state, "")


STANDING_CLASSES = {
    "missed": "state-late", "short": "state-returned", "beyond": "state-returned", "gets": "state-done",
    "undetermined": "state-todo",
}  # fmt: skip
