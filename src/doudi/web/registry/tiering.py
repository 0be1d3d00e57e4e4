"""The words of tiers, relations and programmes held, as the law and the vocabulary have them."""

from __future__ import annotations

from functools import cache

from django.utils import timezone

from doudi.assessment.statute import graph_of
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.codes import CodeSet


@cache
def tier_codes() -> CodeSet:
    """The tiers."""
    codes = graph_of(timezone.localdate()).variables["tier"].kind.codes
    assert codes is not None
    return codes


def tier_word(code: str, language: str) -> str:
    """What a tier is called; that of no tier, and that of one which is open."""
    if not code:
        return "待补充信息" if language == "zh" else "open"
    if code == "none":
        return "不在各类别之内" if language == "zh" else "no tier"
    return tier_codes().label(code, language)


def code_word(entity: str, column: str, code: str, language: str) -> str:
    """What a code of the vocabulary is called; the code itself where it is not known."""
    codes = Vocabulary.load().entities[entity].facts[column].codes
    return codes.label(code, language) if codes is not None and code in codes else code
