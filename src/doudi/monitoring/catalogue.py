"""The catalogue of all indicators that ship, read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doudi.law import library
from doudi.monitoring.entries import Indicator
from doudi.monitoring.families import made_for_programmes
from doudi.monitoring.reading import read_entries
from doudi.procedure import procedure
from doudi.programmes.reading import EVERYWHERE
from doudi.rules.errors import LawError, Problem, Problems, nearest


@dataclass(frozen=True)
class Catalogue:
    """Indicators by id, class by class, in the order of their files; those of families are there for each programme."""

    indicators: Mapping[str, Indicator]

    def indicator(self, name: str) -> Indicator:
        """The indicator of that id, number or Chinese name.

        Raises:
            LawError: there is none; the problem names the nearest.
        """
        found = self.indicators.get(name)
        found = found or next((one for one in self.indicators.values() if name in (one.number, one.zh)), None)
        if found is None:
            near = nearest(name, [*self.indicators, *(one.zh for one in self.indicators.values())])
            raise LawError([Problem(
                "indicator.unknown", "没有这个指标", "no such indicator",
                f"相近的：{near}" if near else "见 doudi watch list", f"did you mean {near}" if near else "see doudi watch list",
                value=name,
            )])  # fmt: skip
        return found

    def applying(self, chain: Collection[str], known: Collection[str]) -> tuple[Indicator, ...]:
        """The indicators of a place (its code and those above it) whose rules are in force (``known``), in order; those for which
        no department sends the data are among them."""
        return tuple(
            one
            for one in self.indicators.values()
            if one.region in (EVERYWHERE, *chain) and (one.needs is not None or one.rule in known)
        )


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships.

    Raises:
        LawError: with every fault of all its files.
    """
    return read_catalogue(library.indicator_entry_files())


def read_catalogue(files: Iterable[Path]) -> Catalogue:
    """A catalogue from its files.

    Raises:
        LawError: with every fault of all files.
    """
    problems = Problems()
    roles = procedure().roles
    found: dict[str, Indicator] = {}
    for path in files:
        for one in made_for_programmes(read_entries(path, roles, problems)):
            if one.id in found:
                problems.add(Problem(
                    "indicator.twice", f"指标 {one.id} 已在别处登记", f"indicator {one.id} is listed elsewhere",
                    f"见 {found[one.id].file}", f"see {found[one.id].file}", file=one.file, line=one.line,
                ))  # fmt: skip
            found[one.id] = one
    problems.raise_as(LawError)
    return Catalogue(found)
