"""The registry of legal documents, and references to their articles.

A reference is written ``document:article`` — ``mf-2021-57:13``, ``mf-2021-43:8(4)``, ``mf-2021-57:13.2(3)``,
``widening-notice-2022:1.1`` — or only ``document`` where the document has no articles. In the registry ``articles`` is the
number of articles (1 … N) or a list of labels. Of a numbered article a paragraph (款) may be named after a dot and an item
(项) in brackets; an item without a paragraph is one of the first paragraph. ``paragraphs`` says for every article that has
several paragraphs, or items, how many items each paragraph has; with it a clause that does not exist is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    "paragraphs",
    "short",
    "url",
    "note",
)
_REQUIRED = ("zh", "en", "kind")
_ARTICLE = re.compile(r"([1-9][0-9]*)(?:\.([1-9][0-9]*))?(?:\(([1-9][0-9]*)\))?")
_PLAIN = (0,)
"""The items of each paragraph of an article that is one paragraph without items."""
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
    paragraphs: Mapping[int, tuple[int, ...]] = field(default_factory=dict, hash=False)
    short: str = ""
    url: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    def has(self, article: str) -> bool:
        """Whether the document has this article, paragraph, item or section; the empty text asks for the document itself."""
        if isinstance(self.articles, tuple):
            return article in self.articles if self.articles else article == ""
        match = _ARTICLE.fullmatch(article)
        if match is None or int(match[1]) > self.articles:
            return False
        if not self.paragraphs:
            return True
        items = self.paragraphs.get(int(match[1]), _PLAIN)
        paragraph = int(match[2] or 1)
        return paragraph <= len(items) and int(match[3] or 0) <= items[paragraph - 1]

    def clause(self, article: str) -> tuple[int, int, int] | None:
        """Article, paragraph and item, 0 where none is named; the paragraph is named wherever several have items.

        None for a section or another label.
        """
        match = None if isinstance(self.articles, tuple) else _ARTICLE.fullmatch(article)
        if match is None:
            return None
        number, paragraph, item = (int(part or 0) for part in match.groups())
        several = sum(count > 0 for count in self.paragraphs.get(number, _PLAIN)) > 1
        return number, paragraph or int(bool(item) and several), item

    def title(self, lang: str = "zh") -> str:
        """The title with the number: ``《最低生活保障审核确认办法》（民发〔2021〕57号）``."""
        if lang == "zh":
            name = self.zh if self.zh.startswith("《") else f"《{self.zh}》"
            return f"{name}（{self.number}）" if self.number else name
        number = self.number_en or self.number
        return f"{self.en} ({number})" if number else self.en


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a document: an article with an optional paragraph and item, a section, or (empty) the whole document."""

    document: Document
    article: str = ""

    def __str__(self) -> str:
        return f"{self.document.id}:{self.article}" if self.article else self.document.id

    def sentence(self, lang: str = "zh") -> str:
        """The reference as people cite it, in ``zh`` or ``en``."""
        title = self.document.title(lang)
        if not self.article:
            return title
        if lang == "zh":
            return f"{title}{self._article_zh()}"
        return f"{title}, {self._article_en()}"

    def _article_zh(self) -> str:
        clause = self.document.clause(self.article)
        if clause is None:
            return f"第{self.article}项" if _SECTION.fullmatch(self.article) else self.article
        article, paragraph, item = (chinese_numeral(number) if number else "" for number in clause)
        text = f"第{article}条" + (f"第{paragraph}款" if paragraph else "")
        return text + (f"第（{item}）项" if item else "")

    def _article_en(self) -> str:
        clause = self.document.clause(self.article)
        if clause is None:
            return f"item {self.article}" if _SECTION.fullmatch(self.article) else self.article
        article, paragraph, item = clause
        text = f"art. {article}" + (f", para. {paragraph}" if paragraph else "")
        return text + (f", item ({item})" if item and paragraph else f"({item})" if item else "")


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
    match = None if isinstance(document.articles, tuple) else _ARTICLE.fullmatch(article)
    if isinstance(document.articles, tuple):
        known = nearest(article, document.articles) or ", ".join(document.articles) or document.id
    elif match is not None and int(match[1]) <= document.articles:
        known = ", ".join(_clauses(int(match[1]), document.paragraphs.get(int(match[1]), _PLAIN)))
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


def _clauses(article: int, items: tuple[int, ...]) -> list[str]:
    """The paragraphs of an article as they are cited, each with its first and last item."""
    if items == _PLAIN:
        return [str(article)]
    ends = ("" if not count else "(1)" if count == 1 else f"(1)–({count})" for count in items)
    return [f"{article}.{place}{end}" for place, end in enumerate(ends, 1)]


def _read_document(page: Page, id_: str, node: Node) -> Document:
    what = (f"文件 {id_}", f"document {id_}")
    fields = page.record(node, _KEYS, *what)
    for key in _REQUIRED:
        page.required_text(node, fields, key, *what)
    written = (key for key in _KEYS if key not in ("articles", "paragraphs") and key in fields)
    texts = {key: page.text(fields[key], *what) or "" for key in written}
    articles = _read_articles(page, fields["articles"]) if "articles" in fields else ()
    paragraphs = _read_paragraphs(page, fields["paragraphs"]) if "paragraphs" in fields else {}
    return replace(
        Document(id_, "", ""),
        **texts,
        articles=articles,
        paragraphs=paragraphs,
        file=page.file,
        line=node.start_mark.line + 1,
    )


def _read_paragraphs(page: Page, node: Node) -> dict[int, tuple[int, ...]]:
    """How many items each paragraph of an article has, by the number of the article."""
    found = {}
    for article, items in page.mapping(node, "paragraphs", "paragraphs").items():
        counts = [page.text(item, "项数", "items") or "" for item in page.sequence(items, article, article)]
        if not all(text.isascii() and text.isdigit() for text in (article, *counts)):
            page.fault(
                items,
                "document.bad_paragraphs",
                "paragraphs 应为每条各款的项数",
                "paragraphs must say how many items each paragraph of an article has",
                "如 7: [4, 3]",
                "such as 7: [4, 3]",
                article,
            )
            continue
        found[int(article)] = tuple(map(int, counts))
    return found


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
