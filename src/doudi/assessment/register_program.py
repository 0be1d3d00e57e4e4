"""The program that a register is run through: the law of a place, and what in it may turn on what the place may choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from doudi.assessment.register_corners import corners, elastic_of_tier, turning
from doudi.assessment.statute import Statute
from doudi.rules.kinds import ParameterSlot, Schema
from doudi.rules.program import Node, Program
from doudi.rules.specialise import Specialiser


@dataclass(frozen=True)
class RegisterProgram:
    """``outputs`` and ``points`` by name; ``turns`` are pairs of points: one as it is, and as it is at a corner of the elastic
    values.

    ``parameters`` are those of the place and, under other names, the tables of the corners.
    """

    program: Program
    outputs: Mapping[str, int]
    points: Mapping[str, int]
    turns: tuple[tuple[str, str], ...]
    parameters: Mapping[str, Any]

    @property
    def wanted(self) -> dict[str, int]:
        """Outputs and points."""
        return {**self.outputs, **self.points}

    def facts(self) -> frozenset[str]:
        """The facts that outputs and points rest on."""
        nodes = map(self.program.nodes.__getitem__, self.program.needed(self.wanted.values()))
        return frozenset(
            str(node.attribute) for node in nodes if node.op == "input" and node.entity is not None
        )


def program_of(statute: Statute, outputs: Mapping[str, int]) -> RegisterProgram:
    """The program of a place and day for ``outputs`` and for the turning points at every corner of the elastic values."""
    elastic = elastic_of_tier(statute)
    ends = list(corners(statute, elastic))
    parameters, source = dict(statute.values), Program(statute.graph.schema, statute.graph.nodes)
    schema = _with_tables_of_corners(source.schema, ends)
    specialiser = Specialiser(source, statute.values, statute.context, schema)
    moved, points = turning(statute.graph, {one.name for one in elastic})
    named = {str(number): number for number in points}
    program, places = specialiser.rewrite({**outputs, **named})
    kept: dict[str, int] = {}
    turns: dict[tuple[str, str], None] = {}
    for number, changed in enumerate(ends):
        tables = {name: _table(name, number) for name, value in changed.items() if isinstance(value, list)}
        renamed = {tables[name]: changed[name] for name in tables}
        parameters.update(renamed)
        specialiser.source = _with_tables(source, tables)
        specialiser.parameters = {**statute.values, **changed, **renamed}
        found = specialiser.varied(moved, named)
        for name in named:
            if found[name] != places[name]:
                pair = f"turn {places[name]}", f"turn {found[name]}"
                kept.update(zip(pair, (places[name], found[name]), strict=True))
                turns[pair] = None
    found_outputs = {name: places[name] for name in outputs}
    return RegisterProgram(program, found_outputs, kept, tuple(turns), parameters)


def _table(name: str, number: int) -> str:
    return f"{name}.corner{number}"


def _with_tables(program: Program, names: Mapping[str, str]) -> Program:
    """The same program with look-ups in other tables."""
    if not names:
        return program
    nodes = [
        replace(node, attribute=names.get(node.attribute, node.attribute)) if node.op == "lookup" else node
        for node in program.nodes
    ]
    return Program(program.schema, nodes)


def _with_tables_of_corners(schema: Schema, ends: Sequence[Mapping[str, Any]]) -> Schema:
    slots: dict[str, ParameterSlot] = dict(schema.parameters)
    for number, changed in enumerate(ends):
        for name, value in changed.items():
            if isinstance(value, list):
                slots[_table(name, number)] = replace(slots[name], name=_table(name, number))
    return replace(schema, parameters=slots)


@dataclass(frozen=True, slots=True)
class Guard:
    """The conditions under which a fact counts. ``by_row``: for the row itself; ``by_household``: in any row of it."""

    by_row: frozenset[int]
    by_household: frozenset[int]

    @property
    def conditions(self) -> frozenset[int]:
        """All of them."""
        return self.by_row | self.by_household


def guards(program: Program, outputs: Collection[int], facts: Collection[str]) -> dict[str, Guard]:
    """For facts that matter only under conditions: those conditions. The other facts of ``facts`` are not in the result.

    Where none of the conditions of its unknown facts holds, a household comes out the same whatever those facts are:
    every way from such a fact leads past a choice that leaves it out. Conditions are themselves kept free of such facts.
    """
    found: dict[str, Guard] = {}
    wanted = set(outputs)
    left = set(facts)
    while True:
        found = {
            fact: guard for fact in sorted(left) if (guard := _guard_of(program, wanted, fact)) is not None
        }
        conditions = {number for guard in found.values() for number in guard.conditions}
        if conditions <= wanted and found.keys() == left:
            return found
        wanted |= conditions
        left = set(found)


def _guard_of(program: Program, outputs: Collection[int], fact: str) -> Guard | None:
    """The conditions on all ways from a fact to the outputs, or None when there is a way without one."""
    reached: dict[int, bool] = {}
    conditions: tuple[set[int], set[int]] = (set(), set())
    for number in program.needed(outputs):
        node = program.nodes[number]
        if node.op == "input" and node.attribute == fact:
            reached[number] = True
        elif reached.keys().isdisjoint(node.args):
            continue
        elif _leaves_out(program, node, reached):
            conditions[0 if _in_own_row(program, node, reached) else 1].add(node.args[0])
        else:
            reached[number] = _in_own_row(program, node, reached)
        if number in reached and number in outputs:
            return None
    return Guard(frozenset(conditions[0]), frozenset(conditions[1]))


def _leaves_out(program: Program, node: Node, reached: Collection[int]) -> bool:
    """A choice that takes what is in doubt only where a condition on rows holds."""
    if node.op != "where" or program.nodes[node.args[0]].entity is None:
        return False
    return node.args[0] not in reached and node.args[2] not in reached


def _in_own_row(program: Program, node: Node, reached: Mapping[int, bool]) -> bool:
    """Whether the doubt has not left the row in which it arose."""
    if node.op in ("aggregate", "gather", "project"):
        return False
    return all(reached.get(arg, True) for arg in node.args)
