"""What is to be asked for where a tier is open: the names of facts and parameters behind the bits that a kernel leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.assessment.register_columns import part
from doudi.rules.columns import Columns, Indices
from doudi.rules.numpy_kernel import NumpyKernel, Result
from doudi.rules.scope import LAST_BIT

KernelFor = Callable[[Sequence[str]], NumpyKernel]
SourcesBy = Callable[[NumpyKernel, Columns], NDArray[Any]]


class Asked:
    """What is to be asked for where a tier is open: the names behind the bits of its sources.

    A kernel has bits for some names only, the others share the last one. Households in whose tier that one stands are looked
    at again, by kernels in which other names have bits, until each has had its own.

    ``kernel`` makes one of the tier in which some names have bits before others; ``sources`` are those of the tiers that it
    finds.
    """

    def __init__(
        self, columns: Columns, entity_of: dict[str, str], kernel: KernelFor, sources: SourcesBy
    ) -> None:
        self.columns, self.entity_of = columns, entity_of
        self._kernel_for, self._sources_by = kernel, sources

    def names(
        self, kernel: NumpyKernel, tier: Result, households: Indices
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """For each household whose tier is open, its place in ``households`` and the names."""
        if tier.greatest is None or tier.sources is None:
            return
        places = np.flatnonzero(tier.values != tier.greatest)
        bits = tier.sources[places]
        shared = np.full(len(places), len(kernel.scope.unknown) > LAST_BIT + 1) & (bits >> LAST_BIT != 0)
        named = Named([kernel])
        for place, one in zip(places[~shared].tolist(), bits[~shared].tolist(), strict=True):
            yield int(households[place]), named.of((one,))
        if shared.any():
            again = places[shared]
            yield from zip(households[again].tolist(), self._told_apart(again), strict=True)

    def _told_apart(self, places: Indices) -> Iterator[tuple[str, ...]]:
        """The names for the households at ``places``, which are in order."""
        chosen = np.zeros(self.columns.counts["household"], dtype=np.bool_)
        chosen[places] = True
        taken, _ = part(self.columns, chosen, self.entity_of)
        kernels = list(self._kernels())
        sources = [self._sources_by(kernel, taken).tolist() for kernel in kernels]
        named = Named(kernels)
        return (named.of(bits) for bits in zip(*sources, strict=True))

    def _kernels(self) -> Iterator[NumpyKernel]:
        """Kernels in each of which some of the names that a tier may rest on have bits of their own, and together all."""
        kernel = self._kernel_for(())
        yield kernel
        names = kernel.scope.unknown
        for start in range(LAST_BIT, len(names), LAST_BIT):
            yield self._kernel_for(names[start : start + LAST_BIT])


class Named:
    """The names that have bits of their own in one of some kernels, by the bits of all of them."""

    def __init__(self, kernels: Sequence[NumpyKernel]) -> None:
        self.scopes = [kernel.scope for kernel in kernels]
        self._own = [
            set(scope.unknown[: LAST_BIT + (len(scope.unknown) == LAST_BIT + 1)]) for scope in self.scopes
        ]
        self._found: dict[tuple[int, ...], tuple[str, ...]] = {}

    def of(self, bits: tuple[int, ...]) -> tuple[str, ...]:
        """The names that these bits stand for, in order."""
        if bits not in self._found:
            names = {
                name
                for scope, own, one in zip(self.scopes, self._own, bits, strict=True)
                for name in scope.named(one)
                if name in own
            }
            self._found[bits] = tuple(sorted(names))
        return self._found[bits]
