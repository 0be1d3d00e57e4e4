"""Documents that people read and keep: described once as plain data, then rendered as HTML and as PDF.

``Document`` and its blocks say what stands in a document, not how it looks. ``to_html`` gives one self-contained page
for the screen and for paper, ``to_pdf`` an archivable PDF/A; ``from_data`` reads back what was kept. None knows what a document is about.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.documents.html import style_source, to_html
    from doudi.documents.model import (
        Block,
        Cell,
        Column,
        Document,
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
        Tone,
    )
    from doudi.documents.pdf import DocumentError, to_pdf
    from doudi.documents.reading import from_data

_PLACES = {
    "to_html": "html",
    "style_source": "html",
    "to_pdf": "pdf",
    "DocumentError": "pdf",
    "from_data": "reading",
}

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Document",
    "DocumentError",
    "Fields",
    "Figure",
    "Figures",
    "Heading",
    "Notice",
    "Paragraph",
    "Points",
    "Proof",
    "Signature",
    "Signatures",
    "Table",
    "Tone",
    "from_data",
    "style_source",
    "to_html",
    "to_pdf",
]


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"doudi.documents.{_PLACES.get(name, 'model')}"), name)
