"""The facts of a frozen determination, read again: every row and value held against the vocabulary of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from doudi.assessment.statute import OWNED
from doudi.facts.household import Assumption, HouseholdFacts
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.errors import Problem, Problems, ReplayError, nearest

PERSON_LINKS = {"supporter": "person_index"} | dict.fromkeys(OWNED, "owner_index")


def household_of(facts: Mapping[str, Any], assumed: Sequence[Any], problems: Problems) -> HouseholdFacts:
    """The household of frozen facts.

    Raises:
        ReplayError: with all ``problems``: those at hand, and every unknown or missing fact and bad value.
    """
    vocabulary = Vocabulary.load()
    for entity in sorted(facts.keys() ^ vocabulary.entities.keys()):
        problems.add(fault_of("replay.entity", "对象不明或缺失", "unknown or missing entity", entity))
    persons = len(facts["person"]) if isinstance(facts.get("person"), list) else 0
    for entity in (name for name in vocabulary.entities if name in facts):
        rows = facts[entity]
        if not isinstance(rows, dict if entity == "household" else list):
            problems.add(fault_of("replay.rows", "内容无效", "these are no rows", entity))
            continue
        for place, row in enumerate([rows] if entity == "household" else rows):
            _check_row(vocabulary, entity, place, row, persons, problems)
    for place, each in enumerate(assumed):
        if not _is_assumption(vocabulary, facts, each):
            problems.add(fault_of("replay.assumed", "内容无效", "no assumption", f"assumed[{place}]"))
    problems.raise_as(ReplayError)
    found = {name: {**rows} if isinstance(rows, dict) else rows for name, rows in facts.items()}
    ids = {entity: [str(place + 1) for place in range(len(rows))] for entity, rows in facts.items()}
    ids["household"] = [""]
    taken = [Assumption(entity, row, "", fact, value) for entity, row, fact, value in assumed]
    return HouseholdFacts(found, ids, [""] * persons, assumed=taken)


def _is_assumption(vocabulary: Vocabulary, facts: Mapping[str, Any], each: Any) -> bool:
    """Whether it names a fact of a row that there is, or the table of supporters, and a value that the fact may have."""
    if not (isinstance(each, list) and list(map(type, each)) == [str, int, str, int]):
        return False
    entity, row, name, value = each
    rows = 1 if entity == "household" else len(facts[entity]) if isinstance(facts.get(entity), list) else 0
    if not 0 <= row < rows:
        return False
    fact = vocabulary.facts.get(name)
    if fact is None:
        return (entity, name) == ("person", "supporters")
    return fact.entity == entity and _fits(fact, value)


def _check_row(
    vocabulary: Vocabulary, entity: str, place: int, row: Any, persons: int, problems: Problems
) -> None:
    """Every fact of the entity, each within its range, and a link that leads to a person."""
    if not isinstance(row, dict):
        problems.add(fault_of("replay.rows", "行的内容无效", "a row is not a row", f"{entity}[{place}]"))
        return
    link = PERSON_LINKS.get(entity)
    known = {fact.name: fact for fact in vocabulary.entities[entity].engine_facts()}
    for name in sorted(row.keys() - known.keys() - {link}):
        near = nearest(name, known)
        fault = fault_of("replay.fact", "没有这个事实", "no such fact", f"{entity}[{place}].{name}")
        problems.add(
            replace(
                fault,
                remedy_zh=f"相近的：{near}" if near else "",
                remedy_en=f"did you mean {near}" if near else "",
            )
        )
    for name in sorted(known.keys() - row.keys()):
        problems.add(
            fault_of("replay.fact_missing", "缺少这个事实", "a fact is missing", f"{entity}[{place}].{name}")
        )
    for name in sorted(known.keys() & row.keys()):
        if not _in_range(known[name], row[name]):
            problems.add(
                fault_of(
                    "replay.value", "值超出范围", "a value outside its range", f"{entity}[{place}].{name}"
                )
            )
    least = 0 if entity == "supporter" else -1
    if link is not None and (type(row.get(link)) is not int or not least <= row[link] < persons):
        problems.add(
            fault_of("replay.link", "指向的成员不存在", "points to no person", f"{entity}[{place}].{link}")
        )


def _in_range(fact: Fact, value: Any) -> bool:
    if value is None:
        return True
    return type(value) is (bool if fact.kind == "flag" else int) and _fits(fact, value)


def _fits(fact: Fact, value: int) -> bool:
    return fact.low <= value <= fact.high or (value == 0 and fact.may_be_none)


def fault_of(code: str, zh: str, en: str, value: str | None = None) -> Problem:
    """A fault of a frozen determination."""
    return Problem(code, zh, en, value=value)
