"""Contract files read and held against each other: every fault with its file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from doudi.facts.vocabulary import Vocabulary
from doudi.feeds.contract_model import (
    KINDS,
    PERIODS,
    RECEIVED,
    SENSITIVITIES,
    STATE,
    TYPES,
    Contract,
    FeedError,
    Field,
)
from doudi.law import library
from doudi.rules.codes import CodeSet, load_code_sets
from doudi.rules.documents import Reference
from doudi.rules.errors import LawError, Problems
from doudi.rules.yaml_places import Page, is_null, read_page

_KEYS = (
    "zh", "en", "department", "basis", "purpose", "check_only", "kind", "period", "period_field", "due_days", "key",
    "supersedes_by", "correction", "fields",
)  # fmt: skip
_FIELD_KEYS = (
    "zh", "en", "headings", "type", "codes", "required", "range", "wrong", "sensitivity", "element", "verified",
)  # fmt: skip


def code_sets() -> dict[str, CodeSet]:
    """The code sets of the facts and those that only feeds need."""
    return {**Vocabulary.load().codes, **load_code_sets(Path(__file__).with_name("codes.yaml"))}


def read_contracts(paths: Sequence[Path]) -> Mapping[str, Contract]:
    """The contracts in these files, by the names of the files.

    Raises:
        FeedError: with every fault of all files.
    """
    problems = Problems()
    sets = code_sets()
    found = {}
    for path in paths:
        page, root = read_page(path, problems)
        if root is not None:
            found[path.stem] = _Reader(page, sets).contract(path, root)
    problems.raise_as(FeedError)
    return found


class _Reader:
    """Reads one contract file."""

    def __init__(self, page: Page, sets: Mapping[str, CodeSet]) -> None:
        self.page = page
        self.sets = sets

    def contract(self, path: Path, root: Node) -> Contract:
        page, what = self.page, ("数据目录", "a contract")
        entries = page.record(root, _KEYS, *what)
        department = self._pair(root, entries, "department")
        purpose = self._pair(root, entries, "purpose")
        correction = self._pair(root, entries, "correction")
        fields = self._fields(root, entries)
        if STATE not in fields:
            page.missing(root, f"fields.{STATE}", *what)
        due = page.text(entries["due_days"], "due_days", "due_days") if "due_days" in entries else None
        made = Contract(
            name=path.stem,
            zh=page.required_text(root, entries, "zh", *what),
            en=page.required_text(root, entries, "en", *what),
            department_zh=department[0],
            department_en=department[1],
            basis=self._basis(root, entries),
            purpose_zh=purpose[0],
            purpose_en=purpose[1],
            kind=self._choice(root, entries, "kind", KINDS),
            period=self._choice(root, entries, "period", PERIODS),
            period_field=self._text(entries, "period_field"),
            due_days=int(due) if due and due.isdigit() else None,
            key=self._words(entries, "key"),
            supersedes_by=self._choice(root, entries, "supersedes_by", ("key", "key_and_period")),
            correction_zh=correction[0],
            correction_en=correction[1],
            check_only=self._text(entries, "check_only") == "true",
            fields=fields,
            file=path.name,
        )
        self._agree(root, made)
        return made

    def _agree(self, root: Node, made: Contract) -> None:
        """The key and the field of the period must be required columns; two fields may not share a heading."""
        columns = (*made.key, *([made.period_field] if made.period_field else ()))
        for column in columns:
            if column not in made.fields or not made.fields[column].required:
                self._fault(root, "feed.key", f"{column} 应是必有的列", f"{column} must be a required column")
        if not made.key:
            self.page.missing(root, "key", "数据目录", "a contract")
        if (made.kind == "events") != bool(made.period_field):
            self._fault(
                root, "feed.period_field", "events 须写 period_field，snapshot 不写",
                "events need a period_field, a snapshot has none",
            )  # fmt: skip
        if (made.period == "on_request") != (made.due_days is None):
            self._fault(root, "feed.due", "定期报送的须写 due_days", "a regular feed needs due_days")
        seen: dict[str, str] = {}
        for field in made.fields.values():
            for heading in field.headings:
                if heading in seen and seen[heading] != field.name:
                    self._fault(
                        root, "feed.heading", f"列名“{heading}”写给了两列", f"two columns share {heading}"
                    )
                seen[heading] = field.name

    def _fields(self, root: Node, entries: Mapping[str, Node]) -> dict[str, Field]:
        if "fields" not in entries:
            self.page.missing(root, "fields", "数据目录", "a contract")
            return {}
        nodes = self.page.mapping(entries["fields"], "fields", "fields")
        return {name: self._field(name, node) for name, node in nodes.items()}

    def _field(self, name: str, node: Node) -> Field:
        what = (f"列 {name}", f"the column {name}")
        entries = self.page.record(node, _FIELD_KEYS, *what)
        zh = self.page.required_text(node, entries, "zh", *what)
        if "element" not in entries or "verified" not in entries:
            self.page.missing(node, "element, verified", *what)
        codes = self._text(entries, "codes")
        if (codes is not None and codes not in self.sets) or (
            codes is None and self._text(entries, "type") == "code"
        ):
            self._fault(node, "feed.codes", f"{what[0]}没有可用的代码集", f"{what[1]} has no known code set")
        least, greatest = self._range(entries)
        wrong: Any = (
            self._choice(node, entries, "wrong", ("reject", "blank")) if "wrong" in entries else "reject"
        )
        return Field(
            name=name,
            zh=zh,
            en=self.page.required_text(node, entries, "en", *what),
            headings=(zh, *self._words(entries, "headings")),
            type=self._choice(node, entries, "type", TYPES),
            sensitivity=self._choice(node, entries, "sensitivity", SENSITIVITIES),
            required=self._text(entries, "required") == "true",
            codes=self.sets.get(codes) if codes else None,
            least=least,
            greatest=greatest,
            wrong=wrong,
            element=self._text(entries, "element"),
            verified=self._text(entries, "verified") == "true",
        )

    def _range(self, entries: Mapping[str, Node]) -> tuple[str | None, str | None]:
        if "range" not in entries:
            return None, None
        ends = self._words(entries, "range")
        if len(ends) != 2 or ends[0] == RECEIVED:
            self._fault(
                entries["range"],
                "feed.range",
                "range 应写成 [下限, 上限]",
                "write range as [least, greatest]",
            )
            return None, None
        return ends[0], ends[1]

    def _basis(self, root: Node, entries: Mapping[str, Node]) -> tuple[Reference, ...]:
        found = []
        for text in self._words(entries, "basis"):
            try:
                found.append(library.documents().resolve(text))
            except LawError as error:
                for problem in error.problems:
                    self.page.fault(
                        entries["basis"], problem.code, problem.zh, problem.en, problem.remedy_zh, problem.remedy_en,
                        text,
                    )  # fmt: skip
        if "basis" not in entries:
            self.page.missing(root, "basis", "数据目录", "a contract")
        return tuple(found)

    def _pair(self, root: Node, entries: Mapping[str, Node], key: str) -> tuple[str, str]:
        if key not in entries:
            self.page.missing(root, key, "数据目录", "a contract")
            return "", ""
        inner = self.page.record(entries[key], ("zh", "en"), key, key)
        zh, en = (self.page.required_text(entries[key], inner, each, key, key) for each in ("zh", "en"))
        return zh, en

    def _choice(self, owner: Node, entries: Mapping[str, Node], key: str, choices: Sequence[str]) -> str:
        text = self._text(entries, key)
        if text is None or text not in choices:
            can = ", ".join(choices)
            self._fault(
                entries.get(key, owner), "feed.choice", f"{key} 应为 {can} 之一", f"{key} is one of {can}"
            )
            return choices[0]
        return text

    def _words(self, entries: Mapping[str, Node], key: str) -> tuple[str, ...]:
        if key not in entries:
            return ()
        items = (self.page.text(node, key, key) for node in self.page.sequence(entries[key], key, key))
        return tuple(item for item in items if item)

    def _text(self, entries: Mapping[str, Node], key: str) -> str | None:
        if key not in entries or is_null(entries[key]):
            return None
        return self.page.text(entries[key], key, key)

    def _fault(self, node: Node, code: str, zh: str, en: str) -> None:
        self.page.fault(node, code, zh, en)
