"""What a collective review (一事一议) has before it: the readings of an elastic parameter, the most favourable first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from doudi.assessment import sentences as say
from doudi.assessment.discretion import Discretion, Elastic, Reading
from doudi.web.registry.tiering import tier_word


@dataclass(frozen=True, slots=True)
class Meeting:
    """The sentences on what is open, and the readings in the order in which they are discussed."""

    sentences: tuple[str, ...]
    readings: tuple[str, ...]


def meeting_of(found: Discretion, paths: Collection[str]) -> Meeting:
    """What is open among the elastic parameters ``paths``. Readings are written in Chinese: they go into the minutes."""
    turning = [each for each in found.elastic if each.path in paths]
    readings = [told for each in turning for told in _readings(each, found.local)]
    return Meeting(tuple(each.sentence for each in turning), tuple(dict.fromkeys(readings)))


def _readings(each: Elastic, local: Reading) -> list[str]:
    """Every value that was tried, the most favourable first, then the local one."""
    tried = (
        (each.favourable.values.get(each.path, each.local), each.favourable),
        (each.local, local),
        (each.low, each.at_low),
        (each.high, each.at_high),
    )
    texts = {each.low: each.range_text[0], each.high: each.range_text[1], each.local: each.local_text}
    return [f"{each.label}按 {texts[value]} 掌握：{_outcome(reading)}" for value, reading in tried]


def _outcome(reading: Reading) -> str:
    """The tier and the sum that a reading comes to."""
    tier = tier_word(reading.tier or "", "zh")
    return tier if not reading.monthly_total else f"{tier}，每月 {say.money(reading.monthly_total)}"
