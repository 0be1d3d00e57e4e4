"""Writing the kernel for one household as plain Python source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from doudi.rules.program import Node, Program
from doudi.rules.scope import Scope
from doudi.rules.templates import Names, blame, certain, uncertain

DEEPEST = 12
"""How deep sources may be nested before they get a name again."""

Place = int | tuple[int, tuple[int, ...]]
"""Where an output stands in what the kernel returns: alone, or in which list of rows and at which places of each row."""


class PythonDialect:
    """Operations on single values."""

    def conjunction(self, parts: Sequence[str]) -> str:
        return f"({' and '.join(parts)})"

    def disjunction(self, parts: Sequence[str]) -> str:
        return f"({' or '.join(parts)})"

    def negation(self, part: str) -> str:
        return f"(not {part})"

    def choice(self, condition: str, yes: str, no: str, flags: bool = False) -> str:
        return f"({yes} if {condition} else {no})"

    def least(self, one: str, two: str) -> str:
        return f"({one} if {one} < {two} else {two})" if _plain(one, two) else f"min({one}, {two})"

    def greatest(self, one: str, two: str) -> str:
        return f"({one} if {one} > {two} else {two})" if _plain(one, two) else f"max({one}, {two})"


def _plain(*sources: str) -> bool:
    """Names and whole numbers, which may be written twice."""
    return all(source.isidentifier() or source.removeprefix("-").isdigit() for source in sources)


class PythonSource:
    """Writes the source of the kernel for one choice of outputs and of inputs that may be unknown.

    ``explained``: beside the ends of what is uncertain goes what it rests on; that is a fourth of such a kernel.
    """

    def __init__(
        self, program: Program, outputs: Mapping[str, int], unknown: Collection[str], explained: bool = True
    ) -> None:
        self.program = program
        self.outputs = outputs
        self.explained = explained
        self.dialect = PythonDialect()
        self.numbers = program.needed(outputs.values())
        self.unknown = unknown
        self.scope = Scope(program, self.numbers, unknown, last_bit=None)
        self.names = Names(program.nodes, self.scope.uncertain)
        self.lines: list[str] = []
        self.listed = self._listed()
        self.whole = self._whole()
        self.inlined = self._inlined()
        self._depth: dict[int, int] = {}

    def parts(self, number: int) -> list[str]:
        """The names that hold a node: one, or least, greatest and, if they are asked for, sources."""
        uncertain = "lhs" if self.explained else "lh"
        return [f"{part}{number}" for part in (uncertain if number in self.scope.uncertain else "v")]

    def _listed(self) -> set[int]:
        """Nodes of rows whose values must outlast the loop that computes them."""
        keep = {number for number in self.outputs.values() if self._in_rows(number)}
        place = {number: phase for phase, (_, members) in enumerate(self.scope.phases) for number in members}
        for number in self.numbers:
            for arg in self.program.nodes[number].args:
                alias = self._is_alias(arg) and not self._takes_rows(number)
                if self._in_rows(arg) and place.get(arg) != place.get(number) and not alias:
                    keep.add(arg)
        return keep

    def _whole(self) -> set[int]:
        """Those of them that others take as a column; the rest stay with their row."""
        takers = (node for n in self.numbers if (node := self.program.nodes[n]).op in _TAKERS)
        return {arg for node in takers for arg in node.args} & self.listed

    def _is_alias(self, number: int) -> bool:
        """Whether a row's value is just the household's."""
        node = self.program.nodes[number]
        if node.op != "project" or node.attribute is not None or number in self.scope.uncertain:
            return False
        return not self._in_rows(node.args[0]) or self._is_alias(node.args[0])

    def _takes_rows(self, number: int) -> bool:
        """Whether a node asks for the values of all rows, or of the row that a link leads to."""
        node = self.program.nodes[number]
        return node.op in ("aggregate", "gather") or (node.op == "project" and node.attribute is not None)

    def _inlined(self) -> set[int]:
        """Certain nodes that only one other asks for, in the same run: they are written where they are used.

        A branch that is not taken is then not computed.
        """
        place = {number: phase for phase, (_, members) in enumerate(self.scope.phases) for number in members}
        users: dict[int, list[int]] = {}
        for number in self.numbers:
            for arg in self.program.nodes[number].args:
                users.setdefault(arg, []).append(number)
        alone = {
            number for number, found in users.items() if len(found) == 1 and self._takes_inline(found[0])
        }
        same_run = {number for number in alone if place.get(number) == place.get(users[number][0], -1)}
        return same_run - self.listed - set(self.outputs.values()) - self.scope.uncertain

    def _takes_inline(self, number: int) -> bool:
        """Whether the node's source names each argument once."""
        node = self.program.nodes[number]
        once = node.op in ("and", "or", "not", "where", "add", "sub", "mul", "lt", "le", "eq", "lookup")
        return number not in self.scope.uncertain and (
            once or (node.op == "div" and node.attribute == "floor")
        )

    def _in_rows(self, number: int) -> bool:
        entity = self.program.nodes[number].entity
        return (
            entity is not None
            and entity != self.program.schema.root
            and self.program.nodes[number].op != "const"
        )

    def text(self) -> str:
        """The source of ``kernel(facts)``, which returns the outputs in their order."""
        self.lines = ["def kernel(facts):"]
        for entity in self.scope.entities:
            self.lines.append(f"    {entity}_rows = facts[{entity!r}]")
        for phase, (entity, members) in enumerate(self.scope.phases):
            self._phase(phase, entity, members)
        results = [self._result(number) for number in self.outputs.values() if not self._in_row(number)]
        results += [f"K{phase}" for phase in self._kept_rows()]
        self.lines.append(f"    return ({''.join(f'{result}, ' for result in results)})")
        self.lines.insert(1, f"    if False: {' = '.join([*_IN_LOOPS, *self._busiest()])} = None")
        return "\n".join(self.lines)

    def _busiest(self) -> list[str]:
        """The names used most, to be named first: Python reaches the first 256 names of a function in one step.

        Saying so in a line that is never run and not even compiled made a household one twentieth faster.
        """
        own = {name for line in self.lines for left in line.split(" = ")[:-1] for name in _NAME.findall(left)}
        used: Counter[str] = Counter()
        for line in self.lines:
            for name in own.intersection(_NAME.findall(line)):
                used[name] += _ROWS_OF_A_LOOP if line.startswith(" " * 8) else 1
        return [name for name, _ in used.most_common(_AT_HAND)]

    def places(self) -> dict[str, Place]:
        """Where each output stands in what the kernel returns."""
        rows = self._kept_rows()
        alone = [name for name, number in self.outputs.items() if not self._in_row(number)]
        found: dict[str, Place] = {name: place for place, name in enumerate(alone)}
        at = {
            name: (len(alone) + place, column)
            for place, names in enumerate(rows.values())
            for column, name in enumerate(names)
        }
        for name, number in self.outputs.items():
            if self._in_row(number):
                parts = [at[part] for part in self.parts(number)]
                found[name] = (parts[0][0], tuple(column for _, column in parts))
        return {name: found[name] for name in self.outputs}

    def _in_row(self, number: int) -> bool:
        return number in self.listed and number not in self.whole

    def _kept_rows(self) -> dict[int, list[str]]:
        """For each phase, the names that stay together in a tuple for each row."""
        kept = {
            phase: [part for number in members if self._in_row(number) for part in self.parts(number)]
            for phase, (_, members) in enumerate(self.scope.phases)
        }
        return {phase: names for phase, names in kept.items() if names}

    def _result(self, number: int) -> str:
        if number in self.listed:
            names = [name.upper() for name in self.parts(number)]
        else:
            names = self.parts(number) if number in self.scope.uncertain else [self.names.value(number)]
        return names[0] if len(names) == 1 else f"({', '.join(names)})"

    def _phase(self, phase: int, entity: str, members: Sequence[int]) -> None:
        if entity == self.program.schema.root:
            for number in members:
                self.lines.extend(f"    {line}" for line in self._node(number))
            return
        inside = set(members)
        needed = {
            arg
            for number in members
            for arg in self.program.nodes[number].args
            if self._same_entity(arg, entity)
        } - inside
        self.lines.extend(f"    {line}" for line in self._gathered(entity, members))
        row = self._kept_rows().get(phase, [])
        column = [name for number in members if number in self.whole for name in self.parts(number)]
        kept = ((f"K{phase}", row), ("rows", column))
        self.lines.extend(f"    {rows} = []" for rows, names in kept if names)
        body = [*self._recalled(needed & self.listed)]
        for number in members:
            body.extend(self._node(number))
        body.extend(f"{rows}.append(({', '.join(names)},))" for rows, names in kept if names)
        if body:
            self.lines.append(f"    for i, row in enumerate({entity}_rows):")
            self.lines.extend(f"        {line}" for line in body)
        if column:
            columns = ", ".join(name.upper() for name in column)
            self.lines.append(f"    {columns}, = zip(*rows) if rows else ((),) * {len(column)}")

    def _recalled(self, numbers: set[int]) -> Iterator[str]:
        """What earlier phases found for the row: out of columns, or out of what stayed together, all at once if much is asked."""
        for number in sorted(numbers & self.whole):
            yield from (f"{name} = {name.upper()}[i]" for name in self.parts(number))
        asked = {part for number in numbers - self.whole for part in self.parts(number)}
        for phase, names in self._kept_rows().items():
            wanted = [place for place, name in enumerate(names) if name in asked]
            if len(wanted) * _WORTH_ALL > len(names):
                yield f"{', '.join(names)}, = K{phase}[i]"
            elif wanted:
                yield f"kept = K{phase}[i]"
                yield from (f"{names[place]} = kept[{place}]" for place in wanted)

    def _same_entity(self, number: int, entity: str) -> bool:
        return self.program.nodes[number].entity == entity and self.program.nodes[number].op != "const"

    def _node(self, number: int) -> Iterator[str]:
        node = self.program.nodes[number]
        if node.op == "input":
            yield from self._input(number, node)
        elif node.op in ("project", "aggregate", "gather", "spread", "lookup"):
            yield from getattr(self, f"_{'aggregate' if node.op == 'gather' else node.op}")(number, node)
        elif number in self.scope.uncertain:
            low, high = uncertain(self.dialect, self.names, node)
            yield f"l{number} = {low}"
            yield f"h{number} = {high}"
            if self.explained:
                yield f"s{number} = {blame(self.dialect, self.names, number, node)}"
        else:
            yield from self._put(number, certain(self.dialect, self.names, node))

    def _put(self, number: int, source: str) -> Iterator[str]:
        """Name the value of a certain node, or keep its source for the one place that uses it."""
        depth = 1 + max((self._depth.get(arg, 0) for arg in self.program.nodes[number].args), default=0)
        if number in self.inlined and depth < DEEPEST:
            self._depth[number] = depth
            self.names.inlined[number] = source
        else:
            yield f"v{number} = {source}"

    def _input(self, number: int, node: Node) -> Iterator[str]:
        row = "household_rows" if node.entity == self.program.schema.root else "row"
        if row == "household_rows":
            row = f"{node.entity}_rows"
        if number not in self.scope.uncertain:
            yield from self._put(number, f"{row}[{node.attribute!r}]")
            return
        bounds = (bool(node.low), bool(node.high)) if node.is_flag else (node.low, node.high)
        yield f"l{number} = h{number} = {row}[{node.attribute!r}]"
        if self.explained:
            yield f"s{number} = {self.scope.bit(str(node.attribute))} if l{number} is None else 0"
        yield f"if l{number} is None: l{number}, h{number} = {bounds[0]}, {bounds[1]}"

    def _spread(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        for name, source in zip(self.parts(number), self._sources(number, arg), strict=True):
            yield f"{name} = {source}"

    def _sources(self, number: int, arg: int) -> list[str]:
        if number not in self.scope.uncertain:
            return [self.names.value(arg)]
        ends = [self.names.low(arg), self.names.high(arg)]
        return [*ends, self.names.sources(arg)] if self.explained else ends

    def _project(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        if not self._in_rows(arg) or (
            node.attribute is None and self._is_alias(arg) and arg not in self.listed
        ):
            if self._is_alias(number) and number not in self.listed:
                self.names.inlined[number] = self.names.value(arg)
            else:
                yield from self._spread(number, node)
            return
        link = node.attribute or self.program.schema.entities[str(node.entity)].links[0].name
        empty = "False" if node.is_flag else "0"
        for name, source in zip(self.parts(number), self.parts(arg), strict=True):
            place = f"{source.upper()}[row['{link}_index']]"
            yield (
                f"{name} = {place}"
                if node.attribute is None
                else f"{name} = {place} if row['{link}_index'] >= 0 else {empty if name[0] != 's' else 0}"
            )

    def _lookup(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        table = self.scope.table(str(node.attribute))
        if number not in self.scope.uncertain:
            yield from self._put(number, f"{table}[{self.names.value(arg)}]")
            return
        for name in self.parts(number):
            part = name[0]
            if arg in self.scope.uncertain:
                over = {
                    "l": f"min({table}_l[l{arg}:h{arg} + 1])",
                    "h": f"max({table}_h[l{arg}:h{arg} + 1])",
                    "s": f"s{arg} | union({table}_s[l{arg}:h{arg} + 1])",
                }
                yield f"{name} = {over[part]}"
            else:
                yield f"{name} = {table}_{part}[{self.names.value(arg)}]"
        if arg in self.scope.uncertain:
            yield from self._settled(number)

    def _aggregate(self, number: int, node: Node) -> Iterator[str]:
        (arg,) = node.args
        source = self.parts(arg) if number in self.scope.uncertain else [f"v{arg}"]
        for name, one in zip(self.parts(number), source, strict=True):
            if node.entity == self.program.schema.root:
                yield f"{name} = {_folded(_function(name, node), one.upper(), self.program.nodes[arg].is_flag)}"
            else:
                yield f"{name} = G{name}[i]"
        if number in self.scope.uncertain:
            yield from self._settled(number)

    def _settled(self, number: int) -> Iterator[str]:
        """What is certain after all rests on nothing."""
        if self.explained:
            yield f"if l{number} == h{number}: s{number} = 0"

    def _gathered(self, entity: str, members: Sequence[int]) -> Iterator[str]:
        """Before the loop over ``entity``: the values of the rows below, gathered for each of its rows in one pass."""
        passes: dict[tuple[str, str], list[str]] = {}
        gathering = [number for number in members if self.program.nodes[number].op in ("aggregate", "gather")]
        if gathering:
            yield f"size = len({entity}_rows)"
        for number in gathering:
            node = self.program.nodes[number]
            (arg,) = node.args
            below = str(self.program.nodes[arg].entity)
            link = (
                node.attribute[1]
                if node.op == "gather"
                else self.program.schema.entities[below].links[0].name
            )
            source = self.parts(arg) if number in self.scope.uncertain else [f"v{arg}"]
            for name, one in zip(self.parts(number), source, strict=True):
                function = _function(name, node)
                yield f"G{name} = [{_NEUTRAL[function]}] * size"
                put = _PUT[function].format(place=f"G{name}[at]", value=f"{one.upper()}[j]")
                passes.setdefault((below, link), []).append(put)
        for (below, link), puts in passes.items():
            yield f"for j, one in enumerate({below}_rows):"
            yield f"    at = one['{link}_index']"
            yield "    if at >= 0:"
            yield from (f"        {put}" for put in puts)


_NAME = re.compile(r"\b(?:[lhsvLHSVK]|G[lhsv])\d+\b")
_IN_LOOPS = ("i", "row", "kept", "j", "one", "at", "size")
_WORTH_ALL = 4
"""Taking one value by its place costs as much as taking so many at once."""
_AT_HAND, _ROWS_OF_A_LOOP = 240, 3
_TAKERS = ("aggregate", "gather", "project")
_NEUTRAL = {"sum": "0", "any": "False", "all": "True", "max": "0", "union": "0"}
_PUT = {
    "sum": "{place} += {value}",
    "any": "if {value}: {place} = True",
    "all": "if not {value}: {place} = False",
    "max": "if {value} > {place}: {place} = {value}",
    "union": "{place} |= {value}",
}
"""How the value of a row joins those of the others that belong to the same one."""


def _function(name: str, node: Node) -> str:
    if name[0] == "s":
        return "union"
    return str(node.attribute[0] if node.op == "gather" else node.attribute)


def _folded(function: str, values: str, flags: bool) -> str:
    """The rows of a single household, all together; truth values are counted and sought by the tuple itself."""
    if function == "sum":
        return f"{values}.count(True)" if flags else f"sum({values})"
    if function in ("any", "all"):
        return f"(True in {values})" if function == "any" else f"(False not in {values})"
    return f"union({values})" if function == "union" else f"max({values}, default=0)"
