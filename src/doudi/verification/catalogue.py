"""The items that a means check compares, as ``items.yaml`` lists them, and the hash of that list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from doudi.facts.vocabulary import Fact, Vocabulary

Group = Literal["income", "allowance", "property", "expense", "status"]
GROUPS: Mapping[Group, tuple[str, str]] = {
    "income": ("收入（12个月）", "Income of 12 months"),
    "allowance": ("依法不计入收入的待遇（12个月）", "Receipts of 12 months that do not count as income"),
    "property": ("财产", "Property"),
    "expense": ("支出（12个月）", "Expenses of 12 months"),
    "status": ("身份状况", "Status"),
}
_FILE = Path(__file__).parent / "items.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """One item. Of ``fact``, ``asset``, ``expense`` and ``state`` exactly one is set. ``sources`` are feeds, the first
    counts most. ``complete`` is false where sources that list nothing of a person prove nothing, because they list only
    some. ``zh`` and ``en`` name what the vocabulary of facts does not."""

    name: str
    group: Group
    by: Literal["amount", "existence", "code", "state"]
    sources: tuple[str, ...]
    fact: str | None = None
    asset: str | None = None
    expense: str | None = None
    state: bool = False
    complete: bool = True
    zh: str = ""
    en: str = ""

    def title(self, language: str = "zh") -> str:
        """Its name for people."""
        if self.zh:
            return self.zh if language == "zh" else self.en
        vocabulary = Vocabulary.load()
        if self.fact is not None:
            known = vocabulary.entities["person"].facts[self.fact]
            return known.zh if language == "zh" else known.en
        codes = vocabulary.codes["asset" if self.asset else "expense"]
        return codes.entries[self.asset or str(self.expense)][language != "zh"]

    @property
    def person_fact(self) -> Fact | None:
        """The fact of the vocabulary, for items that are one."""
        return Vocabulary.load().entities["person"].facts[self.fact] if self.fact else None


@cache
def items() -> Mapping[str, Item]:
    """All items by name, in the order of the report."""
    page: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_bytes())
    return {name: Item(name, **{**body, "sources": tuple(body["sources"])}) for name, body in page.items()}


@cache
def checkable_feeds() -> tuple[str, ...]:
    """The feeds that some item can be told by, in the order of the items."""
    return tuple(dict.fromkeys(feed for item in items().values() for feed in item.sources))


@cache
def version() -> str:
    """The hash of the list."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()
