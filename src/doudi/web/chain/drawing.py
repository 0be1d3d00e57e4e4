"""The waterfall of cost laid out for a drawing: a bar for the cost, one for each step that pays, one for what is left."""

from __future__ import annotations

from dataclasses import dataclass

from doudi.programmes.entries import STAGES
from doudi.programmes.waterfall import OTHER, Waterfall

WIDTH, HEIGHT, BAR, GAP, TOP, BOTTOM = 720, 240, 64, 20, 28, 36
WORDS = {
    **STAGES,
    OTHER: ("补充保险", "other insurance"),
    "cost": ("总费用", "cost"),
    "left": ("个人负担", "left to pay"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``y`` and ``height`` in pixels from the top; ``amount`` in fen."""

    kind: str
    word: str
    amount: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        """Where its texts stand."""
        return self.x + BAR // 2

    @property
    def above(self) -> int:
        """The line of its amount."""
        return self.y - 6


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bars and the size of the drawing."""

    bars: list[Bar]
    width: int
    height: int
    bar: int
    foot: int


def draw(of: Waterfall, language: str) -> Drawing | None:
    """The drawing; None when a step is open, since a bar of unknown height would be a guess."""
    if of.cost is None or of.left is None or any(step.paid is None for step in of.steps):
        return None
    scale = (HEIGHT - TOP - BOTTOM) / of.cost
    told = [("cost", of.cost, of.cost)]
    told += [(step.stage, step.paid or 0, (step.left or 0) + (step.paid or 0)) for step in of.steps]
    told.append(("left", of.left, of.left))
    bars = []
    for place, (kind, amount, top) in enumerate(told):
        y = TOP + round((of.cost - top) * scale)
        word = WORDS[kind][0 if language == "zh" else 1]
        bars.append(Bar(kind, word, amount, GAP + place * (BAR + GAP), y, max(1, round(amount * scale))))
    return Drawing(bars, GAP + len(bars) * (BAR + GAP), HEIGHT, BAR, HEIGHT - BOTTOM + 18)
