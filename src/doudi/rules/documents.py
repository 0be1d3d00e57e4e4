"""The registry of legal documents, and references to their articles.

A reference is written ``document:article`` — ``mf-2021-57:13``, ``mf-2021-43:8(4)``, ``widening-notice-2022:1.1`` — or
only ``document`` where the document has no articles. In the registry ``articles`` is the number of articles
(1 … N, each with an optional item in brackets) or a list of labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yaml.nodes import Node, ScalarNode

from doudi.rules.errors import LawError, Problem, Problems, nearest
from doudi.rules.yaml_places import Page, read_page

_KEYS = (
    "zh",
    "en",
    "number",
    "number_en",
    "issuer",
    "kind",
    "in_force_from",
    "in_force_until",
    "articles",
    "short",
    "url",
    "note",
)
_REQUIRED = ("zh", "en", "kind")
_ARTICLE = re.compile(r"([1-9][0-9]*)(?:\(([1-9][0-9]*)\))?")
_SECTION = re.compile(r"[0-9]+(\.[0-9]+)+")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Document:
    """A law, measure, notice or local document. Dates are as written (ISO); empty text where nothing is known."""

    id: str
    zh: str
    en: str
    number: str = ""
    number_en: str = ""
    issuer: str = ""
    kind: str = ""
    in_force_from: str = ""
    in_force_until: str = ""
    articles: int | tuple[str, ...] = ()
    short: str = ""
    url: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    def has(self, article: str) -> bool:
        """Whether the document has this article, item or section; the empty text asks for the document itself."""
        if isinstance(self.articles, tuple):
            return article in self.articles if self.articles else article == ""
        match = _ARTICLE.fullmatch(article)
        return match is not None and int(match[1]) <= self.articles

    def title(self, lang: str = "zh") -> str:
        """The title with the number: ``《最低生活保障审核确认办法》（民发〔2021〕57号）``."""
        if lang == "zh":
            name = self.zh if self.zh.startswith("《") else f"《{self.zh}》"
            return f"{name}（{self.number}）" if self.number else name
        number = self.number_en or self.number
        return f"{self.en} ({number})" if number else self.en


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a document: the article with an optional item, a section, or (empty) the whole document."""

    document: Document
    article: str = ""

    def __str__(self) -> str:
        return f"{self.document.id}:{self.article}" if self.article else self.document.id

    def sentence(self, lang: str = "zh") -> str:
        """The reference as people cite it, in ``zh`` or ``en``."""
        title = self.document.title(lang)
        if not self.article:
            return title
        return (
            f"{title}{_article_zh(self.article)}" if lang == "zh" else f"{title}, {_article_en(self.article)}"
        )


def chinese_numeral(number: int) -> str:
    """An article number in Chinese: 8 → 八, 13 → 十三, 105 → 一百零五. From 1 to 999.

    Raises:
        ValueError: outside that range.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"{number} is not between 1 and 999")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _article_zh(article: str) -> str:
    match = _ARTICLE.fullmatch(article)
    if match is not None:
        item = f"第（{chinese_numeral(int(match[2]))}）项" if match[2] else ""
        return f"第{chinese_numeral(int(match[1]))}条{item}"
    return f"第{article}项" if _SECTION.fullmatch(article) else article


def _article_en(article: str) -> str:
    if _ARTICLE.fullmatch(article):
        return f"art. {article}"
    return f"item {article}" if _SECTION.fullmatch(article) else article


class Documents:
    """All known documents, by id."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.by_id = dict(documents)

    @classmethod
    def load(cls, path: Path) -> Documents:
        """Read the registry.

        Raises:
            LawError: with every fault of the file, each with its line.
        """
        problems = Problems()
        found = cls.read(path, problems)
        problems.raise_as(LawError)
        return found

    @classmethod
    def read(cls, path: Path, problems: Problems) -> Documents:
        """The registry as far as it can be read; its faults go to ``problems``."""
        page, root = read_page(path, problems)
        entries = page.mapping(root, "文件目录", "the registry of documents") if root else {}
        return cls({id_: _read_document(page, id_, node) for id_, node in entries.items()})

    def resolve(self, text: str) -> Reference:
        """The reference written as ``document:article``.

        Raises:
            LawError: unknown document or article, with the nearest; the problem has no place.
        """
        id_, _, article = text.strip().partition(":")
        document = self.by_id.get(id_)
        if document is None:
            near = nearest(id_, self.by_id)
            raise LawError(
                [
                    Problem(
                        "reference.unknown_document",
                        "没有这个文件",
                        "no such document",
                        f"相近的：{near}" if near else "先写入 documents.yaml",
                        f"did you mean {near}" if near else "enter it in documents.yaml first",
                        value=text,
                    )
                ]
            )
        if not document.has(article):
            raise LawError([_unknown_article(document, article, text)])
        return Reference(document, article)


def _unknown_article(document: Document, article: str, text: str) -> Problem:
    if isinstance(document.articles, tuple):
        known = nearest(article, document.articles) or ", ".join(document.articles) or document.id
    else:
        known = f"1–{document.articles}"
    return Problem(
        "reference.unknown_article",
        f"{document.id} 没有这一条",
        f"{document.id} has no such article",
        f"可用：{known}",
        f"use {known}",
        value=text,
    )


def _read_document(page: Page, id_: str, node: Node) -> Document:
    what = (f"文件 {id_}", f"document {id_}")
    fields = page.record(node, _KEYS, *what)
    for key in _REQUIRED:
        page.required_text(node, fields, key, *what)
    texts = {key: page.text(fields[key], *what) or "" for key in _KEYS if key != "articles" and key in fields}
    articles = _read_articles(page, fields["articles"]) if "articles" in fields else ()
    return replace(
        Document(id_, "", ""), **texts, articles=articles, file=page.file, line=node.start_mark.line + 1
    )


def _read_articles(page: Page, node: Node) -> int | tuple[str, ...]:
    if not isinstance(node, ScalarNode):
        labels = [page.text(item, "条目", "label") for item in page.sequence(node, "articles", "articles")]
        return tuple(label for label in labels if label)
    text = page.text(node, "articles", "articles") or "0"
    if text.isascii() and text.isdigit():
        return int(text) or ()
    page.fault(
        node,
        "document.bad_articles",
        "articles 应为条数或条目列表",
        "articles must be a number or a list",
        "如 51 或 ['1.1', '1.2']",
        "such as 51 or ['1.1', '1.2']",
        text,
    )
    return ()
