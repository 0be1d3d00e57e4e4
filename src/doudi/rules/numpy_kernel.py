"""The law over tables of households: compiled NumPy, a block at a time, blocks side by side in threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from doudi.rules.blocks import Block, Blocks, even_cuts, spread
from doudi.rules.columns import Array, Columns
from doudi.rules.numpy_source import NumpySource
from doudi.rules.program import Program
from doudi.rules.python_source import PythonDialect
from doudi.rules.widths import NARROW

BLOCK = 62_500
"""Households: threads hand the interpreter to each other at every operation, so these must not be short; but what they hold
must find room."""
THREADS = 2


def lookup_between(function: np.ufunc, table: Array, least: Array, greatest: Array) -> Array:
    """The minimum, maximum or union of all that a table says for codes that are known only to a range."""
    size = len(table)
    ranges = np.empty((size, size), table.dtype)
    for place in range(size):
        ranges[place, place:] = function.accumulate(table[place:])
    return ranges.take(least * np.int64(size) + greatest)


@dataclass(frozen=True, slots=True)
class Result:
    """A variable over all rows: values, and for those that may be uncertain the other end and, if it was asked for, what it
    rests on."""

    values: Array
    greatest: Array | None = None
    sources: Array | None = None

    @property
    def most(self) -> Array:
        """The greatest that each value may be."""
        return self.values if self.greatest is None else self.greatest


class NumpyKernel:
    """A compiled kernel over columns, for some outputs and some inputs that may be unknown.

    ``explained`` are the outputs whose uncertainty is traced to its sources; all if None. ``first`` are the unknown names
    that get bits before others, of which there are :data:`~doudi.rules.scope.LAST_BIT` for one name each.
    """

    def __init__(
        self,
        program: Program,
        outputs: Mapping[str, int],
        unknown: Collection[str] = (),
        explained: Collection[str] | None = None,
        first: Collection[str] = (),
    ) -> None:
        self.program = program
        self.outputs = dict(outputs)
        computed = {name: number for name, number in outputs.items() if self._settled(number) is None}
        source = NumpySource(program, computed, unknown, outputs if explained is None else explained, first)
        self.explained = source.explained
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
        """All outputs for all households; blocks of at most ``block`` households are worked on by ``threads`` threads.

        Outputs that are the same node of the program are one result under several names, which cannot be written to.
        """
        names = self.scope.scalars(parameters, context, PythonDialect())
        names = {
            name: _table(name, value) if isinstance(value, list) else value for name, value in names.items()
        }
        names.update(_LIBRARY)
        results = {number: self._empty(number, columns) for number in self.outputs.values()}
        blocks, root = Blocks(self.program, columns), self.program.schema.root

        def work(cut: tuple[int, int]) -> None:
            one, kernel = blocks.between(*cut), FunctionType(self._code, names)
            kernel(one.values, one.unknown, one.groups, one.links, self._store(one, results))
            if progress is not None:
                progress(one.groups[root].rows)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, even_cuts(columns.counts[root], block, threads)))
        self._protect(results)
        return {name: results[number] for name, number in self.outputs.items()}

    def _protect(self, results: Mapping[int, Result]) -> None:
        """Keep what several names share from being changed under one of them."""
        for number, names in Counter(self.outputs.values()).items():
            if names > 1:
                one = results[number]
                for array in (one.values, one.greatest, one.sources):
                    if array is not None:
                        array.flags.writeable = False

    def _store(self, block: Block, results: Mapping[int, Result]) -> Callable[..., None]:
        """A function that puts a finished node of a block in its place."""

        def put(
            number: int, values: Array, greatest: Array | None = None, sources: Array | None = None
        ) -> None:
            part = block.rows[self.program.nodes[number].entity or self.program.schema.root]
            result: Any = results[number]
            result.values[part] = values
            if greatest is not None:
                result.greatest[part] = greatest
            if sources is not None:
                result.sources[part] = sources

        return put

    def _settled(self, number: int) -> int | None:
        """The value of an output that is the same for all rows and known without computing."""
        node = self.program.nodes[number]
        if node.op == "spread":
            node = self.program.nodes[node.args[0]]
        return node.attribute if node.op == "const" else None

    def _empty(self, number: int, columns: Columns) -> Result:
        """Room for an output; one that is settled takes none and cannot be written to."""
        node, settled = self.program.nodes[number], self._settled(number)
        rows = columns.counts[node.entity or self.program.schema.root]
        dtype = np.dtype(np.bool_) if node.is_flag else _narrowest(node.low, node.high)
        if settled is not None:
            return Result(np.broadcast_to(np.asarray(settled, dtype), rows))
        if number not in self.scope.uncertain:
            return Result(np.empty(rows, dtype))
        sources = np.empty(rows, np.int64) if number in self.explained else None
        return Result(np.empty(rows, dtype), np.empty(rows, dtype), sources)


def _table(name: str, values: list[Any]) -> Array:
    """A parameter's values by code; the ends of uncertain ones always in 64 bits."""
    table = np.asarray(values)
    if table.dtype == np.bool_ or name.endswith(("_l", "_h", "_s")):
        return table
    return table.astype(np.int32) if max(map(abs, values), default=0) <= NARROW else table


def wide(column: Array, dtype: type[np.generic]) -> Array:
    """The column in the width that the kernel computes in."""
    return column if column.dtype == dtype else column.astype(dtype)


def _narrowest(low: int, high: int) -> np.dtype[Any]:
    for dtype in (np.int8, np.int16, np.int32):
        if np.iinfo(dtype).min <= low and high <= np.iinfo(dtype).max:
            return np.dtype(dtype)
    return np.dtype(np.int64)


_LIBRARY: dict[str, Any] = {
    "asarray": np.asarray,
    "bitwise_or": np.bitwise_or,
    "full": np.full,
    "lookup_between": lookup_between,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "i4": np.int32,
    "i8": np.int64,
    "spread": spread,
    "take": np.take,
    "where": np.where,
    "wide": wide,
}
