"""Funnel and treemap laid out as rectangles; every drawing has a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from doudi.web.warnings.selectors.figures import Line, Tally

WIDTH, ROW, LABEL = 720, 40, 120
TREE_HEIGHT = 300
HEATS = (0.1, 0.25, 0.5)
"""Shares of open warnings from which a township is drawn warmer."""


@dataclass(frozen=True, slots=True)
class Box:
    """One rectangle with its word and count, in pixels from the upper left."""

    key: str
    word: str
    count: str
    x: float
    y: float
    width: float
    height: float
    heat: int = 0

    @property
    def base(self) -> float:
        """The line of a word in a row."""
        return self.y + self.height / 2 + 5

    @property
    def after(self) -> float:
        """Where the count stands behind a bar."""
        return self.x + self.width + 8

    @property
    def inner(self) -> float:
        """Where a word begins inside."""
        return self.x + 8

    @property
    def roomy(self) -> bool:
        """Whether a word has room inside."""
        return self.width > 14 * len(self.word) + 12 and self.height > 40


def funnel(steps: Sequence[tuple[str, Tally]]) -> list[Box]:
    """A bar for each step, as long as its count; a hidden one is as short as can be."""
    most = max((count.shown or 0 for _name, count in steps), default=0) or 1
    reach = WIDTH - LABEL - 70
    return [
        Box(name, name, str(count), LABEL, place * ROW + 6, max(2.0, round(reach * (count.shown or 0) / most, 1)), ROW - 12)
        for place, (name, count) in enumerate(steps)
    ]  # fmt: skip


def tree(lines: Sequence[Line]) -> list[Box]:
    """A treemap: a rectangle for each line, as large as what was raised there; warmer where more is open."""
    known = [(line.raised.shown or 0, line) for line in lines if line.raised.shown]
    return _cut(sorted(known, key=lambda pair: -pair[0]), 0.0, 0.0, float(WIDTH), float(TREE_HEIGHT))


def _cut(parts: Sequence[tuple[int, Line]], x: float, y: float, width: float, height: float) -> list[Box]:
    """Halve the longer side between two groups of about the same size."""
    if not parts:
        return []
    if len(parts) == 1:
        count, line = parts[0]
        left, top, wide, high = (round(side, 1) for side in (x, y, width, height))
        return [Box(line.key, line.name, str(line.raised), left, top, wide, high, _heat(line, count))]
    total, taken, place = sum(count for count, _line in parts), 0, 0
    while place < len(parts) - 1 and (not place or taken + parts[place][0] <= total / 2):
        taken += parts[place][0]
        place += 1
    share = taken / total
    if width >= height:
        first = (x, y, width * share, height), (x + width * share, y, width * (1 - share), height)
    else:
        first = (x, y, width, height * share), (x, y + height * share, width, height * (1 - share))
    return [*_cut(parts[:place], *first[0]), *_cut(parts[place:], *first[1])]


def _heat(line: Line, raised: int) -> int:
    share = (line.open.shown or 0) / raised
    return sum(share >= limit for limit in HEATS)
