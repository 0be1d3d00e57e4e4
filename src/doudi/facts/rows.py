"""The rows of a household file: mappings of facts, checked key by key, with every fault at its line and path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from doudi.facts.values import Fault, ValueFault, not_born, parse, show
from doudi.facts.vocabulary import EntityFacts, Fact, Vocabulary
from doudi.rules.errors import Problems, nearest
from doudi.rules.yaml_places import is_null, line_of

TOP_KEYS = {
    "region": "地区", "date": "日期", "household": "家庭", "persons": "成员", "supporters": "法定义务人",
    "assets": "财产", "expenses": "支出", "holdings": "现享受救助",
}  # fmt: skip
"""The sections of a household file, each also under its Chinese name."""

_OWNER_KEYS = ("person_id", "person", "owner", "成员编号")


@dataclass(slots=True)
class WrittenRow:
    """What one mapping says: values by column, texts, groups stated, lists nested in it, and the person it names."""

    node: Node
    written: dict[str, int | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    nested: dict[str, Node] = field(default_factory=dict)
    id: str = ""
    person: str | None = None
    person_node: Node | None = None
    faulty: bool = False


@dataclass(slots=True)
class RowReader:
    """Reads sections, lists and rows of one file; whatever is wrong goes to ``problems``.

    ``on`` is the day of evaluation (``yyyymmdd``), after which nobody may be born.
    """

    file: str
    vocabulary: Vocabulary
    problems: Problems
    on: int = 9999_12_31

    def fault(self, node: Node, fault: Fault, path: str, value: str | None = None) -> None:
        """Add a fault at the line of ``node``."""
        self.problems.add(fault.problem(self.file, path, value, line=line_of(node)))

    def sections(self, root: Node) -> dict[str, Node]:
        """The sections of the file by their English names."""
        names = {zh: name for name, zh in TOP_KEYS.items()}
        found: dict[str, Node] = {}
        for key, value, text in self._entries(root, ""):
            name = names.get(text, text)
            if name not in TOP_KEYS:
                self.fault(key, self._unknown_key(text, None), text)
            elif name in found:
                self.fault(key, _KEY_TWICE, text)
            else:
                found[name] = value
        return found

    def list_of(self, node: Node | None, entity: str, path: str, nested: bool = False) -> list[WrittenRow]:
        """The rows of a list; none when it is not written. ``nested`` rows belong to the person they stand under."""
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.fault(node, _NOT_A_LIST, path)
            return []
        found = self.vocabulary.entities[entity]
        if len(node.value) > found.at_most and (nested or found.parent == "household"):
            self.fault(node, too_many(found), path, str(len(node.value)))
            return []
        return [self.row(item, entity, f"{path}[{place}]", nested) for place, item in enumerate(node.value)]

    def row(self, node: Node, entity: str, path: str, nested: bool = False) -> WrittenRow:
        """One mapping of facts."""
        row = WrittenRow(node)
        before = len(self.problems)
        facts = self.vocabulary.entities[entity]
        for key, value, text in self._entries(node, path):
            self._entry(row, facts, key, value, text, f"{path}.{text}", nested)
        if isinstance(node, MappingNode):
            for fact in facts.engine_facts():
                if fact.absent == "required" and fact.column not in row.written:
                    self.fault(node, _missing_fact(fact), f"{path}.{fact.column}")
            if entity == "supporter" and not nested and row.person is None:
                self.fault(node, _missing_fact(facts.facts["person_id"]), f"{path}.person")
        row.faulty = len(self.problems) > before
        return row

    def _entry(
        self, row: WrittenRow, entity: EntityFacts, key: Node, value: Node, text: str, path: str, nested: bool
    ) -> None:
        group = next((name for name, group in entity.groups.items() if text in (name, group.zh)), None)
        fact = entity.find(text)
        if group is not None:
            self._group(row, entity, group, value, path)
        elif entity.name == "person" and text in ("supporters", TOP_KEYS["supporters"]):
            row.nested["supporters"] = value
        elif text == "id" or (fact is not None and fact.kind == "id"):
            row.id = (self.text(value, path) or "").strip()
        elif entity.name not in ("household", "person") and text in _OWNER_KEYS and not nested:
            row.person, row.person_node = self.text(value, path), value
        elif fact is not None and fact.kind == "text":
            row.texts[fact.column] = self.text(value, path) or ""
        elif fact is None or fact.kind == "link" or fact.group is not None:
            self.fault(key, self._unknown_key(text, entity), path)
        else:
            self._value(row, fact, value, path)

    def _group(self, row: WrittenRow, entity: EntityFacts, group: str, node: Node, path: str) -> None:
        row.groups.add(group)
        if is_null(node):
            row.written.update(dict.fromkeys(entity.groups[group].facts))
            return
        for key, value, text in self._entries(node, path):
            fact = entity.find(text)
            if fact is None or fact.group != group:
                self.fault(key, self._unknown_key(text, entity, group), f"{path}.{text}")
            else:
                self._value(row, fact, value, f"{path}.{text}")

    def _value(self, row: WrittenRow, fact: Fact, node: Node, path: str) -> None:
        if fact.column in row.written:
            self.fault(node, _KEY_TWICE, path)
            return
        row.written[fact.column] = value = self._parsed(fact, node, path)
        if fact.column == "born" and value is not None and value > self.on:
            self.fault(node, not_born(fact, self.on), path, show(fact, value))

    def _parsed(self, fact: Fact, node: Node, path: str) -> int | None:
        if not isinstance(node, ScalarNode):
            self.fault(node, _not_a_value(fact.zh, fact.column), path)
            return None
        if is_null(node):
            return None
        try:
            return parse(fact, node.value)
        except ValueFault as error:
            self.fault(node, error.fault, path, node.value)
            return None

    def text(self, node: Node | None, path: str) -> str | None:
        """The text of a value; None when it is not written or null."""
        if node is None or is_null(node):
            return None
        if isinstance(node, ScalarNode):
            return str(node.value)
        self.fault(node, _not_a_value(path, path), path)
        return None

    def day(self, node: Node | None, path: str) -> int | None:
        """The date under a key of the file itself."""
        if node is None:
            return None
        date = replace(
            self.vocabulary.entities["household"].facts["applied_on"], column=path, zh=TOP_KEYS[path]
        )
        return self._parsed(date, node, path)

    def _entries(self, node: Node, path: str) -> Iterator[tuple[Node, Node, str]]:
        if not isinstance(node, MappingNode):
            self.fault(node, _NOT_A_MAPPING, path)
            return
        seen: set[str] = set()
        for key, value in node.value:
            text = str(key.value) if isinstance(key, ScalarNode) else ""
            if text in seen:
                self.fault(key, _KEY_TWICE, f"{path}.{text}".lstrip("."))
                continue
            seen.add(text)
            yield key, value, text

    def _unknown_key(self, text: str, entity: EntityFacts | None, group: str | None = None) -> Fault:
        place = self._place_of(text, entity, group)
        if place:
            remedy = f"写在 {place} 之下", f"write it under {place}"
        else:
            known = _known_keys(entity, group)
            near = nearest(text, known)
            remedy = (
                (f"是否为 {near}", f"did you mean {near}")
                if near
                else (f"可用：{'、'.join(known)}", f"use one of {', '.join(known)}")
            )
        return Fault("fact.unknown_key", "没有这个键", "unknown key", *remedy)

    def _place_of(self, text: str, entity: EntityFacts | None, group: str | None) -> str:
        """Where in the file a misplaced fact belongs; empty when it is no fact at all."""
        others = [one for one in self.vocabulary.entities.values() if one is not entity]
        for one in ([entity] if entity is not None else []) + others:
            fact = one.find(text)
            if fact is None or not fact.in_engine:
                continue
            return f"{one.table if one.parent else one.name}" + (f"[].{fact.group}" if fact.group else "")
        return ""


def _known_keys(entity: EntityFacts | None, group: str | None) -> list[str]:
    if entity is None:
        return list(TOP_KEYS)
    if group is not None:
        return list(entity.groups[group].facts)
    return [name for name, fact in entity.facts.items() if fact.group is None] + list(entity.groups)


def too_many(entity: EntityFacts) -> Fault:
    """The fault that there are more rows than one parent may have."""
    return Fault(
        "fact.too_many", f"“{entity.zh}”超过 {entity.at_most} 条", f"more than {entity.at_most} rows of {entity.table}",
        "检查是否重复或归错了家庭", "check for repetition or rows of another household",
    )  # fmt: skip


def _missing_fact(fact: Fact) -> Fault:
    return Fault(
        "fact.missing", f"缺少“{fact.zh}”", f"{fact.column} is missing",
        f"补写 {fact.column}:（不清楚写 null）", f"write {fact.column}: (null when not known)",
    )  # fmt: skip


def _not_a_value(zh: str, en: str) -> Fault:
    return Fault(
        "fact.type", f"“{zh}”应为单个值", f"{en} must be a single value", "写成一个值", "write one value"
    )


_KEY_TWICE = Fault(
    "fact.key_twice", "同一个键写了两次", "a key is written twice", "只保留一处", "keep one of them"
)
_NOT_A_LIST = Fault(
    "fact.type",
    "应为列表",
    "must be a list",
    "每项以“- ”开头，没有则写 []",
    "begin each item with '- ', or write []",
)
_NOT_A_MAPPING = Fault(
    "fact.type", "应为“键: 值”的形式", "must be a mapping", "写成 键: 值", "write key: value"
)
