"""Pairs of registers as their pages show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from doudi.feeds import contract
from doudi.feeds.wording import english
from doudi.web.convergence.models import Pair

TITLES = {"listed": _("防返贫监测名单"), "base": _("低收入人口库")}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: ``recognised``, ``absent`` and ``unknown`` columns, counts of rows, and faults with their first rows."""

    file: str
    title: Any
    told: Mapping[str, Any]
    recognised: list[str]
    absent: list[str]
    faults: list[dict[str, Any]]
    aside: bool

    @property
    def set_aside(self) -> int:
        """Rows that must be mended first."""
        return int(self.told["rejected"] + self.told["repeated"])


def recent() -> Iterator[Pair]:
    """The newest pairs in scope."""
    rows: Iterator[Pair] = Pair.objects.select_related("by").order_by("-pk")[:5]
    return rows


def tables(pair: Pair, language: str) -> list[Table]:
    """What was recognised in both files; nothing before the check."""
    kept = set(pair.pieces.values_list("file", flat=True))
    return [
        Table(
            name,
            TITLES[name],
            table,
            _columns(table, language, absent=False),
            _columns(table, language, absent=True),
            _faults(table, language),
            f"{name}_aside" in kept,
        )
        for name, report in zip(TITLES, pair.reports, strict=False)
        for table in report["tables"]
    ]


def _columns(table: Mapping[str, Any], language: str, absent: bool) -> list[str]:
    """The columns of the contract that the file has, or those that it has not."""
    fields = contract(table["feed"]).fields.values()
    found = [one for one in fields if (one.zh in table["absent_columns"]) == absent]
    return [one.zh if language == "zh" else one.en for one in found]


def _faults(table: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Each fault with its ``column`` and what is wrong (``text``) in the language of the page."""
    found: list[dict[str, Any]] = []
    for each in table["faults"]:
        column, text = each["column"], each["zh"]
        if language != "zh":
            column, text = english(contract(table["feed"]), column, text)
        found.append({**each, "column": column, "text": text})
    return found


def names_aside(pair: Pair, file: str) -> tuple[str, str]:
    """The name of a file without its ending, and the ending of the file of its rows that were set aside."""
    name = pair.listed_name if file == "listed" else pair.base_name
    report = dict(zip(TITLES, pair.reports, strict=False)).get(file, {})
    return PurePath(name).stem, PurePath(report.get("set_aside") or name).suffix


def known_on() -> date | None:
    """The day of the evidence by which persons are placed; None where there is none."""
    try:
        told = json.loads((settings.EVIDENCE / "sources.json").read_text("utf-8"))
        return date.fromisoformat(told["day"])
    except (OSError, ValueError, KeyError):
        return None
