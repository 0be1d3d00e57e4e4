"""Rows folded under their parents and followed along links: as plain loops would do it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.rules.blocks import WORTH_SHARING, even_cuts
from doudi.rules.columns import Grouping, Link, Runs
from doudi.rules.numpy_kernel import lookup_between

FOLDS: dict[str, Any] = {
    "sum": sum,
    "any": any,
    "all": all,
    "max": lambda values: max([0, *values]),
}
LARGE = 2**61


def expected(function: str, values: Any, parents: Any, size: int) -> list[Any]:
    rows = [
        [int(value) for value, one in zip(values, parents, strict=True) if one == parent]
        for parent in range(size)
    ]
    return [FOLDS[function](row) for row in rows]


@st.composite
def families(draw: st.DrawFn) -> tuple[Any, int, Any]:
    """Parents of rows in any order, how many parents there are, and a value for each row, often 0."""
    size = draw(st.integers(1, 8))
    parents = draw(st.lists(st.integers(0, size - 1), max_size=40))
    value = st.one_of(st.just(0), st.integers(-LARGE, LARGE)) if draw(st.booleans()) else st.integers(-9, 9)
    values = draw(st.lists(value, min_size=len(parents), max_size=len(parents)))
    return np.array(parents, dtype=np.int64), size, np.array(values, dtype=np.int64)


@pytest.mark.parametrize("function", ["sum", "max"])
@settings(max_examples=60, deadline=None)
@given(families())
def test_numbers_are_folded_wherever_the_rows_lie(function: str, family: tuple[Any, int, Any]) -> None:
    parents, size, values = family
    values = values // 64
    assert Grouping(parents, size).fold(function, values).tolist() == expected(
        function, values, parents, size
    )
    in_order = np.sort(parents)
    assert Runs(in_order, size).fold(function, values).tolist() == expected(function, values, in_order, size)


@pytest.mark.parametrize("function", ["sum", "any", "all"])
@settings(max_examples=60, deadline=None)
@given(families())
def test_truth_values_are_counted_and_joined(function: str, family: tuple[Any, int, Any]) -> None:
    parents, size, values = family
    flags, in_order = values > 0, np.sort(parents)
    for grouping, of in ((Grouping(parents, size), parents), (Runs(in_order, size), in_order)):
        assert grouping.fold(function, flags).tolist() == expected(function, flags, of, size)


@settings(max_examples=60, deadline=None)
@given(families())
def test_running_totals_that_leave_64_bits_leave_the_sums_right(family: tuple[Any, int, Any]) -> None:
    parents = np.arange(len(family[2]))
    assert Runs(parents, len(parents)).fold("sum", family[2]).tolist() == family[2].tolist()


@settings(max_examples=60, deadline=None)
@given(families())
def test_sources_of_all_rows_come_together(family: tuple[Any, int, Any]) -> None:
    parents, size, values = family
    bits = np.abs(values)
    found = Runs(np.sort(parents), size).fold("union", bits)
    for parent in range(size):
        of_parent = bits[np.sort(parents) == parent]
        assert found[parent] == (np.bitwise_or.reduce(of_parent) if len(of_parent) else 0)


def test_a_link_that_leads_nowhere_brings_and_takes_nothing() -> None:
    link = Link(np.array([2, -1, 0, 2]), 3)
    assert link.follow(np.array([10, 11, 12])).tolist() == [12, 0, 10, 12]
    assert link.follow(np.asarray(True)).tolist() == [True, False, True, True]
    assert link.gather("sum", np.array([1, 2, 3, 4])).tolist() == [3, 0, 5]
    assert link.gather("any", np.asarray(True)).tolist() == [True, False, True]
    assert Link(np.array([-1, -1]), 0).follow(np.empty(0, dtype=np.int64)).tolist() == [0, 0]


def test_a_table_is_asked_for_all_codes_between_two() -> None:
    table = np.array([5, 1, 7, 3])
    least, greatest = np.array([0, 1, 2, 0]), np.array([0, 2, 3, 3])
    assert lookup_between(np.minimum, table, least, greatest).tolist() == [5, 1, 3, 1]
    assert lookup_between(np.maximum, table, least, greatest).tolist() == [5, 7, 7, 7]
    assert lookup_between(np.bitwise_or, table, least, greatest).tolist() == [5, 7, 7, 7]


def test_rows_worth_it_are_shared_evenly_even_where_one_block_would_hold_them() -> None:
    assert even_cuts(WORTH_SHARING, 62_500, 2) == [(0, WORTH_SHARING)]
    assert even_cuts(20_000, 62_500, 2) == [(0, 10_000), (10_000, 20_000)]
    assert even_cuts(150_000, 62_500, 2) == [(each, each + 37_500) for each in range(0, 150_000, 37_500)]
    assert even_cuts(0, 62_500, 2) == [(0, 0)]
