"""A document as one HTML page that needs nothing else: for the screen, for a phone, for A4 paper."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path

import jinja2
from markupsafe import Markup

from doudi.documents.model import Document

_FOLDER = Path(__file__).parent
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_PAGE = {"zh": ("第", "页，共", "页"), "en": ("Page", "of", "")}


def to_html(document: Document, *more: Document) -> str:
    """The document as HTML, and ``more`` of the same language after it, each beginning a sheet of paper of its own. Texts are escaped;
    the page loads nothing and runs nothing."""
    places = count(1)
    documents = [
        {**data, "blocks": [{**block, "place": next(places)} for block in data["blocks"]]}
        for data in (each.as_data() for each in (document, *more))
    ]
    return _template().render(
        documents=documents,
        lang=_LANGUAGES[document.language],
        page=_PAGE[document.language],
        style=Markup((_FOLDER / "document.css").read_text(encoding="utf-8")),
    )


def style_source(page: str) -> str:
    """The one style of a page that ``to_html`` made, as a source for a content-security policy: its hash and no other style."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


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
