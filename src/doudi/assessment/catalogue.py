"""The law laid out for reading: what each rule asks for, who reads a parameter, and what each region says of it.

Pages for lawyers and ``doudi law show`` are written from this; nothing here computes a determination.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from doudi.assessment.citations import UNTIL
from doudi.assessment.statute import all_parameters, graph_of, schema
from doudi.law import library
from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.documents import Reference
from doudi.rules.graph import Graph
from doudi.rules.parameters import DatedValue, ParameterDefinition, Region
from doudi.rules.recording import PARAMETERS

TODAY = "today"
_LEAVES = ("parameter", "lookup", "entry")


@dataclass(frozen=True)
class Rule:
    """One version of a rule: the facts, rules and parameters that it asks for itself, by name.

    ``comparison`` is set for a test that compares two sides: ``lt``, ``le`` or ``eq``.
    """

    formula: Formula
    facts: tuple[str, ...]
    rules: tuple[str, ...]
    parameters: tuple[str, ...]
    comparison: str | None

    @property
    def name(self) -> str:
        """The name by which other rules, traces and cases know it."""
        return self.formula.name

    @property
    def page(self) -> str:
        """Its file in the law without the ending: ``dibao/standard``."""
        return f"{self.formula.topic}/{Path(self.formula.file).stem}"


@dataclass(frozen=True, slots=True)
class Said:
    """One dated entry of a parameter, and the region that says it."""

    region: Region
    entry: DatedValue


class Catalogue:
    """All rules of all dates, all parameters, all regions."""

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All versions of all rules, in the order of the law."""
        return tuple(_rule(formula) for formula in library.formulas())

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Rule, ...]]:
        """The versions of each rule, the oldest first."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.name, []).append(rule)
        return {name: tuple(sorted(each, key=_first_day)) for name, each in found.items()}

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The nation and every region with a file, each after the one above it."""
        return tuple(all_parameters().regions().walk())

    @cached_property
    def parameters(self) -> Mapping[str, ParameterDefinition]:
        """All parameters by name."""
        return dict(sorted(all_parameters().definitions.items()))

    @cached_property
    def _said(self) -> Mapping[str, Mapping[str, tuple[DatedValue, ...]]]:
        return {region.code: all_parameters().said_by(region.code) for region in self.regions}

    def said(self, parameter: str) -> Iterator[Said]:
        """Every dated entry of a parameter: region by region from the nation down, the oldest first."""
        for region in self.regions:
            entries = self._said[region.code].get(parameter, ())
            yield from (Said(region, entry) for entry in sorted(entries, key=lambda each: each.source.start))

    def said_by(self, region: str) -> Mapping[str, tuple[DatedValue, ...]]:
        """What one region itself says, by parameter."""
        return dict(sorted(self._said[region].items()))

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the rules that ask for a fact, rule or parameter themselves."""
        found: dict[str, dict[str, None]] = {}
        for rule in self.rules:
            for name in (*rule.facts, *rule.rules, *rule.parameters):
                found.setdefault(name, {})[rule.name] = None
        return {name: tuple(each) for name, each in found.items()}

    def page_of(self, parameter: str) -> str:
        """The file of a parameter in the law without the ending."""
        return self.parameters[parameter].file.removesuffix(".yaml")

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """All files of rules, parameters or cases, regions apart, without their endings, in the order of the topics."""
        topics = (*library.TOPICS, "stats")
        found = {rule.page for rule in self.rules} | {self.page_of(name) for name in self.parameters}
        found |= {_page(path) for path in library.case_files() if path.parent.name in topics}
        return tuple(sorted(found, key=lambda page: (topics.index(page.partition("/")[0]), page)))


@cache
def catalogue() -> Catalogue:
    """The catalogue of the law that ships."""
    return Catalogue()


def reference_of(written: str) -> tuple[Reference, str]:
    """A reference as a rule writes it, and the last day on which it is cited (ISO, empty without end).

    Raises:
        LawError: the document or article is not registered.
    """
    text, _, until = written.partition(UNTIL)
    return library.documents().resolve(text), until


def version_days() -> tuple[date, ...]:
    """One day for each set of rules that was ever in force: the first day of each, and the day before the first."""
    firsts = sorted(
        {day for formula in library.formulas() for day in (formula.since, formula.until) if day is not None}
    )
    before = [firsts[0] - timedelta(days=1)] if firsts else [date.today()]
    return (*before, *firsts)


def _page(path: Path) -> str:
    return f"{path.parent.name}/{path.name.removesuffix('.cases.yaml')}"


def _first_day(rule: Rule) -> date:
    return rule.formula.since or date.min


def _rule(formula: Formula) -> Rule:
    graph = graph_of(next(day for day in version_days() if formula.applies(day)))
    asked = [name.split(LINK_SEPARATOR)[-1] for name in formula.arguments.values() if name != PARAMETERS]
    inputs = schema().inputs
    return Rule(
        formula,
        tuple(name for name in asked if name in inputs),
        tuple(name for name in asked if name not in inputs),
        tuple(sorted(_own_parameters(graph, formula, asked))),
        graph.variables[formula.name].comparison,
    )


def _own_parameters(graph: Graph, formula: Formula, asked: list[str]) -> set[str]:
    """The parameters that a rule reads itself: those of its nodes, as far as the rules that it asks for."""
    variable = graph.variables[formula.name]
    seen = {graph.variables[name].node for name in asked if name in graph.variables}
    waiting = [node for node in (variable.node, variable.value, variable.limit) if node is not None]
    found: set[str] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        node = graph.nodes[number]
        if node.op in _LEAVES:
            found.add(str(node.attribute[0] if node.op == "entry" else node.attribute))
        waiting.extend(node.args)
    return found
