"""Indicators written once and made for every programme: missed, too little, beyond what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from doudi.monitoring.entries import Indicator, Words
from doudi.monitoring.words import DUE, HELD, STANDING
from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Programme
from doudi.rules.book import Book, Formula
from doudi.rules.functions import measured

FORMS = ("cash", "relief", "reimbursement")
"""Programmes of these forms have an amount that a household holds or does not hold."""


def programmes_of_families() -> tuple[Programme, ...]:
    """The programmes that indicators are made for, in the order of the catalogue."""
    return tuple(one for one in catalogue().programmes.values() if one.form in FORMS and one.amount)


def made_for_programmes(entries: Iterable[Indicator]) -> Iterator[Indicator]:
    """The same entries, each family replaced by its indicators."""
    for one in entries:
        if not one.family:
            yield one
            continue
        for programme in programmes_of_families():
            yield _for(one, programme)


def _for(one: Indicator, programme: Programme) -> Indicator:
    names = {"zh": programme.zh, "en": programme.en}
    id = f"{one.family}_{programme.id}"
    return replace(
        one, id=id, rule=id, number=one.numbers.get(programme.id, ""), numbers={}, zh=_filled(one.zh, names), en=_filled(one.en, names),
        says=Words(_filled(one.says.zh, names), _filled(one.says.en, names)), programme=programme.id,
        helps=(programme.id,), references=(*one.references, *programme.references),
    )  # fmt: skip


def _filled(text: str, names: Mapping[str, str]) -> str:
    """The name of the programme where ``{programme_zh}`` or ``{programme_en}`` stands; all other braces stay."""
    return text.replace("{programme_zh}", names["zh"]).replace("{programme_en}", names["en"])


@cache
def family_formulas() -> tuple[Formula, ...]:
    """The test of each family for each programme: its sides are what is received and what is due in a year."""
    book = Book("indicators")
    for family, (function, comparison_zh, comparison_en) in _TESTS.items():
        for one in programmes_of_families():
            book.test(
                "household", name=f"{family}_{one.id}", zh=f"{one.zh}{comparison_zh}", en=f"{one.en}: {comparison_en}",
                ref="doudi-reading:indicators",
                using={"standing": f"{STANDING}{one.id}", "due": f"{DUE}{one.id}", "held": f"{HELD}{one.id}"},
            )(function)  # fmt: skip
    return tuple(book.formulas)


def _missed(standing: Any, due: Any, held: Any) -> Any:
    return measured(standing == "missed", held, due, "lt")


def _short(standing: Any, due: Any, held: Any) -> Any:
    return measured(standing == "short", held, due, "lt")


def _beyond(standing: Any, due: Any, held: Any) -> Any:
    return measured(standing == "beyond", held, due, "gt")


_TESTS: Mapping[str, tuple[Callable[..., Any], str, str]] = {
    "missed": (_missed, "应享未享", "due and not received"),
    "short": (_short, "已享少于应享", "received too little"),
    "beyond": (_beyond, "已享多于应享", "received beyond what is due"),
}
