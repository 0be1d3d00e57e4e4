"""What was paid, by its words: programme codes as they stand in ``Benefit.programme``."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.programmes.catalogue import catalogue

PROGRAMMES: dict[str, str | Promise] = {
    "dibao": _("最低生活保障金"),
    "single_dibao": _("单人保保障金"),
    "tekun": _("特困供养金"),
    "low_margin": _("低保边缘家庭救助"),
    "rigid": _("刚性支出困难家庭救助"),
    "other_aid": _("其他救助"),
    "living": _("困难残疾人生活补贴"),
    "nursing": _("重度残疾人护理补贴"),
    "elder": _("高龄津贴"),
    "orphan": _("孤儿基本生活费"),
    "unattended_child": _("事实无人抚养儿童基本生活费"),
    "temporary": _("临时救助"),
    "temporary_aid": _("临时救助"),
    "medical": _("医疗救助"),
}


def programme_name(code: str) -> str | Promise:
    """What a programme is called, here or in the catalogue; its code where it has no words."""
    one = catalogue().programmes.get(code)
    return PROGRAMMES.get(code) or (code if one is None else one.name(_language()))


def _language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
