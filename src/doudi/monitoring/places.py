"""Where each of many ids stood the night before."""

from __future__ import annotations

import numpy as np
import polars as pl

from doudi.rules.columns import Indices


def places_of(ids: pl.Series, earlier: pl.Series | None) -> Indices:
    """The place of each id among those of ``earlier``, −1 where it is not there.

    Ids are looked up by a number made of them, which is several times faster, and compared; should two ids ever share a number,
    they are looked up as they are.
    """
    if earlier is None or not len(earlier) or not len(ids):
        return np.full(len(ids), -1, np.int64)
    if len(ids) == len(earlier) and (ids == earlier).all():
        return np.arange(len(ids))
    found = _joined(ids.hash(), earlier.hash())
    if found is not None:
        there = np.flatnonzero(found >= 0)
        if (ids.gather(there) == earlier.gather(found[there])).all():
            return found
    exact = _joined(ids, earlier)
    assert exact is not None, "ids of a night are unique"
    return exact


def _joined(keys: pl.Series, earlier: pl.Series) -> Indices | None:
    """Places by key; None where a key stands for several."""
    known = pl.DataFrame([earlier.alias("key")]).with_row_index("place")
    joined = pl.DataFrame([keys.alias("key")]).join(known, on="key", how="left", maintain_order="left")
    if joined.height != len(keys):
        return None
    found: Indices = joined["place"].cast(pl.Int64).fill_null(-1).to_numpy()
    return found
