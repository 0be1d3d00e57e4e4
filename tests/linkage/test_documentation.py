"""The page of documentation names every rule, reason, kind of comparison, key and column."""

from __future__ import annotations

from pathlib import Path

from doudi.linkage import link, read_config
from doudi.linkage.cascade import AMBIGUOUS, IMPROBABLE
from doudi.linkage.config import Training, Zones
from doudi.linkage.levels import KINDS
from tests.linkage.people import LI, persons, row_about, rows

PAGE = (Path(__file__).parents[2] / "docs" / "linkage.md").read_text("utf-8")


def test_rules_and_reasons_are_told() -> None:
    config = read_config()
    names = [rule.name for rule in (*config.rules, *config.review_when)]
    assert [name for name in (*names, AMBIGUOUS, IMPROBABLE) if f"`{name}`" not in PAGE] == []


def test_kinds_and_keys_are_told() -> None:
    keys = [*KINDS, *Training.__dataclass_fields__, *Zones.__dataclass_fields__]
    assert [key for key in keys if key not in PAGE] == []


def test_columns_are_told() -> None:
    found = link(rows(row_about(LI, "1")), persons())
    columns = [*found.links.columns, *found.waterfall.columns]
    assert [column for column in columns if column not in PAGE] == []
