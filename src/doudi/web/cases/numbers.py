"""Numbers of cases and documents, without gaps: a number that is drawn in a transaction that fails is drawn again."""

from __future__ import annotations

from django.db import connection

from doudi.procedure.model.papers import Document
from doudi.web.cases.models import Series

_NEXT = f"""
INSERT INTO {Series._meta.db_table} (place, year, word, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (place, year, word) DO UPDATE SET last = {Series._meta.db_table}.last + EXCLUDED.last RETURNING last"""


def draw(place: str, year: int, word: str, count: int = 1) -> int:
    """The last of the next ``count`` numbers of a series; the row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [place, year, word, count])
        return int(cursor.fetchone()[0])


def case_number(county: str, year: int) -> str:
    """The number of a new case: county, year, running number."""
    return case_numbers(county, year, 1)[0]


def case_numbers(county: str, year: int, count: int) -> list[str]:
    """The numbers of some new cases."""
    last = draw(county, year, "办", count)
    return [f"{county}-{year}-{number:06}" for number in range(last - count + 1, last + 1)]


def paper_numbers(form: Document, county: str, year: int, count: int) -> list[str]:
    """The numbers of some new documents, as in 999901受字〔2026〕00001号."""
    last = draw(county, year, form.series, count)
    return [form.number(county, year, number) for number in range(last - count + 1, last + 1)]
