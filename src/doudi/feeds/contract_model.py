"""Data contracts: what a department sends, under which law, how often, in which columns, and how it is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from doudi.rules.codes import CodeSet
from doudi.rules.documents import Reference
from doudi.rules.errors import DoudiError, Problem, nearest

FOLDER = Path(__file__).parent / "contracts"

TYPES = (
    "id_number", "name", "date", "month", "money", "number", "count", "code", "flag", "text", "phone", "identifier",
)  # fmt: skip
"""``identifier``: a number of a record, an account, a plate; ``month``: ``2026-08``; ``number``: up to four decimals."""
SENSITIVITIES = ("ordinary", "personal", "sensitive")
"""``sensitive`` is what 《个人信息保护法》 art. 28 calls sensitive: identity, health, finance, whereabouts."""
PERIODS = ("month", "quarter", "half_year", "year", "on_request")
KINDS = ("events", "snapshot")
"""``events``: each row happened in a period; ``snapshot``: the newest period is the whole state."""
RECEIVED = "received"
"""As the end of a range: no later than the day on which the file was received."""
STATE = "record_state"
WITHDRAWN = "withdrawn"


class FeedError(DoudiError):
    """A department's file, a contract or a store of feeds that cannot be used."""


def fault(
    code: str,
    zh: str,
    en: str,
    remedy_zh: str = "",
    remedy_en: str = "",
    file: str = "",
    row: int | None = None,
) -> FeedError:
    """One problem as an error."""
    return FeedError([Problem(code, zh, en, remedy_zh, remedy_en, file=file or None, row=row)])


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a feed.

    ``headings`` are the headings accepted, with ``zh`` first. ``least`` and ``greatest`` bound dates and numbers;
    ``greatest`` may be :data:`RECEIVED`. ``wrong`` says what happens to a value that cannot be read: the row is
    rejected, or the value is left ``blank`` with a remark. ``element`` is the name of the data element in
    MZ/T 073-2024, None where it is not known; ``verified`` says that someone has checked it against the standard.
    """

    name: str
    zh: str
    en: str
    headings: tuple[str, ...]
    type: str
    sensitivity: str
    required: bool = False
    codes: CodeSet | None = None
    least: str | None = None
    greatest: str | None = None
    wrong: Literal["reject", "blank"] = "reject"
    element: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """What one department sends; see ``docs/feeds.md`` for every key of the file.

    ``period_field`` is the column that says in which period an event lies; a snapshot has none, its period is stated
    with the file. ``due_days``: days after the end of a period by which its file is expected, None for feeds that are
    asked for. ``check_only``: only for a means check that the person has authorised, never for monitoring.
    """

    name: str
    zh: str
    en: str
    department_zh: str
    department_en: str
    basis: tuple[Reference, ...]
    purpose_zh: str
    purpose_en: str
    kind: str
    period: str
    period_field: str | None
    due_days: int | None
    key: tuple[str, ...]
    supersedes_by: str
    correction_zh: str
    correction_en: str
    check_only: bool
    fields: Mapping[str, Field]
    file: str

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields whose columns must be there."""
        return tuple(field for field in self.fields.values() if field.required)

    @property
    def superseding_key(self) -> tuple[str, ...]:
        """The columns in which a row must agree with an earlier one to take its place."""
        return (*self.key, "period") if self.supersedes_by == "key_and_period" else self.key

    def basis_on(self, day: date) -> tuple[Reference, ...]:
        """The references in force on ``day``."""
        iso = day.isoformat()
        return tuple(
            reference
            for reference in self.basis
            if (reference.document.in_force_from or "0") <= iso
            and (not reference.document.in_force_until or iso <= reference.document.in_force_until)
        )


@cache
def contracts() -> Mapping[str, Contract]:
    """All contracts that ship, by name.

    Raises:
        FeedError: with every fault of all contract files.
    """
    from doudi.feeds.contract_reading import read_contracts

    return read_contracts(sorted(FOLDER.glob("*.yaml")))


def contract(name: str) -> Contract:
    """The contract of that name.

    Raises:
        FeedError: there is none; names the nearest.
    """
    known = contracts()
    found = known.get(name) or next((each for each in known.values() if each.zh == name), None)
    if found is None:
        near = nearest(name, [*known, *(each.zh for each in known.values())]) or ", ".join(known)
        raise fault("feed.unknown", "没有这个数据目录", "no such feed", f"可用：{near}", f"use {near}")
    return found
