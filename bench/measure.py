"""How values are taken: medians, two sides in turn, and work in child processes whose peak memory is their own."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[1]


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long ``work`` takes once, after the garbage of what went before is collected, and what it gives."""
    gc.collect()
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def median_of(runs: int, work: Callable[[], Any]) -> float:
    """The median of several runs, in seconds."""
    return median(seconds(work)[0] for _ in range(runs))


def median_call(calls: int, work: Callable[[], Any]) -> float:
    """The median of many short calls, in seconds, after a tenth of them to warm up."""
    for _ in range(calls // 10 + 1):
        work()
    taken = []
    for _ in range(calls):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def peak_memory() -> int:
    """The greatest memory that this process has held, in bytes (``ru_maxrss`` counts KiB; on macOS bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def in_child(task: str, *args: object) -> dict[str, Any]:
    """What a task of ``bench.child`` reports, done by a process of its own.

    Linux counts the parent's memory at the start of a child to the child, so the parent must stay small.
    """
    command = [sys.executable, "-m", "bench.child", task, *map(str, args)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
