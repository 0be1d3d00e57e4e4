"""Ids that rows of other tables refer to, and the search for them."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.facts.register.slots import Slots

Places = NDArray[np.int64]
_WORTH_RUNS = 0.8


class Index:
    """The ids of a table, found by their text. Where an id stands twice, its first place counts."""

    def __init__(self, ids: pl.Series) -> None:
        self.ids = ids.rechunk()

    @property
    def different(self) -> bool:
        """Whether no id stands twice; nulls are not looked at."""
        return not self._slots.repeats

    def repeated(self) -> Places:
        """The places of all ids that stand twice or more."""
        return (self.ids.is_duplicated() & self.ids.is_not_null()).arg_true().to_numpy().astype(np.int64)

    def places(self, wanted: pl.Series) -> Places:
        """Where each wanted id stands; −1 where it does not, or is null.

        An id that is wanted several times running is searched for once, and not at all if the ids are wanted in the
        order in which they stand here.
        """
        if not len(wanted):
            return np.empty(0, dtype=np.int64)
        starts = _changes(wanted)
        runs = wanted.filter(starts)
        if (
            len(runs) == len(self.ids)
            and not runs.null_count()
            and bool(runs.eq_missing(self.ids).all())
            and self.different
        ):
            return _numbered(starts)
        if len(runs) < _WORTH_RUNS * len(wanted):
            return self._slots.places(runs)[_numbered(starts)]
        return self._slots.places(wanted)

    @cached_property
    def _slots(self) -> Slots:
        return Slots(self.ids)


class GroupedIndex(Index):
    """Ids in groups, such as members in households: an id is looked for among the few of its group first.

    ``group`` is the group of each id, −1 for none. Where the groups do not lie in rising order, all ids are searched.
    """

    def __init__(self, ids: pl.Series, group: Places) -> None:
        super().__init__(ids)
        self.group = group
        self._together = len(group) > 0 and bool(group[0] >= 0) and bool((group[1:] >= group[:-1]).all())

    def places_within(self, wanted: pl.Series, group: Places) -> Places:
        """Where each wanted id stands, first of all in its ``group``; −1 where it does not, or is null.

        An id that the rows of one group want several times running is looked for once.
        """
        if self.different:
            return self.places(wanted)
        found = np.full(len(wanted), -1, dtype=np.int64)
        given = np.flatnonzero(wanted.is_not_null().to_numpy())
        if not len(given):
            return found
        texts, groups = wanted.gather(given), group[given]
        starts = _changes(texts).to_numpy(writable=True)
        starts[1:] |= groups[1:] != groups[:-1]
        first = np.flatnonzero(starts)
        found[given] = self._places_of_runs(texts.gather(first), groups[first])[np.cumsum(starts) - 1]
        return found

    def _places_of_runs(self, wanted: pl.Series, group: Places) -> Places:
        found = np.full(len(wanted), -1, dtype=np.int64)
        if self._together:
            self._look_in_groups(found, wanted, group, np.flatnonzero(group >= 0))
        rest = np.flatnonzero(found < 0)
        if len(rest):
            found[rest] = self._slots.places(wanted.gather(rest))
        return found

    def _look_in_groups(self, found: Places, wanted: pl.Series, group: Places, rows: Places) -> None:
        """Compare with the first id of each group, then with the second, as long as there are any."""
        rows = rows[group[rows] < len(self._edges) - 1]
        place, end = self._edges[group[rows]], self._edges[group[rows] + 1]
        left = place < end
        while left.any():
            rows, place, end = rows[left], place[left], end[left]
            hit = self.ids.gather(place).eq_missing(wanted.gather(rows)).to_numpy()
            found[rows[hit]] = place[hit]
            place = place + 1
            left = ~hit & (place < end)

    @cached_property
    def _edges(self) -> Places:
        return np.concatenate(([0], np.cumsum(np.bincount(self.group)))).astype(np.int64)


def _changes(texts: pl.Series) -> pl.Series:
    """Whether each text differs from the one before it; the first one does."""
    starts = texts.ne_missing(texts.shift(1))
    starts[0] = True
    return starts


def _numbered(starts: pl.Series) -> Places:
    """The number of the run that each row is in, from 0."""
    return starts.cum_sum().to_numpy().astype(np.int64) - 1
