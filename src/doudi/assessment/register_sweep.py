"""The law applied to all households of a register: exactly where all is known, by ranges where something is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.register_columns import Mask
from doudi.assessment.register_law import RegisterLaw
from doudi.assessment.register_looks import Looks, Names, Progress
from doudi.assessment.statute import Statute
from doudi.rules.columns import Columns, Indices
from doudi.rules.numpy_kernel import BLOCK, THREADS, Result

Array = NDArray[Any]


@dataclass
class Findings:
    """What the law yields for each row: ``least`` and ``greatest`` of every output; one array where they are the same.

    ``missing`` names, for households whose tier is open, the facts and parameters that it rests on. ``doubtful`` are the
    households that were looked at by ranges, ``turned`` those for which something turns on what the place may choose.
    """

    statute: Statute
    looks: Looks
    least: dict[str, Array]
    greatest: dict[str, Array]
    missing: dict[int, tuple[str, ...]]
    doubtful: Indices
    turned: Mask
    scalars: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def columns(self) -> Columns:
        """The facts that the law rests on there."""
        return self.looks.columns

    def known(self, name: str) -> Mask | None:
        """Where the value is certain; None where it is certain for all rows."""
        least, greatest = self.least[name], self.greatest[name]
        return None if least is greatest else least == greatest

    @cached_property
    def open(self) -> Mask:
        """The households whose tier is undetermined."""
        known = self.known("tier")
        return np.zeros(self.columns.counts["household"], dtype=np.bool_) if known is None else ~known

    @cached_property
    def tier_at_ends(self) -> tuple[Array, Array]:
        """The least and the greatest tier within what the place may choose, for households whose tier is not open."""
        least, greatest = self.least["tier"], self.greatest["tier"]
        chosen = np.flatnonzero(self.turned & ~self.open)
        if not len(chosen):
            return least, greatest
        low, high = self.looks.ends(self.turned & ~self.open)
        return (
            _placed(least.copy(), chosen, np.minimum(low, least[chosen])),
            _placed(greatest.copy(), chosen, np.maximum(high, greatest[chosen])),
        )

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


Certain = Callable[[Findings, Mask], None]
"""Given the findings of the first look, and for which households they stand."""


def sweep(
    columns: Columns,
    law: RegisterLaw,
    block: int = BLOCK,
    progress: Progress | None = None,
    certain: Certain | None = None,
) -> Findings:
    """Apply the law to every household; ``progress`` is told how many households have been done since it was last told.

    ``certain`` is called while the others are looked at again.
    """
    looks = Looks(columns, law)
    results, missing = looks.first(block, progress)
    with ThreadPoolExecutor(THREADS) as threads:
        turning = threads.submit(looks.turned, results, looks.columns)
        doubtful = looks.doubtful(results)
        first = _found(looks, law, results, missing, turning.result())
        telling = threads.submit(certain, first, ~doubtful) if certain else None
        found = _again(first, doubtful, block) if doubtful.any() else first
        if telling:
            telling.result()
    return found


def _found(
    looks: Looks, law: RegisterLaw, results: Mapping[str, Result], missing: Names, turned: Mask
) -> Findings:
    """What the first look found."""
    chosen = {name: results[name] for name in law.program.outputs}
    least = {name: result.values for name, result in chosen.items()}
    greatest = {name: result.most for name, result in chosen.items()}
    nobody = np.empty(0, dtype=np.int64)
    return Findings(law.statute, looks, least, greatest, missing, nobody, turned, law.scalars)


def _again(first: Findings, doubtful: Mask, block: int) -> Findings:
    """What is found by ranges in place of what was found as if all were known."""
    law = first.looks.law
    results, missing, rows, turning = first.looks.second(doubtful, block)
    least, greatest = dict(first.least), dict(first.greatest)

    def put(name: str) -> None:
        place = rows[law.program.nodes[law.outputs[name]].entity or "household"]
        result = results[name]
        if result.greatest is not None or greatest[name] is not least[name]:
            greatest[name] = _placed(greatest[name].copy(), place, result.most)
            least[name] = _placed(least[name], place, result.values)
        else:
            least[name] = greatest[name] = _placed(least[name], place, result.values)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(put, law.outputs))
    kept = {place: names for place, names in first.missing.items() if not doubtful[place]}
    turned = _placed(first.turned.copy(), rows["household"], turning)
    return replace(
        first, least=least, greatest=greatest, missing={**kept, **missing}, doubtful=rows["household"], turned=turned
    )  # fmt: skip


def _placed(column: Array, place: Array, values: Array) -> Array:
    """The column with these values in their place: wide enough for both, and one that may be written to."""
    dtype = np.promote_types(column.dtype, values.dtype)
    if column.dtype != dtype or not column.flags.writeable:
        column = column.astype(dtype)
    column[place] = values
    return column


__all__ = ["BLOCK", "Findings", "sweep"]
