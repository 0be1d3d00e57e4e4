"""Reading definition files: what each parameter is, and its national values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yaml.nodes import MappingNode, Node

from doudi.rules.codes import CodeSet, read_code_set
from doudi.rules.documents import Document, Documents, Reference
from doudi.rules.errors import LawError, Problem, Problems, nearest
from doudi.rules.parameters._days import FIRST_YEAR
from doudi.rules.parameters._entries import EntryReader
from doudi.rules.parameters._levels import LEVELS
from doudi.rules.parameters.model import NATIONAL, Floor, ParameterDefinition, Range, SetBy
from doudi.rules.units import Unit, unit
from doudi.rules.yaml_places import Page, line_of, read_page

_KEYS = (
    "zh",
    "en",
    "description",
    "unit",
    "kind",
    "by",
    "choices",
    "range",
    "reference",
    "yearly",
    "floor_by",
    "floor_from",
    "floor_reference",
    "cells_from",
    "set_by",
    "set_by_from",
    "set_by_reference",
    "values",
)
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_NOWHERE = Reference(Document("", "", ""))
_GREATEST = 2**62


def read_definitions(
    files: Iterable[tuple[Path, str]],
    documents: Documents,
    code_sets: Mapping[str, CodeSet],
    problems: Problems,
) -> tuple[dict[str, ParameterDefinition], set[str]]:
    """All parameters of the files, each given with the name kept in sources; faults go to ``problems``.

    Also the names of those whose unit, table, choices or range is at fault: they are read without values.
    """
    found: dict[str, ParameterDefinition] = {}
    unusable: set[str] = set()
    for path, label in files:
        page, root = read_page(path, problems)
        reader = _DefinitionReader(page, EntryReader(page, documents, NATIONAL, label), code_sets, unusable)
        entries = page.mapping(root, "参数文件", "the definition file") if root is not None else {}
        for name, node in entries.items():
            if name in found:
                page.fault(
                    node,
                    "parameter.defined_twice",
                    "参数已在别处定义",
                    "the parameter is defined elsewhere",
                    f"见 {found[name].file}:{found[name].line}",
                    f"see {found[name].file}:{found[name].line}",
                    name,
                )
            else:
                found[name] = reader.read(name, node)
    _check_floors(found, {label: path for path, label in files}, problems)
    return found, unusable


@dataclass(frozen=True, slots=True)
class _DefinitionReader:
    page: Page
    entries: EntryReader
    code_sets: Mapping[str, CodeSet]
    unusable: set[str]

    def read(self, name: str, node: Node) -> ParameterDefinition:
        what = (f"参数 {name}", f"parameter {name}")
        fields = self.page.record(node, _KEYS, *what)
        if not _NAME.fullmatch(name):
            self.page.fault(
                node,
                "parameter.bad_name",
                "参数名只用小写字母、数字、下划线和点",
                "a parameter name has small letters, digits, underscores and dots",
                value=name,
            )
        texts = [self.page.required_text(node, fields, key, *what) for key in ("zh", "en", "description")]
        before = len(self.page.problems)
        measure = self._unit(node, fields, what)
        by = self._table(fields)
        choices = self._choices(name, node, fields, measure, what)
        limits = self._range(node, fields, measure, choices, what)
        if len(self.page.problems) > before:
            self.unusable.add(name)
        reference = self._reference(node, fields, "reference", what)
        definition = ParameterDefinition(
            name,
            texts[0],
            texts[1],
            texts[2],
            measure,
            by,
            choices,
            limits,
            reference or _NOWHERE,
            self.entries.flag(fields["yearly"]) if "yearly" in fields else False,
            self._floor(fields, reference or _NOWHERE),
            self.entries.file,
            line_of(node),
            cells_from=self._cells_from(fields, by),
            set_by=self._set_by(fields, reference or _NOWHERE),
        )
        if "values" not in fields:
            self.page.missing(node, "values", *what)
        elif name not in self.unusable:
            return replace(definition, values=self.entries.read(definition, fields["values"]))
        return definition

    def _reference(
        self, node: Node, fields: dict[str, Node], key: str, what: tuple[str, str]
    ) -> Reference | None:
        if key in fields:
            return self.entries.reference(fields[key])
        self.page.missing(node, key, *what)
        return None

    def _unit(self, node: Node, fields: dict[str, Node], what: tuple[str, str]) -> Unit:
        text = self.page.required_text(node, fields, "unit", *what)
        try:
            measure = unit(text) if text else unit("count")
        except LawError as error:
            self.entries.place(error, fields["unit"])
            return unit("count")
        kind = self.page.text(fields["kind"], *what) if "kind" in fields else measure.kind
        if kind != measure.kind:
            self.page.fault(
                fields["kind"],
                "parameter.kind",
                "kind 与单位不符",
                "kind does not fit the unit",
                f"{text} 是 {measure.kind}",
                f"{text} is {measure.kind}",
                kind,
            )
        return measure

    def _table(self, fields: dict[str, Node]) -> CodeSet | None:
        text = self.page.text(fields["by"], "by", "by") if "by" in fields else None
        if text is None or text in self.code_sets:
            return None if text is None else self.code_sets[text]
        near = nearest(text, self.code_sets) or ", ".join(self.code_sets)
        self.page.fault(
            fields["by"],
            "parameter.unknown_code_set",
            "没有这个代码集",
            "no such code set",
            f"可用：{near}",
            f"use {near}",
            text,
        )
        return None

    def _cells_from(self, fields: dict[str, Node], by: CodeSet | None) -> tuple[tuple[int, int], ...]:
        written = fields.get("cells_from")
        if written is None or by is None:
            if written is not None and "by" not in fields:
                self._cells_from_fault(
                    written, "只有按代码取值的参数有 cells_from", "only a table has cells_from"
                )
            return ()
        found: dict[int, int] = {}
        places: dict[int, Node] = {}
        nodes = self.page.mapping(written, "cells_from", "cells_from")
        for code, node in nodes.items():
            other = self.page.text(node, "cells_from", "cells_from") or ""
            unknown = [by.unknown(each) for each in (code, other) if each not in by]
            if unknown:
                self.entries.place(LawError(unknown), node)
            elif by.index(code) in found:
                self._cells_from_fault(node, "同一代码写了两次", "the same code written twice", code)
            else:
                found[by.index(code)] = by.index(other)
                places[by.index(code)] = node
        for key in [key for key, other in found.items() if other in found]:
            self._cells_from_fault(
                places[key], "所取的代码本身也取自别处", "the code taken from is itself taken", by.code(key)
            )
        return tuple(found.items())

    def _cells_from_fault(self, node: Node, zh: str, en: str, value: str | None = None) -> None:
        self.page.fault(
            node,
            "parameter.cells_from",
            zh,
            en,
            "写成 {代码: 有自己取值的另一代码}",
            "write it like {code: another code with values of its own}",
            value,
        )

    def _choices(
        self, name: str, node: Node, fields: dict[str, Node], measure: Unit, what: tuple[str, str]
    ) -> CodeSet | None:
        if (measure.kind == "choice") != ("choices" in fields):
            if measure.kind == "choice":
                self.page.missing(node, "choices", *what)
            else:
                self.page.fault(
                    fields["choices"],
                    "parameter.choices",
                    "只有单位为 choice 的参数有 choices",
                    "only a parameter with unit choice has choices",
                    "去掉 choices",
                    "leave out choices",
                )
            return None
        if measure.kind != "choice":
            return None
        if isinstance(fields["choices"], MappingNode):
            return read_code_set(self.page, name, fields["choices"])
        items = self.page.sequence(fields["choices"], "choices", "choices")
        codes = [code for code in (self.page.text(item, "choices", "choices") for item in items) if code]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            self.page.fault(
                fields["choices"],
                "parameter.choices",
                "choices 须为两个以上不同的代码",
                "choices must be two or more different codes",
            )
        return CodeSet(name, {code: (code, code) for code in codes})

    def _range(
        self,
        node: Node,
        fields: dict[str, Node],
        measure: Unit,
        choices: CodeSet | None,
        what: tuple[str, str],
    ) -> Range:
        if not measure.numeric:
            if "range" in fields:
                self.page.fault(
                    fields["range"],
                    "parameter.range",
                    "只有数值有 range",
                    "only numbers have a range",
                    "去掉 range",
                    "leave out range",
                )
            return (0, max(0, len(choices) - 1) if choices is not None else 1)
        if "range" not in fields:
            self.page.missing(node, "range", *what)
            return (0, 0)
        items = self.page.sequence(fields["range"], "range", "range")
        try:
            low, high = (measure.parse(self.page.text(item, "range", "range") or "") for item in items)
        except LawError as error:
            self.entries.place(error, fields["range"])
            return (0, 0)
        except ValueError:
            low, high = 1, 0
        if not -_GREATEST <= low <= high <= _GREATEST:
            self.page.fault(
                fields["range"],
                "parameter.range",
                "range 须为 [最小, 最大]",
                "range must be [least, greatest]",
                "写成 [0, 10000]",
                "write it like [0, 10000]",
            )
        return (low, high)

    def _set_by(self, fields: dict[str, Node], reference: Reference) -> SetBy | None:
        """The lowest level that may set the parameter, since when, and by which article."""
        written = [key for key in ("set_by", "set_by_from", "set_by_reference") if key in fields]
        if not written:
            return None
        level = self.page.text(fields["set_by"], "set_by", "set_by") if "set_by" in fields else None
        if level not in LEVELS:
            self.page.fault(
                fields[written[0]],
                "parameter.set_by",
                "set_by 须为可以规定该参数的最低层级",
                "set_by must be the lowest level that may set the parameter",
                "可用：" + "、".join(LEVELS),
                "use " + ", ".join(LEVELS),
                level,
            )
            return None
        start = self.entries.day(fields["set_by_from"]) if "set_by_from" in fields else None
        cited = self.entries.reference(fields["set_by_reference"]) if "set_by_reference" in fields else None
        return SetBy(level, start or FIRST_YEAR * 10_000 + 101, cited or reference)

    def _floor(self, fields: dict[str, Node], reference: Reference) -> Floor | None:
        name = self.page.text(fields["floor_by"], "floor_by", "floor_by") if "floor_by" in fields else None
        if name is None:
            for key in [key for key in ("floor_from", "floor_reference") if key in fields]:
                self.page.fault(
                    fields[key],
                    "parameter.floor",
                    f"{key} 须与 floor_by 同写",
                    f"{key} needs floor_by",
                    "补写 floor_by",
                    "write floor_by",
                )
            return None
        start = self.entries.day(fields["floor_from"]) if "floor_from" in fields else None
        cited = self.entries.reference(fields["floor_reference"]) if "floor_reference" in fields else None
        return Floor(name, start or FIRST_YEAR * 10_000 + 101, cited or reference)


def _check_floors(
    definitions: Mapping[str, ParameterDefinition], paths: Mapping[str, Path], problems: Problems
) -> None:
    for definition in definitions.values():
        if definition.floor is not None:
            problem = _floor_problem(definition, definition.floor.parameter, definitions)
            if problem is not None:
                problems.add(replace(problem, file=str(paths[definition.file]), line=definition.line))


def _floor_problem(
    definition: ParameterDefinition, name: str, definitions: Mapping[str, ParameterDefinition]
) -> Problem | None:
    floor = definitions.get(name)
    if floor is None:
        near = nearest(name, definitions)
        return Problem(
            "parameter.unknown",
            "floor_by 所指的参数不存在",
            "floor_by names no parameter",
            f"相近的：{near}" if near else "",
            f"did you mean {near}" if near else "",
            value=name,
        )
    if floor.unit is definition.unit and floor.by == definition.by and floor.unit.numeric:
        return None
    return Problem(
        "parameter.floor",
        "floor_by 所指的参数单位或分类不同",
        "floor_by names a parameter with another unit or table",
        "两者须同单位、同 by",
        "both need the same unit and by",
        value=name,
    )
