"""A document as PDF/A, set by Typst with fonts of the system; no font is shipped.

Texts go to the template as data, never as markup. The date of making is that of the document, so the same document
gives the same bytes with the same fonts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from doudi.documents.model import Document
from doudi.rules.errors import DoudiError, Problem

_TEMPLATE = Path(__file__).parent / "document.typ"
_SANS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei", "FangSong",
)  # fmt: skip
_SERIF = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC", "Songti SC", "SimSun", "NSimSun",
    "AR PL UMing CN",
)  # fmt: skip


class DocumentError(DoudiError):
    """A document cannot be rendered here: the compiler is not installed, or no Chinese font is."""


def to_pdf(document: Document, font_folders: Sequence[Path] = (), system_fonts: bool = True) -> bytes:
    """The document as PDF/A-2a, tagged for screen readers.

    ``font_folders`` are looked through for fonts besides those of the system.

    Raises:
        DocumentError: Typst is not installed, or a Chinese document finds no Chinese font.
    """
    typst = _typst()
    fonts = _fonts(system_fonts, tuple(str(folder) for folder in font_folders))
    sans, serif = _families(fonts.families(), document.language)
    compiler = typst.Compiler(
        str(_TEMPLATE),
        font_paths=fonts,
        sys_inputs={
            "document": json.dumps(document.as_data(), ensure_ascii=False),
            "sans": json.dumps(sans, ensure_ascii=False),
            "serif": json.dumps(serif, ensure_ascii=False),
        },
    )
    made = datetime.combine(document.made_on, time(), UTC)
    data: bytes = compiler.compile(format="pdf", pdf_standards=["a-2a"], timestamp=made)
    return data


@cache
def _fonts(system_fonts: bool, folders: tuple[str, ...]) -> Any:
    """The fonts that are there, looked for once: it takes longer than setting a document."""
    return _typst().Fonts(system_fonts, True, list(folders))


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise DocumentError([Problem(
            "document.no_compiler", "没有安装 PDF 排版程序", "the PDF compiler is not installed",
            "pip install 'doudi[documents]'，或打开 HTML 后打印", "pip install 'doudi[documents]', or print the HTML",
        )]) from None  # fmt: skip
    return typst


def _families(installed: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    """The fonts to set text and titles in, of those that are installed."""
    sans = [name for name in _SANS if name in installed][:1]
    serif = [name for name in _SERIF if name in installed][:1]
    if not sans and not serif and language == "zh":
        raise DocumentError([Problem(
            "document.no_font", "系统中没有中文字体，无法生成 PDF", "no Chinese font is installed; the PDF cannot be set",
            "安装 Noto Sans CJK 或思源黑体（如 apt install fonts-noto-cjk），或打开 HTML 后打印",
            "install Noto Sans CJK (apt install fonts-noto-cjk), or print the HTML",
        )])  # fmt: skip
    latin = ["Libertinus Serif"]
    return (sans or serif or latin), (serif or sans or latin)
