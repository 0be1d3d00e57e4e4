"""Numbers of cases and documents, without gaps: a number that is drawn in a transaction that fails is drawn again."""

from __future__ import annotations

from django.db import connection

from doudi.procedure.model.papers import Document
from doudi.web.cases.models import Series

_NEXT = f"""
INSERT INTO {Series._meta.db_table} (place, year, word, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (place, year, word) DO UPDATE SET last = {Series._meta.db_table}.last + 1 RETURNING last"""


def draw(place: str, year: int, word: str) -> int:
    """The next number of a series; the row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [place, year, word])
        return int(cursor.fetchone()[0])


def case_number(county: str, year: int) -> str:
    """The number of a new case: county, year, running number."""
    return f"{county}-{year}-{draw(county, year, '办'):06}"


def paper_number(form: Document, county: str, year: int) -> str:
    """The number of a new document, as in 999901受字〔2026〕00001号."""
    return form.number(county, year, draw(county, year, form.series))
