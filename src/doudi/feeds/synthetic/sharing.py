"""Work shared among processes: Python works off one file at a time, whatever the number of processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_THREADS = "POLARS_MAX_THREADS"


@contextmanager
def shared(
    processes: int, begin: Callable[..., None] | None = None, *given: Any
) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes, each begun with ``begin(*given)``; its Polars has one thread in each. None outlives this process,
    however that ends.

    Spawned, not forked: the threads of Polars do not survive a fork.
    """
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (begin, given)) as pool:
            yield pool
    finally:
        os.environ.pop(_THREADS)
        if before is not None:
            os.environ[_THREADS] = before


def _begin(begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        begin(*given)


def _end_with_parent() -> None:
    """A killed process cannot end its pool, whose processes would write on beside those of the next start."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
