"""The index of one household with its reasons: which indicators hold, what is not known, its score and its route."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from doudi.assessment.determination import Determination, assess
from doudi.assessment.sentences import missing, sentence
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.hardship.index import (
    DIMENSION_OF,
    HARDSHIP,
    INDICATORS,
    PARTS,
    ROUTE,
    Scale,
    label,
    scale_of,
)
from doudi.rules.graph import Graph


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: deprived (True), not (False) or not known (None); its parts; why, in a sentence; facts to ask for."""

    name: str
    dimension: str
    label: str
    deprived: bool | None
    parts: int
    sentence: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdIndex:
    """The index of a household. ``least`` and ``most``: parts; equal where all is known. ``hardship``: whether it is in
    multidimensional hardship, None where open. ``routes``: the least and the most urgent route that is possible."""

    law: Statute
    scale: Scale
    language: str
    indicators: tuple[Indicator, ...]
    least: int
    most: int
    hardship: bool | None
    routes: tuple[str, str]
    missing: tuple[str, ...]

    @property
    def score(self) -> tuple[Fraction, Fraction]:
        """The share of all parts, at least and at most."""
        return Fraction(self.least, self.scale.whole), Fraction(self.most, self.scale.whole)

    @property
    def route(self) -> str | None:
        """The route, or None where it turns on what is not known."""
        return self.routes[0] if self.routes[0] == self.routes[1] else None

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; scores are written as exact fractions."""
        return {
            "region": self.law.region,
            "date": self.law.day.isoformat(),
            "parts": {"least": self.least, "most": self.most, "whole": self.scale.whole},
            "score": {"least": str(self.score[0]), "most": str(self.score[1])},
            "cutoff": str(self.scale.cutoff),
            "hardship": self.hardship,
            "route": {"least": self.routes[0], "most": self.routes[1]},
            "missing": list(self.missing),
            "indicators": [
                {
                    "name": one.name, "dimension": one.dimension, "label": one.label, "deprived": one.deprived,
                    "parts": one.parts, "sentence": one.sentence, "missing": list(one.missing),
                }
                for one in self.indicators
            ],
        }  # fmt: skip


def index_of(household: HouseholdFacts, law: Statute, language: str = "zh") -> HouseholdIndex:
    """The index of a household under a law of :func:`doudi.hardship.index.law_of`.

    Raises:
        ParameterError: weights or cut-off are not set in the place.
    """
    scale = scale_of(law)
    found = assess(household, law, outputs(law))
    trace = found.trace
    parts, route = trace.finding(PARTS), trace.finding(ROUTE)
    codes = law.variable(ROUTE).kind.codes
    assert codes is not None
    indicators = tuple(
        _indicator(found, name, weight, language)
        for name, weight in zip(INDICATORS, scale.weights, strict=True)
    )
    asked = dict.fromkeys(
        (*(each for one in indicators for each in one.missing), *_asked(found, route.rests_on, language))
    )
    hardship = trace.finding(HARDSHIP).value
    return HouseholdIndex(
        law, scale, language, indicators, int(parts.low), int(parts.high), None if hardship is None else bool(hardship),
        (codes.code(int(route.low)), codes.code(int(route.high))), tuple(asked),
    )  # fmt: skip


def outputs(law: Statute) -> dict[str, int]:
    """Names and nodes of all that is asked of the law of the index; always the same mapping, by which a kernel is known again."""
    return _outputs(law.graph)


@cache
def _outputs(graph: Graph) -> dict[str, int]:
    found = {}
    for name in (*INDICATORS, PARTS, HARDSHIP, ROUTE):
        variable = graph.variables[name]
        found[name] = variable.node
        if variable.value is not None and variable.limit is not None:
            found[f"{name}.value"], found[f"{name}.limit"] = variable.value, variable.limit
    return found


def _indicator(found: Determination, name: str, weight: int, language: str) -> Indicator:
    test = found.trace.test(name)
    told = sentence(found, test, language)
    return Indicator(
        name, DIMENSION_OF[name], label(found.statute, "hardship_indicator", name, language), test.truth, weight, told,
        tuple(_asked(found, test.rests_on, language)),
    )  # fmt: skip


def _asked(found: Determination, names: tuple[str, ...], language: str) -> list[str]:
    return [each.label for each in missing(found, names, language)] if names else []
