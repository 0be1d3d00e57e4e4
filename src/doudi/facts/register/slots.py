"""A hash table over a column of texts, built and asked in whole columns: several times faster than a join."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Places = NDArray[np.int64]
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""Brings other bits of a hash to its top, for the slots of the next layer."""


_SPARE = 2
"""Bits of a slot beyond those that would just do: one text in eight finds its slot taken."""


class Slots:
    """The place of each text, in slots chosen by its hash. A hash decides nothing else: texts are always compared.

    A text whose slot is taken by another goes to the next layer, which has slots for those alone. Of equal texts the
    first counts; ``repeats`` tells whether there are any. Nulls are left out.
    """

    def __init__(self, texts: pl.Series) -> None:
        self.texts = texts
        self.repeats = False
        self._layers: list[tuple[NDArray[np.int32], np.uint64]] = []
        places = np.flatnonzero(texts.is_not_null().to_numpy())
        hashes = texts.hash().to_numpy()[places]
        while len(places):
            lost = self._lay(places, hashes)
            places, hashes = places[lost], hashes[lost] * _MIX

    def places(self, wanted: pl.Series) -> Places:
        """Where each wanted text stands; −1 where it does not, or is null."""
        found = np.full(len(wanted), -1, dtype=np.int64)
        rows, hashes = np.arange(len(wanted)), wanted.hash().to_numpy()
        for slots, shift in self._layers:
            place = slots.take(_slot(hashes, shift))
            hit = self._are(place, wanted) & (place >= 0)
            found[rows] = np.where(hit, place, -1)
            left = np.flatnonzero(hit == (place < 0))
            if not len(left):
                break
            rows, hashes, wanted = rows[left], hashes[left] * _MIX, wanted.gather(left)
        return found

    def _lay(self, places: Places, hashes: NDArray[np.uint64]) -> Places:
        """Add a layer; which of ``places`` found their slot taken by another text."""
        bits = len(places).bit_length() + _SPARE
        shift = np.uint64(64 - bits)
        slots = np.full(1 << bits, -1, dtype=np.int32)
        slots[_slot(hashes, shift)[::-1]] = places[::-1]
        self._layers.append((slots, shift))
        taken = slots.take(_slot(hashes, shift))
        lost = np.flatnonzero(taken != places)
        same = self._are(taken[lost], self.texts.gather(places[lost]))
        self.repeats |= bool(same.any())
        return lost[~same]

    def _are(self, places: NDArray[np.int32], texts: pl.Series) -> NDArray[np.bool_]:
        """Whether these texts stand at these places; −1 stands for any."""
        own = self.texts.gather(pl.Series(np.maximum(places, 0).view(np.uint32)))
        return own.eq_missing(texts).to_numpy()


def _slot(hashes: NDArray[np.uint64], shift: np.uint64) -> Places:
    return (hashes >> shift).view(np.int64)
