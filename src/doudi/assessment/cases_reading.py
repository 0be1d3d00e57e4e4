"""From a file of cases to cases: every household read, every expectation understood, every fault told at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from yaml.nodes import Node

from doudi.assessment.cases_expectations import read_expectation
from doudi.assessment.cases_model import Case, Expectation
from doudi.assessment.cases_nodes import changed, household_root
from doudi.assessment.statute import Statute, law_of
from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household_node
from doudi.law import library
from doudi.rules.errors import DoudiError, Problems
from doudi.rules.yaml_places import Page, is_null, line_of, read_page

REGION = "999901"
DAY = "2026-08-01"
CASE_KEYS = ("case", "en", "source", "region", "date", "set", "household", "expect", "also")
VARIATION_KEYS = ("because", "en", "source", "region", "date", "set", "change", "expect")

_STORY = re.compile(r"story-[1-9][0-9]?")
_CASE = ("案例", "a case")
_VARIATION = ("变化", "a variation")


Law = Callable[[str, date, tuple[tuple[str, str], ...]], Statute]
"""The law of a region and day with parameters set, as pairs of key and text; must be kept, since cases share it."""


@dataclass(frozen=True)
class Sections:
    """What a case of another room may say beside the household. ``keys``: its keys; ``put`` makes law and facts of them.

    ``put`` is given the page, the fields of the case, the household as a node (with what a variation changes), the law and
    the facts; faults go to the page.
    """

    keys: tuple[str, ...]
    put: Callable[[Page, Mapping[str, Node], Node, Statute, HouseholdFacts], tuple[Statute, HouseholdFacts]]


@cache
def law_of_case(region: str, day: date, settings: tuple[tuple[str, str], ...]) -> Statute:
    """Cases share the law of their place and day, and what is compiled from it."""
    return law_of(region, day, settings=dict(settings))


def read_file(
    path: Path, problems: Problems, law: Law = law_of_case, sections: Sections | None = None
) -> list[Case]:
    """The cases of one file with their variations, in order; faults go to ``problems``. ``sections``: what they may say more."""
    more = sections.keys if sections is not None else ()
    page, root = read_page(path, problems)
    found: list[Case] = []
    nodes = page.sequence(root, "案例文件", "a file of cases") if root is not None else []
    for place, node in enumerate(nodes):
        fields = page.record(node, (*CASE_KEYS, *more), *_CASE)
        if fields:
            found += _Reader(page, _topic(path), str(place + 1), node, fields, law, sections).cases()
    return found


def _topic(path: Path) -> str:
    return f"{path.parent.name}/{path.name.removesuffix('.cases.yaml')}"


@dataclass
class _Reader:
    """Reads one case and its variations."""

    page: Page
    topic: str
    number: str
    node: Node
    fields: dict[str, Node]
    law: Law
    sections: Sections | None = None

    def cases(self) -> Iterator[Case]:
        """The case itself, then its variations."""
        self._needs(self.node, self.fields, ("case", "source", "household", "expect"), _CASE)
        found = [self._case(self.number, self.node, self.fields, "case")]
        also = self.fields.get("also")
        more = self.sections.keys if self.sections is not None else ()
        for place, node in enumerate(self.page.sequence(also, *_VARIATION) if also is not None else []):
            own = self.page.record(node, (*VARIATION_KEYS, *more), *_VARIATION)
            self._needs(node, own, ("because", "expect"), _VARIATION)
            inherited = {key: self.fields[key] for key in (*CASE_KEYS[2:7], *more) if key in self.fields}
            found.append(self._case(f"{self.number}.{place + 1}", node, {**inherited, **own}, "because"))
        yield from (case for case in found if case is not None)

    def _needs(
        self, node: Node, fields: Mapping[str, Node], keys: tuple[str, ...], what: tuple[str, str]
    ) -> None:
        for key in keys:
            if key not in fields or is_null(fields[key]):
                self.page.missing(node, key, *what)

    def _case(self, number: str, node: Node, fields: Mapping[str, Node], sentence: str) -> Case | None:
        before = len(self.page.problems)
        day = self._day(fields.get("date"))
        source = self._source(fields.get("source"))
        settings = self._settings(fields)
        zh, en = self._text(fields.get(sentence)), self._text(fields.get("en"))
        statute = self._statute(node, fields, day, settings) if day is not None else None
        household, written = self._household(fields, statute)
        if statute is None or household is None or written is None:
            return None
        if self.sections is not None:
            statute, household = self.sections.put(self.page, fields, written, statute, household)
        expectations = self._expectations(fields.get("expect"), statute, household)
        if len(self.page.problems) > before:
            return None
        return Case(
            self.page.file,
            line_of(node),
            f"{self.topic}-{number}",
            zh,
            en or zh,
            source,
            statute,
            household,
            expectations,
        )

    def _text(self, node: Node | None) -> str:
        return (self.page.text(node, "句子", "the sentence") or "") if node is not None else ""

    def _day(self, node: Node | None) -> date | None:
        text = DAY if node is None else self.page.text(node, "日期", "the date") or ""
        try:
            return date.fromisoformat(text)
        except ValueError:
            assert node is not None
            self.page.fault(
                node,
                "case.date",
                "不是有效日期",
                "not a valid date",
                "写成 2026-08-01",
                "write it like 2026-08-01",
                text,
            )
            return None

    def _source(self, node: Node | None) -> str:
        text = self.page.text(node, "依据", "the source") if node is not None else None
        if node is None or text is None or _STORY.fullmatch(text):
            return text or ""
        try:
            library.documents().resolve(text)
        except DoudiError as error:
            self._told(node, error)
        return text

    def _settings(self, fields: Mapping[str, Node]) -> dict[str, tuple[str, Node]]:
        """The parameters set, each as text with its node; a variation adds to those of its case."""
        found: dict[str, tuple[str, Node]] = {}
        for node in dict.fromkeys(
            one for one in (self.fields.get("set"), fields.get("set")) if one is not None
        ):
            for name, value in self.page.mapping(node, "set", "set").items():
                found[name] = (self.page.text(value, name, name) or "null", value)
        return found

    def _statute(
        self, node: Node, fields: Mapping[str, Node], day: date, settings: Mapping[str, tuple[str, Node]]
    ) -> Statute | None:
        region = self.page.text(fields["region"], "地区", "the region") if "region" in fields else REGION
        try:
            return self.law(region or "", day, tuple((name, text) for name, (text, _) in settings.items()))
        except DoudiError as error:
            places = {name: place for name, (_, place) in settings.items()}
            self._told(fields.get("region", node), error, places)
            return None

    def _household(
        self, fields: Mapping[str, Node], statute: Statute | None
    ) -> tuple[HouseholdFacts | None, Node | None]:
        """The facts, and the node that they were read from."""
        if "household" not in fields:
            return None, None
        node, change = fields["household"], fields.get("change")
        on = statute.day if statute is not None else date.fromisoformat(DAY)
        try:
            for path, value in (
                self.page.mapping(change, "change", "change") if change is not None else {}
            ).items():
                node = changed(node, path, value)
            return read_household_node(household_root(node), self.page.file, self.number, on), node
        except DoudiError as error:
            self.page.problems.extend(replace(problem, file=self.page.file) for problem in error.problems)
        return None, None

    def _expectations(
        self, node: Node | None, statute: Statute, household: HouseholdFacts
    ) -> tuple[Expectation, ...]:
        if node is None:
            return ()
        found = []
        entries = self.page.mapping(node, "expect", "expect")
        if not entries:
            self.page.fault(
                node,
                "case.nothing",
                "没有写预期结果",
                "nothing is expected",
                "写 tier: 等",
                "write tier: and so on",
            )
        for name, value in entries.items():
            try:
                found.append(read_expectation(name, value, statute, household))
            except DoudiError as error:
                self._told(value, error)
        return tuple(found)

    def _told(self, node: Node, error: DoudiError, places: Mapping[str, Node] | None = None) -> None:
        for problem in error.problems:
            place = (places or {}).get(problem.column or "", node)
            self.page.problems.add(replace(problem, file=self.page.file, line=line_of(place)))
