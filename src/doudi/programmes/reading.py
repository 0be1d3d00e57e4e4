"""The entries of the catalogue read from their files; every fault with file and line, told at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from yaml.nodes import Node, SequenceNode

from doudi.law import library
from doudi.programmes.entries import (
    ACCESS,
    APPLICANT,
    DAY_KINDS,
    DECIDERS,
    FORMS,
    PERIODS,
    STAGES,
    UNITS,
    Document,
    Funding,
    Organisation,
    Programme,
    TimeLimit,
)
from doudi.rules.documents import Reference
from doudi.rules.errors import DoudiError, Problems, nearest
from doudi.rules.parameters import as_day
from doudi.rules.yaml_places import Page, is_null, line_of, read_page

EVERYWHERE = "000000"
KEYS = (
    "zh", "en", "organisation", "decides", "access", "period", "unit", "form", "due", "amount", "documents", "funding",
    "reference", "region", "time_limit", "held_as", "stage", "held_with",
)  # fmt: skip
SHARES = ("central", "province", "prefecture", "county", "own")
CHOICES: Mapping[str, Collection[str]] = {
    "access": ACCESS, "period": PERIODS, "unit": UNITS, "form": FORMS, "decides": DECIDERS,
}  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9_]*")
_SHARE = re.compile(r"[01](\.[0-9]{1,4})?")
_TIME = re.compile(r"([1-9][0-9]*) (working|calendar|hours)")
WHOLE = 10_000


def read_organisations(path: Path, problems: Problems) -> dict[str, Organisation]:
    """The departments and organisations by id."""
    page, root = read_page(path, problems)
    found: dict[str, Organisation] = {}
    for name, node in (
        page.mapping(root, "机构文件", "the file of organisations").items() if root is not None else ()
    ):
        what = (f"机构 {name}", f"organisation {name}")
        fields = page.record(node, ("zh", "en", "kind"), *what)
        zh, en, kind = (page.required_text(node, fields, key, *what) for key in ("zh", "en", "kind"))
        found[name] = Organisation(name, zh, en, kind)
    return found


def read_entries(
    path: Path, organisations: Collection[str], held: Collection[str], problems: Problems
) -> Iterator[Programme]:
    """The programmes of one file in order. ``held``: the codes under which basic living aid is held."""
    page, root = read_page(path, problems)
    entries = page.mapping(root, "项目文件", "the file of programmes") if root is not None else {}
    for name, node in entries.items():
        reader = _Reader(page, path.parent.name, name, node, organisations, held)
        yield reader.programme()


@dataclass
class _Reader:
    page: Page
    group: str
    id: str
    node: Node
    organisations: Collection[str]
    held: Collection[str]
    fields: dict[str, Node] = field(default_factory=dict)

    @property
    def what(self) -> tuple[str, str]:
        """How faults call the entry."""
        return f"项目 {self.id}", f"programme {self.id}"

    def programme(self) -> Programme:
        """The entry; what is at fault is left at a default, with the fault told."""
        self.fields = self.page.record(self.node, KEYS, *self.what)
        if not _ID.fullmatch(self.id):
            self._fault(
                self.node,
                "id",
                "代码只用小写字母、数字和下划线",
                "an id has small letters, digits, underscores",
                self.id,
            )
        chosen: Any = {key: self._choice(key, known) for key, known in CHOICES.items()}
        return Programme(
            id=self.id, group=self.group, zh=self._text("zh"), en=self._text("en"),
            organisation=self._choice("organisation", self.organisations), **chosen,
            due=self._optional("due", f"{self.id}_due"),
            amount=self._optional("amount", "" if chosen["form"] == "service" else f"{self.id}_amount"),
            documents=tuple(self._documents()), funding=tuple(self._funding()), references=tuple(self._references()),
            region=self._optional("region", EVERYWHERE), time_limit=self._time_limit(),
            held_as=self._choice("held_as", self.held) if "held_as" in self.fields else "",
            stage=self._choice("stage", STAGES) if "stage" in self.fields else "",
            held_with=self._optional("held_with", ""),
            file=self.page.file, line=line_of(self.node),
        )  # fmt: skip

    def _fault(
        self,
        node: Node,
        code: str,
        zh: str,
        en: str,
        value: str | None = None,
        remedy: tuple[str, str] = ("", ""),
    ) -> None:
        of = (f"{self.what[0]}：{zh}", f"{self.what[1]}: {en}")
        self.page.fault(node, f"programme.{code}", *of, *remedy, value)

    def _text(self, key: str) -> str:
        return self.page.required_text(self.node, self.fields, key, *self.what)

    def _optional(self, key: str, default: str) -> str:
        node = self.fields.get(key)
        return default if node is None else self.page.text(node, *self.what) or ""

    def _choice(self, key: str, known: Collection[str]) -> str:
        text = self._text(key)
        if text and text not in known:
            near = nearest(text, known) or ", ".join(known)
            self._fault(self.fields[key], key, f"{key} 没有这个值", f"{key} has no such value", text,
                        (f"可用：{near}", f"use {near}"))  # fmt: skip
        return text

    def _list(self, key: str) -> list[Node]:
        if key not in self.fields:
            self.page.missing(self.node, key, *self.what)
            return []
        return self.page.sequence(self.fields[key], *self.what)

    def _documents(self) -> Iterator[Document]:
        for node in self._list("documents"):
            fields = self.page.record(node, ("zh", "en", "held_by"), *self.what)
            zh, en, by = (
                self.page.required_text(node, fields, key, *self.what) for key in ("zh", "en", "held_by")
            )
            if by and by != APPLICANT and by not in self.organisations:
                near = nearest(by, [*self.organisations, APPLICANT])
                self._fault(
                    node,
                    "held_by",
                    "没有这个机构",
                    "no such organisation",
                    by,
                    (f"相近的：{near}", f"did you mean {near}"),
                )
            yield Document(zh, en, by)

    def _funding(self) -> Iterator[Funding]:
        last = 0
        for node in self._list("funding"):
            fields = self.page.record(node, ("from", *SHARES, "reference", "verified"), *self.what)
            shares = [self._share(node, fields, key) for key in SHARES]
            since, reference = self._day(node, fields), self._reference(fields.get("reference"))
            if sum(shares) != WHOLE:
                self._fault(
                    node,
                    "shares",
                    "各级分担比例之和不是 1",
                    "the shares do not add up to 1",
                    str(Decimal(sum(shares)) / WHOLE),
                )
            if since <= last:
                self._fault(node, "order", "日期应由早到晚", "the dates must rise")
            last = since
            if reference is not None:
                verified = self.page.required_text(node, fields, "verified", *self.what) == "true"
                central, province, prefecture, county, own = shares
                yield Funding(since, central, province, prefecture, county, own, reference, verified)

    def _share(self, node: Node, fields: dict[str, Node], key: str) -> int:
        text = self.page.required_text(node, fields, key, *self.what)
        if not _SHARE.fullmatch(text):
            self._fault(
                node, "share", f"{key} 应为 0 到 1 的小数", f"{key} must be a decimal from 0 to 1", text
            )
            return 0
        return int(Decimal(text) * WHOLE)

    def _day(self, node: Node, fields: dict[str, Node]) -> int:
        text = self.page.required_text(node, fields, "from", *self.what)
        try:
            return as_day(text)
        except DoudiError:
            self._fault(node, "day", "不是有效日期", "not a valid date", text)
            return 0

    def _references(self) -> Iterator[Reference]:
        node = self.fields.get("reference")
        if node is None:
            self.page.missing(self.node, "reference", *self.what)
            return
        for one in node.value if isinstance(node, SequenceNode) else [node]:
            found = self._reference(one)
            if found is not None:
                yield found

    def _reference(self, node: Node | None) -> Reference | None:
        text = None if node is None or is_null(node) else self.page.text(node, *self.what)
        if node is None or not text:
            self.page.missing(self.node, "reference", *self.what)
            return None
        try:
            return library.documents().resolve(text)
        except DoudiError as error:
            for problem in error.problems:
                self.page.fault(
                    node, problem.code, problem.zh, problem.en, problem.remedy_zh, problem.remedy_en, text
                )
        return None

    def _time_limit(self) -> TimeLimit | None:
        node = self.fields.get("time_limit")
        if node is None:
            return None
        text = self.page.text(node, *self.what) or ""
        match = _TIME.fullmatch(text)
        if match is None:
            kinds = ", ".join(DAY_KINDS)
            self._fault(
                node,
                "time_limit",
                "时限的写法不对",
                "not a time limit",
                text,
                (f"如 30 working（{kinds}）", f"such as 30 working ({kinds})"),
            )
            return None
        return TimeLimit(int(match[1]), match[2])
