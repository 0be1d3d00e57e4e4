"""The looks taken at a register: as if all were known, by ranges where something is not, and at what may be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.exact import sides_in_parts
from doudi.assessment.register_asked import Asked
from doudi.assessment.register_columns import Mask, household_of, only, part
from doudi.assessment.register_corners import tier_at_corners
from doudi.assessment.register_law import EXPLAINED, RegisterLaw, scalar_of
from doudi.assessment.register_program import Guard, guards
from doudi.assessment.statute import schema
from doudi.rules.columns import Columns, Indices
from doudi.rules.kinds import Schema
from doudi.rules.narrow import narrowed, opened
from doudi.rules.numpy_kernel import BLOCK, NumpyKernel, Result

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
        asked = self._asked(known, self._known, frozenset())
        return results, dict(asked.names(self._first, results["tier"], every))

    def second(self, doubtful: Mask, block: int) -> tuple[Results, Names, Mapping[str, Indices], Mask]:
        """The doubtful households by ranges: the results, what those rest on whose tier is open, which rows of the register
        they are, by entity, and for which of them something turns."""
        taken, rows = part(self.columns, doubtful, self.entity_of)
        results = self._results(self._second, taken, block)
        asked = self._asked(taken, self._ranges, frozenset(self.columns.unknown))
        missing = dict(asked.names(self._second, results["tier"], rows["household"]))
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

    def _asked(self, columns: Columns, bounds: Schema, unknown: frozenset[str]) -> Asked:
        kernel = partial(self._kernel_of_tier, bounds, unknown)
        return Asked(columns, self.entity_of, kernel, self._sources_of_tier)

    def _kernel_of_tier(
        self, bounds: Schema, unknown: frozenset[str], first: Sequence[str] = ()
    ) -> NumpyKernel:
        """The kernel that tells what a tier rests on, by the bits of the names ``first`` and of others while there are bits."""
        outputs = {"tier": self.law.outputs["tier"]}
        return self._kernels.kernel(self.law.program, outputs, bounds, unknown, EXPLAINED, first)

    def _sources_of_tier(self, kernel: NumpyKernel, columns: Columns) -> Array:
        """What the tier of each household rests on, as bits of the kernel; no bits where it rests on nothing open."""
        sources = self._results(kernel, columns, BLOCK)["tier"].sources
        return np.zeros(columns.counts["household"], dtype=np.int64) if sources is None else sources

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
