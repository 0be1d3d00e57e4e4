"""Writing the kernel for tables of households as NumPy source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from doudi.rules.program import Node, Program
from doudi.rules.python_source import PythonDialect
from doudi.rules.scope import Scope
from doudi.rules.templates import Names, blame, certain, uncertain
from doudi.rules.widths import LONG, SHORT, Widths


class NumpyDialect:
    """Operations on whole columns; a column may meet a single value.

    A choice is computed by arithmetic, several times faster than by masks: ``c * (a - b) + b`` is ``a`` or ``b`` also where
    the difference wraps around; ``b`` is worked out once, and kept under the name ``other``. ``literal`` names the width of
    written numbers.
    """

    literal = "i8"

    def conjunction(self, parts: Sequence[str]) -> str:
        return f"({' & '.join(parts)})"

    def disjunction(self, parts: Sequence[str]) -> str:
        return f"({' | '.join(parts)})"

    def negation(self, part: str) -> str:
        return f"({part} ^ True)"

    def choice(self, condition: str, yes: str, no: str, flags: bool = False) -> str:
        if flags:
            return self._choice_of_flags(condition, yes, no)
        if no == "0":
            return f"({condition} * {self._number(yes)})"
        if yes == "0":
            return f"(({condition} ^ True) * {self._number(no)})"
        yes, no = self._number(yes), self._number(no)
        if no.isidentifier() or no.startswith(self.literal):
            return f"({condition} * ({yes} - {no}) + {no})"
        return f"({condition} * ({yes} - (other := {no})) + other)"

    def _number(self, source: str) -> str:
        return f"{self.literal}({source})" if source.removeprefix("-").isdigit() else source

    def _choice_of_flags(self, condition: str, yes: str, no: str) -> str:
        otherwise = f"({condition} ^ True)"
        if "True" in (yes, no):
            return f"({condition} | {no})" if yes == "True" else f"({otherwise} | {yes})"
        if "False" in (yes, no):
            return f"({otherwise} & {no})" if yes == "False" else f"({condition} & {yes})"
        return f"(({condition} & {yes}) | ({otherwise} & {no}))"

    def least(self, one: str, two: str) -> str:
        return f"minimum({one}, {two})"

    def greatest(self, one: str, two: str) -> str:
        return f"maximum({one}, {two})"


class WideningNames(Names):
    """Names of columns; while ``widen`` is set, 32-bit columns are named as 64-bit ones."""

    def __init__(self, nodes: Sequence[Node], uncertain: Collection[int], widths: Widths) -> None:
        super().__init__(nodes, uncertain)
        self.widths = widths
        self.widen = False

    def value(self, number: int) -> str:
        """The name of a certain node, or its literal."""
        name = super().value(number)
        return f"{name}.astype(i8)" if self.widen and self.widths.of[number] == SHORT else name


class NumpySource:
    """Writes the source of the kernel for one choice of outputs and of inputs that may be unknown.

    ``explained`` are the outputs whose sources are asked for; what they do not rest on has none. ``first`` are the names
    that get bits before others.
    """

    def __init__(
        self,
        program: Program,
        outputs: Mapping[str, int],
        unknown: Collection[str],
        explained: Collection[str],
        first: Collection[str] = (),
    ) -> None:
        self.program = program
        self.outputs = outputs
        self.numbers = program.needed(outputs.values())
        self.scope = Scope(program, self.numbers, unknown, first=first)
        self.widths = Widths(program, self.numbers, self.scope.uncertain)
        self.names = WideningNames(program.nodes, self.scope.uncertain, self.widths)
        self.explained = set(program.needed(outputs[name] for name in explained if name in outputs))
        self.columns, self.scalar = NumpyDialect(), PythonDialect()

    def parts(self, number: int) -> list[str]:
        """The names that hold a node: one, or least and greatest and, where they are asked for, sources."""
        if number not in self.scope.uncertain:
            return [f"v{number}"]
        return [f"{part}{number}" for part in ("lhs" if number in self.explained else "lh")]

    def text(self) -> str:
        """The source of ``kernel(facts, unknown, groups, links, store)``; a value is dropped after its last use."""
        lines = ["def kernel(facts, unknown, groups, links, store):"]
        last = self._last_use()
        wanted = {*self.outputs.values()}
        for _, members in self.scope.phases:
            for number in members:
                lines.extend(f"    {line}" for line in self._node(number))
                if number in wanted:
                    lines.append(f"    store({number}, {', '.join(self.parts(number))})")
                dead = [part for n in last.get(number, ()) for part in self.parts(n)]
                if dead:
                    lines.append(f"    del {', '.join(dead)}")
        return "\n".join(lines if len(lines) > 1 else [*lines, "    pass"])

    def _last_use(self) -> dict[int, list[int]]:
        order = [number for _, members in self.scope.phases for number in members]
        users: dict[int, int] = {}
        for number in order:
            users[number] = number
            for arg in self.program.nodes[number].args:
                if self.program.nodes[arg].entity is not None and self.program.nodes[arg].op != "const":
                    users[arg] = number
        last: dict[int, list[int]] = {}
        for number, user in users.items():
            last.setdefault(user, []).append(number)
        return last

    def _node(self, number: int) -> Iterator[str]:
        node = self.program.nodes[number]
        if node.op in ("input", "project", "aggregate", "gather", "spread", "lookup"):
            yield from getattr(self, f"_{node.op}")(number, node)
        elif number in self.scope.uncertain:
            dialect = self._dialect(node)
            low, high = uncertain(dialect, self.names, node)
            yield f"l{number} = {low}"
            yield f"h{number} = {high}"
            if number in self.explained:
                yield f"s{number} = {blame(self.columns, self.names, number, node)}"
        else:
            yield f"v{number} = {self._certain(number, node)}"

    def _certain(self, number: int, node: Node) -> str:
        """The source of a certain node in its width: computed in 64 bits where a step needs them, kept in 32 where it can."""
        width = self.widths.of[number]
        self.columns.literal = "i4" if width == SHORT else "i8"
        self.names.widen = width == LONG or self.widths.computed_long(node)
        source = certain(self._dialect(node), self.names, node)
        long_arg = any(self.widths.of[arg] == LONG for arg in node.args)
        shorten = width == SHORT and (self.names.widen or long_arg)
        self.names.widen = False
        self.columns.literal = "i8"
        return f"{source}.astype(i4)" if shorten else source

    def _dialect(self, node: Node) -> NumpyDialect | PythonDialect:
        """A choice by a value that is the same for all takes one branch and does not blend columns."""
        by_scalar = node.op == "where" and self.program.nodes[node.args[0]].entity is None
        return self.scalar if by_scalar and node.args[0] not in self.scope.uncertain else self.columns

    def _input(self, number: int, node: Node) -> Iterator[str]:
        name = repr(node.attribute)
        width = self.widths.of[number]
        column = f"wide(facts[{name}], {width})" if width in (SHORT, LONG) else f"facts[{name}]"
        if number not in self.scope.uncertain:
            yield f"v{number} = {column}"
            return
        low, high = (bool(node.low), bool(node.high)) if node.is_flag else (node.low, node.high)
        yield f"u = unknown.get({name})"
        yield f"l{number} = h{number} = {column}"
        if number in self.explained:
            yield f"s{number} = 0 if u is None else where(u, {self.scope.bit(str(node.attribute))}, 0)"
        yield f"if u is not None: l{number}, h{number} = where(u, {low}, l{number}), where(u, {high}, h{number})"

    def _sources(self, number: int, arg: int) -> list[str]:
        """What stands for the argument in each part of a node."""
        if number not in self.scope.uncertain:
            return [self.names.value(arg)]
        ends = [self.names.low(arg), self.names.high(arg)]
        return [*ends, self.names.sources(arg)] if number in self.explained else ends

    def _spread(self, number: int, node: Node) -> Iterator[str]:
        for name, source in zip(self.parts(number), self._sources(number, node.args[0]), strict=True):
            width = f", {self.widths.of[number]}" if name[0] == "v" and not node.is_flag else ""
            yield f"{name} = full(groups[{node.entity!r}].rows, {source}{width})"

    def _project(self, number: int, node: Node) -> Iterator[str]:
        for name, source in zip(self.parts(number), self._sources(number, node.args[0]), strict=True):
            if node.attribute is None:
                yield f"{name} = spread({source}, groups[{node.entity!r}])"
            else:
                yield f"{name} = links[{(node.entity, node.attribute)!r}].follow(asarray({source}))"

    def _aggregate(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        path = self.program.schema.path_up(str(self.program.nodes[arg].entity), str(node.entity))
        assert path is not None
        for name, source in zip(self.parts(number), self._sources(number, arg), strict=True):
            function = "union" if name[0] == "s" else str(node.attribute)
            folded = source
            for entity in path[:-1]:
                folded = f"groups[{entity!r}].fold({function!r}, {folded})"
            yield f"{name} = {self._kept(number, folded)}"
        yield from self._settle(number)

    def _kept(self, number: int, source: str) -> str:
        """A folded column in its width."""
        return f"{source}.astype(i4)" if self.widths.of[number] == SHORT else source

    def _gather(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        function, link = node.attribute
        key = (self.program.nodes[arg].entity, link)
        for name, source in zip(self.parts(number), self._sources(number, arg), strict=True):
            how = "union" if name[0] == "s" else function
            folded = f"links[{key!r}].gather({how!r}, {source})"
            yield f"{name} = {self._kept(number, folded)}"
        yield from self._settle(number)

    def _settle(self, number: int) -> Iterator[str]:
        if number in self.scope.uncertain and number in self.explained:
            yield f"s{number} = (l{number} != h{number}) * s{number}"

    def _lookup(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        table = self.scope.table(str(node.attribute))
        if number not in self.scope.uncertain:
            wide = ".astype(i8)" if self.widths.of[number] == LONG else ""
            yield f"v{number} = take({table}, {self.names.value(arg)}){wide}"
        elif arg not in self.scope.uncertain:
            for name in self.parts(number):
                yield f"{name} = take({table}_{name[0]}, {self.names.value(arg)})"
        else:
            yield f"l{number} = lookup_between(minimum, {table}_l, l{arg}, h{arg})"
            yield f"h{number} = lookup_between(maximum, {table}_h, l{arg}, h{arg})"
            if number in self.explained:
                union = f"lookup_between(bitwise_or, {table}_s, l{arg}, h{arg})"
                yield f"s{number} = (l{number} != h{number}) * ({union} | s{arg})"
