"""Generated NumPy for tables of households: the same nodes, a whole block at a time, blocks side by side in threads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from doudi.rules.columns import Array, Columns, Grouping, Indices, follow, gather
from doudi.rules.program import Node, Program
from doudi.rules.python_kernel import PythonDialect
from doudi.rules.scope import Scope
from doudi.rules.templates import Names, blame, certain, uncertain

BLOCK = 20_000
THREADS = 2


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
        yield f"if u is not None: l{number}, h{number}, s{number} = where(u, {low}, l{number}), where(u, {high}, h{number}), where(u, {self.scope.bit(str(node.attribute))}, 0)"

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


def lookup_between(
    low: Array, high: Array, sources: Array, least: Array, greatest: Array, rest: Array
) -> tuple[Array, Array, Array]:
    """All that a table may say for codes that are known only to a range."""
    known = least == greatest
    one, two = low[least].copy(), high[greatest].copy()
    why = sources[least].copy()
    rest = np.broadcast_to(rest, len(why))
    for place in np.flatnonzero(~known):
        part = slice(least[place], greatest[place] + 1)
        one[place], two[place] = low[part].min(), high[part].max()
        why[place] = rest[place] | np.bitwise_or.reduce(sources[part])
    return one, two, np.where(one == two, 0, why)


@dataclass(frozen=True, slots=True)
class Result:
    """A variable over all rows: values, and for those that may be uncertain the other end and what it rests on."""

    values: Array
    greatest: Array | None = None
    sources: Array | None = None


class NumpyKernel:
    """A compiled kernel over columns, for some outputs and some inputs that may be unknown."""

    def __init__(self, program: Program, outputs: Mapping[str, int], unknown: Collection[str] = ()) -> None:
        source = NumpySource(program, outputs, unknown)
        self.program = program
        self.outputs = dict(outputs)
        self.scope = source.scope
        self.text = source.text()
        module = compile(self.text, "<law>", "exec")
        self._code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))

    def run(
        self,
        columns: Columns,
        parameters: Mapping[str, Any],
        context: Mapping[str, int],
        block: int = BLOCK,
        threads: int = THREADS,
        progress: Callable[[int], None] | None = None,
    ) -> dict[str, Result]:
        """All outputs for all households; blocks of ``block`` households are worked on by ``threads`` threads."""
        names = self.scope.scalars(parameters, context, PythonDialect())
        names = {
            name: np.asarray(value) if isinstance(value, list) else value for name, value in names.items()
        }
        names.update(_LIBRARY)
        results = {name: self._empty(number, columns) for name, number in self.outputs.items()}
        blocks = list(Blocks(self.program, columns, block))

        def work(one: Block) -> None:
            kernel = FunctionType(self._code, names)
            kernel(
                one.values, one.unknown, one.groups, one.links, one.store(results, self.program, self.outputs)
            )
            if progress is not None:
                progress(one.groups[self.program.schema.root].rows)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, blocks))
        return results

    def _empty(self, number: int, columns: Columns) -> Result:
        node = self.program.nodes[number]
        rows = columns.counts[node.entity or self.program.schema.root]
        dtype = np.dtype(np.bool_) if node.is_flag else _narrowest(node.low, node.high)
        if number not in self.scope.uncertain:
            return Result(np.empty(rows, dtype))
        return Result(np.empty(rows, dtype), np.empty(rows, dtype), np.empty(rows, np.int64))


def _narrowest(low: int, high: int) -> np.dtype[Any]:
    for dtype in (np.int8, np.int16, np.int32):
        if np.iinfo(dtype).min <= low and high <= np.iinfo(dtype).max:
            return np.dtype(dtype)
    return np.dtype(np.int64)


class Group:
    """Rows of one entity in a block, with their gathering under the parent (none for the root)."""

    __slots__ = ("grouping", "rows")

    def __init__(self, rows: int, grouping: Grouping | None) -> None:
        self.rows = rows
        self.grouping = grouping

    def fold(self, function: str, values: Array) -> Array:
        assert self.grouping is not None
        if np.ndim(values) == 0:
            values = np.full(self.rows, values)
        return self.grouping.fold(function, values)


def spread(values: Array, group: Group) -> Array:
    """The parents' values repeated for each of their rows."""
    if np.ndim(values) == 0:
        return values
    assert group.grouping is not None
    return values[group.grouping.parent]


class Block:
    """A run of households with all rows that belong to them, as views."""

    def __init__(
        self,
        rows: dict[str, slice],
        values: dict[str, Array],
        unknown: dict[str, Array],
        groups: dict[str, Group],
        links: dict[tuple[str, str], Indices],
    ) -> None:
        self.rows = rows
        self.values = values
        self.unknown = unknown
        self.groups = groups
        self.links = links

    def store(
        self, results: Mapping[str, Result], program: Program, outputs: Mapping[str, int]
    ) -> Callable[..., None]:
        """A function that puts a finished variable of this block in its place."""

        def put(
            name: str, values: Array, greatest: Array | None = None, sources: Array | None = None
        ) -> None:
            part = self.rows[program.nodes[outputs[name]].entity or program.schema.root]
            result = results[name]
            result.values[part] = values
            if greatest is not None and result.greatest is not None and result.sources is not None:
                result.greatest[part] = greatest
                result.sources[part] = sources

        return put


class Blocks:
    """Cuts columns into blocks of households."""

    def __init__(self, program: Program, columns: Columns, size: int) -> None:
        self.program = program
        self.columns = columns
        self.size = size

    def __iter__(self) -> Iterator[Block]:
        root = self.program.schema.root
        for start in range(0, self.columns.counts[root], self.size):
            yield self._block(start, min(start + self.size, self.columns.counts[root]))

    def _block(self, start: int, end: int) -> Block:
        schema, columns = self.program.schema, self.columns
        rows: dict[str, slice] = {schema.root: slice(start, end)}
        groups: dict[str, Group] = {schema.root: Group(end - start, None)}
        for entity in schema.entities.values():
            if entity.parent is None:
                continue
            above, parents = rows[entity.parent], columns.parents[entity.name]
            first, last = np.searchsorted(parents, [above.start, above.stop])
            rows[entity.name] = slice(int(first), int(last))
            local = parents[first:last] - above.start
            groups[entity.name] = Group(int(last - first), Grouping(local, above.stop - above.start))
        values = {name: column[rows[self._entity(name)]] for name, column in columns.values.items()}
        unknown = {name: mask[rows[self._entity(name)]] for name, mask in columns.unknown.items()}
        links = {key: self._local(key, rows) for key in columns.links}
        return Block(rows, values, unknown, groups, links)

    def _entity(self, fact: str) -> str:
        return self.program.schema.inputs[fact].entity or self.program.schema.root

    def _local(self, key: tuple[str, str], rows: Mapping[str, slice]) -> Indices:
        entity, name = key
        target = next(link.to for link in self.program.schema.entities[entity].links if link.name == name)
        link = self.columns.links[key][rows[entity]]
        return np.where(link >= 0, link - rows[target].start, -1)


_LIBRARY: dict[str, Any] = {
    "asarray": np.asarray,
    "follow": follow,
    "full": np.full,
    "gather": gather,
    "lookup_between": lookup_between,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "spread": spread,
    "where": np.where,
}
