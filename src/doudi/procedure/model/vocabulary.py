"""Reading roles, inputs, documents and papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import get_args

from yaml.nodes import Node

from doudi.procedure.model.papers import Document, Paper
from doudi.procedure.model.stages import Input, InputKind, Role
from doudi.procedure.yaml_fields import day_at, flag_at, known_words_at, reference_at, unknown_word, words_at
from doudi.rules.documents import Documents
from doudi.rules.errors import Problems
from doudi.rules.yaml_places import Page, read_page

KINDS = get_args(InputKind)


def read_roles(path: Path, problems: Problems) -> dict[str, Role]:
    """The roles by name."""
    page, entries = _entries(path, problems)
    found = {}
    for name, node in entries.items():
        what = (f"角色 {name}", f"role {name}")
        fields = page.record(node, ("zh", "en", "staff"), *what)
        zh, en = _titles(page, node, fields, what)
        found[name] = Role(name, zh, en, flag_at(page, fields, "staff"))
    return found


def read_inputs(path: Path, problems: Problems) -> dict[str, Input]:
    """The inputs by name."""
    page, entries = _entries(path, problems)
    found: dict[str, Input] = {}
    for name, node in entries.items():
        what = (f"填写项 {name}", f"input {name}")
        fields = page.record(node, ("zh", "en", "kind", "codes"), *what)
        zh, en = _titles(page, node, fields, what)
        kind = page.required_text(node, fields, "kind", *what)
        if kind not in KINDS:
            unknown_word(page, node, kind, KINDS, "类型", "kind")
            kind = "text"
        codes = _codes(page, fields["codes"], what) if "codes" in fields else {}
        if (kind == "code") != bool(codes):
            page.fault(
                node, "procedure.codes", "只有 code 类型才写 codes", "codes go with the kind code and only with it",
                "补写或去掉 codes", "write or remove codes",
            )  # fmt: skip
        found[name] = Input(name, zh, en, kind, codes)  # type: ignore[arg-type]
    return found


def read_documents(
    path: Path, law: Documents, roles: Collection[str], problems: Problems
) -> dict[str, Document]:
    """The documents of the procedure by name."""
    page, entries = _entries(path, problems)
    found: dict[str, Document] = {}
    series: dict[str, str] = {}
    for name, node in entries.items():
        what = (f"文书 {name}", f"document {name}")
        fields = page.record(node, ("zh", "en", "series", "fields", "signs", "pages", "reference"), *what)
        zh, en = _titles(page, node, fields, what)
        mark = page.required_text(node, fields, "series", *what)
        if series.setdefault(mark, name) != name:
            page.fault(
                node, "procedure.series", f"文号字与 {series[mark]} 重复", f"the series is that of {series[mark]}",
                "换一个字", "choose another", mark,
            )  # fmt: skip
        pages = page.text(fields["pages"], *what) if "pages" in fields else "1"
        reference = reference_at(page, node, fields, law)
        asked, signs = (
            words_at(page, fields, "fields"),
            known_words_at(page, fields, "signs", roles, "角色", "role"),
        )
        if not asked:
            page.missing(node, "fields", *what)
        if reference is not None:
            count = int(pages) if pages and pages.isdigit() else 0
            found[name] = Document(name, zh, en, mark, asked, signs, count, reference)
    return found


def read_papers(path: Path, law: Documents, problems: Problems) -> dict[str, Paper]:
    """The papers of applicants by name."""
    page, entries = _entries(path, problems)
    found: dict[str, Paper] = {}
    for name, node in entries.items():
        what = (f"材料 {name}", f"paper {name}")
        fields = page.record(node, ("zh", "en", "held_from", "reference"), *what)
        zh, en = _titles(page, node, fields, what)
        reference = reference_at(page, node, fields, law)
        held = day_at(page, fields["held_from"]) if "held_from" in fields else None
        if reference is not None:
            found[name] = Paper(name, zh, en, held, reference)
    return found


def _entries(path: Path, problems: Problems) -> tuple[Page, Mapping[str, Node]]:
    page, root = read_page(path, problems)
    return page, page.mapping(root, "文件", "the file") if root is not None else {}


def _titles(page: Page, node: Node, fields: dict[str, Node], what: tuple[str, str]) -> tuple[str, str]:
    return page.required_text(node, fields, "zh", *what), page.required_text(node, fields, "en", *what)


def _codes(page: Page, node: Node, what: tuple[str, str]) -> dict[str, tuple[str, str]]:
    found = {}
    for code, body in page.mapping(node, *what).items():
        fields = page.record(body, ("zh", "en"), *what)
        found[code] = _titles(page, body, fields, what)
    return found
