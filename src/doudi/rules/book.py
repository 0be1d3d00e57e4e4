"""Where formulas are written down: a book collects them with their legal reference and the dates they apply from."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from doudi.rules.errors import Problem, RuleError

Function = Callable[..., Any]
LINK_SEPARATOR = "__"


@dataclass(frozen=True, slots=True)
class Formula:
    """One rule: a function over named values, with what it means, where it stands in law, and since when.

    ``kind`` is the name of a basic kind or ``code:<set>``. ``topic`` is the path of the file under the law room.
    ``is_test`` marks a test whose two sides (value and limit) are kept for the reasons. ``since`` and ``until`` are the
    first day and the day after the last on which this version applies. ``using`` lets one function serve several lines of
    the law: it says which value stands for an argument.
    """

    name: str
    entity: str | None
    kind: str
    zh: str
    en: str
    references: tuple[str, ...]
    function: Function
    topic: str
    is_test: bool = False
    since: date | None = None
    until: date | None = None
    using: Mapping[str, str] = field(default_factory=dict)

    @property
    def arguments(self) -> dict[str, str]:
        """The function's arguments and the name of the value that stands for each."""
        return {name: self.using.get(name, name) for name in inspect.signature(self.function).parameters}

    @property
    def file(self) -> str:
        """The file in which the formula stands."""
        return Path(inspect.getsourcefile(self.function) or "?").name

    @property
    def line(self) -> int:
        """The line at which the formula begins."""
        return self.function.__code__.co_firstlineno

    @property
    def place(self) -> str:
        """The file with its topic, as faults name it."""
        return f"{self.topic}/{self.file}"

    def applies(self, on: date) -> bool:
        """Whether this version is the law of the day ``on``."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Book:
    """The formulas of one topic, collected by decorators."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.formulas: list[Formula] = []

    def formula(
        self,
        entity: str | None,
        kind: str,
        *,
        zh: str,
        en: str,
        ref: str | Iterable[str],
        name: str | None = None,
        since: str | None = None,
        until: str | None = None,
        is_test: bool = False,
        using: Mapping[str, str] | None = None,
    ) -> Callable[[Function], Function]:
        """Write down a formula. ``ref`` names document and article, ``since``/``until`` are ISO dates.

        Raises:
            RuleError: a date that is none.
        """
        references = (ref,) if isinstance(ref, str) else tuple(ref)

        def record(function: Function) -> Function:
            formula = Formula(
                name=name or function.__name__,
                entity=entity,
                kind=kind,
                zh=zh,
                en=en,
                references=references,
                function=function,
                topic=self.topic,
                is_test=is_test,
                using=using or {},
            )
            first, end = _day(formula, since), _day(formula, until)
            self.formulas.append(replace(formula, since=first, until=end))
            return function

        return record

    def test(
        self,
        entity: str,
        *,
        zh: str,
        en: str,
        ref: str | Iterable[str],
        name: str | None = None,
        since: str | None = None,
        until: str | None = None,
        using: Mapping[str, str] | None = None,
    ) -> Callable[[Function], Function]:
        """Write down a test: a truth value whose value, limit and distance are kept.

        Raises:
            RuleError: a date that is none.
        """
        return self.formula(
            entity,
            "flag",
            zh=zh,
            en=en,
            ref=ref,
            name=name,
            since=since,
            until=until,
            is_test=True,
            using=using,
        )


def _day(formula: Formula, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleError(
            [
                Problem(
                    "date.bad",
                    f"{formula.name}：没有这个日期",
                    f"{formula.name}: no such day",
                    "写成 2026-07-01 的形式",
                    "write it like 2026-07-01",
                    file=formula.place,
                    line=formula.line,
                    value=text,
                )
            ]
        ) from None
