"""Documents that the procedure issues (文书), and papers that it may or may not ask for (材料)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.rules.documents import Reference


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the procedure: its number series, the fields it must have, who signs, the article it rests on."""

    name: str
    zh: str
    en: str
    series: str
    fields: tuple[str, ...]
    signs: tuple[str, ...]
    pages: int
    reference: Reference

    def number(self, region: str, year: int, running: int) -> str:
        """The number of one copy: ``999901受字〔2026〕00012号``. ``running`` counts from 1 in region, series and year.

        Raises:
            ValueError: a running number below 1.
        """
        if running < 1:
            raise ValueError("running numbers begin with 1")
        return f"{region}{self.series}字〔{year}〕{running:05d}号"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that an applicant may bring. ``held_from``: since when a department shows it, so that nobody may ask for it
    (None: only the household has it); ``reference`` says why."""

    name: str
    zh: str
    en: str
    held_from: date | None
    reference: Reference

    def may_be_asked(self, day: date) -> bool:
        """Whether the household may be asked for it on that day."""
        return self.held_from is None or day < self.held_from
