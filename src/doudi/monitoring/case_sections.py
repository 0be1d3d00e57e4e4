"""What a case of an indicator says beside the household, read: the night before, who is gone, rows, silent feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from doudi.assessment.cases_nodes import changed, household_root
from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household_node
from doudi.facts.vocabulary import engine_date
from doudi.feeds import contracts
from doudi.law import library
from doudi.monitoring.law import Watch
from doudi.monitoring.night import Night, Row
from doudi.monitoring.reach import OF_DEPARTED
from doudi.monitoring.rows import RowsOf, Told, entity_of, rows_of_feeds
from doudi.monitoring.words import DEPARTED_DOUBT, WRITTEN
from doudi.rules.errors import nearest
from doudi.rules.kinds import DATE, FLAG, Kind
from doudi.rules.yaml_places import Page

ABSENT, NONE = "absent", "none"


_WHAT = ("案例", "a case")
_DEPARTED = ("id", "state", "on", "new", "person")


def with_silent(page: Page, node: Node | None, watch: Watch) -> Watch:
    """The same law where feeds are silent, as ``silent`` says."""
    feeds = [] if node is None else [page.text(each, *_WHAT) or "" for each in page.sequence(node, *_WHAT)]
    for feed in feeds:
        _known_feed(page, node, feed)
    if not feeds:
        return watch
    silent = {f"{entity_of(feed)}_may_be_more" for feed in feeds}
    if set(feeds) & set(OF_DEPARTED):
        silent.add(DEPARTED_DOUBT)
    return replace(watch, silent=frozenset(silent), unset=watch.unset | silent, _kernels={})


def night_of_case(
    page: Page, fields: Mapping[str, Node], written: Node, watch: Watch, today: HouseholdFacts
) -> Night:
    """The night that a case tells of.

    Raises:
        DoudiError: the household of the night before is at fault.
    """
    departed, gone = _departed(page, fields.get("departed"), watch)
    before = _before(page, fields.get("before"), written, gone, watch)
    people = {id: place for place, id in enumerate(today.ids["person"])}
    ended = {row["id"]: (row["departed_state"], row["departed_on"]) for row in departed}
    rows = _Rows(page, watch, people, ended).read(fields.get("rows"))
    return Night(today, before, departed, rows)


def _before(
    page: Page, node: Node | None, written: Node, gone: list[Node], watch: Watch
) -> HouseholdFacts | None:
    if isinstance(node, ScalarNode) and node.value == NONE:
        return None
    household = written
    for path, value in (page.mapping(node, *_WHAT) if node is not None else {}).items():
        if isinstance(value, ScalarNode) and value.value == ABSENT:
            household = _without(household, path.removeprefix("persons."))
        else:
            household = changed(household, path, value)
    return read_household_node(household_root(_with(household, gone)), page.file, "", watch.before)


def _without(node: Node, id: str) -> Node:
    return _persons(node, lambda people: [one for one in people if _value(one, "id") != id])


def _with(node: Node, more: list[Node]) -> Node:
    return _persons(node, lambda people: [*people, *more])


def _persons(node: Node, change: Any) -> Node:
    """The household with other members."""
    if not isinstance(node, MappingNode):
        return node
    pairs = [
        (key, _listed(value, change(value.value)))
        if isinstance(key, ScalarNode) and key.value == "persons" and isinstance(value, SequenceNode)
        else (key, value)
        for key, value in node.value
    ]
    return MappingNode(node.tag, pairs, node.start_mark, node.end_mark)


def _listed(node: Node, items: list[Node]) -> Node:
    return SequenceNode(node.tag, items, node.start_mark, node.end_mark)


def _value(node: Node, key: str) -> str | None:
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((str(value.value) for name, value in pairs if name.value == key), None)


def _departed(page: Page, node: Node | None, watch: Watch) -> tuple[list[Row], list[Node]]:
    """Who has died or left, and those of them who were members the night before, as nodes."""
    found: list[Row] = []
    gone: list[Node] = []
    presence = library.indicator_code_sets()["presence"]
    for each in page.sequence(node, *_WHAT) if node is not None else []:
        fields = page.record(each, _DEPARTED, *_WHAT)
        id, state, on = (page.required_text(each, fields, key, *_WHAT) for key in ("id", "state", "on"))
        if state not in ("died", "left"):
            page.fault(
                each, "case.departed", "state 应为 died 或 left", "state must be died or left", value=state
            )
            continue
        day = _read(page, fields["on"], DATE, on)
        is_new = "new" not in fields or page.text(fields["new"], *_WHAT) == "true"
        person = fields.get("person")
        born = _read(page, each, DATE, (_value(person, "born") if person is not None else None) or "unknown")
        found.append({
            "id": id, "departed_state": presence.index(state), "departed_on": day, "departed_born": born,
            "departed_is_new": is_new,
        })  # fmt: skip
        if person is not None and is_new:
            gone.append(_with_id(person, id))
    return found, gone


def _with_id(node: Node, id: str) -> Node:
    if not isinstance(node, MappingNode):
        return node
    key, value = (
        ScalarNode("tag:yaml.org,2002:str", text, node.start_mark, node.end_mark) for text in ("id", id)
    )
    return MappingNode(node.tag, [(key, value), *node.value], node.start_mark, node.end_mark)


class _Rows:
    """Reads the rows of all feeds."""

    def __init__(
        self, page: Page, watch: Watch, people: Mapping[str, int], ended: Mapping[str, tuple[int, int | None]]
    ) -> None:  # fmt: skip
        self.page, self.watch, self.people, self.ended = page, watch, people, ended

    def read(self, node: Node | None) -> dict[str, list[Row]]:
        """Entity → rows."""
        found: dict[str, list[Row]] = {}
        for feed, rows in (self.page.mapping(node, *_WHAT) if node is not None else {}).items():
            if _known_feed(self.page, rows, feed):
                kind = rows_of_feeds()[entity_of(feed)]
                found[kind.name] = [self._row(kind, each) for each in self.page.sequence(rows, *_WHAT)]
        return found

    def _row(self, rows: RowsOf, node: Node) -> Row:
        fields = {told.field.name: told for told in rows.told.values()}
        written = self.page.record(node, (*rows.parts, *fields, "received"), *_WHAT)
        today = engine_date(self.watch.day)
        received = (
            _read(self.page, node, DATE, self._text(written, "received")) if "received" in written else today
        )
        row: Row = {
            f"{rows.name}_received_on": received,
            f"{rows.name}_is_new": received is not None and received > engine_date(self.watch.before),
        }
        for part in rows.parts:
            self._name(row, rows, part, written.get(part))
        for name, told in fields.items():
            row[told.name] = self._field(told, written.get(name))
            row[f"{WRITTEN}{told.name}"] = name in written
            if told.field.required and name not in written:
                self.page.missing(node, name, *_WHAT)
        return row

    def _text(self, written: Mapping[str, Node], key: str) -> str:
        return self.page.text(written[key], *_WHAT) or ""

    def _field(self, told: Told, node: Node | None) -> Any:
        if node is None:
            return None
        text = self.page.text(node, *_WHAT) or ""
        return _read(self.page, node, told.input.kind, f"{text}-01" if told.field.type == "month" else text)

    def _name(self, row: Row, rows: RowsOf, part: str, node: Node | None) -> None:
        """Whom the row names, where that person is, and what became of them."""
        presence = library.indicator_code_sets()["presence"]
        id = (self.page.text(node, *_WHAT) if node is not None else None) or ""
        state, ended = ("present" if id in self.people else "nobody"), 0
        if id in self.ended:
            place, day = self.ended[id]
            state, ended = presence.code(place), day or 0
        elif node is not None and id not in self.people:
            near = nearest(id, [*self.people, *self.ended])
            words = ("没有这个编号的人", "no person has this id", f"相近的：{near}", f"did you mean {near}")
            self.page.fault(node, "case.person", *words, id)
        row[f"{part}_index"] = self.people.get(id, -1)
        row[f"{rows.name}_{part}_state"] = presence.index(state)
        row[f"{rows.name}_{part}_ended_on"] = ended


def _known_feed(page: Page, node: Node | None, feed: str) -> bool:
    if entity_of(feed) in rows_of_feeds() and feed in contracts():
        return True
    near = nearest(feed, contracts())
    assert node is not None
    page.fault(
        node,
        "case.feed",
        "没有这个数据目录",
        "there is no such feed",
        f"相近的：{near}",
        f"did you mean {near}",
        feed,
    )
    return False


def _read(page: Page, node: Node, kind: Kind, text: str) -> Any:
    """A value as a file has it, in engine units; None for ``unknown``, and, with a fault, for what is none."""
    if text == "unknown":
        return None
    try:
        if kind.codes is not None:
            if kind.codes.find(text) is not None:
                return kind.codes.index(text)
        elif kind is FLAG:
            if text in ("true", "false"):
                return text == "true"
        elif kind is DATE:
            return engine_date(date.fromisoformat(text))
        else:
            value = Decimal(text) * (100 if kind.name == "money" else kind.denominator)
            if value == int(value):
                return int(value)
    except (ValueError, InvalidOperation):
        pass
    page.fault(
        node,
        "case.value",
        "不是这一栏的值",
        "not a value of this field",
        "按数据目录书写",
        "write it as the contract has it",
        text,
    )
    return None
