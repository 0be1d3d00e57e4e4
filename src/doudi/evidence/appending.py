"""One Parquet file of many tables that come one after the other: each is encoded once, while the next is being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Full, Queue
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

_WAITING = 4
"""Tables that may wait to be written; whoever makes more waits."""
_A_WHILE = 0.5
"""Seconds after which whoever waits looks whether the file is still being written."""


@contextmanager
def appending(
    path: Path, schema: Mapping[str, pl.DataType], **how: Any
) -> Iterator[Callable[[pl.DataFrame], None]]:
    """What takes the tables of the file, all of this schema, in the order in which they stand in it. ``how``: as for
    :meth:`polars.LazyFrame.sink_parquet`.

    Raises:
        OSError: the file cannot be written.
    """
    waiting: Queue[pl.DataFrame | None] = Queue(_WAITING)

    def tables(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, together: int | None
    ) -> Iterator[pl.DataFrame]:
        while (table := waiting.get()) is not None:
            yield table

    def write() -> None:
        register_io_source(tables, schema=schema).sink_parquet(path, **how)

    with ThreadPoolExecutor(1) as threads:
        written = threads.submit(write)
        try:
            yield lambda table: _put(waiting, table, written)
        finally:
            _put(waiting, None, written)
        written.result()


def _put(waiting: Queue[pl.DataFrame | None], table: pl.DataFrame | None, written: Future[None]) -> None:
    """Hand a table over; where nobody writes any more, the error that ended the writing is raised."""
    while not written.done():
        try:
            return waiting.put(table, timeout=_A_WHILE)
        except Full:
            continue
    written.result()
