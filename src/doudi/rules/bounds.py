"""Proof that no value can leave 64 bits: the bounds of every node from the bounds of facts and parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from doudi.rules.errors import Problem, RuleError
from doudi.rules.kinds import Schema


class Operation(Protocol):
    """Anything that says what is done: an expression or a node."""

    @property
    def op(self) -> str: ...
    @property
    def attribute(self) -> Any: ...
    @property
    def entity(self) -> str | None: ...


class Bounded(Protocol):
    """Anything with proved bounds that may belong to an entity."""

    @property
    def entity(self) -> str | None: ...

    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...


Bounds = tuple[int, int]


def divide(mode: str, above: int, below: int) -> int:
    """Integer division: ``floor``, ``half_up`` or ``ceil``; ``below`` is positive."""
    if mode == "half_up":
        return (2 * above + below) // (2 * below)
    return -(-above // below) if mode == "ceil" else above // below


def _products(one: Bounded, two: Bounded) -> Bounds:
    ends = [one.low * two.low, one.low * two.high, one.high * two.low, one.high * two.high]
    return min(ends), max(ends)


def _quotients(mode: str, above: Bounded, below: Bounded) -> Bounds:
    if below.low < 1:
        zh, en = "除数可能为零，请用 maximum(除数, 1)", "the divisor may be zero: use maximum(divisor, 1)"
        raise RuleError([Problem("rule.zero", zh, en)])
    ends = [divide(mode, one, two) for one in (above.low, above.high) for two in (below.low, below.high)]
    return min(ends), max(ends)


def _aggregate(schema: Schema, expr: Operation, member: Bounded) -> Bounds:
    assert member.entity is not None
    assert expr.entity is not None
    gathered = expr.op == "gather"
    path = (member.entity, expr.entity) if gathered else schema.path_up(member.entity, expr.entity)
    assert path is not None
    rows = 1
    for entity in path[:-1]:
        rows *= schema.entities[entity].at_most
    function = expr.attribute[0] if gathered else expr.attribute
    if function == "sum":
        return min(0, member.low * rows), max(0, member.high * rows)
    return min(0, member.low), max(0, member.high)


_BY_OPERATION: dict[str, Callable[[Sequence[Bounded]], Bounds]] = {
    "add": lambda args: (args[0].low + args[1].low, args[0].high + args[1].high),
    "sub": lambda args: (args[0].low - args[1].high, args[0].high - args[1].low),
    "mul": lambda args: _products(args[0], args[1]),
    "min": lambda args: (min(args[0].low, args[1].low), min(args[0].high, args[1].high)),
    "max": lambda args: (max(args[0].low, args[1].low), max(args[0].high, args[1].high)),
    "spread": lambda args: (args[0].low, args[0].high),
    "where": lambda args: (min(args[1].low, args[2].low), max(args[1].high, args[2].high)),
}


def _within_table(schema: Schema, expr: Operation, place: Bounded) -> None:
    codes = schema.parameters[expr.attribute].by
    if codes is None or place.low < 0 or place.high >= len(codes.entries):
        zh, en = (
            "位置可能超出参数表，请用 minimum、maximum 限定",
            "the position may leave the table: bound it with minimum and maximum",
        )
        raise RuleError([Problem("rule.table", f"{expr.attribute}：{zh}", f"{expr.attribute}: {en}")])


def node_bounds(schema: Schema, expr: Operation, args: Sequence[Bounded]) -> Bounds:
    """The least and the greatest integer the node can take for permitted facts and parameters."""
    if expr.op in _BY_OPERATION:
        return _BY_OPERATION[expr.op](args)
    if expr.op in ("lt", "le", "eq", "and", "or", "not"):
        return 0, 1
    if expr.op == "const":
        return expr.attribute, expr.attribute
    if expr.op == "div":
        return _quotients(expr.attribute, args[0], args[1])
    if expr.op in ("aggregate", "gather"):
        return _aggregate(schema, expr, args[0])
    if expr.op == "project":
        may_lead_nowhere = expr.attribute is not None
        return (
            (min(args[0].low, 0), max(args[0].high, 0)) if may_lead_nowhere else (args[0].low, args[0].high)
        )
    if expr.op == "input":
        fact = schema.inputs[expr.attribute]
        return fact.low, fact.high
    if expr.op == "lookup":
        _within_table(schema, expr, args[0])
    slot = schema.parameters[expr.attribute[0] if expr.op == "entry" else expr.attribute]
    return slot.low, slot.high
