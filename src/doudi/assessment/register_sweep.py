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
    households that were looked at by ranges. ``tier_at_ends`` are the least and the greatest tier over all that the place
    may choose, for households whose tier is not open.
    """

    statute: Statute
    columns: Columns
    least: dict[str, Array]
    greatest: dict[str, Array]
    missing: dict[int, tuple[str, ...]]
    doubtful: Indices
    tier_at_ends: list[Array]
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


Settled = Callable[[Findings, Mask], None]
"""Given findings, and for which households they will not change any more."""


def sweep(
    columns: Columns,
    law: RegisterLaw,
    block: int = BLOCK,
    progress: Progress | None = None,
    settled: Settled | None = None,
) -> Findings:
    """Apply the law to every household; ``progress`` is told how many households have been done since it was last told.

    ``settled`` is called twice: with what is certain at the first look, beside the second one, and with the rest.
    """
    return _Sweep(Looks(columns, law), law, settled or (lambda findings, households: None)).findings(
        block, progress
    )


class _Sweep:
    def __init__(self, looks: Looks, law: RegisterLaw, settled: Settled) -> None:
        self.looks, self.law, self.settled = looks, law, settled

    def findings(self, block: int, progress: Progress | None) -> Findings:
        looks = self.looks
        results, missing = looks.first(block, progress)
        with ThreadPoolExecutor(THREADS) as threads:
            turning = threads.submit(looks.turned, results, looks.columns)
            doubtful, turned = looks.doubtful(results), turning.result()
            first = self._found(results, missing)
            settling = threads.submit(self._settle, first, ~doubtful, turned)
            if not doubtful.any():
                settling.result()
                return first
            found, turned = self._again(first, doubtful, block)
            settling.result()
        for side, tiers in enumerate((found.least["tier"], found.greatest["tier"])):
            place = found.doubtful
            found.tier_at_ends[side] = _placed(first.tier_at_ends[side], place, tiers[place])
        self._settle(found, doubtful, turned)
        return found

    def _found(self, results: Mapping[str, Result], missing: Names) -> Findings:
        """What the first look found."""
        chosen = {name: results[name] for name in self.law.program.outputs}
        least = {name: result.values for name, result in chosen.items()}
        greatest = {name: result.most for name, result in chosen.items()}
        ends = [least["tier"].copy(), greatest["tier"].copy()]
        nobody = np.empty(0, dtype=np.int64)
        return Findings(
            self.law.statute, self.looks.columns, least, greatest, missing, nobody, ends, self.law.scalars
        )

    def _again(self, first: Findings, doubtful: Mask, block: int) -> tuple[Findings, Mask]:
        """What is found by ranges in place of what was found as if all were known, and for which of those something turns."""
        results, missing, rows, turning = self.looks.second(doubtful, block)
        least, greatest = dict(first.least), dict(first.greatest)
        for name, number in self.law.program.outputs.items():
            place = rows[self.law.program.program.nodes[number].entity or "household"]
            result = results[name]
            if result.greatest is not None or greatest[name] is not least[name]:
                greatest[name] = _placed(greatest[name].copy(), place, result.most)
                least[name] = _placed(least[name], place, result.values)
            else:
                least[name] = greatest[name] = _placed(least[name], place, result.values)
        kept = {place: names for place, names in first.missing.items() if not doubtful[place]}
        turned = doubtful.copy()
        turned[rows["household"]] = turning
        return replace(
            first, least=least, greatest=greatest, missing={**kept, **missing}, doubtful=rows["household"],
            tier_at_ends=list(first.tier_at_ends),
        ), turned  # fmt: skip

    def _settle(self, found: Findings, households: Mask, turned: Mask) -> None:
        """Work out the tiers within what the place may choose where something turns and the tier is not open; then hand on."""
        chosen = households & turned & ~found.open
        if chosen.any():
            low, high = self.looks.ends(chosen)
            least, greatest = found.tier_at_ends
            least[chosen] = np.minimum(low, least[chosen])
            greatest[chosen] = np.maximum(high, greatest[chosen])
        self.settled(found, households)


def _placed(column: Array, place: Array, values: Array) -> Array:
    """The column with these values in their place: wide enough for both, and one that may be written to."""
    dtype = np.promote_types(column.dtype, values.dtype)
    if column.dtype != dtype or not column.flags.writeable:
        column = column.astype(dtype)
    column[place] = values
    return column


__all__ = ["BLOCK", "Findings", "sweep"]
