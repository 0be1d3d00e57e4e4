"""Reading files of procedure cases; every fault of all files is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode

from doudi.procedure.case import Actor, Plain
from doudi.procedure.cases.model import ClockAlone, Done, Expected, ProcedureCase
from doudi.procedure.procedure import FOLDER, Procedure, procedure
from doudi.procedure.yaml_fields import unknown_word, words_at
from doudi.rules.errors import CaseError, ParameterError, Problems
from doudi.rules.units import unit
from doudi.rules.yaml_places import Page, line_of, read_page

_CASE = (
    "case", "en", "source", "region", "kind", "kin", "events", "refused", "expect", "clock", "from", "pauses", "facts",
)  # fmt: skip
_EXPECT = ("at", "stage", "owner", "clocks", "facts", "may", "may_not", "documents", "opens")
USUAL_REGION = "999901"


def case_files() -> list[Path]:
    """The files of cases that ship."""
    return sorted(FOLDER.rglob("*.cases.yaml"))


def read_cases(paths: Iterable[Path] | None = None) -> list[ProcedureCase]:
    """All cases of the files, or folders of files, in ``paths``; of those that ship when it is None.

    Raises:
        CaseError: every fault of all files, each with file and line.
    """
    problems = Problems()
    files = case_files() if paths is None else [file for path in paths for file in _files(path)]
    found = [case for file in files for case in _read_file(file, problems)]
    problems.raise_as(CaseError)
    return found


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.cases.yaml")) if path.is_dir() else [path]


def _read_file(path: Path, problems: Problems) -> list[ProcedureCase]:
    page, root = read_page(path, problems)
    if root is None:
        return []
    what = ("案例文件", "the file of cases")
    fields = page.record(root, ("histories", "cases"), *what)
    reader = _Reader(page, procedure())
    for name, node in page.mapping(fields["histories"], *what).items() if "histories" in fields else ():
        reader.histories[name] = reader.steps(node)
    if "cases" not in fields:
        page.missing(root, "cases", *what)
        return []
    return [reader.case(node) for node in page.sequence(fields["cases"], *what)]


@dataclass(slots=True)
class _Reader:
    page: Page
    rules: Procedure
    histories: dict[str, tuple[Done, ...]] = field(default_factory=dict)

    def case(self, node: Node) -> ProcedureCase:
        what = ("案例", "a case")
        fields = self.page.record(node, _CASE, *what)
        zh, en, source = (
            self.page.required_text(node, fields, key, *what) for key in ("case", "en", "source")
        )
        kind = self._text(fields, "kind")
        if kind and kind not in self.rules.machines:
            unknown_word(self.page, fields["kind"], kind, self.rules.machines, "程序", "kind of case")
        if not kind and "clock" not in fields:
            self.page.missing(node, "kind", *what)
        return ProcedureCase(
            zh, en, source, self._text(fields, "region") or USUAL_REGION, kind,
            frozenset(words_at(self.page, fields, "kin")),
            self.steps(fields["events"]) if "events" in fields else (),
            self.steps(fields["refused"]) if "refused" in fields else (),
            self._clock(fields), self._expected(fields["expect"]) if "expect" in fields else None,
            self.page.file, line_of(node),
        )  # fmt: skip

    def steps(self, node: Node) -> tuple[Done, ...]:
        found: list[Done] = []
        for item in self.page.sequence(node, "环节", "steps"):
            fields = self.page.record(item, ("after", "do", "at", "by", "with", "because"), "环节", "a step")
            if "after" in fields:
                name = self._text(fields, "after")
                if name not in self.histories:
                    unknown_word(self.page, item, name, self.histories, "经过", "history")
                found += self.histories.get(name, ())
            else:
                found.append(self._step(item, fields))
        return tuple(found)

    def _step(self, node: Node, fields: dict[str, Node]) -> Done:
        what = ("环节", "a step")
        name = self.page.required_text(node, fields, "do", *what)
        entries = self.page.mapping(fields["with"], *what) if "with" in fields else {}
        inputs = {key: self._value(key, value) for key, value in entries.items()}
        at = self._moment(fields["at"]) if "at" in fields else datetime.min
        return Done(name, at, self._actor(fields, node), inputs, words_at(self.page, fields, "because"))

    def _actor(self, fields: dict[str, Node], node: Node) -> Actor:
        text = self.page.required_text(node, fields, "by", "环节", "a step")
        role = text.partition("/")[0]
        if role and role not in self.rules.roles:
            unknown_word(self.page, node, role, self.rules.roles, "角色", "role")
        return Actor(text, role)

    def _value(self, name: str, node: Node) -> Plain:
        each = self.rules.inputs.get(name)
        if each is None:
            unknown_word(self.page, node, name, self.rules.inputs, "填写项", "input")
            return ""
        if each.kind == "steps" and isinstance(node, MappingNode):
            entries = self.page.mapping(node, name, name)
            return tuple((month, self._fen(sum_)) for month, sum_ in entries.items())
        if not isinstance(node, ScalarNode):
            return words_at(self.page, {name: node}, name)
        text = str(node.value)
        if each.kind == "money":
            return self._fen(node)
        if each.kind == "count" and text.isdigit():
            return int(text)
        return text == "true" if each.kind == "flag" and text in ("true", "false") else text

    def _fen(self, node: Node) -> int:
        text = self.page.text(node, "金额", "a sum") or ""
        try:
            return unit("CNY").parse(text)
        except ParameterError:
            self.page.fault(
                node, "case.money", "金额不对", "no sum in yuan", "写成 560.00", "write 560.00", text
            )
            return 0

    def _moment(self, node: Node) -> datetime:
        text = self.page.text(node, "时间", "a moment") or ""
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            self.page.fault(
                node, "date.bad", "没有这个时间", "no such moment", "写成 2026-09-01 或 2026-09-01 21:30",
                "write it like 2026-09-01 or 2026-09-01 21:30", text,
            )  # fmt: skip
            return datetime.min

    def _clock(self, fields: dict[str, Node]) -> ClockAlone | None:
        if "clock" not in fields:
            return None
        name = self._text(fields, "clock")
        if name not in self.rules.clocks:
            unknown_word(self.page, fields["clock"], name, self.rules.clocks, "时限", "clock")
        start = self._moment(fields["from"]) if "from" in fields else datetime.min
        spans = self.page.sequence(fields["pauses"], "pauses", "pauses") if "pauses" in fields else []
        ends = [[self._moment(end) for end in self.page.sequence(span, "pauses", "pauses")] for span in spans]
        return ClockAlone(
            name,
            start,
            tuple((span[0], span[1]) for span in ends if len(span) == 2),
            self._words(fields, "facts"),
        )

    def _expected(self, node: Node) -> Expected:
        what = ("expect", "expect")
        fields = self.page.record(node, _EXPECT, *what)
        if "at" not in fields:
            self.page.missing(node, "at", *what)
        clocks = self.page.mapping(fields["clocks"], *what) if "clocks" in fields else {}
        may = self.page.mapping(fields["may"], *what) if "may" in fields else {}
        return Expected(
            self._moment(fields["at"]) if "at" in fields else datetime.min,
            self._text(fields, "stage"),
            self._text(fields, "owner"),
            {name: self._words({name: body}, name) for name, body in clocks.items()},
            self._words(fields, "facts"),
            {role: words_at(self.page, {role: steps}, role) for role, steps in may.items()},
            self.steps(fields["may_not"]) if "may_not" in fields else (),
            words_at(self.page, fields, "documents"),
            words_at(self.page, fields, "opens"),
        )

    def _words(self, fields: Mapping[str, Node], key: str) -> dict[str, str]:
        if key not in fields:
            return {}
        entries = self.page.mapping(fields[key], key, key)
        return {name: self.page.text(body, name, name) or "" for name, body in entries.items()}

    def _text(self, fields: Mapping[str, Node], key: str) -> str:
        return (self.page.text(fields[key], key, key) or "") if key in fields else ""
