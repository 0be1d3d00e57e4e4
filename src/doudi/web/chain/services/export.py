"""The catalogue of a county as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from doudi.programmes.policy import Policy
from doudi.web.cases.services.export import workbook_of
from doudi.web.policies.templatetags.policies import decider, manner, shares, time_limit
from doudi.web.site.templatetags.doudi import office_name


def catalogue_as_workbook(found: Sequence[Policy], by: Any) -> bytes:
    """One row for each programme; every cell is text."""
    heads = [
        _("单位"),
        _("项目"),
        _("给什么"),
        _("给谁"),
        _("标准"),
        _("资金分担"),
        _("谁决定"),
        _("多长时间"),
        _("依据"),
    ]
    return workbook_of(_("项目目录"), heads, _rows(found), by)


def _rows(found: Sequence[Policy]) -> Iterator[list[str]]:
    for each in found:
        one = each.programme
        if one is not None:
            yield [
                office_name(one.organisation), each.name, manner(one), each.summary, _standard(each),
                shares(each.funding) if each.funding else "", decider(one), time_limit(one), "；".join(each.articles),
            ]  # fmt: skip


def _standard(one: Policy) -> str:
    """How much, with what an amount without figures rests on."""
    return "；".join([one.amount, *(f"{term.label} = {term.phrase}" for term in one.basis)])
