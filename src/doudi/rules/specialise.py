"""The program of a place and a day: known parameters put in, and everything that they decide worked out once.

A national rule asks many questions that a region has answered for good: by gap or by bands, rounded how, capped or not.
What remains after the answers are put in is a shorter program with the same results. Given the bounds that the facts of
a register keep in fact (a schema with narrower inputs), what these decide is worked out as well: nobody in the register
receives a bravery award, so no sum needs to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from doudi.rules.bounds import divide, node_bounds
from doudi.rules.kinds import Schema
from doudi.rules.program import Node, Program

_FOLDED: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "min": min,
    "max": max,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "not": lambda a: not a,
    "and": lambda *args: all(args),
    "or": lambda *args: any(args),
    "where": lambda condition, yes, no: yes if condition else no,
}

_WORKED_OUT = frozenset((*_FOLDED, "div", "lookup"))
"""Operations on the values of one row."""

_NEUTRAL = {"sum": 0, "max": 0, "any": 0, "all": 1}
"""What rows that all have this value fold to, and no rows at all."""


class Specialiser:
    """Rewrites the nodes that some outputs rest on, one after another."""

    def __init__(
        self, program: Program, parameters: Mapping[str, Any], context: Mapping[str, int], schema: Schema
    ) -> None:
        self.source = program
        self.schema = schema
        self.parameters = parameters
        self.context = context
        self.result = Program(schema)
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._new: dict[int, int] = {}

    def rewrite(self, outputs: Mapping[str, int]) -> tuple[Program, dict[str, int]]:
        """The shorter program and the new numbers of the outputs."""
        for number in self.source.needed(outputs.values()):
            self._new[number] = self._node(self.source.nodes[number])
        return self.result, {name: self._output(number) for name, number in outputs.items()}

    def varied(self, numbers: Sequence[int], outputs: Mapping[str, int]) -> dict[str, int]:
        """The numbers of the outputs when these nodes alone are rewritten, under what source and parameters now are."""
        usual = dict(self._new)
        for number in numbers:
            self._new[number] = self._node(self.source.nodes[number])
        found = {name: self._output(number) for name, number in outputs.items()}
        self._new = usual
        return found

    def _output(self, number: int) -> int:
        """A value of rows stays a value of rows, even when it is the same for all."""
        entity, new = self.source.nodes[number].entity, self._new[number]
        return self._of_rows(new, entity) if entity is not None else new

    def _of_rows(self, number: int, entity: str | None) -> int:
        node = self.result.nodes[number]
        if node.entity is not None:
            return number
        return self._add(Node("spread", (number,), entity, None, node.low, node.high, node.is_flag))

    def _add(self, node: Node) -> int:
        key = (node.op, node.args, node.entity, node.attribute, node.is_flag if node.op == "const" else None)
        if key not in self._numbers:
            self._numbers[key] = len(self.result.nodes)
            self.result.nodes.append(node)
        return self._numbers[key]

    def _constant(self, value: Any, is_flag: bool) -> int:
        return self._add(Node("const", (), None, int(value), int(value), int(value), is_flag))

    def _known(self, number: int) -> Any:
        """The value of a constant node as an integer, or None."""
        node = self.result.nodes[number]
        return node.attribute if node.op == "const" else None

    def _node(self, node: Node) -> int:
        args = tuple(self._new[arg] for arg in node.args)
        leaf = self._leaf(node, args)
        if leaf is not None:
            return self._constant(leaf, node.is_flag)
        known = [self._known(arg) for arg in args]
        if args and None not in known and node.op in (*_FOLDED, "div"):
            return self._constant(self._fold(node, known), node.is_flag)
        shorter = self._shorter(node, args, known)
        if shorter is not None:
            return shorter
        if node.op in ("aggregate", "gather"):
            args = tuple(
                self._of_rows(arg, self.source.nodes[old].entity)
                for arg, old in zip(args, node.args, strict=True)
            )
        entity = node.entity
        if node.op in _FOLDED and all(self.result.nodes[arg].entity is None for arg in args):
            entity = None
        low, high = self._bounds(node, args)
        if low == high and node.op == "input":
            return self._constant(low, node.is_flag)
        new = Node(node.op, args, entity, node.attribute, low, high, node.is_flag)
        return self._add(self._above(new) or new)

    def _above(self, node: Node) -> Node | None:
        """What is the same for all rows of a household is worked out once, with the household, and handed down."""
        if node.op not in _WORKED_OUT:
            return None
        args = [self.result.nodes[arg] for arg in node.args]
        if not all(arg.entity is None or (arg.op == "project" and arg.attribute is None) for arg in args):
            return None
        handed = tuple(arg.args[0] if arg.entity else old for arg, old in zip(args, node.args, strict=True))
        parents = {self.result.nodes[number].entity for number in handed} - {None}
        if parents != {self.schema.root}:
            return None
        once = self._add(replace(node, args=handed, entity=self.schema.root))
        return replace(node, op="project", args=(once,), attribute=None)

    def _bounds(self, node: Node, args: tuple[int, ...]) -> tuple[int, int]:
        """What the node keeps here: never wider than in general."""
        if node.op == "lookup":
            values = self.parameters.get(str(node.attribute))
            known = values is not None and None not in values
            return (min(values), max(values)) if known and values else (node.low, node.high)
        low, high = node_bounds(self.schema, node, [self.result.nodes[arg] for arg in args])
        return max(low, node.low), min(high, node.high)

    def _leaf(self, node: Node, args: tuple[int, ...]) -> Any:
        """The value of a parameter or of the day, when it is known."""
        if node.op == "const":
            return node.attribute
        if node.op == "input" and node.entity is None:
            return self.context[str(node.attribute)]
        if node.op == "parameter":
            return self.parameters.get(str(node.attribute))
        if node.op == "entry":
            name, place = node.attribute
            return self._cell(name, place)
        if node.op == "lookup" and (place := self._known(args[0])) is not None:
            return self._cell(str(node.attribute), place)
        return None

    def _cell(self, name: str, place: int) -> Any:
        table = self.parameters.get(name)
        return None if table is None else table[place]

    def _fold(self, node: Node, known: list[Any]) -> Any:
        if node.op == "div":
            return divide(node.attribute, known[0], known[1])
        return _FOLDED[node.op](*known)

    def _shorter(self, node: Node, args: tuple[int, ...], known: list[Any]) -> int | None:
        if node.op in ("project", "spread"):
            return (
                args[0]
                if node.attribute is None
                and self.result.nodes[args[0]].entity is None
                and node.op == "project"
                else None
            )
        if node.op in ("aggregate", "gather"):
            function = node.attribute if node.op == "aggregate" else node.attribute[0]
            return self._constant(known[0], node.is_flag) if known[0] == _NEUTRAL[function] else None
        if node.op in ("and", "or"):
            return self._shorter_logic(node, args, known)
        if node.op == "where":
            return self._shorter_choice(args, known)
        if node.op in ("add", "sub", "mul", "div"):
            return self._shorter_arithmetic(node, args, known)
        return self._shorter_by_bounds(node, args) if node.op in ("min", "max", "lt", "le", "eq") else None

    def _shorter_logic(self, node: Node, args: tuple[int, ...], known: list[Any]) -> int | None:
        deciding = 0 if node.op == "and" else 1
        if deciding in known:
            return self._constant(deciding, True)
        rest = tuple(dict.fromkeys(arg for arg, value in zip(args, known, strict=True) if value is None))
        if len(rest) == 1:
            return rest[0]
        if rest == args:
            return None
        return self._add(Node(node.op, rest, node.entity, None, 0, 1, True))

    def _shorter_choice(self, args: tuple[int, ...], known: list[Any]) -> int | None:
        condition, yes, no = args
        if known[0] is not None:
            return yes if known[0] else no
        if yes == no:
            return yes
        flags = self.result.nodes[yes].is_flag and self.result.nodes[no].is_flag
        return condition if flags and known[1] == 1 and known[2] == 0 else None

    def _shorter_arithmetic(self, node: Node, args: tuple[int, ...], known: list[Any]) -> int | None:
        if node.op == "add" and 0 in known:
            return args[1 - known.index(0)]
        if node.op == "sub" and known[1] == 0:
            return args[0]
        if node.op == "mul" and 0 in known:
            return self._constant(0, False)
        if node.op == "mul" and 1 in known:
            return args[1 - known.index(1)]
        return args[0] if node.op == "div" and known[1] == 1 else None

    def _shorter_by_bounds(self, node: Node, args: tuple[int, ...]) -> int | None:
        one, two = (self.result.nodes[arg] for arg in args)
        if node.op in ("min", "max"):
            if one.low >= two.high:
                return args[0] if node.op == "max" else args[1]
            if two.low >= one.high:
                return args[1] if node.op == "max" else args[0]
            return None
        if node.op == "eq":
            return self._constant(0, True) if one.high < two.low or two.high < one.low else None
        if one.high < two.low or (node.op == "le" and one.high <= two.low):
            return self._constant(1, True)
        never = one.low >= two.high if node.op == "lt" else one.low > two.high
        return self._constant(0, True) if never else None


def specialise(
    program: Program,
    outputs: Mapping[str, int],
    parameters: Mapping[str, Any],
    context: Mapping[str, int],
    schema: Schema | None = None,
) -> tuple[Program, dict[str, int]]:
    """A program with the same outputs for these parameters; parameters that are unset stay questions.

    ``schema`` may narrow the bounds of facts to those that the facts at hand keep.
    """
    return Specialiser(program, parameters, context, schema or program.schema).rewrite(outputs)
