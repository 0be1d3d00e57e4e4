"""The law called directly on ordinary values: slow, simple, and the yardstick for the generated kernels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.graph import Graph
from doudi.rules.kinds import RATE_DENOMINATOR, Kind
from doudi.rules.ordinary import OneOf, Range, Table, between, bounds
from doudi.rules.recording import GATHERED


class Reference:
    """Evaluates the formulas of a graph on one household by calling them."""

    def __init__(
        self,
        graph: Graph,
        parameters: Mapping[str, Any],
        context: Mapping[str, int],
        facts: Mapping[str, Any],
    ) -> None:
        self.graph = graph
        self.schema = graph.schema
        self.context = context
        self.facts = facts
        self.names = _Names(graph, parameters)
        self._done: dict[str, list[Any]] = {}

    def rows(self, entity: str | None) -> Sequence[Mapping[str, Any]]:
        """The rows of an entity; the root and what is the same for all count as one row."""
        if entity is None or entity == self.schema.root:
            return [self.facts[self.schema.root]]
        rows: Sequence[Mapping[str, Any]] = self.facts[entity]
        return rows

    def values(self, name: str) -> list[Any]:
        """The value of a fact or variable for each row of its entity."""
        if name not in self._done:
            self._done[name] = self._facts(name) if name in self.schema.inputs else self._variable(name)
        return self._done[name]

    def _facts(self, name: str) -> list[Any]:
        fact = self.schema.inputs[name]
        if fact.entity is None:
            return [self.context[name]]
        return [_ordinary(row[name], fact.kind, fact.low, fact.high) for row in self.rows(fact.entity)]

    def _variable(self, name: str) -> list[Any]:
        formula = self.graph.formulas[name]
        kind = self.graph.variables[name].kind
        results = []
        for index, row in enumerate(self.rows(formula.entity)):
            arguments = {
                argument: self._argument(formula, asked, index, row)
                for argument, asked in formula.arguments.items()
            }
            results.append(_typed(formula.function(**arguments), kind))
        return results

    def _argument(self, formula: Formula, argument: str, index: int, row: Mapping[str, Any]) -> Any:
        if argument == "p":
            return self.names
        link, _, name = argument.rpartition(LINK_SEPARATOR)
        values = self.values(name)
        entity = self._entity(name)
        if link.startswith(GATHERED):
            place = f"{link.removeprefix(GATHERED)}_index"
            return [
                value for value, below in zip(values, self.rows(entity), strict=True) if below[place] == index
            ]
        if link:
            place = row[f"{link}_index"]
            return values[place] if place >= 0 else _nothing(values, self._kind(name))
        if entity is None or entity == self.schema.root:
            return values[0]
        if entity == formula.entity:
            return values[index]
        if self.schema.path_up(str(formula.entity), entity) is not None:
            return values[row[f"{self.schema.entities[str(formula.entity)].links[0].name}_index"]]
        return self._members(str(formula.entity), entity, index, values)

    def _members(self, entity: str, below: str, index: int, values: list[Any]) -> list[Any]:
        if entity == self.schema.root:
            return values
        link = f"{self.schema.entities[below].links[0].name}_index"
        return [value for value, row in zip(values, self.rows(below), strict=True) if row[link] == index]

    def _entity(self, name: str) -> str | None:
        if name in self.schema.inputs:
            return self.schema.inputs[name].entity
        return self.graph.formulas[name].entity

    def _kind(self, name: str) -> Kind:
        return (
            self.schema.inputs[name].kind if name in self.schema.inputs else self.graph.variables[name].kind
        )


def _nothing(values: list[Any], kind: Kind) -> Any:
    if kind.name == "flag":
        return False
    return _ordinary(0, kind, 0, 0)


def _ordinary(value: Any, kind: Kind, low: int, high: int) -> Any:
    """An engine integer as a formula sees it: codes by name, rates as fractions, unknown as a range."""
    if value is None:
        return (
            between(_ordinary(low, kind, low, high), _ordinary(high, kind, low, high))
            if kind.codes is None
            else Code(kind, low, high)
        )
    if kind.codes is not None:
        return Code(kind, value, value)
    if kind.name == "flag":
        return bool(value)
    return Fraction(value, RATE_DENOMINATOR) if kind.name == "rate" else value


def _typed(value: Any, kind: Kind) -> Any:
    if kind.codes is None or isinstance(value, Code):
        return value
    if isinstance(value, OneOf):
        places = [kind.codes.index(name) for name in value.names]
        return Code(kind, min(places), max(places))
    low, high = (kind.codes.index(end) if isinstance(end, str) else end for end in bounds(value))
    return Code(kind, low, high)


class Code(Range):
    """A code, known or known only to a range of its set; it may be compared with names."""

    __slots__ = ("kind",)

    def __init__(self, kind: Kind, low: int, high: int) -> None:
        super().__init__(low, high)
        self.kind = kind

    __hash__ = None

    def over(self, low: int, high: int) -> Code:
        """The codes from ``low`` to ``high`` of the same set."""
        return Code(self.kind, low, high)

    def _place(self, other: Any) -> Any:
        if isinstance(other, str):
            assert self.kind.codes is not None
            return self.kind.codes.index(other)
        return other

    def __eq__(self, other: Any) -> Any:
        return Range.__eq__(self, self._place(other))

    def __ne__(self, other: Any) -> Any:
        return Range.__ne__(self, self._place(other))


class _Names:
    """``p`` for direct calls: parameters as ordinary values."""

    def __init__(self, graph: Graph, parameters: Mapping[str, Any], prefix: str = "") -> None:
        self._graph = graph
        self._parameters = parameters
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        full = f"{self._prefix}{name}"
        slot = self._graph.schema.parameters.get(full)
        if slot is None:
            return _Names(self._graph, self._parameters, f"{full}.")
        value = self._parameters.get(full)
        if slot.by is None:
            return _ordinary(value, slot.kind, slot.low, slot.high)
        values = value if value is not None else [None] * len(slot.by.entries)
        table: dict[Any, Any] = {}
        for place, code in enumerate(slot.by.entries):
            table[place] = table[code] = _ordinary(values[place], slot.kind, slot.low, slot.high)
        return Table(table)
