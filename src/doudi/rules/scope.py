"""What a kernel must know before it is written: what may be uncertain, in which order to work, and what is the same for all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from doudi.rules.program import Node, Program
from doudi.rules.templates import Dialect, Names, blame, certain, uncertain

LAST_BIT = 62
"""The last bit of a column of 64 bits that can stand for something unknown."""


class Scope:
    """For some nodes of a program and a choice of inputs that may be unknown.

    ``last_bit`` is None where bits never run out; ``first`` are the names that get bits before others.
    """

    def __init__(
        self,
        program: Program,
        numbers: Sequence[int],
        unknown: Collection[str],
        last_bit: int | None = LAST_BIT,
        first: Collection[str] = (),
    ) -> None:
        self.program = program
        self.numbers = numbers
        leaves = [self._leaf(number) for number in numbers]
        found = {leaf for leaf in leaves if leaf is not None and leaf in unknown}
        self.unknown = sorted(found, key=lambda name: (name not in first, name))
        last = len(self.unknown) if last_bit is None else last_bit
        self._bits = {name: 1 << min(place, last) for place, name in enumerate(self.unknown)}
        self.uncertain = self._spread_uncertainty(set(self.unknown))
        self.phases = self._phases()
        self.entities = [
            name for name in program.schema.entities if any(program.nodes[n].entity == name for n in numbers)
        ]

    def _leaf(self, number: int) -> str | None:
        node = self.program.nodes[number]
        if node.op in ("input", "parameter", "lookup"):
            return str(node.attribute)
        return str(node.attribute[0]) if node.op == "entry" else None

    def _spread_uncertainty(self, unknown: set[str]) -> set[int]:
        found: set[int] = set()
        for number in self.numbers:
            if self._leaf(number) in unknown or not found.isdisjoint(self.program.nodes[number].args):
                found.add(number)
        return found

    def bit(self, name: str) -> int:
        """The bit that stands for an unknown fact or parameter; past the last bit, names share it."""
        return self._bits[name]

    def named(self, bits: int) -> list[str]:
        """The facts and parameters that a bit set stands for."""
        return [name for name, bit in self._bits.items() if bits & bit]

    def table(self, name: str) -> str:
        """The name under which generated code finds a parameter with a value for each code."""
        return f"t_{name.replace('.', '_')}"

    def _phases(self) -> list[tuple[str, list[int]]]:
        """Runs of nodes of one entity, as long as the dependencies allow."""
        nodes = self.program.nodes
        waiting = [n for n in self.numbers if nodes[n].entity is not None and nodes[n].op != "const"]
        missing = {
            n: {a for a in nodes[n].args if nodes[a].entity is not None and nodes[a].op != "const"}
            for n in waiting
        }
        users: dict[int, list[int]] = {}
        for number, args in missing.items():
            for arg in args:
                users.setdefault(arg, []).append(number)
        ready: dict[str, list[int]] = {entity: [] for entity in self._turns()}
        for number in waiting:
            if not missing[number]:
                ready[str(nodes[number].entity)].append(number)
        phases: list[tuple[str, list[int]]] = []
        while any(ready.values()):
            entity = next(name for name, numbers in ready.items() if numbers)
            phases.append((entity, self._run(entity, ready, missing, users)))
        return phases

    def _turns(self) -> list[str]:
        """Entities nobody leads to come first, then the root, then the others: this gives the fewest runs."""
        schema = self.program.schema
        led_to = {link.to for entity in schema.entities.values() for link in entity.links}
        leaves = [name for name in schema.entities if name not in led_to and name != schema.root]
        return [*leaves, schema.root, *sorted(led_to - {schema.root})]

    def _run(
        self,
        entity: str,
        ready: dict[str, list[int]],
        missing: dict[int, set[int]],
        users: dict[int, list[int]],
    ) -> list[int]:
        done: list[int] = []
        while ready[entity]:
            number = ready[entity].pop()
            done.append(number)
            for user in users.get(number, ()):
                missing[user].discard(number)
                if not missing[user]:
                    ready[str(self.program.nodes[user].entity)].append(user)
        return done

    def scalars(
        self, parameters: Mapping[str, Any], context: Mapping[str, int], dialect: Dialect
    ) -> dict[str, Any]:
        """The values that are the same for everybody, computed once: names of generated code → values."""
        names: dict[str, Any] = {}
        spelling = Names(self.program.nodes, self.uncertain)
        for number in self.numbers:
            node = self.program.nodes[number]
            if node.op == "lookup":
                self._store_table(str(node.attribute), parameters, names)
            elif node.entity is None and node.op != "const":
                self._store_scalar(number, node, parameters, context, spelling, dialect, names)
        return names

    def _store_table(self, name: str, parameters: Mapping[str, Any], names: dict[str, Any]) -> None:
        slot = self.program.schema.parameters[name]
        assert slot.by is not None
        values: Sequence[int | None] = parameters.get(name) or [None] * len(slot.by.entries)
        low, high, flag = slot.low, slot.high, slot.kind.name == "flag"
        if name not in self.unknown:
            names[self.table(name)] = [bool(value) if flag else value for value in values]
        bit = self.bit(name) if name in self.unknown else 0
        names[f"{self.table(name)}_l"] = [_typed(low if value is None else value, flag) for value in values]
        names[f"{self.table(name)}_h"] = [_typed(high if value is None else value, flag) for value in values]
        names[f"{self.table(name)}_s"] = [bit if value is None else 0 for value in values]

    def _store_scalar(
        self,
        number: int,
        node: Node,
        parameters: Mapping[str, Any],
        context: Mapping[str, int],
        spelling: Names,
        dialect: Dialect,
        names: dict[str, Any],
    ) -> None:
        if node.op in ("parameter", "entry", "input"):
            self._store_leaf(number, node, parameters, context, names)
        elif number in self.uncertain:
            low, high = uncertain(dialect, spelling, node)
            names[f"l{number}"], names[f"h{number}"] = eval(low, names), eval(high, names)
            names[f"s{number}"] = eval(blame(dialect, spelling, number, node), names)
        else:
            names[f"v{number}"] = eval(certain(dialect, spelling, node), names)

    def _store_leaf(
        self,
        number: int,
        node: Node,
        parameters: Mapping[str, Any],
        context: Mapping[str, int],
        names: dict[str, Any],
    ) -> None:
        value: int | None
        if node.op == "input":
            value = context[str(node.attribute)]
        elif node.op == "entry":
            name, place = node.attribute
            table = parameters.get(name)
            value = None if table is None else table[place]
        else:
            value = parameters.get(str(node.attribute))
        if number not in self.uncertain:
            names[f"v{number}"] = _typed(value, node.is_flag)
            return
        low, high = (node.low, node.high) if value is None else (value, value)
        names[f"l{number}"], names[f"h{number}"] = _typed(low, node.is_flag), _typed(high, node.is_flag)
        names[f"s{number}"] = self.bit(str(self._leaf(number))) if value is None else 0


def _typed(value: Any, flag: bool) -> Any:
    return bool(value) if flag else value
