"""Words of notices for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.assessment.sentences import number
from doudi.web.notices.models import Posting
from doudi.web.notices.selectors.postings import days_left

register = template.Library()
register.filter("left", days_left)

_STATES = {
    "running": (gettext_lazy("公示中"), "state-doing"),
    "stopped": (gettext_lazy("因异议中止"), "state-returned"),
    "over": (gettext_lazy("期满，待报送"), "state-todo"),
    "ended": (gettext_lazy("已结束"), "state-done"),
}


@register.filter
def state_word(posting: Posting) -> str:
    """How a notice stands."""
    return str(_STATES[posting.state][0])


@register.filter
def state_class(posting: Posting) -> str:
    """Its colour; the word stands with it."""
    return _STATES[posting.state][1]


@register.filter
def sum_shown(notice: Any) -> str:
    """The sum of a notice: each month, or once; none where aid is recognised without a sum."""
    if not notice.amount:
        return _("不发放现金")
    text = _("一次 %(sum)s 元") if notice.is_once else _("每月 %(sum)s 元")
    return text % {"sum": number(notice.amount)}
