"""The looks taken at a register: as if all were known, by ranges where something is not, and at what may be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.exact import sides_in_parts
from doudi.assessment.register_columns import Mask, household_of, only, part
from doudi.assessment.register_corners import tier_at_corners
from doudi.assessment.register_law import EXPLAINED, RegisterLaw, scalar_of
from doudi.assessment.register_program import Guard, guards
from doudi.assessment.statute import Statute, schema
from doudi.rules.columns import Columns, Indices
from doudi.rules.narrow import narrowed, opened
from doudi.rules.numpy_kernel import NumpyKernel, Result
from doudi.rules.scope import LAST_BIT

Array = NDArray[Any]
Progress = Callable[[int], None]
Results = Mapping[str, Result]
Names = dict[int, tuple[str, ...]]


class Looks:
    """The kernels for the looks at a register, made for the bounds that its facts keep, and what they are asked."""

    def __init__(self, columns: Columns, law: RegisterLaw) -> None:
        self.statute, self.law = law.statute, law.program
        self._kernels, self._corner_kernels = law.kernels, law.corner_kernels
        of_law, of_tier = law.program.facts(), law.statute.graph.inputs_of(["tier"])
        every = only(columns, of_law | of_tier)
        self.entity_of = {name: str(schema().inputs[name].entity) for name in every.values}
        self.columns, self.of_tier = only(every, of_law), only(every, of_tier)
        permitted = law.program.program.schema
        self._known = narrowed(permitted, replace(every, unknown={}))
        self._ranges = opened(self._known, permitted, every.unknown.keys())

    @cached_property
    def _guards(self) -> dict[str, Guard]:
        outputs, unknown = set(self.law.wanted.values()), frozenset(self.columns.unknown)
        return self._kernels.once(("guards", unknown), lambda: guards(self.law.program, outputs, unknown))

    @cached_property
    def _first(self) -> NumpyKernel:
        conditions = {number for guard in self._guards.values() for number in guard.conditions}
        outputs = {**self.law.wanted, **{f"condition {number}": number for number in sorted(conditions)}}
        return self._kernels.kernel(self.law.program, outputs, self._known, frozenset(), EXPLAINED)

    @cached_property
    def _second(self) -> NumpyKernel:
        unknown = frozenset(self.columns.unknown)
        return self._kernels.kernel(self.law.program, self.law.wanted, self._ranges, unknown, EXPLAINED)

    @cached_property
    def _corners(self) -> NumpyKernel:
        graph, unknown = self.statute.graph, frozenset(self.of_tier.unknown)
        bounds = replace(graph.schema, entities=self._ranges.entities, inputs=self._ranges.inputs)
        tier = {"tier": self.statute.variable("tier").node}
        return self._corner_kernels.kernel(graph, tier, bounds, unknown, ())

    def first(self, block: int, progress: Progress | None) -> tuple[Results, Names]:
        """All households as if all facts were known, and what those rest on whose tier the place leaves open."""
        known = replace(self.columns, unknown={})
        results = self._results(self._first, known, block, progress)
        every = np.arange(self.columns.counts["household"])
        return results, dict(_Missing(self.statute, self._first, known).of(results["tier"], every))

    def second(self, doubtful: Mask, block: int) -> tuple[Results, Names, Mapping[str, Indices], Mask]:
        """The doubtful households by ranges: the results, what those rest on whose tier is open, which rows of the register
        they are, by entity, and for which of them something turns."""
        taken, rows = part(self.columns, doubtful, self.entity_of)
        results = self._results(self._second, taken, block)
        missing = dict(_Missing(self.statute, self._second, taken).of(results["tier"], rows["household"]))
        return results, missing, rows, self.turned(results, taken)

    def ends(self, households: Mask) -> tuple[Array, Array]:
        """The least and the greatest tier of these households, in their order, at the corners of what the place may choose."""
        taken, _ = part(self.of_tier, households, self.entity_of)
        return tier_at_corners(self.statute, self._corners, taken)

    def exact(self, test: str, households: Mask) -> list[tuple[Fraction, Fraction] | None]:
        """Both sides of a test on the chosen households without rounding, in their order; None where one is not certain."""
        graph, count = self.statute.graph, int(households.sum())
        parts = sides_in_parts(graph, self.statute.variable(test))
        numbers = {number for pair in parts for number in pair}
        rows = {f"#{number}": number for number in sorted(numbers) if graph.nodes[number].entity is not None}
        taken, _ = part(self.columns, households, self.entity_of)
        results = self._results(self._parts(rows), taken, count) if rows else {}
        columns = {number: self._certain(number, results, count) for number in numbers}
        quotients = [_quotients([columns[number] for number in pair]) for pair in parts]
        return [
            None if value is None or limit is None else (value, limit)
            for value, limit in zip(*quotients, strict=True)
        ]

    def _parts(self, outputs: Mapping[str, int]) -> NumpyKernel:
        graph = self.statute.graph
        bounds = replace(graph.schema, entities=self._ranges.entities, inputs=self._ranges.inputs)
        return self._kernels.kernel(graph, outputs, bounds, frozenset(self.columns.unknown), ())

    def _certain(self, number: int, results: Results, count: int) -> list[int | None]:
        """A node for the households of ``results``; None where it is not certain."""
        if f"#{number}" not in results:
            return [scalar_of(self.statute, number)] * count
        found = results[f"#{number}"]
        least, most = (np.broadcast_to(side, count).tolist() for side in (found.values, found.most))
        return [one if one == other else None for one, other in zip(least, most, strict=True)]

    def _results(
        self, kernel: NumpyKernel, columns: Columns, block: int, progress: Progress | None = None
    ) -> Results:
        return kernel.run(columns, self.law.parameters, self.statute.context, block=block, progress=progress)

    def doubtful(self, results: Results) -> Mask:
        """Households for which something matters that is not known."""
        chosen = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        for fact, mask in self.columns.unknown.items():
            household = household_of(self.columns, str(schema().inputs[fact].entity))
            guard = self._guards.get(fact)
            if guard is None:
                chosen[household[mask]] = True
                continue
            counts = np.zeros(len(mask), dtype=np.bool_)
            for number in guard.by_row:
                counts |= self._may_hold(number, results)
            anywhere = self._in_household(guard.by_household, results)
            chosen[household[mask & (counts | anywhere[household])]] = True
        return chosen

    def _may_hold(self, number: int, results: Results) -> Mask:
        return results[f"condition {number}"].most.astype(np.bool_)

    def _in_household(self, conditions: Iterable[int], results: Results) -> Mask:
        holds = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        for number in conditions:
            entity = str(self.law.program.nodes[number].entity)
            holds[household_of(self.columns, entity)[self._may_hold(number, results)]] = True
        return holds

    def turned(self, results: Results, columns: Columns) -> Mask:
        """The households for which something turns on what the place may choose."""
        households = np.zeros(columns.counts["household"], dtype=np.bool_)
        for usual, changed in self.law.turns:
            one, two = results[usual], results[changed]
            turned = (one.values != two.values) | (one.most != two.most)
            entity = str(self.law.program.nodes[self.law.points[usual]].entity)
            if turned.any():
                households[household_of(columns, entity)[turned]] = True
        return households


def _quotients(parts: Sequence[Sequence[int | None]]) -> list[Fraction | None]:
    """A side from its parts: what is divided and, where there are two, by what."""
    if len(parts) == 1:
        return [None if one is None else Fraction(one) for one in parts[0]]
    return [
        None if above is None or below is None else Fraction(above, below)
        for above, below in zip(*parts, strict=True)
    ]


class _Missing:
    """The names behind the bits of an open tier.

    The names past the 62nd share a bit. Of those only what the tier rests on and, of facts, only what this household does
    not know is named.
    """

    def __init__(self, statute: Statute, kernel: NumpyKernel, columns: Columns) -> None:
        self.kernel = kernel
        self.columns = columns
        self.shared = (
            set(kernel.scope.unknown[LAST_BIT:]) if len(kernel.scope.unknown) > LAST_BIT + 1 else set()
        )
        self.of_tier = statute.graph.inputs_of(["tier"])
        self._unknown = {name: self._households(name) for name in self.shared & columns.unknown.keys()}
        self._named: dict[int, tuple[str, ...]] = {}

    def _households(self, fact: str) -> Mask:
        chosen = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        chosen[household_of(self.columns, str(schema().inputs[fact].entity))[self.columns.unknown[fact]]] = (
            True
        )
        return chosen

    def of(self, tier: Result, households: Indices) -> Iterator[tuple[int, tuple[str, ...]]]:
        """For each household whose tier is open, its place among all and the names."""
        if tier.greatest is None or tier.sources is None:
            return
        for place in np.flatnonzero(tier.values != tier.greatest):
            bits = int(tier.sources[place])
            if bits not in self._named:
                self._named[bits] = tuple(self.kernel.scope.named(bits))
            names = self._named[bits]
            yield (
                int(households[place]),
                names if self.shared.isdisjoint(names) else self._sifted(names, int(place)),
            )

    def _sifted(self, names: tuple[str, ...], place: int) -> tuple[str, ...]:
        return tuple(name for name in names if name not in self.shared or self._may_be_meant(name, place))

    def _may_be_meant(self, name: str, place: int) -> bool:
        if name not in self.of_tier:
            return False
        return bool(self._unknown[name][place]) if name in self._unknown else name not in schema().inputs
