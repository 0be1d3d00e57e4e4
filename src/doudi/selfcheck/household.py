"""Answers as a household file, and as the facts that every reader of the law takes.

An answer that was left open is written as not known; nothing that was not said becomes zero. What was not asked has the meaning that
the vocabulary gives to its absence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household_node
from doudi.facts.nodes import compose_json
from doudi.selfcheck.answers import Answers
from doudi.selfcheck.questions import NONE, UNKNOWN, screens

ABILITIES = ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe")
_COSTS = ("medical", "education")
_HELD = ("dibao", "tekun", "low_margin", "rigid")
_THINGS = ("vehicle", "homes", "business")
"""While one of these was left open, nobody knows what there is."""
_MARRIAGE_AGE = 20
"""Nobody may marry before (《民法典》第一千零四十七条)."""
_SICK = ("inpatient_cost", "inpatient_in_scope")


def household_of(answers: Answers, day: date) -> HouseholdFacts:
    """The facts on a day.

    Raises:
        FactError: the answers make no household, such as without anybody in it.
    """
    return read_household_node(compose_json(json.dumps(document(answers, day))), "self-check", on=day)


def document(answers: Answers, day: date) -> dict[str, Any]:
    """The answers as the data of a household file."""
    persons = [_person(answers, place, day) for place in range(answers.size)]
    found: dict[str, Any] = {
        "household": _household(answers, day), "persons": persons, "assets": list(_assets(answers)),
        "expenses": list(_expenses(answers)), "holdings": list(_holdings(answers)),
    }  # fmt: skip
    supporters = _supporters(answers, day)
    if supporters is not None:
        found["supporters"] = supporters
    return found


def _household(answers: Answers, day: date) -> dict[str, Any]:
    needs = answers.chosen("urgent", "needs")
    told = {
        **_facts(answers, "place"),
        **_facts(answers, "home"),
        **_facts(answers, "urgent"),
        **_facts(answers, "costs"),
    }
    if not all(answers.of("means", name) is not None for name in _THINGS):
        told["assets_stated"] = False
    event = told.get("urgent_event", NONE)
    if event == NONE:
        told.pop("urgent_need", None)
    elif event != UNKNOWN:
        told["urgent_event_on"] = day.isoformat()
    if "low_margin" in answers.chosen("held", "held"):
        told["low_margin_recognised"] = True
    if "shelter" in needs:
        told["without_shelter"] = True
    if "legal" in needs:
        told["needs_legal_aid"] = True
    if "dangerous_home" in needs:
        told["dangerous_home"] = UNKNOWN
    if "disaster" in needs:
        told |= {"disaster_on": day.isoformat(), "disaster_home": UNKNOWN}
    return told


def _person(answers: Answers, place: int, day: date) -> dict[str, Any]:
    told = {
        "id": _id(place), "born": _born(answers.age(place), day), "relation": "head", **_facts(answers, f"person-{place}"),
        **_facts(answers, f"condition-{place}"),
    }  # fmt: skip
    grade = answers.of(f"condition-{place}", "disability_grade")
    disability = told.get("disability", UNKNOWN)
    if disability not in (NONE, UNKNOWN):
        told["disability_grade"] = UNKNOWN if grade in (None, "0") else int(str(grade))
    age = answers.age(place)
    if age is not None and age < _MARRIAGE_AGE:
        told["marital"] = "single"
    told |= _abilities(answers, place)
    income = _facts(answers, f"income-{place}")
    if income:
        told["income"] = income
        told["works"] = _works(income)
    if answers.number("costs", "medical") != 0 and place in _patients(answers):
        told |= dict.fromkeys(_SICK, UNKNOWN)
    if "emergency" in answers.chosen("urgent", "needs") and place in _patients(answers):
        told["unpaid_emergency_cost"] = UNKNOWN
    return told


def _abilities(answers: Answers, place: int) -> dict[str, bool]:
    chosen = answers.chosen(f"condition-{place}", "cannot")
    return {name: name not in chosen for name in ABILITIES} if chosen else {}


def _patients(answers: Answers) -> tuple[int, ...]:
    """Those whose treatment may have cost what was paid: whoever is ill, and everybody where nobody was said to be."""
    ill = [place for place in range(answers.size) if answers.of(f"condition-{place}", "illness") != NONE]
    return tuple(ill or range(answers.size))


def _works(income: dict[str, Any]) -> Any:
    """Who earns works; whoever does not say what they earn may."""
    earned = [income[name] for name in ("wage", "business_gross")]
    if any(each not in (0, "0.00", UNKNOWN) for each in earned):
        return True
    return UNKNOWN if UNKNOWN in earned else False


def _born(age: int | None, day: date) -> str:
    """A birthday of today: whoever is so many years old today has the same age on this day, whenever they were born."""
    if age is None:
        return UNKNOWN
    return date(day.year - age, day.month, min(day.day, 28)).isoformat()


def _facts(answers: Answers, step: str) -> dict[str, Any]:
    """The facts that the answers of a step state themselves; an empty step that was not gone through states none."""
    told, screen = answers.told.get(step, {}), screens()[step.partition("-")[0]]
    found: dict[str, Any] = {}
    for name, answer in told.items():
        question = screen.questions[name]
        if question.fact is None:
            continue
        if answer is None:
            found[question.fact.column] = UNKNOWN
        elif question.kind == "amount":
            assert isinstance(answer, int)
            found[question.fact.column] = _yuan(answer * question.times)
        else:
            found[question.fact.column] = answer == "true" if question.kind == "flag" else answer
    if screen.name == "income" and "business_gross" in found:
        found["business_cost"] = 0
    return found


def _supporters(answers: Answers, day: date) -> list[dict[str, Any]] | None:
    """Who owes support from elsewhere; None where that was left open: then nobody knows who they are."""
    found: list[dict[str, Any]] = []
    if answers.old:
        count = answers.number("elsewhere", "children_away")
        if count is None:
            return None
        for child in range(count):
            told = _facts(answers, f"support-{child}")
            told["born"] = _born(answers.number(f"support-{child}", "age"), day)
            found += [
                {"person": _id(place), "relation": "child", "supported_persons": len(answers.old), **told}
                for place in answers.old
            ]
    if answers.minors:
        count = answers.number("elsewhere", "parents_away")
        if count is None:
            return None
        found += [
            {"person": _id(place), "relation": "parent", "family_income": UNKNOWN}
            for place in answers.minors
            for _ in range(count)
        ]
    return found


def _assets(answers: Answers) -> Iterator[dict[str, Any]]:
    deposits = answers.number("means", "deposits")
    if deposits != 0:
        yield {"kind": "deposit", "value": UNKNOWN if deposits is None else _yuan(deposits)}
    vehicle, value = answers.of("means", "vehicle"), answers.number("means", "vehicle_value")
    if vehicle not in (None, "without"):
        yield {
            "kind": "vehicle", "purpose": vehicle,
            "value": UNKNOWN if value in (None, 0) else _yuan(value or 0),
        }  # fmt: skip
    homes = answers.number("means", "homes") or 0
    for place in range(homes):
        open_facts = dict.fromkeys(("area", "value"), UNKNOWN) if homes > 1 else {"value": UNKNOWN}
        yield {"kind": "home", "purpose": "none" if place else "dwelling", **open_facts}
    if answers.of("means", "business") == "true":
        yield {"kind": "business", "value": UNKNOWN}


def _expenses(answers: Answers) -> Iterator[dict[str, Any]]:
    for kind in _COSTS:
        amount = answers.number("costs", kind)
        if amount != 0:
            yield {"kind": kind, "amount": UNKNOWN if amount is None else _yuan(amount)}


def _holdings(answers: Answers) -> Iterator[dict[str, Any]]:
    for name in answers.chosen("held", "held"):
        if name in _HELD:
            yield {"programme": name, "monthly": UNKNOWN, "since": UNKNOWN}


def _id(place: int) -> str:
    return f"p{place + 1}"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
