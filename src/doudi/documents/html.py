"""A document as one HTML page that needs nothing else: for the screen, for a phone, for A4 paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from doudi.documents.model import Document

_FOLDER = Path(__file__).parent
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_PAGE = {"zh": ("第", "页，共", "页"), "en": ("Page", "of", "")}


def to_html(document: Document) -> str:
    """The document as HTML. Texts are escaped; the page loads nothing and runs nothing."""
    return _template().render(
        document.as_data(),
        lang=_LANGUAGES[document.language],
        page=_PAGE[document.language],
        style=Markup((_FOLDER / "document.css").read_text(encoding="utf-8")),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("document.html")
