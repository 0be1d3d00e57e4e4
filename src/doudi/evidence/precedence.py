"""Which source is believed for which fact: the table in ``precedence.yaml``, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from doudi.evidence.schema import DECLARED, PRESUMED, REGISTRY

NOT_LISTED = "not_listed"
_OWN = frozenset({DECLARED, REGISTRY, PRESUMED})


@dataclass(frozen=True, slots=True)
class Precedence:
    """The sources of one fact. ``ranks``: source, or ``feeds:not_listed``, to its place; equal places stand side by side.

    ``nothing``: the value that a complete and fresh feed without a row means.
    """

    subject: str
    fact: str
    ranks: Mapping[str, int]
    nothing: str | None
    declared_if_more: bool
    zh: str
    en: str

    @property
    def feeds(self) -> tuple[str, ...]:
        """The feeds that may tell it, in their order."""
        names = (part for source in self.ranks for part in source.partition(":")[0].split("+"))
        return tuple(dict.fromkeys(name for name in names if name not in _OWN))

    @property
    def silent(self) -> tuple[str, ...] | None:
        """The feeds all of which must be complete and fresh for silence to mean something; None where it never does."""
        named = next((source for source in self.ranks if source.endswith(f":{NOT_LISTED}")), None)
        return tuple(named.partition(":")[0].split("+")) if named else None

    @property
    def silence(self) -> str:
        """These feeds as the source of what their silence means."""
        return "+".join(self.silent or ())


@dataclass(frozen=True, slots=True)
class ItemPrecedence:
    """The sources of items of one entity and kind (``all``: of every kind) in their order."""

    entity: str
    kind: str
    sources: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Order:
    """All facts in their order, by subject and fact, items by entity and kind; how long declarations and emergencies last."""

    facts: Mapping[tuple[str, str], Precedence]
    items: Mapping[tuple[str, str], ItemPrecedence]
    declaration_months: int
    urgent_months: int
    ruined_months: int

    @staticmethod
    def load() -> Order:
        """The order that ships."""
        return _load()

    @property
    def feeds(self) -> tuple[str, ...]:
        """Every feed that tells some fact or item."""
        of_facts = (feed for each in self.facts.values() for feed in each.feeds)
        of_items = (source for each in self.items.values() for source in each.sources if source not in _OWN)
        return tuple(dict.fromkeys((*of_facts, *of_items)))


@cache
def _load() -> Order:
    page: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("precedence.yaml").read_text("utf-8"))
    facts = {
        (subject, fact): Precedence(
            subject, fact, _ranks(entry["sources"]), entry.get("nothing"), entry.get("declared_if_more", False),
            entry["zh"], entry["en"],
        )
        for subject in ("household", "person")
        for entry in page[subject]
        for fact in entry["facts"]
    }  # fmt: skip
    items = {
        (entry["entity"], kind): ItemPrecedence(
            entry["entity"], kind, tuple(entry["sources"]), entry["zh"], entry["en"]
        )
        for entry in page["items"]
        for kind in entry["kinds"]
    }
    return Order(
        facts,
        items,
        page["declaration_months"]["value"],
        page["urgent_months"]["value"],
        page["ruined_months"]["value"],
    )


def _ranks(sources: list[Any]) -> dict[str, int]:
    return {
        name: place
        for place, each in enumerate(sources)
        for name in (each if isinstance(each, list) else [each])
    }
