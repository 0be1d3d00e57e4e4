"""The measures of Alkire and Foster: their worked example, bounds held against every completion, shares that add up."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from doudi.hardship.measures import (
    Bounds,
    Measures,
    Profile,
    by_group,
    contributions,
    measures_of,
    shown,
    shown_shares,
)


def profile(
    rows: list[list[bool | None]],
    k: Fraction,
    weights: tuple[int, ...] | None = None,
    people: list[int] | None = None,
) -> Profile:
    """Rows of deprived (True), not (False) and not known (None)."""
    least = np.array([[cell is True for cell in row] for row in rows])
    most = np.array([[cell is not False for cell in row] for row in rows])
    return Profile(least, most, weights or (1,) * len(rows[0]), np.array(people or [1] * len(rows)), k)


# Alkire and Foster (2011), section 3: deprivation matrix of four persons in four dimensions.
EXAMPLE: list[list[bool | None]] = [
    [False, False, False, False],
    [False, True, False, True],
    [True, True, True, True],
    [False, True, False, False],
]


def test_the_worked_example_of_alkire_and_foster_comes_out() -> None:
    of = profile(EXAMPLE, Fraction(2, 4))
    assert of.parts("least").tolist() == [0, 2, 4, 1]
    found = measures_of(of)
    assert found.headcount == Bounds(Fraction(1, 2), Fraction(1, 2))
    assert found.intensity == Bounds(Fraction(3, 4), Fraction(3, 4))
    assert found.adjusted == Bounds(Fraction(3, 8), Fraction(3, 8))
    assert (found.people, found.least_poor, found.most_poor) == (4, 2, 2)


@pytest.mark.parametrize(
    ("k", "headcount", "adjusted"),
    [
        (1, Fraction(3, 4), Fraction(7, 16)),
        (3, Fraction(1, 4), Fraction(1, 4)),
        (4, Fraction(1, 4), Fraction(1, 4)),
    ],
)
def test_union_and_intersection_are_the_ends_of_the_example(
    k: int, headcount: Fraction, adjusted: Fraction
) -> None:
    found = measures_of(profile(EXAMPLE, Fraction(k, 4)))
    assert found.headcount.least == headcount
    assert found.adjusted.least == adjusted


def test_the_dimensions_share_the_example_exactly() -> None:
    found = contributions(profile(EXAMPLE, Fraction(1, 2)))
    assert found == (Fraction(1, 6), Fraction(1, 3), Fraction(1, 6), Fraction(1, 3))
    assert sum(found) == 1


def test_groups_share_the_whole_and_are_weighted_by_people() -> None:
    of = profile(EXAMPLE, Fraction(1, 2), people=[3, 1, 2, 4])
    found = by_group(of, ["a", "a", "b", "b"])
    assert sum(share for _, share in found.values()) == 1
    whole = measures_of(of).adjusted.least
    assert whole is not None
    for measures, share in found.values():
        assert measures.adjusted.least is not None
        assert share == Fraction(measures.people, 10) * measures.adjusted.least / whole


def completions(rows: list[list[bool | None]]) -> list[list[list[bool | None]]]:
    """Every way in which what is not known may turn out."""
    open_ = [
        (row, column) for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell is None
    ]
    found = []
    for truth in product((False, True), repeat=len(open_)):
        filled: list[list[bool | None]] = [list(row) for row in rows]
        for (row, column), holds in zip(open_, truth, strict=True):
            filled[row][column] = holds
        found.append(filled)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_bounds_are_the_least_and_the_greatest_of_all_completions(seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows: list[list[bool | None]] = [
        [(None, False, True)[int(draw.choice(3, p=[0.3, 0.4, 0.3]))] for _ in range(4)] for _ in range(4)
    ]
    weights = tuple(int(each) for each in draw.integers(1, 5, 4))
    people = [int(each) for each in draw.integers(1, 6, 4)]
    k = Fraction(int(draw.integers(1, 5)), 5)
    found = measures_of(profile(rows, k, weights, people))
    every: list[Measures] = [measures_of(profile(each, k, weights, people)) for each in completions(rows)]
    for name in ("headcount", "adjusted", "intensity"):
        values = [getattr(each, name).least for each in every]
        known = [value for value in values if value is not None]
        bounds = getattr(found, name)
        assert (bounds.least, bounds.most) == ((min(known), max(known)) if known else (None, None)), name


def test_nobody_in_hardship_leaves_the_intensity_without_a_value() -> None:
    found = measures_of(profile([[False, False]], Fraction(1, 2)))
    assert found.intensity == Bounds(None, None)
    assert (found.headcount.least, found.adjusted.most) == (0, 0)
    assert contributions(profile([[False, False]], Fraction(1, 2))) == (0, 0)
    assert shown(found.intensity.least) == "—"


def test_shown_shares_add_up_to_a_hundred() -> None:
    thirds = [Fraction(1, 3)] * 3
    assert shown_shares(thirds) == ["33.34%", "33.33%", "33.33%"]
    sevenths = [Fraction(each, 7) for each in (1, 1, 2, 3)]
    assert sum(round(float(each[:-1]) * 100) for each in shown_shares(sevenths)) == 10_000


def test_a_half_of_the_last_place_is_rounded_up_when_shown() -> None:
    assert shown(Fraction(4428, 4501)) == "98.38%"
    assert shown(Fraction(1, 20_000)) == "0.01%"
