"""The articles on which a rule rests on a day.

A reference of a formula may say how long it is cited (``order-649:9 until 2026-06-30``, that day included), and a document
is cited only while it is in force.
"""

from __future__ import annotations

from datetime import date

from doudi.law import library
from doudi.rules.book import Formula
from doudi.rules.documents import Document, Documents, Reference

UNTIL = " until "


def citations(formula: Formula, day: date) -> list[Reference]:
    """The references of ``formula`` that are in force on ``day``, in the order in which the rule names them.

    Raises:
        LawError: the rule names a document or an article that is not registered.
    """
    documents = library.documents()
    found = (_cited(written, day, documents) for written in formula.references)
    return [reference for reference in found if reference is not None]


def _cited(written: str, day: date, documents: Documents) -> Reference | None:
    text, _, last = written.partition(UNTIL)
    reference = documents.resolve(text)
    if last and date.fromisoformat(last) < day:
        return None
    return reference if _in_force(reference.document, day) else None


def _in_force(document: Document, day: date) -> bool:
    """ISO dates compare as text; an empty one means that nothing is known."""
    on = day.isoformat()
    begun = not document.in_force_from or document.in_force_from <= on
    return begun and (not document.in_force_until or on <= document.in_force_until)
