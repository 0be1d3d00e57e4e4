"""The households of a list as XLSX: masked, with a line that says who took it and when."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.assessment.sentences import number
from doudi.web.registry.models import Household
from doudi.web.registry.templatetags.registry import holding, tag, tier

MOST = 20_000


def as_workbook(households: Sequence[Household], by: Any) -> bytes:
    """One row for each household; every cell is text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(_("家庭"))
        bold, faint = book.add_format({"bold": True}), book.add_format({"font_color": "#8f5600"})
        sheet.write_string(0, 0, watermark(by), faint)
        for place, head in enumerate(_heads()):
            sheet.write_string(1, place, head, bold)
        for line, household in enumerate(households, 2):
            for place, text in enumerate(_cells(household)):
                sheet.write_string(line, place, text)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 8, 18)
        sheet.set_footer(f"&L{watermark(by).replace('&', '&&')}&R&P / &N")
    return buffer.getvalue()


def watermark(by: Any) -> str:
    """Who and when."""
    return _("%(name)s（%(account)s）于 %(time)s 导出，仅限工作使用") % {
        "name": by.name, "account": by.username, "time": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }  # fmt: skip


def _heads() -> list[str]:
    return [
        _("家庭编号"), _("户主"), _("户主身份证号"), _("乡镇"), _("村（社区）"), _("人数"), _("测算类别"), _("测算月金额（元）"),
        _("在享救助"), _("标签"), _("数据更新日期"),
    ]  # fmt: skip


def _cells(household: Household) -> list[str]:
    head, region = household.head, household.region
    township = region.parent.name if region.parent and region.level == "village" else ""
    return [
        household.number, head.masked_name if head else "", head.masked_id if head else "", township, region.name,
        str(household.size), tier(household.tier), "" if household.monthly is None else number(household.monthly),
        "、".join(holding(code) for code in household.held),
        "、".join(tag(each.code) for each in household.present_tags),
        household.data_day.isoformat() if household.data_day else "",
    ]  # fmt: skip
