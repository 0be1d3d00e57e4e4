"""The first page of the catalogue: all files, all regions, and what stands on which article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doudi.assessment.catalogue import catalogue, reference_of
from doudi.assessment.law_pages import MARK, finished, link, region_file
from doudi.law import library
from doudi.rules.documents import Document, Reference

INDEX = "README"
_HEAD = """\
# 法规目录 Catalogue of the law

Each page stands at the path of the file it is written from: `dibao/standard` is `src/doudi/law/dibao/standard.py` (rules),
`standard.yaml` (parameters) and `standard.cases.yaml` (cases). A rule is given as a sentence, with its article, what it
asks for and what it is used for; a parameter with every value of every region, its days, its reference and whether
somebody has compared it with the text (已核对 verified, 未核对 unverified). Values are dated: what is not covered by
a date is not known, and leaves the programme undetermined (`doudi law gaps REGION`).
"""
_NUMBERS = re.compile(r"[0-9]+")


def index_page() -> str:
    """The index by file, region, and document and article."""
    lines = [MARK, "", _HEAD, *_files(), *_regions(), "## 按文件和条文 By document and article", ""]
    lines += [line for document in library.documents().by_id.values() for line in _document(document)]
    return finished(lines)


def _files() -> Iterator[str]:
    yield "## 规则和参数 Rules and parameters"
    yield ""
    yield "| 文件 file | 规则 rules | 参数 parameters |"
    yield "|---|---|---|"
    for page in catalogue().pages:
        rules = len({rule.name for rule in catalogue().rules if rule.page == page})
        parameters = sum(1 for name in catalogue().parameters if catalogue().page_of(name) == page)
        yield f"| {link(page, page, INDEX)} | {rules or ''} | {parameters or ''} |"
    yield ""


def _regions() -> Iterator[str]:
    yield "## 地区 Regions"
    yield ""
    depth = {"province": 0, "prefecture": 1, "county": 2}
    for region in catalogue().regions[1:]:
        text = link(f"{region.code} {region.zh} {region.en}", region_file(region), INDEX)
        yield f"{'  ' * depth[region.level]}- {text}"
    yield ""


def _document(document: Document) -> Iterator[str]:
    found = _cited(document)
    if not found:
        return
    yield f"### {document.title('zh')}"
    yield ""
    yield f"{document.title('en')} — `{document.id}`{_in_force(document)}"
    yield ""
    yield "| 条文 article | 规则和参数 rules and parameters |"
    yield "|---|---|"
    for article in sorted(found, key=lambda article: _order(document, article)):
        text = Reference(document, article).sentence("zh").removeprefix(document.title("zh")) or "全文 whole"
        yield f"| {text} | {'；'.join(dict.fromkeys(found[article]))} |"
    yield ""


def _in_force(document: Document) -> str:
    if not document.in_force_from and not document.in_force_until:
        return ""
    return f", {document.in_force_from} – {document.in_force_until}".rstrip()


def _cited(document: Document) -> dict[str, list[str]]:
    """Links to what cites a document, by article."""
    found: dict[str, list[str]] = {}
    for rule in catalogue().rules:
        for written in rule.formula.references:
            reference, _ = reference_of(written)
            if reference.document is document:
                text = link(rule.formula.zh, rule.page, INDEX, rule.name)
                found.setdefault(reference.article, []).append(text)
    for name, definition in catalogue().parameters.items():
        sources = [said.entry.source.reference for said in catalogue().said(name)]
        for reference in (definition.reference, *sources):
            if reference.document.id == document.id:
                text = link(f"`{name}`", catalogue().page_of(name), INDEX, name)
                found.setdefault(reference.article, []).append(text)
    return found


def _order(document: Document, article: str) -> tuple[list[int], str]:
    """By article, paragraph and item; sections by their numbers."""
    clause = document.clause(article)
    return [*clause] if clause else [int(number) for number in _NUMBERS.findall(article)], article
