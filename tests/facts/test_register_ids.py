"""Ids are found wherever they stand, whichever way is the quickest for the order they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.facts.register.ids import GroupedIndex, Index
from doudi.facts.register.slots import Slots

IDS = st.sampled_from([None, "", "a", "b", "c", "d", "e", "甲", "乙"])


def first_place(ids: list[str | None], wanted: str | None) -> int:
    return -1 if wanted is None or wanted not in ids else ids.index(wanted)


def texts(values: list[str | None]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


@settings(max_examples=60, deadline=None)
@given(st.lists(IDS, max_size=8), st.lists(IDS, max_size=20))
def test_an_id_is_found_at_its_first_place(ids: list[str | None], wanted: list[str | None]) -> None:
    expected = [first_place(ids, one) for one in wanted]
    assert Index(texts(ids)).places(texts(wanted)).tolist() == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(IDS, max_size=12), st.lists(IDS, max_size=20), st.integers(1, 3))
def test_ids_whose_hashes_fall_together_are_told_apart_by_their_text(
    ids: list[str | None], wanted: list[str | None], hashes: int
) -> None:
    with few_hashes(hashes):
        slots = Slots(texts(ids))
        assert slots.places(texts(wanted)).tolist() == [first_place(ids, one) for one in wanted]
    given_ids = [one for one in ids if one is not None]
    assert slots.repeats == (len(set(given_ids)) < len(given_ids))


@contextmanager
def few_hashes(number: int) -> Iterator[None]:
    """Texts share one of a few hashes."""

    def hashed(series: pl.Series) -> pl.Series:
        return series.str.len_bytes().fill_null(0).cast(pl.UInt64) % number

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pl.Series, "hash", hashed)
        yield


@st.composite
def members(draw: st.DrawFn) -> tuple[list[str | None], list[int]]:
    """Ids of members and their households, in order or not; a member may have no id or no household."""
    ids = draw(st.lists(IDS, min_size=1, max_size=12))
    groups = draw(st.lists(st.integers(-1, 4), min_size=len(ids), max_size=len(ids)))
    return ids, sorted(groups) if draw(st.booleans()) else groups


@settings(max_examples=60, deadline=None)
@given(members(), st.lists(st.tuples(IDS, st.integers(-1, 6)), max_size=20))
def test_an_id_is_looked_for_in_its_own_group_first(
    found: tuple[list[str | None], list[int]], wanted: list[tuple[str | None, int]]
) -> None:
    ids, groups = found
    index = GroupedIndex(texts(ids), np.array(groups, dtype=np.int64))
    together = groups[0] >= 0 and groups == sorted(groups)

    def expected(one: str | None, group: int) -> int:
        own = [
            place
            for place, (text, of) in enumerate(zip(ids, groups, strict=True))
            if (text, of) == (one, group)
        ]
        return own[0] if own and together and one is not None and group >= 0 else first_place(ids, one)

    places = index.places_within(
        texts([one for one, _ in wanted]), np.array([group for _, group in wanted], dtype=np.int64)
    )
    assert places.tolist() == [expected(one, group) for one, group in wanted]
