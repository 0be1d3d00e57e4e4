"""Work shared among processes: Python works off one file at a time, whatever the number of processors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context, parent_process
from threading import Thread

PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_THREADS = "POLARS_MAX_THREADS"
_kept: ProcessPoolExecutor | None = None


@contextmanager
def kept(processes: int) -> Iterator[None]:
    """Let all that is shared meanwhile be shared among the same processes, which are begun at once."""
    global _kept
    with _begun(processes) as pool:
        _kept = pool
        try:
            yield
        finally:
            _kept = None


@contextmanager
def shared(processes: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes: the one that is kept, or else one of its own with so many."""
    if _kept is not None:
        yield _kept
        return
    with _begun(processes) as pool:
        yield pool


@contextmanager
def _begun(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes whose Polars has one thread in each. None outlives this process, however that ends.

    Spawned, not forked: the threads of Polars do not survive a fork.
    """
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin) as pool:
        before = os.environ.get(_THREADS)
        os.environ[_THREADS] = "1"
        try:
            for _ in range(processes):
                pool.submit(_nothing)
        finally:
            os.environ.pop(_THREADS)
            if before is not None:
                os.environ[_THREADS] = before
        yield pool


def _begin() -> None:
    """Read what every letter and every landing needs while the process that gives the work is still getting it ready."""
    Thread(target=_end_with_parent, daemon=True).start()
    from doudi.feeds.contract_model import contracts

    for name in ("departments", "sending"):
        import_module(f"doudi.feeds.synthetic.{name}")
    contracts()


def _nothing() -> None:
    """Work for which a pool begins a process."""


def _end_with_parent() -> None:
    """A killed process cannot end its pool, whose processes would write on beside those of the next start."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
