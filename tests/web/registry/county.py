"""Builds of evidence for tests: written as room ``evidence`` writes them, of people who do not exist."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence.precedence import Order
from doudi.evidence.register import typed, write_register
from doudi.evidence.schema import FACTS, ITEMS, LINKS, PEOPLE, items_of
from doudi.facts.values import show
from doudi.facts.vocabulary import Fact, Vocabulary

DAY, LATER = date(2026, 8, 1), date(2026, 9, 1)
RECEIVED = datetime(2026, 7, 10, 1, tzinfo=UTC)
RESIDENTS = "residents"


@dataclass
class Somebody:
    """A person with what is told of him; facts that are not named take the value that means nothing special.

    ``told_by``: the feed that tells a fact, where it is not that of residents.
    """

    number: str
    name: str
    relation: str = "head"
    sex: str = "male"
    born: date = date(1970, 5, 1)
    id_number: str = ""
    state: str = "present"
    ended_on: date | None = None
    since: date | None = None
    facts: dict[str, str | None] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)
    told_by: dict[str, str] = field(default_factory=dict)


@dataclass
class Home:
    """A household: its people, facts, and items by entity."""

    number: str
    village: str
    people: list[Somebody]
    facts: dict[str, str | None] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)


def id_number(born: date, place: int, county: str = "999901") -> str:
    """A number with a right check digit under a county that does not exist."""
    first = f"{county}{born:%Y%m%d}{place:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


def write(folder: Path, homes: list[Home], day: date = DAY) -> Path:
    """Lay down a build of these households."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = pl.DataFrame([row for home in homes for row in _rows(home)], schema=dict(FACTS), orient="row")
    facts.write_parquet(folder / "facts.parquet")
    items = [_item(home, place, each) for home in homes for place, each in enumerate(home.items)]
    table = items_of(pl.LazyFrame(items, schema=dict(ITEMS))).collect()
    table.write_parquet(folder / "items.parquet")
    people = [_person(home, somebody) for home in homes for somebody in home.people]
    pl.DataFrame(people, schema=dict(PEOPLE), orient="row").write_parquet(folder / "people.parquet")
    _register(folder, homes, facts, table)
    (folder / "sources.json").write_text(json.dumps({"day": day.isoformat(), "feeds": {}}), "utf-8")
    return folder


def write_registry(folder: Path, homes: list[Home]) -> Path:
    """The registry's folder, for addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        (home.number, "rural", home.village, f"{home.village}1组{place}号")
        for place, home in enumerate(homes)
    ]
    pl.DataFrame(rows, schema=["household_id", "area", "village", "address"], orient="row").write_parquet(
        folder / "households.parquet"
    )
    return folder


def link_rows(folder: Path, feed: str, whose: dict[str, str]) -> None:
    """Say whose the rows of a feed are."""
    rows = [(row, "person", person, "link", "rule", "exact_id", 1.0, row) for row, person in whose.items()]
    (folder / "links").mkdir(exist_ok=True)
    pl.DataFrame(rows, schema=dict(LINKS), orient="row").write_parquet(folder / "links" / f"{feed}.parquet")


def _person(home: Home, somebody: Somebody) -> tuple[Any, ...]:
    return (
        somebody.number, home.number, somebody.relation, somebody.name, somebody.sex, somebody.born,
        somebody.id_number or None, home.village, somebody.state, somebody.ended_on, "registry", [], somebody.since, 1.0,
    )  # fmt: skip


def _rows(home: Home) -> list[tuple[Any, ...]]:
    found = []
    here = [somebody for somebody in home.people if somebody.state == "present"]
    for subject, column in Order.load().facts:
        fact = Vocabulary.load().entities[subject].facts[column]
        if subject == "household" and here:
            told = {"village": home.village, "area": "rural", **home.facts}
            found.append(_fact(subject, home.number, fact, told))
        if subject == "person":
            for somebody in here:
                own = {
                    "household_id": home.number, "relation": somebody.relation, "born": somebody.born.isoformat(),
                    "sex": somebody.sex, "name": somebody.name, **somebody.facts,
                }  # fmt: skip
                source = somebody.told_by.get(column, RESIDENTS)
                found.append(_fact(subject, somebody.number, fact, own, source))
                if column in somebody.also:
                    found.append(_other(somebody.number, column, somebody.also[column]))
    return found


def _fact(
    subject: str, number: str, fact: Fact, told: dict[str, str | None], source: str = RESIDENTS
) -> tuple[Any, ...]:
    value = told[fact.column] if fact.column in told else _nothing(fact)
    return (
        subject, number, fact.column, value, source, [f"row.{number}"], "2026-07", RECEIVED, None, 1.0,
        value is not None, "only_source" if value is not None else "not_told",
    )  # fmt: skip


def _other(number: str, column: str, value: str) -> tuple[Any, ...]:
    return ("person", number, column, value, "declared", [], None, RECEIVED, None, 1.0, False, "later_source")


USUALLY_TRUE = frozenset({
    "assets_stated", "expenses_stated", "supporters_stated", "has_residence_registration", "full_time", "duty_of_support",
    "shares_means", "household_means_shared", "safe_housing", "safe_water",
})  # fmt: skip


def _nothing(fact: Fact) -> str:
    """The value that means nothing special."""
    if fact.column.startswith("can_") or fact.column in USUALLY_TRUE:
        return "true"
    if fact.column == "marital":
        return "single"
    if fact.kind == "code" and fact.codes is not None and "none" not in fact.codes:
        return show(fact, fact.default)
    return {"flag": "false", "money": "0.00", "count": "0"}.get(fact.kind, "none")


def _item(home: Home, place: int, told: dict[str, Any]) -> dict[str, Any]:
    empty = dict.fromkeys(ITEMS)
    plain: dict[str, Any] = {
        "item_id": f"{home.number}.{place}", "household_id": home.number, "source": "residents", "row_ids": ["row.item"],
        "period": "2026-07", "received_at": RECEIVED, "confidence": 1.0, "used": True, "rule": "only_source",
    }  # fmt: skip
    sums = {
        name: Decimal(value)
        for name, value in told.items()
        if isinstance(value, str) and name in ("value", "amount", "monthly", "area")
    }
    return {**empty, **plain, **told, **sums}


def _register(folder: Path, homes: list[Home], facts: pl.DataFrame, items: pl.DataFrame) -> None:
    here = [(somebody, home) for home in homes for somebody in home.people if somebody.state == "present"]
    lived = sorted({home.number for _, home in here})
    tables = {
        "household": pl.DataFrame({"household_id": lived}),
        "person": pl.DataFrame({
            "person_id": [somebody.number for somebody, _ in here], "name": [somebody.name for somebody, _ in here],
        }, schema={"person_id": pl.String, "name": pl.String}),
    }  # fmt: skip
    used = facts.filter("used").partition_by("subject", "fact", as_dict=True)
    for subject, column in Order.load().facts:
        fact = Vocabulary.load().entities[subject].facts[column]
        if column != "name":
            told = used.get((subject, column), facts.clear()).select("subject_id", "value")
            tables[subject] = tables[subject].with_columns(typed(fact, told, tables[subject]))
    target = folder / "register"
    if target.exists():
        import shutil

        shutil.rmtree(target)
    write_register(target, tables, items)
