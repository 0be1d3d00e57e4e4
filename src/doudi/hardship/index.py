"""The law of a place and day with the hardship index: the formulas of the tiers, and those of the index beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from doudi.assessment import statute
from doudi.assessment.statute import Statute, resolved_of, statute_of
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.rules.book import Formula
from doudi.rules.errors import ParameterError, Problem
from doudi.rules.graph import Graph
from doudi.rules.kinds import RATE_DENOMINATOR, Schema
from doudi.rules.parameters import Parameters

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "income": ("income_low", "no_earner"),
    "medical": ("medical_burden", "grave_illness"),
    "education": ("education_burden", "out_of_school"),
    "housing": ("unsafe_home", "unsafe_water"),
    "care": ("care_need", "no_able_adult"),
    "burden": ("single_parent", "mental_illness"),
}
"""The dimensions with their indicators; the names are those of tests of the law and of ``hardship_indicator``."""
INDICATORS = tuple(name for names in DIMENSIONS.values() for name in names)
DIMENSION_OF = {name: dimension for dimension, names in DIMENSIONS.items() for name in names}
ROUTES = ("none", "general", "high", "highest")
"""In increasing priority."""
PARTS, ROUTE, HARDSHIP = "hardship_parts", "hardship_route", "is_in_hardship"


@cache
def all_parameters() -> Parameters:
    """Every parameter that ships, of the tiers and of the topics apart."""
    return library.with_parameters_apart(Vocabulary.load().codes)


@cache
def schema() -> Schema:
    """All that the formulas of the index may refer to."""
    base = statute.schema()
    slots = {name: definition.slot for name, definition in all_parameters().definitions.items()}
    return replace(base, parameters=slots, codes={**base.codes, **library.code_sets_apart()})


@cache
def graph_on(versions: tuple[int, ...], day: date) -> Graph:
    """The graph of the formulas in force; days with the same formulas share it (``versions`` identifies them)."""
    return Graph(schema(), _formulas(), day)


@cache
def _formulas() -> tuple[Formula, ...]:
    return (*library.formulas(), *library.formulas_apart())


def graph_of(day: date) -> Graph:
    """The graph of all rules in force on a day."""
    in_force = tuple(number for number, formula in enumerate(_formulas()) if formula.applies(day))
    return graph_on(in_force, _first_day.setdefault(in_force, day))


_first_day: dict[tuple[int, ...], date] = {}


def law_of(
    region: str, day: date, *, settings: Mapping[str, str] | None = None, overlay: Path | None = None
) -> Statute:
    """The law of ``region`` (code or name) on ``day`` with the hardship index.

    Raises:
        RegionError: the region is not known.
        ParameterError: a setting or the overlay is at fault.
    """
    resolved = resolved_of(all_parameters(), region, day, settings, overlay)
    return statute_of(resolved.region.code, day, resolved, graph_of(day))


@cache
def law_of_case(region: str, day: date, settings: tuple[tuple[str, str], ...]) -> Statute:
    """The law of a case of the index; cases share it."""
    return law_of(region, day, settings=dict(settings))


@dataclass(frozen=True, slots=True)
class Scale:
    """What the place sets: the parts of each indicator in the order of ``INDICATORS``, and the share that is the cut-off."""

    weights: tuple[int, ...]
    cutoff: Fraction

    @property
    def whole(self) -> int:
        """The parts of all indicators."""
        return sum(self.weights)


def scale_of(law: Statute) -> Scale:
    """The weights and the cut-off of a place and day.

    Raises:
        ParameterError: one of them has no value there, or all weights are 0.
    """
    codes = law.graph.schema.codes["hardship_indicator"]
    weights = law.values["hardship.weight"]
    found = [weights[codes.index(name)] for name in INDICATORS]
    cutoff = law.values["hardship.cutoff"]
    if cutoff is None or None in found or not sum(found):
        raise ParameterError([Problem(
            "hardship.unset", "当地没有规定权重或者认定线", "the place has set no weights or no cut-off",
            "在地区文件里写 hardship.weight 和 hardship.cutoff", "set hardship.weight and hardship.cutoff for the region",
        )])  # fmt: skip
    return Scale(tuple(int(each) for each in found), Fraction(int(cutoff), RATE_DENOMINATOR))


def label(law: Statute, codes: str, code: str, language: str = "zh") -> str:
    """The label of a dimension, an indicator or a route."""
    return law.graph.schema.codes[codes].label(code, language)
