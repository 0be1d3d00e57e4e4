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
from doudi.facts.vocabulary import engine_date
from doudi.selfcheck.answers import Answers, Kin
from doudi.selfcheck.questions import NONE, UNKNOWN, screens

MONTHS = 12
ABILITIES = ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe")
CENTRAL_PENSION = ((20260101, 163_00), (20250101, 143_00), (0, 123_00))
"""中央确定的城乡居民基础养老金, fen a month from each day on; not compared with the notices that set it (not verified)."""
_COSTS = ("medical", "education")
_HELD = ("dibao", "single_dibao", "tekun", "low_margin", "rigid")
_HELD_BY_ONE = ("single_dibao", "tekun")
_THINGS = ("vehicle", "homes", "business", "shop")
"""While one of these was left open, nobody knows what there is."""
_MARRIAGE_AGE = 20
"""Nobody may marry before (《民法典》第一千零四十七条)."""
_BILLS = ("inpatient_cost", "inpatient_in_scope", "outpatient_cost", "outpatient_in_scope")
"""What the bills of a patient come to: nobody is asked for them, and they are not nothing."""


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
    else:
        told["urgent_event_on"] = UNKNOWN if event == UNKNOWN else day.isoformat()
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
    told |= {**_disability(answers, place), **_abilities(answers, place), **_costs_of(answers, place)}
    age = answers.age(place)
    if age is not None and age < _MARRIAGE_AGE:
        told["marital"] = "single"
    if Kin(answers).is_without_parents(place):
        told |= {"father": UNKNOWN, "mother": UNKNOWN}
    if "tekun" in answers.chosen("held", "held") and answers.size == 1:
        told["already_tekun"] = True
    income = _income(answers, place, day)
    if income:
        told |= {"income": income, "works": _works(income)}
    return told


def _disability(answers: Answers, place: int) -> dict[str, Any]:
    """Kind and grade; where one says none and the other does not, neither is known."""
    kind = answers.of(f"condition-{place}", "disability")
    grade = answers.of(f"condition-{place}", "disability_grade")
    if kind == NONE:
        return {} if grade is None else {"disability": UNKNOWN}
    return {"disability": kind or UNKNOWN, "disability_grade": UNKNOWN if grade is None else int(str(grade))}


def _costs_of(answers: Answers, place: int) -> dict[str, Any]:
    """What a member's share in costs and needs of the household may be: not known."""
    found: dict[str, Any] = {}
    if answers.number("costs", "medical") != 0:
        found |= dict.fromkeys(_BILLS, UNKNOWN)
    studies = answers.of(f"condition-{place}", "study") not in (None, NONE)
    if studies and answers.number("costs", "education") != 0:
        found["tuition"] = UNKNOWN
    if "emergency" in answers.chosen("urgent", "needs"):
        found["unpaid_emergency_cost"] = UNKNOWN
    return found


def _income(answers: Answers, place: int, day: date) -> dict[str, Any]:
    """The income of twelve months; of a resident's pension the central part is told apart."""
    step = f"income-{place}"
    found = _facts(answers, step)
    if not found or "resident_pension" not in answers.told[step]:
        return found
    monthly, pension = answers.number(step, "resident_pension"), answers.number(step, "pension")
    if monthly is None:
        return {**found, "pension": UNKNOWN, "basic_pension_central": UNKNOWN}
    central = min(monthly, next(fen for since, fen in CENTRAL_PENSION if since <= engine_date(day)))
    found["basic_pension_central"] = _yuan(central * MONTHS)
    if pension is not None:
        found["pension"] = _yuan((pension + monthly - central) * MONTHS)
    return found


def _abilities(answers: Answers, place: int) -> dict[str, bool]:
    chosen = answers.chosen(f"condition-{place}", "cannot")
    return {name: name not in chosen for name in ABILITIES} if chosen else {}


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
    """Who owes support from elsewhere; None where that is not clear or was left open: then nobody knows who they are."""
    kin = Kin(answers)
    asked = (("children_away", kin.elders), ("parents_away", kin.dependants))
    if kin.unclear or any(whom and answers.number("elsewhere", name) is None for name, whom in asked):
        return None
    found: list[dict[str, Any]] = []
    for number, (whom, relation) in enumerate(kin.supporters):
        told = _facts(answers, f"support-{number}")
        told["born"] = _born(answers.number(f"support-{number}", "age"), day)
        found += [
            {"person": _id(place), "relation": relation, "supported_persons": len(whom), **told}
            for place in whom
        ]
    return found


def supporter_numbers(answers: Answers) -> list[int]:
    """For each supporter of the facts, in their order, which of those who were said to be there it is."""
    rows = [(place, number) for number, (whom, _) in enumerate(Kin(answers).supporters) for place in whom]
    return [number for _, number in sorted(rows, key=lambda row: row[0])]


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
    homes, area = answers.number("means", "homes") or 0, answers.number("means", "home_area")
    for place in range(homes):
        own = area if homes == 1 else None
        yield {
            "kind": "home", "purpose": NONE if place else "dwelling", "value": UNKNOWN,
            "area": UNKNOWN if own is None else own,
        }  # fmt: skip
    for name in ("business", "shop"):
        if answers.of("means", name) == "true":
            yield {"kind": name, "value": UNKNOWN, "area": UNKNOWN}


def _expenses(answers: Answers) -> Iterator[dict[str, Any]]:
    for kind in _COSTS:
        amount = answers.number("costs", kind)
        if amount != 0:
            yield {"kind": kind, "amount": UNKNOWN if amount is None else _yuan(amount)}


def _holdings(answers: Answers) -> Iterator[dict[str, Any]]:
    for name in answers.chosen("held", "held"):
        if name in _HELD:
            told = {"programme": name, "monthly": UNKNOWN, "since": UNKNOWN}
            yield {**told, "person": _id(0)} if name in _HELD_BY_ONE and answers.size == 1 else told


def _id(place: int) -> str:
    return f"p{place + 1}"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
