"""YAML read as written: the text of every scalar and the line where it stands.

Values are never turned into floats, dates or booleans here; whoever reads a field decides what its text means. So
``1.10`` keeps its zero, ``610100`` stays a region code, and every fault can name its file and line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from doudi.rules.errors import Problem, Problems, nearest

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
DEEPEST = 100
"""How many lists and mappings may stand in each other; parsing more of them can exhaust the stack of the process."""
_INDENTED = re.compile(rb"[ ?:\-\t\r\n\0]{%d}" % (DEEPEST // 2))


def is_null(node: Node) -> bool:
    """Whether the node is an explicit null (``null``, ``~`` or nothing after the colon)."""
    return node.tag == _NULL


def line_of(node: Node) -> int:
    """The line of the node in its file, counted from 1."""
    return int(node.start_mark.line) + 1


@dataclass(frozen=True, slots=True)
class Page:
    """One YAML file being read; faults go to ``problems`` with the file and line of the node at fault."""

    file: str
    problems: Problems

    def fault(
        self,
        node: Node,
        code: str,
        zh: str,
        en: str,
        remedy_zh: str = "",
        remedy_en: str = "",
        value: str | None = None,
    ) -> None:
        """Add a fault at the place of ``node``."""
        self.problems.add(
            Problem(code, zh, en, remedy_zh, remedy_en, file=self.file, line=line_of(node), value=value)
        )

    def mapping(self, node: Node, what_zh: str, what_en: str) -> dict[str, Node]:
        """The entries of a mapping by the text of their keys; empty, with a fault, when it is none.

        A key written twice is a fault: YAML would silently keep the last. A value stands on the line of its key.
        """
        if not isinstance(node, MappingNode):
            self.fault(
                node,
                "yaml.not_a_mapping",
                f"{what_zh}应为“键: 值”的形式",
                f"{what_en} must be a mapping",
                "写成 键: 值",
                "write key: value",
            )
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else str(key.tag)
            if name in found:
                self.fault(
                    key,
                    "yaml.key_twice",
                    f"{what_zh}中的键写了两次",
                    f"key written twice in {what_en}",
                    "只保留一处",
                    "keep one of them",
                    name,
                )
            value.start_mark = key.start_mark
            found[name] = value
        return found

    def record(self, node: Node, known: Collection[str], what_zh: str, what_en: str) -> dict[str, Node]:
        """A mapping whose keys must be among ``known``; others are faults and left out."""
        found = self.mapping(node, what_zh, what_en)
        for name in [name for name in found if name not in known]:
            near = nearest(name, known)
            self.fault(
                _key_node(node, name),
                "yaml.unknown_key",
                f"{what_zh}中没有这个键",
                f"unknown key in {what_en}",
                f"可用：{near or '、'.join(known)}",
                f"use {near or ', '.join(known)}",
                name,
            )
            del found[name]
        return found

    def sequence(self, node: Node, what_zh: str, what_en: str) -> list[Node]:
        """The items of a list; empty, with a fault, when it is none."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.fault(
            node,
            "yaml.not_a_list",
            f"{what_zh}应为列表",
            f"{what_en} must be a list",
            "每项以“- ”开头",
            "begin each item with '- '",
        )
        return []

    def text(self, node: Node, what_zh: str, what_en: str) -> str | None:
        """The text of a scalar exactly as written; None for null; a fault for a mapping or list."""
        if isinstance(node, ScalarNode):
            return None if is_null(node) else str(node.value)
        self.fault(
            node,
            "yaml.not_a_scalar",
            f"{what_zh}应为单个值",
            f"{what_en} must be a single value",
            "写成一个值",
            "write one value",
        )
        return None

    def required_text(
        self, owner: Node, entries: dict[str, Node], key: str, what_zh: str, what_en: str
    ) -> str:
        """The non-empty text under ``key``; an empty string, with a fault, when it is missing."""
        text = (
            self.text(entries[key], f"{what_zh}的 {key}", f"{key} of {what_en}") if key in entries else None
        )
        if text is None or not text.strip():
            self.missing(owner, key, what_zh, what_en)
            return ""
        return text.strip()

    def missing(self, owner: Node, key: str, what_zh: str, what_en: str) -> None:
        """Add the fault that ``key`` is not written, or empty."""
        self.fault(
            owner,
            "yaml.missing_key",
            f"{what_zh}缺少 {key}",
            f"{what_en} lacks {key}",
            f"补写 {key}:",
            f"write {key}:",
            key,
        )


def _key_node(node: Node, name: str) -> Node:
    return next((key for key, _ in _pairs(node) if key.value == name), node)


def _pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    if isinstance(node, MappingNode):
        yield from node.value


def too_deep(data: bytes) -> int | None:
    """The line on which more than ``DEEPEST`` lists and mappings stand in each other, or None; safe for any text.

    Raises:
        yaml.YAMLError: the text is not valid YAML.
    """
    if data.count(b"[") + data.count(b"{") <= DEEPEST and _INDENTED.search(data) is None:
        return None
    depth = 0
    for event in yaml.parse(data, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark.line + 1 if event.start_mark is not None else 1
    return None


def _checked_root(path: Path, page: Page) -> Node | None:
    data = path.read_bytes()
    line = too_deep(data)
    if line is None:
        root: Node | None = yaml.compose(data, Loader=_LOADER)
        if root is None:
            page.problems.add(Problem("yaml.empty", "文件是空的", "the file is empty", file=page.file))
        return root
    page.problems.add(
        Problem(
            "yaml.too_deep",
            f"列表和键值相互嵌套超过 {DEEPEST} 层",
            f"more than {DEEPEST} lists and mappings stand in each other",
            "检查括号和缩进",
            "check brackets and indentation",
            file=page.file,
            line=line,
        )
    )
    return None


def read_page(path: Path, problems: Problems) -> tuple[Page, Node | None]:
    """Parse one file; the root node is None, with a fault, when it cannot be read or is empty."""
    page = Page(str(path), problems)
    try:
        return page, _checked_root(path, page)
    except OSError as error:
        problems.add(
            Problem(
                "yaml.unreadable",
                "文件无法打开",
                "the file cannot be opened",
                "检查路径与权限",
                "check the path and the permissions",
                file=page.file,
                value=error.strerror or type(error).__name__,
            )
        )
    except yaml.YAMLError as error:
        problems.add(_broken(page.file, error))
    return page, None


def _broken(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
    return Problem(
        "yaml.broken",
        "不是有效的 YAML（须为 UTF-8 编码）",
        "not valid YAML in UTF-8",
        "检查缩进、引号和冒号",
        "check indentation, quotes and colons",
        file=file,
        line=mark.line + 1 if mark is not None else None,
        value=str(detail),
    )
