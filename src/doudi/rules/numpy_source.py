"""Writing the kernel for tables of households as NumPy source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from doudi.rules.program import Node, Program
from doudi.rules.python_source import PythonDialect
from doudi.rules.scope import Scope
from doudi.rules.templates import Names, blame, certain, uncertain


class NumpyDialect:
    """Operations on whole columns; a column may meet a single value."""

    def conjunction(self, parts: Sequence[str]) -> str:
        return f"({' & '.join(parts)})"

    def disjunction(self, parts: Sequence[str]) -> str:
        return f"({' | '.join(parts)})"

    def negation(self, part: str) -> str:
        return f"({part} ^ True)"

    def choice(self, condition: str, yes: str, no: str) -> str:
        return f"where({condition}, {yes}, {no})"

    def least(self, one: str, two: str) -> str:
        return f"minimum({one}, {two})"

    def greatest(self, one: str, two: str) -> str:
        return f"maximum({one}, {two})"


class NumpySource:
    """Writes the source of the kernel for one choice of outputs and of inputs that may be unknown."""

    def __init__(self, program: Program, outputs: Mapping[str, int], unknown: Collection[str]) -> None:
        self.program = program
        self.outputs = outputs
        self.numbers = program.needed(outputs.values())
        self.scope = Scope(program, self.numbers, unknown)
        self.names = Names(program.nodes, self.scope.uncertain)
        self.columns, self.scalar = NumpyDialect(), PythonDialect()

    def parts(self, number: int) -> list[str]:
        """The names that hold a node: one, or least, greatest and sources."""
        return [f"{part}{number}" for part in ("lhs" if number in self.scope.uncertain else "v")]

    def text(self) -> str:
        """The source of ``kernel(facts, unknown, groups, links, store)``; a value is dropped after its last use."""
        lines = ["def kernel(facts, unknown, groups, links, store):"]
        last = self._last_use()
        wanted: dict[int, list[str]] = {}
        for name, number in self.outputs.items():
            wanted.setdefault(number, []).append(name)
        for _, members in self.scope.phases:
            for number in members:
                lines.extend(f"    {line}" for line in self._node(number))
                for name in wanted.get(number, ()):
                    lines.append(f"    store({name!r}, {', '.join(self.parts(number))})")
                dead = [part for n in last.get(number, ()) for part in self.parts(n)]
                if dead:
                    lines.append(f"    del {', '.join(dead)}")
        return "\n".join(lines)

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
            yield f"s{number} = {blame(self.columns, self.names, number, node)}"
        else:
            yield f"v{number} = {certain(self._dialect(node), self.names, node)}"

    def _dialect(self, node: Node) -> NumpyDialect | PythonDialect:
        """A choice by a value that is the same for all takes one branch and does not blend columns."""
        by_scalar = node.op == "where" and self.program.nodes[node.args[0]].entity is None
        return self.scalar if by_scalar and node.args[0] not in self.scope.uncertain else self.columns

    def _input(self, number: int, node: Node) -> Iterator[str]:
        name = repr(node.attribute)
        if number not in self.scope.uncertain:
            yield f"v{number} = facts[{name}]"
            return
        low, high = (bool(node.low), bool(node.high)) if node.is_flag else (node.low, node.high)
        yield f"u = unknown.get({name})"
        yield f"l{number} = h{number} = facts[{name}]"
        yield f"s{number} = 0"
        yield "if u is not None:"
        yield f"    l{number}, h{number} = where(u, {low}, l{number}), where(u, {high}, h{number})"
        yield f"    s{number} = where(u, {self.scope.bit(str(node.attribute))}, 0)"

    def _sources(self, number: int, arg: int) -> list[str]:
        if number in self.scope.uncertain:
            return [self.names.low(arg), self.names.high(arg), self.names.sources(arg)]
        return [self.names.value(arg)]

    def _spread(self, number: int, node: Node) -> Iterator[str]:
        for name, source in zip(self.parts(number), self._sources(number, node.args[0]), strict=True):
            yield f"{name} = full(groups[{node.entity!r}].rows, {source})"

    def _project(self, number: int, node: Node) -> Iterator[str]:
        for name, source in zip(self.parts(number), self._sources(number, node.args[0]), strict=True):
            if node.attribute is None:
                yield f"{name} = spread({source}, groups[{node.entity!r}])"
            else:
                yield f"{name} = follow(asarray({source}), links[{(node.entity, node.attribute)!r}])"

    def _aggregate(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        path = self.program.schema.path_up(str(self.program.nodes[arg].entity), str(node.entity))
        assert path is not None
        for name, source in zip(self.parts(number), self._sources(number, arg), strict=True):
            function = "union" if name[0] == "s" else str(node.attribute)
            folded = source
            for entity in path[:-1]:
                folded = f"groups[{entity!r}].fold({function!r}, {folded})"
            yield f"{name} = {folded}"
        yield from self._settle(number)

    def _gather(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        function, link = node.attribute
        key = (self.program.nodes[arg].entity, link)
        for name, source in zip(self.parts(number), self._sources(number, arg), strict=True):
            how = "union" if name[0] == "s" else function
            yield f"{name} = gather({how!r}, {source}, links[{key!r}], groups[{node.entity!r}].rows)"
        yield from self._settle(number)

    def _settle(self, number: int) -> Iterator[str]:
        if number in self.scope.uncertain:
            yield f"s{number} = where(l{number} == h{number}, 0, s{number})"

    def _lookup(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        table = self.scope.table(str(node.attribute))
        if number not in self.scope.uncertain:
            yield f"v{number} = {table}[{self.names.value(arg)}]"
        elif arg not in self.scope.uncertain:
            for part in "lhs":
                yield f"{part}{number} = {table}_{part}[{self.names.value(arg)}]"
        else:
            yield f"l{number}, h{number}, s{number} = lookup_between({table}_l, {table}_h, {table}_s, l{arg}, h{arg}, s{arg})"
