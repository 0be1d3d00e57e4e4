"""Drawing random arrays. Money is drawn in yuan and kept as whole yuan in fen, as people declare it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_CODES = 64
_FEW = 64
"""As many comparisons of whole arrays as are faster than a search in the middle for each value."""


def stream(seed: int, topic: str, block: int = 0) -> np.random.Generator:
    """The random numbers of one topic in one block; a change in one topic leaves the numbers of the others as they are."""
    return np.random.Generator(np.random.SFC64([seed, crc32(topic.encode()), block]))


def chance(rng: np.random.Generator, probability: Floats | float, size: int | None = None) -> Bools:
    """True with the given probability, for each element of it or ``size`` times."""
    return rng.random(np.shape(probability) if size is None else size) < probability


def pick(rng: np.random.Generator, shares: Sequence[float], size: int) -> Ints:
    """Indices 0, 1, … drawn in proportion to ``shares``."""
    edges = np.cumsum(shares)
    return _above(edges[:-1], rng.random(size) * edges[-1])


def pick_by(rng: np.random.Generator, shares: Sequence[Sequence[float]], group: Ints) -> Ints:
    """Indices drawn for each element in proportion to the row of ``shares`` that ``group`` names."""
    edges = np.cumsum(np.asarray(shares, dtype=float), axis=1)
    edges /= edges[:, -1:]
    uniform = rng.random(group.size)
    drawn = np.zeros(group.size, dtype=np.int64)
    for column in range(edges.shape[1] - 1):
        drawn += uniform >= edges[group, column]
    return drawn


def among(values: Ints, codes: Sequence[int]) -> Bools:
    """Whether each value, a code from 0 up, is one of ``codes``."""
    table = np.zeros(_CODES, dtype=bool)
    table[list(codes)] = True
    return table[values]


def yuan(rng: np.random.Generator, median: Floats | float, sigma: float, size: int | None = None) -> Ints:
    """Log-normal amounts around ``median`` yuan, as fen in whole yuan."""
    spread = np.exp(sigma * rng.standard_normal(np.shape(median) if size is None else size))
    return np.rint(median * spread).astype(np.int64) * 100


def between(rng: np.random.Generator, low: float, high: float, size: int) -> Ints:
    """Even amounts from ``low`` to ``high`` yuan, as fen in whole yuan."""
    return np.rint(rng.uniform(low, high, size)).astype(np.int64) * 100


def step(values: Ints, low: Sequence[int], outcomes: Sequence[float]) -> Floats:
    """For each value the outcome of its band; ``low`` holds the lower bounds of the bands after the first."""
    return np.asarray(outcomes, dtype=float)[_above(np.asarray(low), values)]


def _above(edges: NDArray[Any], values: NDArray[Any]) -> Ints:
    """How many of the ascending ``edges`` each value reaches."""
    if edges.size > _FEW:
        return np.searchsorted(edges, values, side="right").astype(np.int64)
    reached = np.zeros(values.shape, dtype=np.int8)
    for edge in edges:
        reached += values >= edge
    return reached.astype(np.int64)
