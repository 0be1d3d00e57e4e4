"""Kernels made for columns, and kept: registers that are alike share them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from doudi.rules.kinds import Schema
from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.program import Program
from doudi.rules.specialise import specialise

MOST_KEPT = 16
_T = TypeVar("_T")


class Kernels:
    """What is made of programs under the parameters of one place and day. Making a kernel takes about as long as a
    tenth of a county takes to go through it."""

    def __init__(
        self, parameters: Mapping[str, Any], context: Mapping[str, int], unset: Collection[str]
    ) -> None:
        self.parameters = parameters
        self.context = context
        self.unset = frozenset(unset)
        self._kept: dict[Hashable, Any] = {}

    def kernel(
        self,
        program: Program,
        outputs: Mapping[str, int],
        schema: Schema,
        unknown: frozenset[str],
        explained: Collection[str],
        first: Sequence[str] = (),
    ) -> NumpyKernel:
        """The kernel for columns that keep the bounds of ``schema``, some facts of which may be ``unknown``: what the bounds
        decide is not asked. The names ``first`` get bits before others."""

        def make() -> NumpyKernel:
            special, places = specialise(program, outputs, self.parameters, self.context, schema)
            return NumpyKernel(special, places, unknown | self.unset, explained, first)

        key = (program, tuple(outputs.items()), unknown, tuple(explained), tuple(first), _bounds(schema))
        return self.once(key, make)

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was made under this key before, or is made now; when there are many, all are forgotten."""
        found: _T | None = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = make()
        return found


def _bounds(schema: Schema) -> Hashable:
    facts = tuple((fact.low, fact.high) for fact in schema.inputs.values())
    return facts, tuple(entity.at_most for entity in schema.entities.values())
