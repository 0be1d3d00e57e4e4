"""The lights in the header of a file: what an officer should notice, each as a colour and a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from doudi.web.registry.models import Household

RED, AMBER, BLUE, GREY = "state-late", "state-returned", "state-todo", ""
BASIC = frozenset({"dibao", "single_dibao", "tekun"})
DUE = frozenset({*BASIC, "low_margin", "rigid"})


@dataclass(frozen=True, slots=True)
class Light:
    """Colour as a class, and the word."""

    colour: str
    word: Any


def lights(household: Household, stale: bool) -> Iterator[Light]:
    """What is to be noticed, the gravest first."""
    if household.tier in DUE and not household.held:
        yield Light(RED, _("可能应享未享"))
    if household.tier == "none" and household.held:
        yield Light(AMBER, _("在享，测算不符合"))
    if household.conflicts:
        yield Light(AMBER, _("%(count)d 项来源不一致") % {"count": household.conflicts})
    if not household.tier:
        yield Light(BLUE, _("待补充信息"))
    if stale:
        yield Light(GREY, _("数据较旧"))
