"""How wide each column of a kernel must be: 32 bits where the bounds of a node allow it, else 64."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from doudi.rules.program import Node, Program

NARROW = 2**31 - 1
FLAG, CODE, SHORT, LONG, SINGLE = "flag", "code", "i4", "i8", "single"
_ARITHMETIC = ("add", "sub", "mul", "div")


class Widths:
    """For every node in use: a flag, a code as it comes, ``i4``, ``i8``, or a single value that is the same for all."""

    def __init__(self, program: Program, numbers: Sequence[int], uncertain: Collection[int]) -> None:
        self.nodes = program.nodes
        self.codes = {name for name, fact in program.schema.inputs.items() if fact.kind.codes is not None}
        self.uncertain = uncertain
        self.wide = self._asked_for_in_full(numbers)
        self.of = {number: self._width(number) for number in numbers}

    def _asked_for_in_full(self, numbers: Sequence[int]) -> set[int]:
        """Certain numbers that uncertain ones are computed from: ranges may be as wide as a fact is permitted to be."""
        return {arg for number in numbers if number in self.uncertain for arg in self.nodes[number].args}

    def _width(self, number: int) -> str:
        node = self.nodes[number]
        if node.op == "const" or node.entity is None:
            return SINGLE
        if node.is_flag:
            return FLAG
        if node.op == "input" and node.attribute in self.codes:
            return CODE
        if number in self.uncertain or number in self.wide or not self._fits(node):
            return LONG
        return SHORT

    def _fits(self, node: Node) -> bool:
        return node.low >= -NARROW and node.high <= NARROW

    def computed_long(self, node: Node) -> bool:
        """Whether the arguments must be widened first: the result, or a step of a rounded quotient, needs 64 bits."""
        if node.op not in _ARITHMETIC:
            return False
        if node.op == "div":
            above, below = (self.nodes[arg] for arg in node.args)
            halved = below.op == "const" and below.low % 2 == 0
            return (1 if halved else 2) * max(abs(above.low), abs(above.high)) + below.high > NARROW
        return not self._fits(node)
