"""Work shared among processes: Python works off one file at a time, whatever the number of processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_THREADS = "POLARS_MAX_THREADS"


@contextmanager
def shared(
    processes: int, begin: Callable[..., None] | None = None, *given: Any
) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes, each begun with ``begin(*given)``; its Polars has one thread in each.

    Spawned, not forked: the threads of Polars do not survive a fork.
    """
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), begin, given) as pool:
            yield pool
    finally:
        os.environ.pop(_THREADS)
        if before is not None:
            os.environ[_THREADS] = before
