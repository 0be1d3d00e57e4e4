"""The persons of a convergence as XLSX: masked, every cell text, with a line that says who took it and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.cases.services.export import workbook_of
from doudi.web.convergence.models import Placement
from doudi.web.convergence.templatetags.convergence import listed_name
from doudi.web.convergence.words import place_word, reason_word, tier_word
from doudi.web.registry.marking import label_word, risk_word
from doudi.web.registry.templatetags.registry import language

MOST = 20_000


def as_workbook(rows: Sequence[Placement], by: Any) -> bytes:
    """One row for each person."""
    heads = [
        _("姓名"), _("公民身份号码"), _("乡镇"), _("村（社区）"), _("监测类别"), _("风险"), _("识别日期"), _("拟归类"), _("救助类别"), _("理由"),
        _("为什么这样归类"), _("依据"), _("缺少的信息"), _("审核"), _("决定"), _("决定类别"), _("决定人"), _("决定日期"), _("办件编号"),
    ]  # fmt: skip
    return workbook_of(_("并轨"), heads, _lines(rows), by)


def _lines(rows: Iterable[Placement]) -> Iterable[list[str]]:
    told = language()
    for row in rows:
        content, region = row.content(), row.region
        decided = row.decided_at is not None
        yield [
            listed_name(row), content["id_masked"], region.parent.name if region.level == "village" else "", region.name,
            label_word(row.label, told), risk_word(row.risk, told) if row.risk else "",
            row.labelled_on.isoformat() if row.labelled_on else "", place_word(row.place, told), tier_word(row.tier, told),
            reason_word(row.reason, told), content["sentence"], content["articles"], content["missing"], str(row.get_state_display()),
            place_word(row.wanted_place, told) if decided else "", tier_word(row.wanted_tier, told) if decided else "",
            row.decided_by.name if row.decided_by else "",
            f"{timezone.localtime(row.decided_at):%Y-%m-%d}" if row.decided_at else "", row.case.number if row.case else "",
        ]  # fmt: skip
