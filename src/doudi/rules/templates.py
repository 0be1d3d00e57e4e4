"""How each operation is written in generated code, once for known values and once for values known to a range.

A node that is certain has one name, ``v7``. A node that may be uncertain has three: ``l7`` and ``h7``, the least and the
greatest it may be, and ``s7``, a bit set of the facts and parameters on which the uncertainty rests (0 when ``l7`` equals
``h7``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from doudi.rules.program import Node


class Dialect(Protocol):
    """The spelling of the basic operations in one target."""

    def conjunction(self, parts: Sequence[str]) -> str: ...
    def disjunction(self, parts: Sequence[str]) -> str: ...
    def negation(self, part: str) -> str: ...
    def choice(self, condition: str, yes: str, no: str, flags: bool = False) -> str: ...
    def least(self, one: str, two: str) -> str: ...
    def greatest(self, one: str, two: str) -> str: ...


class Names:
    """The names of nodes in generated code, knowing which nodes are certain."""

    def __init__(self, nodes: Sequence[Node], uncertain: Collection[int]) -> None:
        self.nodes = nodes
        self.uncertain = uncertain
        self.inlined: dict[int, str] = {}

    def _constant(self, number: int) -> str | None:
        node = self.nodes[number]
        if node.op != "const":
            return None
        return str(bool(node.attribute)) if node.is_flag else str(node.attribute)

    def value(self, number: int) -> str:
        """The name of a certain node, or its literal."""
        return self._constant(number) or self.inlined.get(number) or f"v{number}"

    def low(self, number: int) -> str:
        """The least the node may be."""
        return f"l{number}" if number in self.uncertain else self.value(number)

    def high(self, number: int) -> str:
        """The greatest the node may be."""
        return f"h{number}" if number in self.uncertain else self.value(number)

    def sources(self, number: int) -> str:
        """The bit set of what the node's uncertainty rests on."""
        return f"s{number}" if number in self.uncertain else "0"


def division(mode: str, above: str, below: str) -> str:
    """Integer division in source form; Python and NumPy both floor. Half of an even number is added without doubling."""
    if mode == "half_up" and below.isdigit() and int(below) % 2 == 0:
        return f"(({above} + {int(below) // 2}) // {below})"
    if mode == "half_up":
        return f"((2 * {above} + {below}) // (2 * {below}))"
    return f"(-(-{above} // {below}))" if mode == "ceil" else f"({above} // {below})"


_INFIX = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "le": "<=", "eq": "=="}


def certain(dialect: Dialect, names: Names, node: Node) -> str:
    """The source of a node all of whose arguments are certain."""
    args = [names.value(arg) for arg in node.args]
    if node.op in _INFIX:
        return f"({args[0]} {_INFIX[node.op]} {args[1]})"
    if node.op == "div":
        return division(node.attribute, args[0], args[1])
    if node.op == "and":
        return dialect.conjunction(args)
    if node.op == "or":
        return dialect.disjunction(args)
    if node.op == "not":
        return dialect.negation(args[0])
    if node.op == "where":
        return dialect.choice(args[0], args[1], args[2], node.is_flag)
    return dialect.least(args[0], args[1]) if node.op == "min" else dialect.greatest(args[0], args[1])


def uncertain(dialect: Dialect, names: Names, node: Node) -> tuple[str, str]:
    """The sources of the least and the greatest value of a node with an uncertain argument."""
    low = [names.low(arg) for arg in node.args]
    high = [names.high(arg) for arg in node.args]
    if node.op in ("and", "or"):
        join = dialect.conjunction if node.op == "and" else dialect.disjunction
        return join(low), join(high)
    if node.op == "not":
        return dialect.negation(high[0]), dialect.negation(low[0])
    if node.op in ("lt", "le"):
        sign = _INFIX[node.op]
        return f"({high[0]} {sign} {low[1]})", f"({low[0]} {sign} {high[1]})"
    if node.op == "eq":
        return _equal(dialect, low, high)
    if node.op == "where":
        return _choice(dialect, node, low, high)
    return _arithmetic(dialect, names, node, low, high)


def _equal(dialect: Dialect, low: Sequence[str], high: Sequence[str]) -> tuple[str, str]:
    sure = dialect.conjunction([f"({low[0]} == {high[1]})", f"({high[0]} == {low[1]})"])
    possible = dialect.conjunction([f"({low[0]} <= {high[1]})", f"({low[1]} <= {high[0]})"])
    return sure, possible


def _choice(dialect: Dialect, node: Node, low: Sequence[str], high: Sequence[str]) -> tuple[str, str]:
    if node.is_flag:
        least, greatest = dialect.conjunction(low[1:]), dialect.disjunction(high[1:])
    else:
        least, greatest = dialect.least(low[1], low[2]), dialect.greatest(high[1], high[2])
    flags = node.is_flag
    if low[0] == high[0]:
        return (
            dialect.choice(low[0], low[1], low[2], flags),
            dialect.choice(low[0], high[1], high[2], flags),
        )
    sure, possible = low[0], high[0]
    return (
        dialect.choice(sure, low[1], dialect.choice(possible, least, low[2], flags), flags),
        dialect.choice(sure, high[1], dialect.choice(possible, greatest, high[2], flags), flags),
    )


def _arithmetic(
    dialect: Dialect, names: Names, node: Node, low: Sequence[str], high: Sequence[str]
) -> tuple[str, str]:
    if node.op == "add":
        return f"({low[0]} + {low[1]})", f"({high[0]} + {high[1]})"
    if node.op == "sub":
        return f"({low[0]} - {high[1]})", f"({high[0]} - {low[1]})"
    if node.op == "min":
        return dialect.least(low[0], low[1]), dialect.least(high[0], high[1])
    if node.op == "max":
        return dialect.greatest(low[0], low[1]), dialect.greatest(high[0], high[1])
    one, two = (names.nodes[arg] for arg in node.args)
    if node.op == "mul":
        ends = [(low[0], low[1])] if one.low >= 0 and two.low >= 0 else []
        ends = (
            [*ends, (high[0], high[1])]
            if ends
            else [(a, b) for a in (low[0], high[0]) for b in (low[1], high[1])]
        )
        parts = [f"({a} * {b})" for a, b in ends]
    else:
        pairs = (
            [(low[0], high[1]), (high[0], low[1])]
            if one.low >= 0
            else [(a, b) for a in (low[0], high[0]) for b in (low[1], high[1])]
        )
        parts = [division(node.attribute, a, b) for a, b in pairs]
    if len(parts) == 2:
        return parts[0], parts[1]
    least, greatest = parts[0], parts[0]
    for part in parts[1:]:
        least, greatest = dialect.least(least, part), dialect.greatest(greatest, part)
    return least, greatest


def blame(dialect: Dialect, names: Names, number: int, node: Node) -> str:
    """The source of the bit set: what the arguments' uncertainty rests on, 0 where the node itself is certain."""
    parts = [names.sources(arg) for arg in node.args]
    if node.op == "where":
        condition = node.args[0]
        parts[1] = dialect.choice(names.high(condition), parts[1], "0") if parts[1] != "0" else "0"
        parts[2] = dialect.choice(names.low(condition), "0", parts[2]) if parts[2] != "0" else "0"
    found = [part for part in parts if part != "0"]
    return dialect.choice(f"(l{number} != h{number})", f"({' | '.join(found)})", "0")
