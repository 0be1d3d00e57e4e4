"""Documents as data: every block in both forms, nothing injected, fonts told plainly."""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from doudi.documents import (
    Block,
    Cell,
    Column,
    Document,
    DocumentError,
    Fields,
    Figure,
    Figures,
    Heading,
    Notice,
    Paragraph,
    Points,
    Proof,
    Signature,
    Signatures,
    Table,
    from_data,
    style_source,
    to_html,
    to_pdf,
)

COLUMNS = (Column("Item", 2), Column("Amount", 1, "right"))
BLOCKS: tuple[Block, ...] = (
    Heading("Part one", 1, "a note"), Heading("Part two", 2), Paragraph("A paragraph", "faint"),
    Points(("first", "second"), ordered=True, lead="Two points", tone="open"), Points(("loose",)),
    Fields((("label", "value"), ("odd", "one out"), ("third", "3")), columns=2),
    Figures(tuple(Figure(f"figure {place}", str(place), "units", "noted", "attention") for place in range(6))),
    Table(COLUMNS, ((Cell("Group"),), (Cell("Wage", "strong", "of tax"), Cell("1.00", "good", badge=True)), (Cell("Sum"), Cell("1.00"))),
          "A caption", totals=1),
    Table(COLUMNS, ()), Notice("Look", "at this", "attention"), Signatures((Signature("Clerk", "Wang"), Signature("Day"))),
    Proof("Code", "ABCD", "Verify it", "https://example.org/verify/ABCD/", ("101", "010", "111")), Proof("Code", "EFGH", "By hand"),
)  # fmt: skip


def document(*blocks: Block, **changed: Any) -> Document:
    """An English document, which needs no Chinese font."""
    usual: dict[str, Any] = {
        "language": "en", "title": "A document", "issuer": "An office", "number": "No. 7", "made_on": date(2026, 8, 1),
        "footer": "the foot",
    }  # fmt: skip
    return Document(blocks=blocks or BLOCKS, **(usual | changed))


def test_every_block_stands_in_the_page():
    html = to_html(document(subtitle="below the title"))
    for text in ("Part one", "a note", "Two points", "second", "one out", "figure 5", "Group", "of tax", "A caption",
                 "at this", "Clerk", "the foot", "below the title", "No. 7", "ABCD",
                 "EFGH", "https://example.org/verify/ABCD/", 'd="M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1z'):  # fmt: skip
        assert text in html


def test_every_block_can_be_set_as_pdf_and_the_same_document_gives_the_same_bytes():
    first = to_pdf(document())
    assert first.startswith(b"%PDF")
    assert to_pdf(document()) == first


def test_a_document_is_read_back_as_it_was_kept():
    made = document()
    assert from_data(json.loads(json.dumps(made.as_data()))) == made


def test_a_page_has_one_style_and_a_policy_can_name_it():
    html = to_html(document())
    assert html.count("<style>") == 1
    assert " style=" not in html
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert style_source(html) == f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    assert style_source(to_html(document(Paragraph("x")))) != style_source(html)


def test_markup_in_texts_stays_text():
    evil = '<b onclick="x">&amp;</b> #panic("x") $x$ @ref *bold* \\ [x]'
    made = document(Paragraph(evil), Table(COLUMNS, ((Cell(evil), Cell(evil, note=evil)),)), title=evil)
    html = to_html(made)
    assert "<b " not in html
    assert html.count("&lt;b onclick=&#34;x&#34;&gt;&amp;amp;&lt;/b&gt;") >= 4
    assert to_pdf(made).startswith(b"%PDF")


def test_a_row_has_one_cell_or_one_for_each_column():
    with pytest.raises(ValueError, match="as many as the table has columns"):
        Table((*COLUMNS, Column("More")), ((Cell("a"), Cell("b")),))


def test_a_chinese_document_without_a_chinese_font_is_refused_with_the_remedy():
    with pytest.raises(DocumentError) as told:
        to_pdf(document(language="zh"), system_fonts=False)
    assert told.value.problems[0].code == "document.no_font"
    assert "fonts-noto-cjk" in told.value.problems[0].remedy_zh
    assert to_pdf(document(), system_fonts=False).startswith(b"%PDF")


def test_without_the_compiler_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(DocumentError) as told:
        to_pdf(document())
    assert told.value.problems[0].code == "document.no_compiler"
    assert "doudi[documents]" in told.value.problems[0].remedy_en
    assert "A document" in to_html(document())
