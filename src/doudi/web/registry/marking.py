"""The words of marks, as the list against return to poverty (防返贫监测名单) has them."""

from __future__ import annotations

from doudi.feeds import contract

LISTED = "monitoring_list"


def label_word(code: str, language: str) -> str:
    """What a label of the list is called; the code itself where the list does not know it."""
    return _word("monitored", code, language)


def risk_word(code: str, language: str) -> str:
    """What a risk of the list is called; the code itself where the list does not know it."""
    return _word("risk", code, language)


def _word(field: str, code: str, language: str) -> str:
    codes = contract(LISTED).fields[field].codes
    return codes.label(code, language) if codes is not None and code in codes else code
