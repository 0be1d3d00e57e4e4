"""For which facts that may be unknown kernels are made: a few serve every household.

A kernel is made for a set of facts that may be unknown, and gives the same for every household of which no other is. One
that fits exactly runs fastest, but takes longer to make than to run a thousand times, and in a county hundreds of sets occur.
"""

from __future__ import annotations

EXACT = 8
"""So many kernels are made for the very set that is asked for; those after them for all that was ever unknown."""


def covering(made: list[frozenset[str]], unknown: frozenset[str]) -> frozenset[str]:
    """The set whose kernel serves facts ``unknown``: the smallest of those ``made`` that holds them, else a new one, which is
    added to them."""
    fitting = [each for each in made if unknown <= each]
    if fitting:
        return min(fitting, key=len)
    chosen = unknown.union(*made) if len(made) >= EXACT else unknown
    made.append(chosen)
    return chosen
