"""How programmes bear on each other: declared once for each pair, free of contradictions and circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from yaml.nodes import Node

from doudi.law import library
from doudi.programmes.entries import Programme
from doudi.rules.documents import Reference
from doudi.rules.errors import DoudiError, Problem, Problems, nearest
from doudi.rules.yaml_places import Page, line_of, read_page

KINDS = {
    "exclusive": ("不能同时享受", "never both"),
    "better_of": ("择高享受其中一项", "the higher of the two"),
    "netted": ("扣除对方后补差", "less what the other pays"),
    "requires": ("以对方为前提", "requires the other"),
    "after": ("在对方之后计算", "worked out after the other"),
    "counted": ("计入对方的收入", "counts as income for the other"),
    "not_counted": ("不计入对方的收入", "does not count as income for the other"),
}
CHOSEN = ("exclusive", "better_of", "netted")
"""Kinds that the combination sees to, unless the amounts themselves do."""
DIRECTED = ("netted", "requires", "after", "counted")
CONTRADICTIONS = (
    ("exclusive", "better_of"), ("exclusive", "netted"), ("exclusive", "requires"), ("better_of", "netted"),
    ("better_of", "requires"), ("counted", "not_counted"), ("exclusive", "after"), ("better_of", "after"),
    ("exclusive", "counted"), ("better_of", "counted"),
)  # fmt: skip
_KEYS = ("pair", "is", "kept_by", "income", "reference", "zh", "en")
_CAP_KEYS = ("of", "at", "reference", "zh", "en")
KEPT_BY = ("choice", "rules")


@dataclass(frozen=True, slots=True)
class Relation:
    """``one`` and ``other`` in one or more kinds. ``by_choice``: the combination sees to it, not the amounts themselves.

    ``income`` is the fact under which ``one`` would count as income for ``other``, where it is one.
    """

    one: str
    other: str
    kinds: tuple[str, ...]
    by_choice: bool
    income: str
    reference: Reference | None
    zh: str
    en: str
    file: str
    line: int

    @property
    def excludes(self) -> bool:
        """Whether only one of the two may be had."""
        return "exclusive" in self.kinds or "better_of" in self.kinds

    def sentence(self, lang: str = "zh") -> str:
        """What the relation says."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Cap:
    """Together these programmes pay at most the variable ``at`` (fen a year); the last in order gives way first."""

    of: tuple[str, ...]
    at: str
    reference: Reference | None
    zh: str
    en: str
    file: str
    line: int


@dataclass(frozen=True)
class Relations:
    """All relations and common caps."""

    pairs: tuple[Relation, ...] = ()
    caps: tuple[Cap, ...] = ()

    def of(self, programme: str) -> Iterator[Relation]:
        """The relations of a programme."""
        return (one for one in self.pairs if programme in (one.one, one.other))

    @cached_property
    def _chosen(self) -> tuple[Relation, ...]:
        return tuple(one for one in self.pairs if one.by_choice)

    @cached_property
    def _from(self) -> Mapping[str, tuple[Relation, ...]]:
        found: dict[str, list[Relation]] = {}
        for one in self._chosen:
            found.setdefault(one.one, []).append(one)
        return {name: tuple(each) for name, each in found.items()}

    def chosen_from(self, programme: str) -> tuple[Relation, ...]:
        """Those that the combination sees to and that begin with this programme."""
        return self._from.get(programme, ())

    def chosen(self) -> tuple[Relation, ...]:
        """Those that the combination sees to."""
        return self._chosen


def read_relations(path: Path, programmes: Mapping[str, Programme], problems: Problems) -> Relations:
    """The relations of a file; faults go to ``problems``."""
    page, root = read_page(path, problems)
    fields = (
        page.record(root, ("relations", "caps"), "关系文件", "the file of relations")
        if root is not None
        else {}
    )
    reader = _Reader(page, programmes)
    pairs = [reader.relation(node) for node in reader.items(fields, "relations")]
    caps = [reader.cap(node) for node in reader.items(fields, "caps")]
    found = Relations(tuple(one for one in pairs if one), tuple(one for one in caps if one))
    problems.extend(faults_of(found, programmes))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    page: Page
    programmes: Mapping[str, Programme]

    def items(self, fields: Mapping[str, Node], key: str) -> list[Node]:
        """The entries of a list that may be left out."""
        return self.page.sequence(fields[key], "关系文件", "the file of relations") if key in fields else []

    def relation(self, node: Node) -> Relation | None:
        """One relation, or None with its faults told."""
        what = ("关系", "a relation")
        fields = self.page.record(node, _KEYS, *what)
        before = len(self.page.problems)
        pair = self._names(node, fields, "pair", self.programmes)
        kinds = self._names(node, fields, "is", KINDS)
        if len(pair) != 2 and len(self.page.problems) == before:
            self.page.fault(node, "relation.pair", "pair 应写两个项目", "a pair has two programmes")
        usual = KEPT_BY[0] if set(kinds) & set(CHOSEN) else KEPT_BY[1]
        kept = self._text(fields, "kept_by") or usual
        if kept not in KEPT_BY:
            self.page.fault(
                node,
                "relation.kept_by",
                "没有这个值",
                "no such value",
                "可用：choice, rules",
                "use choice or rules",
                kept,
            )
        zh, en = (self.page.required_text(node, fields, key, *what) for key in ("zh", "en"))
        reference = self._reference(node, fields)
        if len(self.page.problems) > before:
            return None
        return Relation(
            pair[0], pair[1], tuple(kinds), kept == "choice", self._text(fields, "income"), reference, zh, en,
            self.page.file, line_of(node),
        )  # fmt: skip

    def cap(self, node: Node) -> Cap | None:
        """One common cap, or None with its faults told."""
        what = ("共同限额", "a common cap")
        fields = self.page.record(node, _CAP_KEYS, *what)
        before = len(self.page.problems)
        of = self._names(node, fields, "of", self.programmes)
        zh, en, at = (self.page.required_text(node, fields, key, *what) for key in ("zh", "en", "at"))
        reference = self._reference(node, fields)
        if len(self.page.problems) > before:
            return None
        return Cap(tuple(of), at, reference, zh, en, self.page.file, line_of(node))

    def _text(self, fields: Mapping[str, Node], key: str) -> str:
        return (self.page.text(fields[key], "关系", "a relation") or "") if key in fields else ""

    def _names(
        self, node: Node, fields: Mapping[str, Node], key: str, known: Mapping[str, object]
    ) -> list[str]:
        if key not in fields:
            self.page.missing(node, key, "关系", "a relation")
            return []
        texts = [
            self.page.text(one, "关系", "a relation") or ""
            for one in self.page.sequence(fields[key], "关系", "a relation")
        ]
        for text in texts:
            if text not in known:
                near = nearest(text, known)
                self.page.fault(node, f"relation.{key}", f"{key} 中没有这个值", f"{key} has no such value",
                                f"相近的：{near}", f"did you mean {near}", text)  # fmt: skip
        return texts

    def _reference(self, node: Node, fields: Mapping[str, Node]) -> Reference | None:
        text = self.page.required_text(node, dict(fields), "reference", "关系", "a relation")
        try:
            return library.documents().resolve(text) if text else None
        except DoudiError as error:
            for problem in error.problems:
                self.page.fault(
                    node, problem.code, problem.zh, problem.en, problem.remedy_zh, problem.remedy_en, text
                )
        return None


def faults_of(relations: Relations, programmes: Mapping[str, Programme]) -> Iterator[Problem]:
    """Pairs declared twice, kinds that contradict each other, choices between a person and a household, circles."""
    seen: dict[frozenset[str], Relation] = {}
    for one in relations.pairs:
        pair = frozenset((one.one, one.other))
        if len(pair) == 1:
            yield _fault(one, "itself", "项目与自己成对", "a programme is paired with itself")
        elif pair in seen:
            yield _fault(one, "twice", f"这一对已在第 {seen[pair].line} 行", f"the pair stands in line {seen[pair].line}",
                         "合并为一条，is 中写几种关系", "make it one entry with several kinds under is")  # fmt: skip
        seen.setdefault(pair, one)
        for first, second in CONTRADICTIONS:
            if first in one.kinds and second in one.kinds:
                yield _fault(
                    one, "contradiction", f"{first} 与 {second} 矛盾", f"{first} contradicts {second}"
                )
        yield from _unfit(one, programmes)
    yield from _circles(relations)


def _unfit(one: Relation, programmes: Mapping[str, Programme]) -> Iterator[Problem]:
    """What the combination cannot see to."""
    first, second = programmes[one.one], programmes[one.other]
    if not one.by_choice:
        return
    if first.unit != second.unit:
        yield _fault(one, "unit", "个人项目与家庭项目之间不能选择", "there is no choice between a person's programme and a household's",
                     "在规则中处理并写 kept_by: rules", "see to it in the rules and write kept_by: rules")  # fmt: skip
    if "netted" in one.kinds and first.period != second.period:
        yield _fault(one, "period", "发放周期不同，不能补差", "programmes of different periods cannot be netted",
                     "在规则中处理并写 kept_by: rules", "see to it in the rules and write kept_by: rules")  # fmt: skip


def _circles(relations: Relations) -> Iterator[Problem]:
    leads: dict[str, list[Relation]] = {}
    for one in relations.pairs:
        if set(one.kinds) & set(DIRECTED):
            leads.setdefault(one.one, []).append(one)
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> Iterator[Problem]:
        for relation in leads.get(name, ()):
            if relation.other in path:
                names = " → ".join([*path[path.index(relation.other) :], relation.other])
                yield _fault(relation, "circle", f"关系成环：{names}", f"relations go in a circle: {names}")
            elif relation.other not in done:
                yield from visit(relation.other, [*path, relation.other])
        done.add(name)

    for name in list(leads):
        if name not in done:
            yield from visit(name, [name])


def _fault(one: Relation, code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "") -> Problem:
    return Problem(f"relation.{code}", zh, en, remedy_zh, remedy_en, file=one.file, line=one.line,
                   value=f"{one.one}, {one.other}")  # fmt: skip
