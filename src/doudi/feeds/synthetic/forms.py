"""How each department's file looks: its kind, its heading, the order of its columns, the shapes of its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from doudi.feeds.contract_model import Contract

FILE = Path(__file__).with_name("forms.yaml")
NUMBER = "序号"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Form:
    """The habits of one department; ``forms.yaml`` says what each means."""

    kinds: tuple[str, ...]
    encoding: str
    separator: str
    titles: int
    groups: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, str]
    omit: frozenset[str]
    dates: tuple[str, ...]
    months: str
    money: str
    codes: str
    order: str
    numbered: bool
    totals: bool
    care: float
    files: int
    corrected: str | None
    again: bool

    def columns(self, contract: Contract, rng: np.random.Generator, with_state: bool) -> list[str]:
        """The fields in the order in which this file has them; those of a group stand together."""
        fields = [
            name
            for name in contract.fields
            if name not in self.omit or (with_state and name == "record_state")
        ]
        if self.order != "contract":
            order = np.random.default_rng(len(fields)) if self.order == "mixed" else rng
            fields = [fields[place] for place in order.permutation(len(fields))]
        found: list[str] = []
        for name in fields:
            group = next((members for members in self.groups.values() if name in members), (name,))
            found += [each for each in group if each in fields and each not in found]
        return found

    def heading(self, contract: Contract, field: str) -> str:
        """The word above a column."""
        word = self.headings.get(field, contract.fields[field].zh)
        large = self.money == "ten_thousand" and contract.fields[field].type == "money"
        return f"{word}（万元）" if large else word

    def group(self, field: str) -> str | None:
        """The word above the words of several columns."""
        return next((word for word, members in self.groups.items() if field in members), None)


@cache
def forms() -> Mapping[str, Form]:
    """The form of every feed."""
    pages: dict[str, dict[str, Any]] = yaml.load(FILE.read_bytes(), Loader=_LOADER)
    usual = pages.pop("usual")
    return {feed: _form(usual | page) for feed, page in pages.items()}


def _form(page: dict[str, Any]) -> Form:
    page = dict(page)
    return Form(
        kinds=tuple(page.pop("as")),
        groups={word: tuple(members) for word, members in page.pop("groups").items()},
        omit=frozenset(page.pop("omit")),
        dates=tuple(page.pop("dates")),
        **page,
    )
