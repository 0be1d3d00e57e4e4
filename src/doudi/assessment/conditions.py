"""Which tests belong to a tier, and which truth is asked of each: read from the formulas and from the graph.

A tier's formula asks for tests, those for further tests; the graph tells whether a test enters straight or reversed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.graph import Graph, Variable

TIERS = {
    "tekun": "is_tekun",
    "dibao": "is_dibao",
    "single_dibao": "is_single_dibao",
    "low_margin": "is_low_margin",
    "rigid": "is_rigid",
    "other": "is_other_hardship",
}
"""The tiers in the order in which they are tried, each with the test that decides it for a household or a person."""


@dataclass(frozen=True, slots=True)
class Step:
    """A test that a formula asks for: the truth it must have, and whether it is one of several of which one suffices."""

    name: str
    wanted: bool
    one_of: bool


@cache
def steps(graph: Graph, name: str) -> tuple[Step, ...]:
    """The tests that the formula of a variable asks for, and truth values on the way to tests.

    A tier is not opened again inside another one, and below a test only tests are told.
    """
    asked = _flags_asked(graph, name)
    found = []
    for other in asked:
        if other.formula.is_test or (not _is_inner(graph, name) and _leads_to_tests(graph, other.name)):
            beside = {each.node for each in asked} - {other.node}
            signs = _signs(graph, graph.variables[name].node, other.node, beside)
            wanted = {straight for straight, _ in signs} != {False}
            found.append(Step(other.name, wanted, any(one_of for _, one_of in signs)))
    return tuple(found)


@cache
def stated_facts(graph: Graph, name: str) -> tuple[tuple[Fact, bool], ...]:
    """The facts of yes and no that a formula asks for itself, each with the truth it must have."""
    variable = graph.variables[name]
    facts = [Vocabulary.load().facts.get(asked) for asked in variable.formula.arguments.values()]
    flags = [
        fact
        for fact in facts
        if fact is not None and fact.kind == "flag" and fact.entity == variable.formula.entity
    ]
    inputs = {node.attribute: number for number, node in enumerate(graph.nodes) if node.op == "input"}
    return tuple(
        (fact, {straight for straight, _ in _signs(graph, variable.node, inputs[fact.name], ())} != {False})
        for fact in flags
    )


def _flags_asked(graph: Graph, name: str) -> list[Variable]:
    asked = (graph.variables.get(each) for each in graph.variables[name].formula.arguments.values())
    return [each for each in asked if each is not None and each.kind.name == "flag"]


def _is_inner(graph: Graph, name: str) -> bool:
    return graph.variables[name].formula.is_test and name not in TIERS.values()


@cache
def _leads_to_tests(graph: Graph, name: str) -> bool:
    entity = graph.variables[name].formula.entity
    near = [each for each in _flags_asked(graph, name) if each.formula.entity in (entity, graph.schema.root)]
    return any(each.formula.is_test or _leads_to_tests(graph, each.name) for each in near)


def _signs(graph: Graph, start: int, end: int, stops: Collection[int]) -> set[tuple[bool, bool]]:
    """How a truth value enters another one without passing ``stops``: (straight or reversed, as one of several that suffice)."""
    found: set[tuple[bool, bool]] = set()
    waiting, seen = [(start, True, False)], set()
    while waiting:
        number, straight, one_of = waiting.pop()
        if (number, straight, one_of) in seen or number in stops:
            continue
        seen.add((number, straight, one_of))
        node = graph.nodes[number]
        if number == end:
            found.add((straight, one_of))
        elif node.op == "not":
            waiting.append((node.args[0], not straight, one_of))
        elif node.op in ("and", "or"):
            suffices = (node.op == "or") is straight
            waiting += [(arg, straight, one_of or suffices) for arg in node.args]
        elif node.op in ("aggregate", "gather", "project", "spread", "where") and node.is_flag:
            waiting += [(arg, straight, one_of) for arg in node.args]
    return found
