"""Answers of made-up households."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doudi.selfcheck.answers import Answers
from doudi.selfcheck.questions import Answer

NOTHING = dict.fromkeys(
    ("wage", "farm", "pension", "alimony_received", "rent_received", "other_income", "resident_pension"), 0
)
HEALTHY: dict[str, Answer] = {"disability": "none", "disability_grade": None, "illness": "none"}


def income(**more: int | None) -> dict[str, Answer]:
    """An income in fen for the period that is asked."""
    return {**NOTHING, **more}


def answers(people: Mapping[str, Mapping[str, Any]], **more: Mapping[str, Answer]) -> Answers:
    """A household with nothing special about it, but for ``people`` (their steps) and ``more``."""
    size = sum(key.startswith("person") for key in people)
    return Answers(
        {
            "place": {"area": "rural", "has_residence_registration": "true"},
            "family": {"size": size},
            **people,
            "costs": {"medical": 0, "education": 0, "rent_paid": 0},
            "means": {
                "deposits": 0, "vehicle": "without", "vehicle_value": 0, "homes": 1, "home_area": 80, "business": "false", "shop": "false"
            },
            "home": {"safe_housing": "true", "safe_water": "true"},
            "held": {"held": ("none",)},
            "urgent": {"urgent_event": "none", "urgent_need": None, "needs": ("none",)},
            **more,
        }
    )  # fmt: skip


def old_couple(**more: Mapping[str, Answer]) -> Answers:
    """The silent: 76 and 74, on basic pensions of 150 yuan a month each, with a son who earns and has a family elsewhere."""
    able: dict[str, Answer] = {"marital": "married", **HEALTHY, "cannot": ("none",)}
    people = {
        "person-0": {"age": 76}, "person-1": {"relation": "spouse", "age": 74},
        "condition-0": able, "condition-1": able,
        "income-0": income(pension=15_000), "income-1": income(pension=15_000),
    }  # fmt: skip
    son = {"age": 45, "own_income": 4_000_000, "family_size": 4, "family_income": 4_000_000}
    kin = {"elsewhere": {"children_away": 1}, "support-0": son}
    return answers(people, **{**kin, **more})  # type: ignore[arg-type]


def van_family(value: int, homes: int = 1) -> Answers:
    """A little over: a couple and a daughter at school, with a van worth ``value`` fen that nothing exempts."""
    able: dict[str, Answer] = {"marital": "married", "study": "none", "can_work": "true", **HEALTHY}
    people = {
        "person-0": {"age": 52}, "person-1": {"relation": "spouse", "age": 50}, "person-2": {"relation": "child", "age": 14},
        "condition-0": able, "condition-1": able, "condition-2": {"study": "junior", **HEALTHY},
        "income-0": income(wage=100_000), "income-1": income(),
    }  # fmt: skip
    means = {
        "deposits": 1_200_000,
        "vehicle": "none",
        "vehicle_value": value,
        "homes": homes,
        "home_area": 90,
        "business": "false",
        "shop": "false",
    }
    return answers(people, elsewhere={"parents_away": 0}, means=means)
