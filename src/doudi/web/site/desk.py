"""The counts on the work desk. Each room brings its own: a function from an account to tiles, listed in ``SOURCES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import reverse

from doudi.web.accounts.access import may_open

# module:function; the function takes the account and yields tiles.
SOURCES = (
    "doudi.web.accounts.desk:tiles",
    "doudi.web.applications.desk:tiles",
    "doudi.web.audit.desk:tiles",
    "doudi.web.cases.desk:tiles",
    "doudi.web.notices.desk:tiles",
    "doudi.web.chain.desk:tiles",
    "doudi.web.registry.desk:tiles",
    "doudi.web.jobs.desk:tiles",
    "doudi.web.imports.desk:tiles",
    "doudi.web.warnings.desk:tiles",
    "doudi.web.convergence.desk:tiles",
)


MOST = 9_999
"""Up to so many are counted on the desk."""


def counted(rows: Any) -> int:
    """How many rows of a query there are; of a very long list just one more than are counted."""
    count: int = rows.order_by()[: MOST + 1].count()
    return count


Note = Callable[[], str]
_NOTES: list[Note] = []


def note(source: Note) -> Note:
    """Let a function tell what everybody who comes to the desk should know now, in one sentence; empty: nothing."""
    _NOTES.append(source)
    return source


def notes() -> list[str]:
    """What everybody should know now."""
    return [told for source in _NOTES if (told := source())]


@dataclass(frozen=True, slots=True)
class Tile:
    """One count: what it counts, and the page on which the counted can be seen."""

    title: Any
    number: int
    view: str
    icon: str
    query: str = ""

    @property
    def shown(self) -> str:
        """The count as it is read."""
        return str(self.number) if self.number <= MOST else f"{MOST}+"

    @property
    def url(self) -> str:
        """Where the counted can be seen."""
        return reverse(self.view) + self.query

    @property
    def pressing(self) -> bool:
        """Whether something is late, has failed or was stopped: such counts carry the sign of a warning."""
        return self.number > 0 and self.icon == "warning"


def tiles(user: Any) -> list[Tile]:
    """The counts of all rooms whose pages the account may open."""
    return [tile for source in SOURCES for tile in _source(source)(user) if may_open(user.role, tile.view)]


def laid_out(tiles: Iterable[Tile]) -> tuple[list[Tile], list[Tile]]:
    """What there is something of, the pressing first, and what there is nothing of."""
    counts = list(tiles)
    some = sorted((tile for tile in counts if tile.number), key=lambda tile: not tile.pressing)
    return some, [tile for tile in counts if not tile.number]


def _source(path: str) -> Callable[[Any], Iterator[Tile]]:
    module, _, name = path.partition(":")
    found: Callable[[Any], Iterator[Tile]] = getattr(import_module(module), name)
    return found
