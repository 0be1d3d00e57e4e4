"""The law applied to all households of a register: exactly where all is known, by ranges where something is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.determination import outputs_of
from doudi.assessment.register_columns import Mask, household_of, only, part
from doudi.assessment.register_corners import corner_kernels, tier_at_corners
from doudi.assessment.register_program import Guard, RegisterProgram, guards, program_of
from doudi.assessment.statute import Statute, law_of, schema
from doudi.rules.columns import Columns, Indices
from doudi.rules.kernels import Kernels
from doudi.rules.numpy_kernel import BLOCK, NumpyKernel, Result
from doudi.rules.scope import LAST_BIT
from doudi.rules.specialise import specialise

Array = NDArray[Any]
Progress = Callable[[int], None]

HOUSEHOLD_OUTPUTS = (
    "tier", "heads", "income_per_head", "dibao_standard", "low_margin_line",
    "dibao_amount", "supplements", "single_amounts", "tekun_amounts", "refusal_reductions", "grace_amount", "monthly_total",
    "missed", "missed_cause", "is_silent", "is_critical", "is_urgent", "is_expenditure_kind", "is_monitored",
    "is_in_basic_aid", "holds_basic_aid", "holds_aid", "all_tekun", "is_in_grace",
)  # fmt: skip
PERSON_OUTPUTS = (
    "person_tier",
    "supplement",
    "single_dibao_amount",
    "tekun_basic_amount",
    "tekun_care_amount",
)


EXPLAINED = ("tier",)
"""Outputs of which it is told what they rest on where they are open."""


@dataclass
class Findings:
    """What the law yields for each row: ``least`` and ``greatest`` of every output; one array where they are the same.

    ``missing`` names, for households whose tier is open, the facts and parameters that it rests on. ``doubtful`` are the
    households that were looked at by ranges. ``tier_at_ends`` are the least and the greatest tier over all that the place
    may choose, for households whose tier is not open.
    """

    statute: Statute
    columns: Columns
    least: dict[str, Array]
    greatest: dict[str, Array]
    missing: dict[int, tuple[str, ...]]
    doubtful: Indices
    tier_at_ends: tuple[Array, Array]
    scalars: Mapping[str, int | None] = field(default_factory=dict)

    def known(self, name: str) -> Mask | None:
        """Where the value is certain; None where it is certain for all rows."""
        least, greatest = self.least[name], self.greatest[name]
        return None if least is greatest else least == greatest

    @cached_property
    def open(self) -> Mask:
        """The households whose tier is undetermined."""
        known = self.known("tier")
        return np.zeros(self.columns.counts["household"], dtype=np.bool_) if known is None else ~known

    def sides(self, test: str, rows: Array) -> tuple[Array, Array, Mask]:
        """Value and limit of a test for some rows, and where both are certain; zeros where it does not compare."""
        known = np.full(len(rows), True)
        found = []
        for name in (f"{test}.value", f"{test}.limit"):
            if name in self.least:
                found.append(self.least[name][rows].astype(np.int64))
                certain = self.known(name)
                known &= True if certain is None else certain[rows]
            else:
                amount = self.scalars.get(name)
                found.append(np.full(len(rows), amount or 0, dtype=np.int64))
                known &= amount is not None
        return found[0], found[1], known


def household_tests(statute: Statute) -> tuple[str, ...]:
    """The tests on the household, in the order of the law."""
    variables = statute.graph.variables.items()
    return tuple(name for name, one in variables if one.formula.is_test and one.formula.entity == "household")


@dataclass(frozen=True)
class RegisterLaw:
    """The law of a place and day as registers are assessed by it, whatever is in them."""

    statute: Statute
    program: RegisterProgram
    scalars: Mapping[str, int | None]
    kernels: Kernels
    corner_kernels: Kernels

    @classmethod
    def of(cls, statute: Statute) -> RegisterLaw:
        """Made once, and without facts: it may be made while they are read."""
        scalars, outputs = _outputs(statute)
        program = program_of(statute, outputs)
        kernels = Kernels(program.parameters, statute.context, statute.unset)
        return cls(statute, program, scalars, kernels, corner_kernels(statute))


@lru_cache(maxsize=4)
def law_as_shipped(region: str, day: date) -> RegisterLaw:
    """The law of a place and day with nothing changed, kept with its kernels for the next register there."""
    return RegisterLaw.of(law_of(region, day))


def sweep(
    columns: Columns, law: RegisterLaw, block: int = BLOCK, progress: Progress | None = None
) -> Findings:
    """Apply the law to every household; ``progress`` is told how many households have been done since it was last told."""
    return _Sweep(columns, law, block, progress).findings()


class _Sweep:
    def __init__(self, columns: Columns, law: RegisterLaw, block: int, progress: Progress | None) -> None:
        self.statute, self.law, self.scalars = law.statute, law.program, law.scalars
        self.kernels, self.corner_kernels = law.kernels, law.corner_kernels
        self.block = block
        self.progress = progress
        self.every = columns
        self.columns = only(columns, self.law.facts())
        self.guards = self._guards(frozenset(self.columns.unknown))
        conditions = {number for guard in self.guards.values() for number in guard.conditions}
        self.conditions = {f"condition {number}": number for number in sorted(conditions)}

    def findings(self) -> Findings:
        as_if_known = replace(self.columns, unknown={})
        kernel = self._kernel({**self.law.wanted, **self.conditions}, as_if_known)
        results = self._run(kernel, as_if_known, self.block, self.progress)
        found = {name: results[name] for name in self.law.outputs}
        least: dict[str, Array] = {name: result.values for name, result in found.items()}
        greatest = {name: result.most for name, result in found.items()}
        every = np.arange(self.columns.counts["household"])
        missing = dict(_Missing(self.statute, kernel, as_if_known).of(results["tier"], every))
        doubtful, turned = self._doubtful(results), self._turned(results, self.columns)
        households = np.flatnonzero(doubtful)
        if len(households):
            missing = {place: names for place, names in missing.items() if not doubtful[place]}
            missing.update(self._look_again(doubtful, turned, least, greatest))
        ends = self._at_ends(turned, least["tier"], greatest["tier"])
        return Findings(self.statute, self.columns, least, greatest, missing, households, ends, self.scalars)

    def _guards(self, unknown: frozenset[str]) -> dict[str, Guard]:
        outputs = set(self.law.wanted.values())
        return self.kernels.once(("guards", unknown), lambda: guards(self.law.program, outputs, unknown))

    def _kernel(self, outputs: Mapping[str, int], columns: Columns) -> NumpyKernel:
        return self.kernels.kernel(self.law.program, outputs, columns, EXPLAINED)

    def _run(
        self, kernel: NumpyKernel, columns: Columns, block: int, progress: Progress | None
    ) -> dict[str, Result]:
        return kernel.run(columns, self.law.parameters, self.statute.context, block=block, progress=progress)

    def _doubtful(self, results: Mapping[str, Result]) -> Mask:
        """Households for which something matters that is not known."""
        chosen = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        for fact, mask in self.columns.unknown.items():
            household = household_of(self.columns, str(schema().inputs[fact].entity))
            guard = self.guards.get(fact)
            if guard is None:
                chosen[household[mask]] = True
                continue
            counts = np.zeros(len(mask), dtype=np.bool_)
            for number in guard.by_row:
                counts |= self._may_hold(number, results)
            anywhere = self._in_household(guard.by_household, results)
            chosen[household[mask & (counts | anywhere[household])]] = True
        return chosen

    def _may_hold(self, number: int, results: Mapping[str, Result]) -> Mask:
        return results[f"condition {number}"].most.astype(np.bool_)

    def _in_household(self, conditions: Iterable[int], results: Mapping[str, Result]) -> Mask:
        holds = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        for number in conditions:
            entity = str(self.law.program.nodes[number].entity)
            holds[household_of(self.columns, entity)[self._may_hold(number, results)]] = True
        return holds

    def _turned(self, results: Mapping[str, Result], columns: Columns) -> Mask:
        """The households for which something turns on what the place may choose."""
        households = np.zeros(columns.counts["household"], dtype=np.bool_)
        for usual, changed in self.law.turns:
            one, two = results[usual], results[changed]
            turned = (one.values != two.values) | (one.most != two.most)
            entity = str(self.law.program.nodes[self.law.points[usual]].entity)
            households[household_of(columns, entity)[turned]] = True
        return households

    def _at_ends(self, turned: Mask, least: Array, greatest: Array) -> tuple[Array, Array]:
        """The tiers within what the place may choose: worked out where something turns and the tier is not open."""
        chosen = turned & (least == greatest)
        if not chosen.any():
            return least, greatest
        entity_of = {name: str(schema().inputs[name].entity) for name in self.every.values}
        low, high = tier_at_corners(self.statute, self.every, chosen, entity_of, self.corner_kernels)
        place = np.flatnonzero(chosen)
        return (
            _placed(least.copy(), place, np.minimum(low, least[place])),
            _placed(greatest.copy(), place, np.maximum(high, greatest[place])),
        )

    def _look_again(
        self, doubtful: Mask, turned: Mask, least: dict[str, Array], greatest: dict[str, Array]
    ) -> dict[int, tuple[str, ...]]:
        """Put what is found by ranges in place of what was found as if all were known."""
        entity_of = {name: str(schema().inputs[name].entity) for name in self.columns.values}
        taken, rows = part(self.columns, doubtful, entity_of)
        kernel = self._kernel(self.law.wanted, taken)
        results = self._run(kernel, taken, self.block, None)
        turned[rows["household"]] = self._turned(results, taken)
        for name, number in self.law.outputs.items():
            place = rows[self.law.program.nodes[number].entity or "household"]
            result = results[name]
            if result.greatest is not None or greatest[name] is not least[name]:
                greatest[name] = _placed(greatest[name].copy(), place, result.most)
                least[name] = _placed(least[name], place, result.values)
            else:
                least[name] = greatest[name] = _placed(least[name], place, result.values)
        return dict(_Missing(self.statute, kernel, taken).of(results["tier"], rows["household"]))


def _placed(column: Array, place: Array, values: Array) -> Array:
    """The column with these values in their place: wide enough for both, and one that may be written to."""
    dtype = np.promote_types(column.dtype, values.dtype)
    if column.dtype != dtype or not column.flags.writeable:
        column = column.astype(dtype)
    column[place] = values
    return column


def _outputs(statute: Statute) -> tuple[dict[str, int | None], dict[str, int]]:
    """The outputs that have rows, and those of the others that are the same for everybody."""
    every = outputs_of(statute)
    names = [*HOUSEHOLD_OUTPUTS, *PERSON_OUTPUTS, *household_tests(statute)]
    names += [f"{name}.{side}" for name in household_tests(statute) for side in ("value", "limit")]
    wanted = {name: every[name] for name in names if name in every}
    outputs = {
        name: number for name, number in wanted.items() if statute.graph.nodes[number].entity is not None
    }
    return {name: _scalar(statute, number) for name, number in wanted.items() if name not in outputs}, outputs


def _scalar(statute: Statute, number: int) -> int | None:
    program, places = specialise(statute.graph, {"it": number}, statute.values, statute.context)
    node = program.nodes[places["it"]]
    return int(node.attribute) if node.op == "const" else None


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


__all__ = ["BLOCK", "Findings", "RegisterLaw", "household_tests", "law_as_shipped", "sweep"]
