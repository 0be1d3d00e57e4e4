"""What places, reasons, tiers and shares of a convergence are called."""

from __future__ import annotations

from fractions import Fraction

from doudi.convergence.classes import CLASSES, REASONS
from doudi.convergence.review import CHANGED_TO
from doudi.hardship.measures import shown
from doudi.web.registry.tiering import tier_codes

OTHER = ("其他困难", "other hardship")
STATES = {"new": "state-todo", "exit": "state-returned", "open": "", "covered": "state-done"}
"""The look of a place; its word always stands beside."""


def place_word(code: str, language: str) -> str:
    """What a place is called."""
    return CLASSES.label(code, language)


def reason_word(code: str, language: str) -> str:
    """What a reason is called."""
    return REASONS.label(code, language)


def tier_word(code: str, language: str) -> str:
    """What a tier is called; that of other aid, which is no tier of the law, as well; empty for none."""
    if code and code in tier_codes():
        return tier_codes().label(code, language)
    return OTHER[language != "zh"] if code else ""


def percent(share: Fraction | None) -> str:
    """A share with two decimals; a dash for none."""
    return shown(share)


def places_to_choose(language: str) -> list[tuple[str, str]]:
    """The places to which a level may change a person."""
    return [(code, place_word(code, language)) for code in CHANGED_TO]
