"""Work done ahead: while the database takes in what there is, another thread makes what comes next."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Block = TypeVar("Block")


@contextmanager
def ahead(blocks: Iterator[Block], most: int = 1) -> Iterator[Iterator[Block]]:
    """The same blocks, in their order, made by another thread from now on; never more than ``most`` wait.

    What fails in making a block is raised when that block is asked for.
    """
    pool = ThreadPoolExecutor(1)
    coming: deque[Future[Block | None]] = deque(pool.submit(next, blocks, None) for _ in range(most))

    def made() -> Iterator[Block]:
        while (block := coming.popleft().result()) is not None:
            coming.append(pool.submit(next, blocks, None))
            yield block

    try:
        yield made()
    finally:
        pool.shutdown(cancel_futures=True)
