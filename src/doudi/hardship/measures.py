"""Counting hardship as Alkire and Foster (2011): the share in hardship H, its intensity A, and M0 = H × A, exactly.

A row is a household of some people, deprived or not in each indicator; a row is in hardship when the parts of the indicators
in which it is deprived reach the cut-off. Where it is not known whether a row is deprived, every measure has a least and a
greatest value. All measures are fractions of whole numbers; nothing is rounded before it is shown.

Source: S. Alkire and J. Foster, Counting and multidimensional poverty measurement, Journal of Public Economics 95 (2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Side = Literal["least", "most"]
SHOWN = 10_000
"""Shares are shown in units of 0.01 %."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A measure between two ends, which are equal where all is known; None where nobody is in hardship and A has no value."""

    least: Fraction | None
    most: Fraction | None

    @property
    def known(self) -> bool:
        """Whether it is certain."""
        return self.least == self.most


@dataclass(frozen=True)
class Profile:
    """Who is deprived in what. ``least``: rows × indicators, deprived for certain; ``most``: deprived, or it is not known.

    ``weights``: parts of each indicator. ``people``: persons of each row. ``cutoff``: share of all parts from which a row is in
    hardship, the cut-off itself included.
    """

    least: Array
    most: Array
    weights: tuple[int, ...]
    people: Array
    cutoff: Fraction

    @property
    def whole(self) -> int:
        """The parts of all indicators."""
        return sum(self.weights)

    def parts(self, side: Side) -> Array:
        """The parts in which each row is deprived."""
        deprived = self.least if side == "least" else self.most
        return np.asarray(deprived, dtype=np.int64) @ np.asarray(self.weights, dtype=np.int64)

    def poor(self, side: Side) -> Array:
        """The rows in hardship, for certain (``least``) or possibly (``most``)."""
        found: Array = self.parts(side) * self.cutoff.denominator >= self.cutoff.numerator * self.whole
        return found

    def part(self, rows: Array) -> Profile:
        """The same of some rows."""
        return Profile(self.least[rows], self.most[rows], self.weights, self.people[rows], self.cutoff)


@dataclass(frozen=True, slots=True)
class Measures:
    """``people`` counted; of them in hardship ``least_poor`` for certain and ``most_poor`` possibly; H, A and M0."""

    people: int
    least_poor: int
    most_poor: int
    headcount: Bounds
    intensity: Bounds
    adjusted: Bounds


def measures_of(profile: Profile) -> Measures:
    """H, A and M0 of all rows, with bounds where something is not known."""
    people = int(profile.people.sum())
    poor = {side: int(profile.people[profile.poor(side)].sum()) for side in ("least", "most")}
    deprived = {side: _deprived(profile, side) for side in ("least", "most")}
    return Measures(
        people, poor["least"], poor["most"],
        Bounds(*(_ratio(poor[side], people) for side in ("least", "most"))),
        _intensity(profile),
        Bounds(*(_ratio(deprived[side], people * profile.whole) for side in ("least", "most"))),
    )  # fmt: skip


def contributions(profile: Profile, side: Side = "least") -> tuple[Fraction, ...]:
    """The share of each indicator in M0, in their order: together exactly 1, or all 0 where nobody is in hardship."""
    rows = profile.poor(side)
    deprived = (profile.least if side == "least" else profile.most)[rows].astype(np.int64)
    sums = profile.people[rows].astype(np.int64) @ deprived
    parts = [int(each) * weight for each, weight in zip(sums, profile.weights, strict=True)]
    return shares(parts)


def by_group(profile: Profile, groups: Sequence[str]) -> dict[str, tuple[Measures, Fraction]]:
    """For each group of rows its measures and its share in the M0 of all that is certain; the shares are together exactly 1."""
    names = np.asarray(groups, dtype=object)
    ordered = sorted(set(groups))
    parts = [profile.part(np.flatnonzero(names == name)) for name in ordered]
    found = shares([_deprived(part, "least") for part in parts])
    return {name: (measures_of(part), share) for name, part, share in zip(ordered, parts, found, strict=True)}


def shares(parts: Sequence[int]) -> tuple[Fraction, ...]:
    """Whole numbers as shares of their sum; all 0 where that is 0."""
    whole = sum(parts)
    return tuple(Fraction(part, whole) if whole else Fraction(0) for part in parts)


def shown_shares(found: Iterable[Fraction]) -> list[str]:
    """Shares as percentages with two decimals that add up to what the shares add up to: the largest remainders are rounded up."""
    exact = [share * SHOWN for share in found]
    units = [int(each) for each in exact]
    left = round(sum(exact)) - sum(units)
    for place in sorted(range(len(exact)), key=lambda place: (units[place] - exact[place], place))[:left]:
        units[place] += 1
    return [f"{unit // 100}.{unit % 100:02d}%" for unit in units]


def shown(share: Fraction | None) -> str:
    """One share as a percentage with two decimals, a half rounded up; a dash for none."""
    if share is None:
        return "—"
    unit = (share * SHOWN * 2 + 1) // 2
    return f"{unit // 100}.{unit % 100:02d}%"


def _deprived(profile: Profile, side: Side) -> int:
    """Persons times parts, of the rows in hardship."""
    rows = profile.poor(side)
    return int(profile.people[rows].astype(np.int64) @ profile.parts(side)[rows])


def _ratio(above: int, below: int) -> Fraction:
    return Fraction(above, below) if below else Fraction(0)


def _intensity(profile: Profile) -> Bounds:
    """The mean share of parts of those in hardship. Who may or may not be in hardship is taken in as far as it moves the mean."""
    certain, possible = profile.poor("least"), profile.poor("most")
    optional = possible & ~certain
    least, most = profile.parts("least"), profile.parts("most")
    lowest = _mean(profile, certain, least, optional, _lowest_in_hardship(profile, optional), 1)
    highest = _mean(profile, certain, most, optional, most, -1)
    return Bounds(lowest, highest)


def _mean(
    profile: Profile, certain: Array, parts: Array, optional: Array, others: Array, direction: int
) -> Fraction | None:
    """The least (``direction`` 1) or greatest (−1) mean: optional rows join in order while they move it that way."""
    people = int(profile.people[certain].sum())
    total = int(profile.people[certain].astype(np.int64) @ parts[certain])
    rows = np.flatnonzero(optional & (profile.people > 0))
    scores, where = np.unique(others[rows], return_inverse=True)
    joined = np.bincount(where, weights=profile.people[rows], minlength=len(scores)).astype(np.int64)
    for place in range(len(scores))[::direction]:
        score, more = int(scores[place]), int(joined[place])
        if people and direction * (score * people - total) >= 0:
            break
        total, people = total + score * more, people + more
    return Fraction(total, people * profile.whole) if people else None


def _lowest_in_hardship(profile: Profile, optional: Array) -> Array:
    """For rows that may be in hardship the fewest parts with which they are: open indicators are added up in every way."""
    found = profile.parts("most").copy()
    rows = np.flatnonzero(optional)
    if not len(rows):
        return found
    patterns = np.concatenate([profile.least[rows], profile.most[rows]], axis=1)
    unique, where = np.unique(patterns, axis=0, return_inverse=True)
    size = len(profile.weights)
    needed = -(-profile.cutoff.numerator * profile.whole // profile.cutoff.denominator)
    lowest = np.array([_fewest(one[:size], one[size:], profile.weights, needed) for one in unique])
    found[rows] = lowest[where.reshape(-1)]
    return found


def _fewest(least: Array, most: Array, weights: tuple[int, ...], needed: int) -> int:
    """The fewest parts of at least ``needed`` that the open indicators can make: a bit for each reachable sum."""
    start = sum(weight for weight, holds in zip(weights, least, strict=True) if holds)
    reachable = 1 << start
    for weight, certain, possible in zip(weights, least, most, strict=True):
        if possible and not certain:
            reachable |= reachable << weight
    above = reachable >> needed
    return needed + (above & -above).bit_length() - 1
