"""A roll as a workbook: masked, every cell text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from doudi.assessment.sentences import number
from doudi.web.cases.services.export import place_of, workbook_of
from doudi.web.cases.words import programme_word
from doudi.web.paying.models import Line
from doudi.web.registry.templatetags.registry import language


def as_workbook(rows: Sequence[Line], by: Any) -> bytes:
    """One row for each line that pays."""
    heads = [
        _("家庭编号"), _("户主"), _("乡镇"), _("村（社区）"), _("救助项目"), _("金额（元）"), _("上月（元）"), _("比上月"), _("办件编号"),
    ]  # fmt: skip
    return workbook_of(_("发放名册"), heads, (_row(each) for each in rows), by)


def _row(line: Line) -> list[str]:
    head = line.household.head
    return [
        line.household.number, head.masked_name if head else "", *place_of(line.region), programme_word(line.programme, language()),
        number(line.amount), "" if line.before is None else number(line.before), str(line.get_difference_display()),
        line.entitlement.case.number,
    ]  # fmt: skip
