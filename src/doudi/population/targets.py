"""A world held against published figures: what was aimed at, what was found, and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from doudi.population.measures import Measures
from doudi.population.world import World


@dataclass(frozen=True, slots=True)
class Target:
    """One figure: value and tolerance in ``unit`` (percent, yuan, number), and its source in both languages.

    ``county`` is true where the demonstration county deviates from the country on purpose.
    """

    name: str
    zh: str
    en: str
    unit: str
    value: float
    tolerance: float
    source_zh: str
    source_en: str
    county: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a world has for a target."""

    target: Target
    found: float

    @property
    def holds(self) -> bool:
        """Whether it lies within the tolerance."""
        return abs(self.found - self.target.value) <= self.target.tolerance


def targets() -> tuple[Target, ...]:
    """All targets in the order of their file."""
    written: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("targets.yaml").read_text("utf-8"))
    sources: Mapping[str, Mapping[str, str]] = written.pop("sources")
    return tuple(_target(name, entry, sources[entry["source"]]) for name, entry in written.items())


def _target(name: str, entry: Mapping[str, Any], source: Mapping[str, str]) -> Target:
    return Target(
        name, entry["zh"], entry["en"], entry["unit"], float(entry["value"]), float(entry["tolerance"]),
        source["zh"], source["en"], bool(entry.get("county", False)),
    )  # fmt: skip


def compare(world: World) -> Sequence[Finding]:
    """The world against all targets."""
    measures = Measures(world)
    return [Finding(target, getattr(measures, target.name)) for target in targets()]
