"""Words of the means check for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from doudi.verification.document_words import money
from doudi.web.means.matrix import Cell, Row
from doudi.web.means.selectors import EXPIRED, UNSIGNED, VALID, WITHDRAWN
from doudi.web.registry.templatetags.registry import language

register = template.Library()
_STATES = {VALID: _("有效"), WITHDRAWN: _("已撤回"), EXPIRED: _("已过期"), UNSIGNED: _("未签署")}
_CONCLUSIONS = {
    "agrees": _("各项相符"), "agrees_open": _("没有发现不符，部分来源没有结果"), "differs": _("有不符"),
    "differs_open": _("有不符，部分来源没有结果"),
}  # fmt: skip


@register.filter
def signature_word(state: str) -> Any:
    """What the state of an authorisation is called."""
    return _STATES[state]


@register.filter
def conclusion_word(conclusion: str) -> Any:
    """A conclusion in words."""
    return _CONCLUSIONS[conclusion]


@register.filter
def cell_word(cell: Cell) -> str:
    """An outcome in words."""
    return cell.word(language())


@register.filter
def source_title(row: Row) -> str:
    """What a source is called."""
    return row.name(language())


@register.filter
def source_state(row: Row) -> str:
    """Whether it answers."""
    return row.state(language())


@register.filter
def fen(amount: int) -> str:
    """A sum of fen in yuan."""
    return money(amount)


@register.filter
def signed_fen(amount: int) -> str:
    """A difference of fen in yuan, with its sign."""
    return money(amount, signed=True)
