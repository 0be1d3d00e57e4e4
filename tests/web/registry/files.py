"""Household files of the examples as homes of a build, so that the registry holds what a file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from doudi.facts.household_file import read_household
from doudi.facts.values import show
from doudi.facts.vocabulary import Vocabulary
from tests.web.registry.county import Home, Somebody

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = {"head": "田春山", "spouse": "田秀英", "child": "田小雨"}


def home_of(file: str, number: str, village: str, day: date) -> Home:
    """The household of an example as it is read on a day, with what every fact that is not stated means."""
    told = yaml.safe_load((EXAMPLES / file).read_text("utf-8"))
    read = read_household(EXAMPLES / file, day).facts
    people = [
        _somebody(number, place, each, row)
        for place, (each, row) in enumerate(zip(told["persons"], read["person"], strict=True))
    ]
    return Home(number, village, people, facts=_facts("household", read["household"]))


def _somebody(number: str, place: int, told: dict[str, Any], row: dict[str, Any]) -> Somebody:
    born = told["born"] if isinstance(told["born"], date) else date.fromisoformat(str(told["born"]))
    name = NAMES.get(told["relation"], "田家人")
    return Somebody(f"{number}.p{place}", name, told["relation"], born=born, facts=_facts("person", row))


def _facts(kind: str, row: dict[str, Any]) -> dict[str, str | None]:
    """Canonical texts of the facts that the engine reads; None where a fact is not known."""
    return {
        fact.column: None if row[fact.column] is None else show(fact, row[fact.column])
        for fact in Vocabulary.load().entities[kind].engine_facts()
        if fact.column in row and fact.column not in ("relation", "born")
    }
