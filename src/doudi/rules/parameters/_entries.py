"""Reading the dated entries of a parameter, in a definition file or a region file, with every check on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from yaml.nodes import MappingNode, Node

from doudi.rules.documents import Documents, Reference
from doudi.rules.errors import DoudiError, LawError
from doudi.rules.parameters._days import as_day, iso, shift
from doudi.rules.parameters._levels import check_level
from doudi.rules.parameters.model import NATIONAL, CellKey, DatedValue, ParameterDefinition, Range, Source
from doudi.rules.yaml_places import Page, is_null, line_of

_KEYS = ("from", "until", "value", "reference", "source", "verified", "elastic", "note")


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads entries of one file: ``level`` is the region that gives them, ``file`` the name kept in sources."""

    page: Page
    documents: Documents
    level: str
    file: str

    def read(self, definition: ParameterDefinition, node: Node) -> tuple[DatedValue, ...]:
        """The dated values of one parameter in the order of time; faults go to the page."""
        what = (f"{definition.name} 的取值", f"values of {definition.name}")
        entries: list[tuple[DatedValue, Node]] = []
        for item in self.page.sequence(node, *what):
            entry = self._entry(definition, item, *what)
            if entry is not None:
                entries.append((entry, item))
        entries.sort(key=lambda pair: pair[0].source.start)
        values = self._one_after_another(definition, entries)
        for value, (_, place) in zip(values, entries, strict=True):
            check_level(self.page, self.level, definition, value, place)
        return values

    def reference(self, node: Node) -> Reference | None:
        """The reference written at ``node``, or None with a fault."""
        text = self.page.text(node, "reference", "reference")
        try:
            return self.documents.resolve(text or "")
        except LawError as error:
            self.place(error, node)
            return None

    def day(self, node: Node) -> int | None:
        """The day written at ``node``, or None: null, or with a fault."""
        text = self.page.text(node, "日期", "the date")
        if text is None:
            return None
        try:
            return as_day(text)
        except LawError as error:
            self.place(error, node)
            return None

    def flag(self, node: Node) -> bool:
        """A ``true`` or ``false`` written at ``node``; false with a fault for anything else."""
        text = self.page.text(node, "true 或 false", "a flag")
        if text not in ("true", "false"):
            self.page.fault(
                node,
                "unit.not_a_flag",
                "不是 true 或 false",
                "neither true nor false",
                "是写 true，否写 false",
                "write true or false",
                text,
            )
        return text == "true"

    def place(self, error: DoudiError, node: Node) -> None:
        """Add the problems of ``error``, found without a place, at the place of ``node``."""
        for problem in error.problems:
            self.page.problems.add(replace(problem, file=self.page.file, line=line_of(node)))

    def _entry(
        self, definition: ParameterDefinition, node: Node, what_zh: str, what_en: str
    ) -> DatedValue | None:
        fields = self.page.record(node, _KEYS, what_zh, what_en)
        if not isinstance(node, MappingNode):
            return None
        for key in [key for key in ("from", "value", "verified") if key not in fields]:
            self.page.missing(node, key, what_zh, what_en)
        values = self._cells(definition, fields["value"]) if "value" in fields else {}
        elastic = self._elastic(definition, fields["elastic"], values) if "elastic" in fields else {}
        if "elastic" in fields and "value" in fields and is_null(fields["value"]):
            self._elastic_fault(fields["elastic"], "null")
        source = self._source(definition, node, fields)
        if source.until is not None and source.start >= source.until:
            self.page.fault(
                fields["until"],
                "parameter.dates_reversed",
                "until 不晚于 from",
                "until is not after from",
                "until 写最后适用日",
                "until is the last day",
                iso(source.until),
            )
        return DatedValue(values, elastic, source)

    def _source(self, definition: ParameterDefinition, node: Node, fields: dict[str, Node]) -> Source:
        start = self._written_day(fields, "from")
        texts = {
            key: self.page.text(fields[key], key, key) or "" for key in ("source", "note") if key in fields
        }
        if self.level != NATIONAL and "reference" not in fields and not texts.get("source"):
            self.page.fault(
                node,
                "parameter.no_source",
                f"{definition.name} 的取值没有出处",
                f"value of {definition.name} without a source",
                "补写 reference: 或 source:",
                "write reference: or source:",
            )
        reference = self.reference(fields["reference"]) if "reference" in fields else None
        return Source(
            self.level,
            self.file,
            line_of(node),
            reference or definition.reference,
            texts.get("source", ""),
            self.flag(fields["verified"]) if "verified" in fields else False,
            texts.get("note", ""),
            start or 0,
            self.day(fields["until"]) if "until" in fields else None,
        )

    def _written_day(self, fields: dict[str, Node], key: str) -> int | None:
        if key not in fields:
            return None
        if is_null(fields[key]):
            self.page.fault(
                fields[key],
                "date.bad",
                f"{key} 不能为空",
                f"{key} must not be empty",
                "写成 2026-07-01 的形式",
                "write it like 2026-07-01",
            )
            return None
        return self.day(fields[key])

    def _cells(self, definition: ParameterDefinition, node: Node) -> dict[CellKey, int | None]:
        """The value of each cell; a single value in a table stands for every code."""
        if definition.by is None or not isinstance(node, MappingNode):
            value = self._value(definition, node)
            return dict.fromkeys(definition.cell_keys, value)
        found: dict[CellKey, int | None] = {}
        for code, item in self.page.mapping(node, definition.name, definition.name).items():
            key = definition.by.find(code)
            if key is None:
                self.place(LawError([definition.by.unknown(code)]), item)
            elif key in found:
                self.page.fault(
                    item,
                    "parameter.code_twice",
                    "同一代码写了两次",
                    "the same code written twice",
                    "只保留一处",
                    "keep one of them",
                    code,
                )
            else:
                found[key] = self._value(definition, item)
        return found

    def _value(self, definition: ParameterDefinition, node: Node) -> int | None:
        text = self.page.text(node, definition.name, definition.name)
        if text is None:
            return None
        try:
            return definition.parse(text)
        except LawError as error:
            self.place(error, node)
            return None

    def _elastic(
        self, definition: ParameterDefinition, node: Node, values: dict[CellKey, int | None]
    ) -> dict[CellKey, Range]:
        fields = self.page.record(node, ("low", "high"), "elastic", "elastic")
        if not definition.unit.numeric:
            self.page.fault(
                node,
                "parameter.elastic_kind",
                "只有数值可以有弹性范围",
                "only numbers may be elastic",
                "去掉 elastic",
                "leave out elastic",
            )
            return {}
        for end in [end for end in ("low", "high") if end not in fields]:
            self.page.missing(node, end, "elastic", "elastic")
        if len(fields) < 2:
            return {}
        low, high = (self._cells(definition, fields[end]) for end in ("low", "high"))
        found: dict[CellKey, Range] = {}
        for key, value in values.items():
            least, most = low.get(key), high.get(key)
            if value is None or (key not in low and key not in high):
                continue
            if least is not None and most is not None and least <= value <= most:
                found[key] = (least, most)
            else:
                code = definition.code(key)
                shown = "–".join("?" if end is None else definition.unit.number(end) for end in (least, most))
                self._elastic_fault(node, f"{code}: {shown}" if code else shown)
        return found

    def _elastic_fault(self, node: Node, shown: str) -> None:
        self.page.fault(
            node,
            "parameter.elastic_range",
            "弹性范围须含取值，且 low 不大于 high",
            "the elastic range must contain the value, low not above high",
            "改正 low、high 或 value",
            "correct low, high or value",
            shown,
        )

    def _one_after_another(
        self, definition: ParameterDefinition, entries: list[tuple[DatedValue, Node]]
    ) -> tuple[DatedValue, ...]:
        """The entries with their last days filled in; overlaps and gaps are faults."""
        done: list[DatedValue] = []
        for (entry, _), (after, node) in pairwise(entries):
            start, until = after.source.start, entry.source.until
            if entry.source.start == start or (until is not None and until >= start):
                self._neighbours(
                    node,
                    "overlap",
                    "与前一条取值的时间重叠",
                    "overlaps the entry before it",
                    "改正 from 或前一条的 until（until 是最后适用日）",
                    "correct from, or until of the entry before (until is the last day)",
                    iso(start),
                )
            elif until is not None and shift(until, 2) == start:
                self._neighbours(
                    node,
                    "gap",
                    "与前一条取值之间空出一天",
                    "one day is left between this and the entry before",
                    "until 写最后适用日",
                    "until is the last day",
                    iso(shift(until, 1)),
                )
            elif until is None:
                entry = replace(entry, source=replace(entry.source, until=shift(start, -1)))
                self._all_codes_go_on(definition, entry, after, node)
            done.append(entry)
        return (*done, *(entry for entry, _ in entries[-1:]))

    def _all_codes_go_on(
        self, definition: ParameterDefinition, entry: DatedValue, after: DatedValue, node: Node
    ) -> None:
        lost = [
            code for code in _codes(definition, entry.values) if code not in _codes(definition, after.values)
        ]
        if lost and after.values:
            self._neighbours(
                node,
                "gap",
                "前一条有取值的代码在这一条中没有写",
                "codes of the entry before are missing in this one",
                "写明取值；不再有取值的写 null",
                "write their values, or null where there is none any more",
                ", ".join(lost),
            )

    def _neighbours(
        self, node: Node, fault: str, zh: str, en: str, remedy_zh: str, remedy_en: str, value: str
    ) -> None:
        self.page.fault(node, f"parameter.{fault}", zh, en, remedy_zh, remedy_en, value)


def _codes(definition: ParameterDefinition, keys: Iterable[CellKey]) -> list[str]:
    return [code for code in map(definition.code, keys) if code is not None]
