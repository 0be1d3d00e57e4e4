"""Work on small tables done two at a time: a query on few rows leaves all but one processor idle."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

FEW = 200_000
"""Up to so many persons; queries on more occupy the processors by themselves, and two at once would hold twice the memory."""
_ABREAST = 2
_AHEAD = 6
"""So many items are done or under way while what was found for an earlier one is not yet taken."""
Item = TypeVar("Item")
Found = TypeVar("Found")


def abreast(work: Callable[[Item], Found], items: Iterable[Item], persons: int) -> Iterator[Found]:
    """What the work finds for each item, in their order. The items must not depend on each other."""
    if persons > FEW:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(_ABREAST) as threads:
        ahead: deque[Future[Found]] = deque()
        for item in items:
            ahead.append(threads.submit(work, item))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
