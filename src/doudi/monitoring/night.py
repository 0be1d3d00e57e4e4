"""One household on one night: its facts, those of the night before, the rows about it, and the words made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from doudi.assessment.determination import Determination, assess
from doudi.assessment.statute import statute_of
from doudi.facts.household import HouseholdFacts
from doudi.monitoring.law import Watch, rules_of
from doudi.monitoring.law import all_parameters as parameters
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.words import BEFORE, DEPARTED, DUE, GONE, HELD, NEVER, SINCE, STANDING, THERE, Word
from doudi.programmes.standing import standings

Row = dict[str, Any]


@dataclass(frozen=True)
class Night:
    """What is known of one household on a night.

    ``before`` is the household of the night before, None where there was none. ``departed``: who has died or left, with the
    values of the entity, and ``id`` for the person in ``before``. ``rows``: entity → the rows about the household, complete.
    """

    today: HouseholdFacts
    before: HouseholdFacts | None
    departed: Sequence[Row] = ()
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def facts_of(night: Night, watch: Watch, asked: frozenset[str]) -> HouseholdFacts:
    """The facts of tonight with every word in ``asked``, ready to be judged by :func:`doudi.assessment.determination.assess`."""
    facts: dict[str, Any] = {name: _copied(rows) for name, rows in night.today.facts.items()}
    facts.update({entity: [dict(row) for row in night.rows.get(entity, ())] for entity in rows_of_feeds()})
    facts[DEPARTED] = [{name: value for name, value in row.items() if name != "id"} for row in night.departed]
    words = [word for name, word in watch.words.items() if name in asked]
    _put_before(facts, night, watch, words)
    _put_standings(facts, night.today, watch, words)
    for word in words:
        if word.prefix == SINCE:
            for row in _rows(facts, str(word.input.entity)):
                row[word.input.name] = days_between(row[word.of], watch.context["today"])
    ids = {
        **night.today.ids,
        **{name: [""] * len(facts[name]) for name in facts if name not in night.today.ids},
    }
    return replace(night.today, facts=facts, ids=ids)


def judge(night: Night, watch: Watch, outputs: Mapping[str, int]) -> Determination:
    """The rules ``outputs`` (names and nodes) of the indicators for one household."""
    nodes = map(watch.graph.nodes.__getitem__, watch.graph.needed(outputs.values()))
    asked = frozenset(str(node.attribute) for node in nodes if node.op == "input")
    return assess(facts_of(night, watch, asked), watch, outputs)


def days_between(day: int | None, today: int) -> int | None:
    """Days from ``day`` until ``today`` (both ``yyyymmdd``); :data:`NEVER` where there is none, None where it is not known."""
    if day is None:
        return None
    return (date_of(today) - date_of(day)).days if day else NEVER


def date_of(day: int) -> date:
    """The day that the engine holds as ``yyyymmdd``."""
    return date(day // 10_000, day // 100 % 100, day % 100)


def _copied(rows: Any) -> Any:
    return dict(rows) if isinstance(rows, dict) else [dict(row) for row in rows]


def _rows(facts: Mapping[str, Any], entity: str) -> list[Row]:
    found = facts[entity]
    return [found] if isinstance(found, dict) else found


def _put_before(facts: Mapping[str, Any], night: Night, watch: Watch, words: Sequence[Word]) -> None:
    """What was so the night before, by the law and the facts of that night; unknown of whom was not there."""
    there = {} if night.before is None else {id: place for place, id in enumerate(night.before.ids["person"])}
    facts["household"][THERE["household"]] = night.before is not None
    for row, id in zip(facts["person"], night.today.ids["person"], strict=True):
        row[THERE["person"]] = id in there
    asked = [word for word in words if word.prefix in (BEFORE, GONE)]
    value = _Before(night.before, watch, [word.of for word in asked])
    for word in asked:
        name = word.input.name
        if word.prefix == GONE:
            for row, one in zip(facts[DEPARTED], night.departed, strict=True):
                row[name] = value.of(word.of, there.get(one["id"]))
        elif word.input.entity == "household":
            facts["household"][name] = value.of(word.of, None)
        else:
            for row, id in zip(facts["person"], night.today.ids["person"], strict=True):
                row[name] = value.of(word.of, there.get(id)) if id in there else None


class _Before:
    """Facts and rules of the night before."""

    def __init__(self, before: HouseholdFacts | None, watch: Watch, names: Sequence[str]) -> None:
        self.before = before
        base = rules_of(watch.before).base
        rules = {name: base.variables[name].node for name in names if name in base.variables}
        self.trace = None
        if before is not None and rules:
            resolved = parameters().resolve(watch.region, watch.before)
            statute = statute_of(watch.region, watch.before, resolved, base, specialised=False)
            self.trace = assess(before, statute, rules).trace

    def of(self, name: str, place: int | None) -> Any:
        """The value of a person at ``place``, or of the household where the name belongs to it; None: not known."""
        if self.before is None:
            return None
        if name in self.before.facts["household"]:
            return self.before.facts["household"][name]
        if self.before.facts["person"] and name in self.before.facts["person"][0]:
            return None if place is None else self.before.facts["person"][place][name]
        if self.trace is None or name not in self.trace.statute.graph.variables:
            return None
        of_persons = self.trace.statute.variable(name).formula.entity == "person"
        return None if of_persons and place is None else self.trace.value(name, place if of_persons else None)


def _put_standings(
    facts: Mapping[str, Any], household: HouseholdFacts, watch: Watch, words: Sequence[Word]
) -> None:
    """How the household stands in each programme, all members together, for a year."""
    asked = [word for word in words if word.prefix in (STANDING, DUE, HELD)]
    if not asked:
        return
    found = standings(household, watch.offer).standings
    for word in asked:
        own = [one for one in found if one.programme.id == word.of]
        due = _sum(one.due if one.due is None else one.programme.in_year(one.due) for one in own)
        held = _sum(one.held if one.held is None else one.programme.in_year(one.held) for one in own)
        values = {STANDING: _standing(due, held), DUE: due, HELD: held}
        facts["household"][word.input.name] = values[word.prefix]


def _sum(values: Any) -> int | None:
    found = list(values)
    return None if None in found else sum(found)


def _standing(due: int | None, held: int | None) -> int | None:
    """The code of the standing: not due, gets, missed, short, beyond."""
    if due is None or held is None:
        return None
    if not due and not held:
        return 0
    if due == held:
        return 1
    return 4 if held > due else 2 if held == 0 else 3
