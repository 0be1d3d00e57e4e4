"""The program that a register is run through: the law of a place, once more at the ends of what the place may choose.

What the variants share is computed once: only the nodes that an elastic value touches are there again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from doudi.assessment.statute import Statute
from doudi.rules.kinds import ParameterSlot, Schema
from doudi.rules.program import Node, Program
from doudi.rules.specialise import Specialiser

MOST_CORNERS = 64


@dataclass(frozen=True)
class RegisterProgram:
    """``outputs`` by name; ``corners`` are the outputs that hold the tier at the ends of the elastic values.

    ``parameters`` are those of the place and, under other names, the tables of the corners.
    """

    program: Program
    outputs: Mapping[str, int]
    corners: tuple[str, ...]
    parameters: Mapping[str, Any]

    def facts(self) -> frozenset[str]:
        """The facts that the outputs rest on."""
        nodes = map(self.program.nodes.__getitem__, self.program.needed(self.outputs.values()))
        return frozenset(
            str(node.attribute) for node in nodes if node.op == "input" and node.entity is not None
        )


def program_of(statute: Statute, outputs: Mapping[str, int]) -> RegisterProgram:
    """The program of a place and day for ``outputs`` and for the tier at every corner of the elastic values."""
    elastic = _elastic_of_tier(statute)
    ends = list(_corners(elastic))
    parameters, source = dict(statute.values), Program(statute.graph.schema, statute.graph.nodes)
    schema = _with_tables_of_corners(source.schema, elastic, len(ends))
    specialiser = Specialiser(source, statute.values, statute.context, schema)
    program, places = specialiser.rewrite(outputs)
    corners: dict[str, int] = {}
    for number, values in enumerate(ends):
        changed = _parameters_at(statute, elastic, values)
        tables = {name: _table(name, number) for name, value in changed.items() if isinstance(value, list)}
        renamed = {tables[name]: changed[name] for name in tables}
        parameters.update(renamed)
        specialiser.source = _with_tables(source, tables)
        specialiser.parameters = {**statute.values, **changed, **renamed}
        _, found = specialiser.rewrite({"tier": statute.variable("tier").node})
        corners[f"tier at corner {found['tier']}"] = found["tier"]
    apart = {name: number for name, number in corners.items() if number != places["tier"]}
    return RegisterProgram(program, {**places, **apart}, tuple(apart), parameters)


@dataclass(frozen=True, slots=True)
class _Elastic:
    """A value that may be chosen, with the cells of its table that move with it; ``places`` is empty for a single value."""

    name: str
    places: tuple[int, ...]
    value: int
    low: int
    high: int


def _elastic_of_tier(statute: Statute) -> list[_Elastic]:
    """The elastic values that the tier rests on. A cell taken from another one moves with it."""
    names, resolved = statute.graph.inputs_of(["tier"]), statute.resolved
    found = []
    for one in resolved.elastic_values():
        cells, definition = resolved.cells[one.name], resolved.definition(one.name)
        own = definition.key(one.code)
        if one.name not in names or one.low == one.high or cells[own].taken_from is not None:
            continue
        moved = (
            key for key, cell in cells.items() if key == own or (own is not None and cell.taken_from == own)
        )
        places = tuple(key for key in moved if key is not None)
        found.append(_Elastic(one.name, places, one.value, one.low, one.high))
    return found


def _corners(elastic: Sequence[_Elastic]) -> Iterator[tuple[int, ...]]:
    """Every choice of ends; where there are too many, each end of each alone and all together."""
    if not elastic:
        return
    ends = [(value.low, value.high) for value in elastic]
    if 2 ** len(ends) <= MOST_CORNERS:
        yield from product(*ends)
        return
    usual = [value.value for value in elastic]
    yield tuple(low for low, _ in ends)
    yield tuple(high for _, high in ends)
    for place, pair in enumerate(ends):
        for end in pair:
            yield (*usual[:place], end, *usual[place + 1 :])


def _parameters_at(statute: Statute, elastic: Sequence[_Elastic], values: Sequence[int]) -> dict[str, Any]:
    """The elastic parameters at a corner."""
    changed: dict[str, Any] = {}
    for one, value in zip(elastic, values, strict=True):
        if not one.places:
            changed[one.name] = value
            continue
        table = changed.setdefault(one.name, list(statute.values[one.name]))
        for place in one.places:
            table[place] = value
    return changed


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


def _with_tables_of_corners(schema: Schema, elastic: Sequence[_Elastic], corners: int) -> Schema:
    slots: dict[str, ParameterSlot] = dict(schema.parameters)
    for name in {value.name for value in elastic if value.places}:
        tables = [_table(name, number) for number in range(corners)]
        slots.update({table: replace(slots[name], name=table) for table in tables})
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
