"""A comparison by place: whose households come in, leave, get more or less, and how much money goes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from doudi.simulation.comparison import MOVES, Comparison


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its ``households``: how many of them come in, leave, get ``more`` or ``less`` money without either, and become
    undetermined (``opens``); ``monthly`` is what all get more in a month, in fen."""

    place: str
    households: int
    enters: int
    leaves: int
    more: int
    less: int
    opens: int
    monthly: int


def by_place(comparison: Comparison, places: Sequence[str]) -> tuple[Place, ...]:
    """The same for every place, in the order of their names; ``places`` names that of each household of the register."""
    names, where = np.unique(np.asarray(places, dtype=str), return_inverse=True)
    codes = list(MOVES)
    move, difference = comparison.move, comparison.difference
    enters, leaves, opens = (move == codes.index(code) for code in ("enters", "leaves", "opens"))
    stays = ~enters & ~leaves
    ways = {
        "households": np.ones(len(move), dtype=np.bool_), "enters": enters, "leaves": leaves, "opens": opens,
        "more": stays & (difference > 0), "less": stays & (difference < 0),
    }  # fmt: skip
    counts = {name: np.bincount(where[mask], minlength=len(names)) for name, mask in ways.items()}
    sums = np.zeros(len(names), dtype=np.int64)
    np.add.at(sums, where, difference)
    return tuple(
        Place(
            str(name), monthly=int(sums[place]), **{way: int(found[place]) for way, found in counts.items()}
        )
        for place, name in enumerate(names)
    )
