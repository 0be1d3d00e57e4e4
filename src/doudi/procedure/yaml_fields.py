"""Fields that the files of the procedure share: days, flags, references, lists of names, texts in two languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from yaml.nodes import Node, ScalarNode

from doudi.rules.documents import Documents, Reference
from doudi.rules.errors import LawError, nearest
from doudi.rules.yaml_places import Page, line_of


def day_at(page: Page, node: Node) -> date | None:
    """The day written at ``node``; None, with a fault, when it is none."""
    text = page.text(node, "日期", "the date") or ""
    try:
        return date.fromisoformat(text)
    except ValueError:
        page.fault(
            node, "date.bad", "没有这个日期", "no such day",
            "写成 2026-07-01 的形式", "write it like 2026-07-01", text,
        )  # fmt: skip
        return None


def flag_at(page: Page, fields: Mapping[str, Node], key: str, default: bool = False) -> bool:
    """``true`` or ``false`` under ``key``; the default where it is not written, false with a fault for anything else."""
    if key not in fields:
        return default
    text = page.text(fields[key], key, key)
    if text not in ("true", "false"):
        page.fault(
            fields[key], "unit.not_a_flag", "不是 true 或 false", "neither true nor false",
            "是写 true，否写 false", "write true or false", text,
        )  # fmt: skip
    return text == "true"


def reference_at(
    page: Page, owner: Node, fields: Mapping[str, Node], documents: Documents, key: str = "reference"
) -> Reference | None:
    """The reference under ``key``; None, with a fault, when it is missing or leads nowhere."""
    if key not in fields:
        page.missing(owner, key, "条目", "the entry")
        return None
    text = page.text(fields[key], "依据", "the reference") or ""
    try:
        return documents.resolve(text)
    except LawError as error:
        for problem in error.problems:
            page.problems.add(replace(problem, file=page.file, line=line_of(fields[key])))
        return None


def words_at(page: Page, fields: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """The words of a list under ``key``; empty where it is not written. A single word is a list of one."""
    if key not in fields:
        return ()
    node = fields[key]
    items = [node] if isinstance(node, ScalarNode) else page.sequence(node, key, key)
    return tuple(text for item in items if (text := page.text(item, key, key)))


def known_words_at(
    page: Page, fields: Mapping[str, Node], key: str, known: Collection[str], zh: str, en: str
) -> tuple[str, ...]:
    """Like :func:`words_at`, with a fault for each word that is not known."""
    words = words_at(page, fields, key)
    for word in words:
        if word not in known:
            unknown_word(page, fields[key], word, known, zh, en)
    return tuple(word for word in words if word in known)


def unknown_word(page: Page, node: Node, word: str, known: Collection[str], zh: str, en: str) -> None:
    """Add the fault that there is no ``zh`` (``en``) of that name."""
    near = nearest(word, known) or "、".join(sorted(known)[:12])
    page.fault(
        node, "procedure.unknown", f"没有这个{zh}", f"no such {en}", f"可用：{near}", f"use {near}", word
    )
