"""Ids that rows of other tables refer to, and the search for them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Places = NDArray[np.int64]
_WORTH_RUNS = 0.8


class Index:
    """The ids of a table, found by their text. Where an id stands twice, its first place counts."""

    def __init__(self, ids: pl.Series) -> None:
        self.ids = ids

    @cached_property
    def different(self) -> bool:
        """Whether no id stands twice; nulls are not looked at. Ids in rising order need no search."""
        ids = self.ids
        if not ids.null_count() and bool((ids[1:] > ids[:-1]).all()):
            return True
        return ids.drop_nulls().n_unique() == len(ids) - ids.null_count()

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
        starts = wanted.ne_missing(wanted.shift(1))
        starts[0] = True
        runs = wanted.filter(starts)
        if (
            len(runs) == len(self.ids)
            and not runs.null_count()
            and bool((runs == self.ids).all())
            and self.different
        ):
            return starts.cum_sum().to_numpy().astype(np.int64) - 1
        if len(runs) < _WORTH_RUNS * len(wanted):
            found: Places = self._search(runs)[starts.cum_sum().to_numpy().astype(np.int64) - 1]
            return found
        return self._search(wanted)

    def _search(self, wanted: pl.Series) -> Places:
        result = pl.DataFrame({"id": wanted}).join(self._table, on="id", how="left", maintain_order="left")
        return result["place"].cast(pl.Int64).fill_null(-1).to_numpy()

    @cached_property
    def _table(self) -> pl.DataFrame:
        table = pl.DataFrame({"id": self.ids}).with_row_index("place").drop_nulls()
        return table if self.different else table.unique("id", keep="first")


class GroupedIndex(Index):
    """Ids in groups, such as members in households: an id is looked for among the few of its group first.

    ``group`` is the group of each id, −1 for none. Where the groups do not lie in rising order, all ids are searched.
    """

    def __init__(self, ids: pl.Series, group: Places) -> None:
        super().__init__(ids)
        self.group = group
        self._together = len(group) > 0 and bool(group[0] >= 0) and bool((group[1:] >= group[:-1]).all())

    def places_within(self, wanted: pl.Series, group: Places) -> Places:
        """Where each wanted id stands, first of all in its ``group``; −1 where it does not, or is null."""
        found = np.full(len(wanted), -1, dtype=np.int64)
        given = wanted.is_not_null().to_numpy()
        if self._together:
            self._look_in_groups(found, wanted, group, np.flatnonzero(given & (group >= 0)))
        rest = np.flatnonzero(given & (found < 0))
        if len(rest):
            found[rest] = self._search(wanted.gather(rest))
        return found

    def _look_in_groups(self, found: Places, wanted: pl.Series, group: Places, rows: Places) -> None:
        """Compare hashes within each group; what is found is then compared as text."""
        hashes = wanted.hash().to_numpy()[rows]
        last = len(self._edges) - 2
        rows, hashes, group = _where(group[rows] <= last, rows, hashes, group[rows])
        place, end = self._edges[group], self._edges[group + 1]
        while len(rows):
            rows, hashes, place, end = _where(place < end, rows, hashes, place, end)
            hit = self._hashes[place] == hashes
            found[rows[hit]] = place[hit]
            rows, hashes, place, end = _where(~hit, rows, hashes, place + 1, end)
        hits = np.flatnonzero(found >= 0)
        differ = (self.ids.gather(found[hits]) != wanted.gather(hits)).to_numpy()
        found[hits[differ]] = -1

    @cached_property
    def _hashes(self) -> NDArray[np.uint64]:
        return self.ids.hash().to_numpy()

    @cached_property
    def _edges(self) -> Places:
        return np.concatenate(([0], np.cumsum(np.bincount(self.group)))).astype(np.int64)


def _where(kept: NDArray[np.bool_], *arrays: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    return tuple(array[kept] for array in arrays)
