"""The entries of indicators read from their files; every fault with file and line, told at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yaml.nodes import Node, SequenceNode

from doudi.feeds import contracts
from doudi.law import library
from doudi.monitoring.entries import (
    FAMILIES,
    LEVELS,
    ORIGINS,
    SUBJECTS,
    TIME_KINDS,
    Indicator,
    Within,
    Words,
)
from doudi.monitoring.linked import MONTHS_KEPT
from doudi.programmes.catalogue import catalogue
from doudi.programmes.reading import EVERYWHERE
from doudi.rules.documents import Reference
from doudi.rules.errors import DoudiError, Problems, nearest
from doudi.rules.yaml_places import Page, line_of, read_page

KEYS = (
    "zh", "en", "number", "level", "subject", "rule", "says", "worse", "stands", "sources", "within", "responds", "visit",
    "helps", "reference", "origin", "verified", "region", "family", "numbers", "needs",
)  # fmt: skip
WORSE = ("higher", "lower")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_TIME = re.compile(r"([1-9][0-9]*) (hours|working|calendar)")
_COUNT = re.compile(r"0|[1-9][0-9]*")


def read_entries(path: Path, roles: Collection[str], problems: Problems) -> Iterator[Indicator]:
    """The indicators of one file in order; the class is the name of its folder. ``roles``: who may be asked to respond."""
    page, root = read_page(path, problems)
    entries = page.mapping(root, "指标文件", "the file of indicators") if root is not None else {}
    for id, node in entries.items():
        yield _Reader(page, path.parent.name, id, node, roles).indicator()


@dataclass
class _Reader:
    page: Page
    group: str
    id: str
    node: Node
    roles: Collection[str]
    fields: dict[str, Node] = field(default_factory=dict)

    @property
    def what(self) -> tuple[str, str]:
        """How faults call the entry."""
        return f"指标 {self.id}", f"indicator {self.id}"

    def indicator(self) -> Indicator:
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
        group: Any = self.group
        chosen: Any = {key: self._choice(key, known) for key, known in _CHOICES.items()}
        return Indicator(
            id=self.id, number=self._optional("number"), zh=self._text("zh"), en=self._text("en"), group=group, **chosen,
            rule="" if "needs" in self.fields else self._optional("rule") or self.id, says=self._words(self.fields.get("says"), "says"),
            worse=self._choice("worse", WORSE) if "worse" in self.fields else "",  # type: ignore[arg-type]
            stands=self._count("stands"), sources=self._sources(), within=self._within(),
            responds=self._choice("responds", self.roles),
            visit=tuple(self._words(each, "visit") for each in self._list("visit")),
            helps=tuple(self._helps()), references=tuple(self._references()), verified=self._text("verified") == "true",
            region=self._optional("region") or EVERYWHERE,
            family=self._choice("family", FAMILIES) if "family" in self.fields else "", programme="",
            numbers=self._numbers(),
            needs=self._words(self.fields["needs"], "needs") if "needs" in self.fields else None,
            file=self.page.file, line=line_of(self.node),
        )  # fmt: skip

    def _fault(
        self, node: Node, code: str, zh: str, en: str, value: str | None = None, remedy: tuple[str, str] = ("", "")
    ) -> None:  # fmt: skip
        of = (f"{self.what[0]}：{zh}", f"{self.what[1]}: {en}")
        self.page.fault(node, f"indicator.{code}", *of, *remedy, value)

    def _text(self, key: str) -> str:
        return self.page.required_text(self.node, self.fields, key, *self.what)

    def _optional(self, key: str) -> str:
        node = self.fields.get(key)
        return "" if node is None else self.page.text(node, *self.what) or ""

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

    def _words(self, node: Node | None, key: str) -> Words:
        if node is None:
            self.page.missing(self.node, key, *self.what)
            return Words("", "")
        fields = self.page.record(node, ("zh", "en"), *self.what)
        return Words(
            *(self.page.required_text(node, fields, language, *self.what) for language in ("zh", "en"))
        )

    def _count(self, key: str) -> int:
        text = self._optional(key) or "0"
        if not _COUNT.fullmatch(text):
            self._fault(self.fields[key], key, f"{key} 应为天数", f"{key} must be a number of days", text)
            return 0
        return int(text)

    def _sources(self) -> Mapping[str, int]:
        """Feeds with the months that each must reach back."""
        found: dict[str, int] = {}
        if "sources" not in self.fields:
            self.page.missing(self.node, "sources", *self.what)
            return found
        for feed, node in self.page.mapping(self.fields["sources"], *self.what).items():
            text = self.page.text(node, *self.what) or ""
            if feed not in contracts():
                near = nearest(feed, contracts()) or "doudi feeds contracts"
                self._fault(node, "sources", "没有这个数据目录", "there is no such feed", feed,
                            (f"相近的：{near}", f"did you mean {near}"))  # fmt: skip
            elif not _COUNT.fullmatch(text) or int(text) > MONTHS_KEPT:
                most = (f"应为月数，至多 {MONTHS_KEPT}", f"must be a number of months, at most {MONTHS_KEPT}")
                self._fault(node, "sources", *most, text)
            else:
                found[feed] = int(text)
        return found

    def _within(self) -> Within:
        text = self._text("within")
        match = _TIME.fullmatch(text)
        if text and match is None:
            kinds = ", ".join(TIME_KINDS)
            self._fault(self.fields["within"], "within", "响应时限的写法不对", "not a time to respond", text,
                        (f"如 3 working（{kinds}）", f"such as 3 working ({kinds})"))  # fmt: skip
        return Within(int(match[1]), match[2]) if match else Within(1, "working")

    def _helps(self) -> Iterator[str]:
        for node in self._list("helps"):
            text = self.page.text(node, *self.what) or ""
            self._known_programme(node, "helps", text)
            yield text

    def _numbers(self) -> Mapping[str, str]:
        """What a published list calls the indicators of a family, by programme."""
        found: dict[str, str] = {}
        if "numbers" in self.fields:
            for programme, node in self.page.mapping(self.fields["numbers"], *self.what).items():
                self._known_programme(node, "numbers", programme)
                found[programme] = self.page.text(node, *self.what) or ""
        return found

    def _known_programme(self, node: Node, key: str, id: str) -> None:
        if id not in catalogue().programmes:
            near = nearest(id, catalogue().programmes) or "doudi programmes list"
            self._fault(node, key, "没有这个项目", "no such programme", id,
                        (f"相近的：{near}", f"did you mean {near}"))  # fmt: skip

    def _references(self) -> Iterator[Reference]:
        node = self.fields.get("reference")
        if node is None:
            self.page.missing(self.node, "reference", *self.what)
            return
        for one in node.value if isinstance(node, SequenceNode) else [node]:
            text = self.page.text(one, *self.what) or ""
            try:
                yield library.documents().resolve(text)
            except DoudiError as error:
                for problem in error.problems:
                    told = (problem.zh, problem.en, problem.remedy_zh, problem.remedy_en)
                    self.page.fault(one, problem.code, *told, text)


_CHOICES: Mapping[str, Collection[str]] = {"level": LEVELS, "subject": SUBJECTS, "origin": ORIGINS}
