"""Lists as XLSX: masked, every cell text, with a line that says who took it and when."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.assessment.sentences import number
from doudi.web.cases.marks import MARKS
from doudi.web.cases.models import Case, Entitlement
from doudi.web.cases.words import kind_word, programme_word, role_word, stage_word
from doudi.web.registry.services.export import watermark
from doudi.web.registry.templatetags.registry import language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000


def as_workbook(cases: Sequence[Case], by: Any) -> bytes:
    """One row for each case."""
    heads = [
        _("办件编号"), _("户主"), _("乡镇"), _("村（社区）"), _("事项"), _("来源"), _("阶段"), _("由谁办理"), _("经办人"), _("期限"),
        _("救助项目"), _("金额（元）"), _("风险标记"),
    ]  # fmt: skip
    return workbook_of(_("办件"), heads, (_case(each) for each in cases), by)


def payments_as_workbook(rows: Sequence[Entitlement], by: Any) -> bytes:
    """One row for each sum of a month."""
    heads = [
        _("家庭编号"),
        _("户主"),
        _("乡镇"),
        _("村（社区）"),
        _("救助项目"),
        _("保障人数"),
        _("金额（元）"),
        _("办件编号"),
    ]
    return workbook_of(_("发放清单"), heads, (_payment(each) for each in rows), by)


def workbook_of(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], by: Any) -> bytes:
    """One sheet with a line that says who took it and when; every cell is text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(title)
        sheet.write_string(0, 0, watermark(by), book.add_format({"font_color": "#8f5600"}))
        bold = book.add_format({"bold": True})
        for place, head in enumerate(heads):
            sheet.write_string(1, place, head, bold)
        for line, cells in enumerate(rows, 2):
            for place, text in enumerate(cells):
                sheet.write_string(line, place, text)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.set_footer(f"&L{watermark(by).replace('&', '&&')}&R&P / &N")
    return buffer.getvalue()


def place_of(region: Any) -> list[str]:
    """Township and village of a region."""
    township = region.parent.name if region.parent and region.level == "village" else ""
    return [township, region.name]


def _case(case: Case) -> list[str]:
    told = language()
    head = case.household.head if case.household else None
    source = "" if not case.source else str(case.source)
    return [
        case.number, head.masked_name if head else "", *place_of(case.region), kind_word(case.kind, told), source,
        stage_word(case.kind, case.stage, told), "" if case.closed_at else role_word(case.owner, told),
        case.assigned_to.name if case.assigned_to else "",
        f"{timezone.localtime(case.due):%Y-%m-%d}" if case.due else "", programme_word(case.programme, told),
        "" if case.amount is None else number(case.amount), "、".join(str(MARKS.get(mark, mark)) for mark in case.marks),
    ]  # fmt: skip


def _payment(row: Entitlement) -> list[str]:
    head = row.household.head
    return [
        row.household.number, head.masked_name if head else "", *place_of(row.region), programme_word(row.programme, language()),
        str(row.persons or ""), number(row.amount), row.case.number,
    ]  # fmt: skip
