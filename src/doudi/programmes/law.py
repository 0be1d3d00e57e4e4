"""The law of a place and day with the rules of all programmes: the same formulas as the tiers have, and more beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from doudi.assessment import statute
from doudi.assessment.statute import Statute, resolved_of, statute_of
from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Programme
from doudi.rules.book import LINK_SEPARATOR, Book, Formula
from doudi.rules.functions import any_member, total
from doudi.rules.graph import Graph
from doudi.rules.kinds import Schema
from doudi.rules.parameters import Parameters


@cache
def all_parameters() -> Parameters:
    """Every parameter that ships, of the tiers and of the programmes."""
    return library.with_programme_parameters(Vocabulary.load().codes)


@cache
def schema() -> Schema:
    """All that the formulas of programmes may refer to."""
    slots = {name: definition.slot for name, definition in all_parameters().definitions.items()}
    return replace(statute.schema(), parameters=slots)


@cache
def formulas() -> tuple[Formula, ...]:
    """The formulas of the tiers, of the programmes, and the sums over the members of a household."""
    return (*library.formulas(), *library.programme_formulas(), *_of_households())


def _of_households() -> tuple[Formula, ...]:
    """For each programme of persons: what all members are due together, and whether one of them is due anything."""
    book = Book("programmes")
    written = {formula.name: formula for formula in library.formulas() + library.programme_formulas()}
    for one in catalogue().programmes.values():
        if one.unit != "person":
            continue
        if one.amount in written:
            book.formula(
                "household", "money", name=one.total, zh=f"{one.zh}合计", en=f"{one.en}, all members",
                ref=written[one.amount].references, using={"amounts": one.amount},
            )(lambda amounts: total(amounts))  # fmt: skip
        if one.due in written:
            book.formula(
                "household", "flag", name=one.due_in_household, zh=f"有成员{written[one.due].zh}",
                en=f"{one.en}: due to a member", ref=written[one.due].references, using={"tests": one.due},
            )(lambda tests: any_member(tests))  # fmt: skip
    return tuple(book.formulas)


def readers() -> dict[str, tuple[str, ...]]:
    """The rules of programmes that ask for a fact or rule themselves, by its name."""
    found: dict[str, dict[str, None]] = {}
    for formula in library.programme_formulas():
        for name in formula.arguments.values():
            found.setdefault(name.split(LINK_SEPARATOR)[-1], {})[formula.name] = None
    return {name: tuple(each) for name, each in found.items()}


def graph_of(day: date) -> Graph:
    """The graph of all rules in force on a day."""
    in_force = tuple(number for number, formula in enumerate(formulas()) if formula.applies(day))
    first = _first_day.setdefault(in_force, day)
    return _graph_on(in_force, first)


_first_day: dict[tuple[int, ...], date] = {}


@cache
def _graph_on(versions: tuple[int, ...], day: date) -> Graph:
    return Graph(schema(), formulas(), day)


def law_of(
    region: str,
    day: date,
    *,
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
    specialised: bool = True,
) -> Statute:
    """The law of ``region`` (code or name) on ``day`` with the rules of all programmes.

    ``specialised`` makes kernels for this place and day alone, which pays when many households are looked at.

    Raises:
        RegionError: the region is not known.
        ParameterError: a setting or the overlay is at fault.
    """
    resolved = resolved_of(all_parameters(), region, day, settings, overlay)
    return statute_of(resolved.region.code, day, resolved, graph_of(day), specialised)


@cache
def law_of_case(region: str, day: date, settings: tuple[tuple[str, str], ...]) -> Statute:
    """The law of a case of programmes; cases share it."""
    return law_of(region, day, settings=dict(settings), specialised=False)


@dataclass(frozen=True)
class Offer:
    """What a place offers on a day: its programmes, and all that is asked of its law to say who is due what."""

    statute: Statute

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """In the order of the catalogue."""
        chain = [region.code for region in self.statute.resolved.chain]
        return catalogue().offered(chain, self.statute.graph.variables)

    @cached_property
    def caps(self) -> tuple[str, ...]:
        """The variables of common caps that are in force."""
        return tuple(one.at for one in catalogue().relations.caps if one.at in self.statute.graph.variables)

    @cached_property
    def tests(self) -> Mapping[str, tuple[str, ...]]:
        """The tests that decide each programme: those its own test asks for, or itself when it asks for none."""
        variables, found = self.statute.graph.variables, {}
        for one in self.programmes:
            asked = variables[one.due].formula.arguments.values()
            tests = tuple(name for name in asked if name in variables and variables[name].formula.is_test)
            found[one.id] = tests or (one.due,)
        return found

    @cached_property
    def amounts(self) -> dict[str, int]:
        """Names and nodes of what says who is due how much: amounts, the tests of services, common caps."""
        names = [*self.caps, *(one.amount or one.due for one in self.programmes)]
        return {name: self.statute.variable(name).node for name in names}

    @cached_property
    def reasons(self) -> dict[str, int]:
        """Names and nodes of what says why: the tier and every test with its sides."""
        names = dict.fromkeys(["tier", *(one.due for one in self.programmes)])
        names.update(dict.fromkeys(name for tests in self.tests.values() for name in tests))
        found: dict[str, int] = {}
        for name in names:
            variable = self.statute.variable(name)
            found[name] = variable.node
            if variable.value is not None and variable.limit is not None:
                found[f"{name}.value"], found[f"{name}.limit"] = variable.value, variable.limit
        return found
