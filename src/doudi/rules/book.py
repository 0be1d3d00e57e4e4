"""Where formulas are written down: a book collects them with their legal reference and the dates they apply from."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Function = Callable[..., Any]
LINK_SEPARATOR = "__"


@dataclass(frozen=True, slots=True)
class Formula:
    """One rule: a function over named values, with what it means, where it stands in law, and since when.

    ``kind`` is the name of a basic kind or ``code:<set>``. ``topic`` is the path of the file under the law room.
    ``is_test`` marks a test whose two sides (value and limit) are kept for the reasons. ``since`` and ``until`` are the
    first day and the day after the last on which this version applies.
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

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the values the formula asks for."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def file(self) -> str:
        """The file in which the formula stands."""
        return Path(inspect.getsourcefile(self.function) or "?").name

    @property
    def line(self) -> int:
        """The line at which the formula begins."""
        return self.function.__code__.co_firstlineno

    @property
    def source(self) -> str:
        """The text of the formula; part of the version of the law."""
        return inspect.getsource(self.function)

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
    ) -> Callable[[Function], Function]:
        """Write down a formula. ``ref`` names document and article, ``since``/``until`` are ISO dates."""
        references = (ref,) if isinstance(ref, str) else tuple(ref)

        def record(function: Function) -> Function:
            self.formulas.append(
                Formula(
                    name=name or function.__name__,
                    entity=entity,
                    kind=kind,
                    zh=zh,
                    en=en,
                    references=references,
                    function=function,
                    topic=self.topic,
                    is_test=is_test,
                    since=date.fromisoformat(since) if since else None,
                    until=date.fromisoformat(until) if until else None,
                )
            )
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
    ) -> Callable[[Function], Function]:
        """Write down a test: a truth value whose value, limit and distance are kept."""
        return self.formula(entity, "flag", zh=zh, en=en, ref=ref, name=name, since=since, until=until, is_test=True)
