"""One line per bar: what was found, beside what, and whether the bar holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One bar. ``ratio`` is what ``bar`` speaks of if there is a peer (ours over its, or how many times faster), else value/bar."""

    name: str
    value: float
    unit: str
    peer: str | None
    peer_value: float | None
    ratio: float
    bar: float
    holds: bool

    def line(self) -> str:
        """The bar as one line of text."""
        beside = (
            "no peer"
            if self.peer is None or self.peer_value is None
            else f"{self.peer} {_short(self.peer_value)} {self.unit}"
        )
        verdict = "holds" if self.holds else "MISSED"
        own = f"{_short(self.value)} {self.unit}"
        if not self.bar:
            return f"{self.name:<17} {own:<12} {beside:<32} no bar"
        return f"{self.name:<17} {own:<12} {beside:<32} ratio {_short(self.ratio):<8} bar {_short(self.bar):<6} {verdict}"


def faster(name: str, value: float, unit: str, peer: str, peer_value: float, times: float) -> Result:
    """At least ``times`` as fast as the peer."""
    ratio = peer_value / value
    return Result(name, value, unit, peer, peer_value, ratio, times, ratio >= times)


def smaller(name: str, value: float, unit: str, peer: str, peer_value: float, share: float) -> Result:
    """Below this share of the peer's."""
    ratio = value / peer_value
    return Result(name, value, unit, peer, peer_value, ratio, share, ratio < share)


def at_most(
    name: str, value: float, unit: str, bar: float, peer: str | None = None, peer_value: float | None = None
) -> Result:
    """An absolute bar; a peer's value is only shown."""
    return Result(name, value, unit, peer, peer_value, value / bar, bar, value <= bar)


def at_least(name: str, value: float, unit: str, bar: float) -> Result:
    """An absolute bar from below."""
    return Result(name, value, unit, None, None, value / bar, bar, value >= bar)


def shown(name: str, value: float, unit: str) -> Result:
    """A value for which nobody has set a bar; its ratio and its bar are 0."""
    return Result(name, value, unit, None, None, 0.0, 0.0, True)


def write(results: Sequence[Result], file: Path) -> None:
    """All results as a JSON list."""
    file.write_text(
        json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2) + "\n",
        encoding="utf-8",
    )


def _short(number: float) -> str:
    return f"{number:.4g}"
