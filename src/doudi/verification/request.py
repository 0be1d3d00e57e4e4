"""A request for a means check: the authorisation, what was declared, whom it is about. Read from YAML or JSON.

    region: "999901"
    date: 2026-08-01
    authorisation:
      number: SQ-2026-0017
      purpose: 申请最低生活保障
      sources: [tax, pensions, vehicles]        # or: all
      signed_on: 2026-07-28
      valid_until: 2027-01-27
      persons:
        - {person: p1, signed_by: self}
        - {person: p2, signed_by: p1}           # the guardian, by id or by name
      supporters: [{supporter: s1, agreed: false}]
    declared:                                   # as in a household file (docs/facts.md); assets may carry number:
      household: {id: h1, area: rural}
      persons: [{id: p1, relation: head, born: 1980-01-01, income: {wage: 12000}}]
      assets: [{kind: vehicle, person: p1, number: 演A00001, value: 30000}]

The ids of persons are those under which the evidence knows them. Every fault is told at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household_node
from doudi.facts.nodes import compose_json, read_nodes
from doudi.rules.errors import FactError, LawError, Problems, nearest
from doudi.rules.parameters import as_day, iso
from doudi.rules.yaml_places import Page, is_null, line_of
from doudi.verification.authorisation import SELF, Authorisation, Consent, Signed
from doudi.verification.catalogue import checkable_feeds
from doudi.verification.declared import Declared, declared_of
from doudi.verification.errors import MeansError

_TOP = ("region", "date", "request_number", "members", "authorisation", "declared")
_AUTHORISATION = (
    "number", "purpose", "sources", "signed_on", "valid_until", "withdrawn_on", "persons", "supporters",
)  # fmt: skip
_REQUIRED = ("number", "purpose", "sources", "signed_on", "valid_until", "persons")
_TRUTH = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_NUMBER_KEYS = ("number", "编号", "号牌号码", "账号", "不动产单元号")


@dataclass(frozen=True, slots=True)
class Request:
    """A request. ``members`` are the ids it is about; ``request_number`` is the one under which banks were asked."""

    region: str
    day: date
    authorisation: Authorisation
    declared: Declared
    members: tuple[str, ...]
    request_number: str


def read_request(path: Path, day: date | None = None) -> Request:
    """Read a request. ``day`` takes the place of its own date.

    Raises:
        MeansError: with every fault, each with its line.
    """
    problems = Problems()
    return _read(read_nodes(path, problems), str(path), problems, day)


def request_of(data: Mapping[str, Any], name: str) -> Request:
    """The request that a programme has put together; ``name`` stands where messages name the file.

    Raises:
        MeansError: with every fault.
    """
    return _read(compose_json(json.dumps(data, ensure_ascii=False)), name, Problems(), None)


def _read(root: Node | None, file: str, problems: Problems, day: date | None) -> Request:
    found = _Reader(Page(file, problems), day).read(root) if root is not None else None
    if problems.found or found is None:
        raise MeansError(sorted(problems.found, key=lambda problem: problem.line or 0))
    return found


@dataclass(slots=True)
class _Reader:
    page: Page
    asked: date | None

    def read(self, root: Node) -> Request | None:
        fields = self.page.record(root, _TOP, "核对请求", "the request")
        region = self.page.required_text(root, fields, "region", "核对请求", "the request")
        if region and not (len(region) == 6 and region.isdigit()):
            self._bad(
                fields["region"], "means.region", "地区应为六位代码", "the region is a code of six digits"
            )
        day = self.asked or self._day(root, fields, "date")
        for name in ("authorisation", "declared"):
            if name not in fields:
                self.page.missing(root, name, "核对请求", "the request")
        household = self._declared(fields.get("declared"), day)
        if "authorisation" not in fields or household is None:
            return None
        facts, declared = household
        authorisation = self._authorisation(fields["authorisation"], facts, declared)
        members = self._members(fields.get("members"), declared)
        if authorisation is None or day is None:
            return None
        number = self.page.text(fields["request_number"], "", "") if "request_number" in fields else None
        return Request(region, day, authorisation, declared, members, number or authorisation.number)

    def _declared(self, node: Node | None, day: date | None) -> tuple[HouseholdFacts, Declared] | None:
        if node is None:
            return None
        numbers = _take_numbers(node)
        try:
            facts = read_household_node(node, self.page.file, on=day)
        except FactError as error:
            self.page.problems.extend(error.problems)
            return None
        return facts, declared_of(facts, numbers)

    def _authorisation(self, node: Node, facts: HouseholdFacts, declared: Declared) -> Authorisation | None:
        before = len(self.page.problems)
        what = ("授权书", "the authorisation")
        fields = self.page.record(node, _AUTHORISATION, *what)
        for name in _REQUIRED:
            if name not in fields:
                self.page.missing(node, name, *what)
        if len(self.page.problems) > before:
            return None
        number, purpose = (
            self.page.required_text(node, fields, name, *what) for name in ("number", "purpose")
        )
        signed_on, until = self._day(node, fields, "signed_on"), self._day(node, fields, "valid_until")
        withdrawn = self._optional_day(fields, "withdrawn_on")
        sources = self._sources(fields["sources"])
        signed = self._signatures(fields["persons"], declared, signed_on)
        consents = self._consents(fields.get("supporters"), facts)
        if signed_on and until and until < signed_on:
            self._bad(
                fields["valid_until"], "means.days", "有效期早于签署日期", "it ends before it was signed"
            )
        if len(self.page.problems) > before or signed_on is None or until is None:
            return None
        return Authorisation(number, purpose, sources, signed, signed_on, until, withdrawn, consents)

    def _sources(self, node: Node) -> tuple[str, ...]:
        known = checkable_feeds()
        if isinstance(node, ScalarNode) and node.value in ("all", "全部"):
            return known
        found = []
        for each in self.page.sequence(node, "授权查询的来源", "the sources"):
            name = self.page.text(each, "来源", "a source") or ""
            if name in known:
                found.append(name)
                continue
            near = nearest(name, known) or "、".join(known)
            self.page.fault(
                each, "means.source", "没有这个来源，或不能用于核对", "no such source, or none that a check may use",
                f"可用：{near}", f"use {near}", name,
            )  # fmt: skip
        return tuple(found)

    def _signatures(self, node: Node, declared: Declared, usual: date | None) -> tuple[Signed, ...]:
        known = {person.person_id for person in declared.persons}
        found: list[Signed] = []
        for each in self.page.sequence(node, "签署人", "the signatures"):
            fields = self.page.record(each, ("person", "signed_by", "signed_on"), "签署", "a signature")
            person = self.page.required_text(each, fields, "person", "签署", "a signature")
            by = self.page.required_text(each, fields, "signed_by", "签署", "a signature")
            on = self._optional_day(fields, "signed_on") or usual
            if person and person not in known:
                self._bad(each, "means.nobody", "申报的家庭中没有这名成员", "no such person is declared")
            elif any(person == other.person_id for other in found):
                self._bad(each, "means.signed_twice", "同一成员签署了两次", "one person has signed twice")
            elif on is not None:
                found.append(Signed(person, SELF if by in (SELF, "本人") else by, on))
        return tuple(found)

    def _consents(self, node: Node | None, facts: HouseholdFacts) -> tuple[Consent, ...]:
        if node is None:
            return ()
        rows: Mapping[str, dict[str, int | None]] = dict(
            zip(facts.ids["supporter"], facts.facts["supporter"], strict=True)
        )
        keys = ("supporter", "agreed", "answered_on", "name", "person_id")
        found = []
        for each in self.page.sequence(node, "法定义务人", "the supporters"):
            fields = self.page.record(each, keys, "法定义务人", "a supporter")
            name = self.page.required_text(each, fields, "supporter", "法定义务人", "a supporter")
            text = self.page.required_text(each, fields, "agreed", "法定义务人", "a supporter")
            if name and name not in rows:
                self._bad(each, "means.nobody", "没有申报这名法定义务人", "no such supporter is declared")
            elif text and text.lower() not in _TRUTH:
                self._bad(each, "means.agreed", "agreed 应为 true 或 false", "agreed is true or false")
            elif name and text:
                found.append(self._consent(fields, name, _TRUTH[text.lower()], rows[name]))
        return tuple(found)

    def _consent(
        self, fields: dict[str, Node], supporter: str, agreed: bool, row: Mapping[str, int | None]
    ) -> Consent:
        from doudi.facts.vocabulary import Vocabulary

        texts = {key: self.page.text(fields[key], key, key) for key in ("name", "person_id") if key in fields}
        relation = Vocabulary.load().codes["supporter_relation"].code(row["supporter_relation"] or 0)
        return Consent(
            supporter, relation, agreed, self._optional_day(fields, "answered_on"), texts.get("name") or "",
            texts.get("person_id"), row["supporter_own_income"],
        )  # fmt: skip

    def _members(self, node: Node | None, declared: Declared) -> tuple[str, ...]:
        known = [person.person_id for person in declared.persons]
        if node is None:
            return tuple(known)
        asked = [
            self.page.text(each, "成员", "a member") or ""
            for each in self.page.sequence(node, "成员", "members")
        ]
        if not asked or any(name not in known for name in asked):
            self._bad(node, "means.nobody", "申报的家庭中没有这名成员", "no such person is declared")
        return tuple(name for name in known if name in asked)

    def _day(self, owner: Node, fields: dict[str, Node], key: str) -> date | None:
        if key not in fields:
            self.page.missing(owner, key, "核对请求", "the request")
            return None
        return self._optional_day(fields, key)

    def _optional_day(self, fields: dict[str, Node], key: str) -> date | None:
        node = fields.get(key)
        if node is None or is_null(node):
            return None
        text = self.page.text(node, key, key) or ""
        try:
            return date.fromisoformat(iso(as_day(text)))
        except LawError:
            self._bad(node, "means.date", f"{key} 不是有效日期", f"{key} is no date", text)
            return None

    def _bad(self, node: Node, code: str, zh: str, en: str, value: str | None = None) -> None:
        self.page.fault(
            node, code, zh, en, f"改正第 {line_of(node)} 行", f"correct line {line_of(node)}", value
        )


def _take_numbers(node: Node) -> dict[int, str]:
    """The numbers of assets, taken out of the node: the vocabulary of facts does not know them."""
    found: dict[int, str] = {}
    if not isinstance(node, MappingNode):
        return found
    lists = [value for key, value in node.value if key.value in ("assets", "财产")]
    for place, row in enumerate(lists[0].value if lists and isinstance(lists[0], SequenceNode) else []):
        if isinstance(row, MappingNode):
            numbers = [value.value for key, value in row.value if key.value in _NUMBER_KEYS]
            row.value = [(key, value) for key, value in row.value if key.value not in _NUMBER_KEYS]
            if numbers and isinstance(numbers[0], str) and numbers[0].strip():
                found[place] = numbers[0].strip()
    return found
