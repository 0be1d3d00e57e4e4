"""Memory that is let go kept for what comes next, in processes that pass many large columns from hand to hand."""

from __future__ import annotations

import ctypes
import os

_POLARS = "_RJEM_MALLOC_CONF"
"""Read by the allocator that Polars brings along, when Polars is loaded."""

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
"""Names of settings in ``mallopt`` of the GNU C library, by which NumPy gets its memory."""

_KEPT = 60_000
"""Milliseconds for which Polars keeps what is freed: longer than a register takes on a busy machine."""

_PAD, _LARGEST, _NEVER = 2**26, 2**25, 2**31 - 1


def keep_memory() -> None:
    """Give freed memory back to the system late, and ask for it in large pages.

    A register is read, assessed and written in hundreds of columns of a few megabytes; giving each back and taking it
    anew made a sixth of all work. To be called before Polars is loaded; after that, and with other C libraries, it has
    no effect. What the environment says already stands.
    """
    os.environ.setdefault(_POLARS, f"thp:always,dirty_decay_ms:{_KEPT},muzzy_decay_ms:{_KEPT}")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        for name, value in ((_MMAP_THRESHOLD, _LARGEST), (_TRIM_THRESHOLD, _NEVER), (_TOP_PAD, _PAD)):
            mallopt(name, value)
