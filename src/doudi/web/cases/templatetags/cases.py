"""Words of case work for templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.procedure.running import Reading
from doudi.rules.errors import Problem
from doudi.web.accounts.roles import Role
from doudi.web.cases import words
from doudi.web.cases.errors import told
from doudi.web.cases.fields import ACCOUNTS
from doudi.web.cases.marks import HIGH, MARKS
from doudi.web.cases.models import Case, Step
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.cases import aware_now
from doudi.web.registry.templatetags.registry import language

register = template.Library()
OWN_ROLES = frozenset({"resident", "anyone"})
"""As what a household itself acts."""


@register.filter
def case_kind(case: Case) -> str:
    """What the kind of a case is called."""
    return words.kind_word(case.kind, language())


@register.filter
def case_stage(case: Case) -> str:
    """What the stage of a case is called."""
    return words.stage_word(case.kind, case.stage, language())


@register.filter
def holder(role: str) -> str:
    """What a role of the procedure is called."""
    return words.role_word(role, language())


@register.filter
def clock(name: str) -> str:
    """What a clock is called."""
    return words.clock_word(name, language())


@register.filter
def step_name(row: Step) -> str:
    """What a step that was taken is called."""
    return words.step_word(row.case.kind, row.step, language())


@register.filter
def titled(thing: Any) -> str:
    """The title of a part of the procedure."""
    return str(thing.zh if language() == "zh" else thing.en)


@register.filter
def paper_name(kind: str) -> str:
    """What a document is called."""
    return words.paper_word(kind, language())


@register.filter
def filled(row: Step, folder: Folder) -> list[tuple[str, str]]:
    """What was filled in for a step: labels and values. The household sees of steps of the staff only that they were taken."""
    if folder.user.role == Role.RESIDENT and row.role not in OWN_ROLES:
        return []
    return [
        (words.input_word(name, language()), _value(name, value, folder))
        for name, value in row.inputs.items()
    ]


def _value(name: str, value: Any, folder: Folder) -> str:
    """A value as people read it; accounts by the names of those who have them."""
    if name in ACCOUNTS:
        accounts = value if isinstance(value, tuple) else (value,)
        return "、".join(folder.names.get(str(each), str(each)) for each in accounts)
    return words.value_word(name, value, language())


@register.filter
def fact_word(facts: dict[str, Any], name: str) -> str:
    """A value among others, as people read it; empty for none."""
    return words.value_word(name, facts[name], language()) if name in facts else ""


@register.filter
def code_word(code: str, name: str) -> str:
    """A code of an input in words; empty for none."""
    return words.value_word(name, code, language()) if code else ""


@register.filter
def programme_title(code: str) -> str:
    """What a programme is called; empty for none."""
    return words.programme_word(code, language())


@register.filter
def kind_title(kind: str) -> str:
    """What a kind of case is called."""
    return words.kind_word(kind, language())


@register.filter
def mark_word(mark: str) -> str:
    """What a mark is called."""
    return str(MARKS.get(mark, mark))


@register.filter
def high_risk(mark: str) -> bool:
    """Whether a mark asks for a visit of the county."""
    return mark in HIGH


@register.filter
def paths(names: list[str]) -> str:
    """What elastic parameters are called."""
    mark = "；" if language() == "zh" else "; "
    return mark.join(words.path_word(name, language()) for name in names)


@register.filter
def late(due: datetime | None) -> bool:
    """Whether a deadline has passed."""
    return due is not None and due < aware_now()


@register.filter
def state_class(reading: Reading) -> str:
    """The colour of a clock; its word stands beside it."""
    if reading.is_overdue and reading.state == "over":
        return "state-late"
    return "state-back" if reading.state == "paused" else "state-doing"


@register.filter
def problem(reason: Problem) -> str:
    """A reason against a step, and what to do."""
    return told([reason], language())[0]


@register.filter
def cited(step: Any) -> str:
    """The article on which a step rests."""
    return str(step.reference.sentence(language())) if step.reference else "—"


@register.filter
def shown_clock(reading: Reading) -> str:
    """How much time is left, or how late it is, in the unit of the limit."""
    if reading.state == "paused":
        return _("中止")
    if reading.is_overdue and reading.state == "over":
        return _LATE[reading.unit] % {"n": reading.late}
    if reading.due is None:
        return _("计时中")
    return _("已满") if reading.state == "over" else _LEFT[reading.unit] % {"n": reading.left}


_LEFT = {
    "hours": gettext_lazy("还有 %(n)d 小时"), "working_days": gettext_lazy("还有 %(n)d 个工作日"),
    "days": gettext_lazy("还有 %(n)d 天"), "months": gettext_lazy("还有 %(n)d 天"),
}  # fmt: skip
_LATE = {
    "hours": gettext_lazy("超期 %(n)d 小时"), "working_days": gettext_lazy("超期 %(n)d 个工作日"),
    "days": gettext_lazy("超期 %(n)d 天"), "months": gettext_lazy("超期 %(n)d 天"),
}  # fmt: skip
