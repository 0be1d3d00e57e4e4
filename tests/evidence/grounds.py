"""Ground for the rules of facts: two households of made-up people, and feeds whose rows a test writes by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence.asked import Asked
from doudi.evidence.ground import Ground
from doudi.evidence.linking import Rows
from doudi.evidence.namings import facts_in, parts_of
from doudi.evidence.people import Population
from doudi.evidence.registry import IDENTITIES, Registry, declared_type
from doudi.evidence.schema import PEOPLE
from doudi.facts.vocabulary import Vocabulary
from doudi.feeds import contract, contracts
from doudi.feeds.values import TYPES

DAY = date(2026, 7, 31)
MONTHS = tuple(f"2025-{month:02}" for month in range(7, 13)) + tuple(
    f"2026-{month:02}" for month in range(1, 7)
)
RECEIVED = datetime(2026, 7, 10, 1, tzinfo=UTC)
OLD_MAN, HIS_WIFE, WORKER, CHILD = "p1", "p2", "p3", "p4"
PERSONS = (
    (OLD_MAN, "h1", "head", "male", date(1950, 3, 4)), (HIS_WIFE, "h1", "spouse", "female", date(1952, 8, 9)),
    (WORKER, "h2", "head", "female", date(1985, 1, 2)), (CHILD, "h2", "child", "male", date(2015, 6, 1)),
)  # fmt: skip
HOMES = pl.DataFrame(
    {"household_id": ["h1", "h2"], "area": ["rural", "urban"], "village": ["柳河村", "城关社区"],
     "source": ["registry", "registry"], "row_ids": [[], []]},
    schema_overrides={"row_ids": pl.List(pl.String)},
)  # fmt: skip


def asked_all(**states: str) -> dict[str, Asked]:
    """Every feed fresh and whole, but for those given another state."""
    found = {}
    for name, made in contracts().items():
        monthly = made.kind == "events" and made.period == "month"
        newest = "2026-H1" if made.period == "half_year" else "2026-06"
        one = Asked(made, "fresh", newest, (), MONTHS if monthly else (newest,), True, 0)
        state = states.get(name)
        if state == "never":
            one = replace(one, state="never", newest=None, window=(), whole=False)
        elif state == "late":
            one = replace(one, state="late", missing=("2026-06",))
        elif state == "gap":
            one = replace(one, state="late", missing=("2026-02",), whole=False)
        elif state == "young":
            one = replace(one, whole=False)
        found[name] = one
    return found


def ground(
    folder: Path,
    feeds: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    declared: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    declared_on: date = date(2026, 3, 1),
    **states: str,
) -> Ground:
    """Ground with these rows, each about the person in ``person`` (or in another part), linked with probability 1."""
    rows = Rows(folder)
    for name in contracts():
        _linked(rows, name, list((feeds or {}).get(name, ())))
    return Ground(DAY, asked_all(**states), rows, _people(), _registry(declared or {}, declared_on))


def _linked(rows: Rows, feed: str, written: list[Mapping[str, Any]]) -> None:
    made = contract(feed)
    schema: dict[str, Any] = {
        "row_id": pl.String,
        "period": pl.String,
        "received_at": pl.Datetime("us", "UTC"),
    }
    schema |= {name: TYPES.get(made.fields[name].type, pl.String()) for name in facts_in(made)}
    for part in parts_of(feed):
        schema |= {part.name: pl.String, f"{part.name}_p": pl.Float64}
    full = [
        {
            "row_id": f"{feed}-{place}", "period": one.get("month", "2026-06"), "received_at": RECEIVED,
            **{f"{part.name}_p": 1.0 for part in parts_of(feed) if part.name in one}, **one,
        }
        for place, one in enumerate(written)
    ]  # fmt: skip
    money = [name for name, kind in schema.items() if isinstance(kind, pl.Decimal)]
    loose = {name: pl.String if name in money else kind for name, kind in schema.items()}
    table = pl.DataFrame(full, schema=loose, orient="row") if full else pl.DataFrame(schema=loose)
    table.with_columns(pl.col(name).cast(schema[name]) for name in money).write_parquet(rows.linked(feed))


def _people() -> Population:
    everyone = pl.DataFrame(
        [
            {"person_id": key, "household_id": home, "relation": relation, "name": "某某", "sex": sex, "born": born,
             "state": "present", "source": "registry", "row_ids": [], "confidence": 1.0}
            for key, home, relation, sex, born in PERSONS
        ],
        schema=dict(PEOPLE),
    )  # fmt: skip
    present = everyone.join(HOMES.select("household_id", "area"), on="household_id")
    return Population(everyone, present.sort("household_id", "person_id"), HOMES)


def _registry(declared: Mapping[str, Sequence[Mapping[str, Any]]], declared_on: date) -> Registry:
    tables = {}
    for name, rows in declared.items():
        entity = Vocabulary.load().entities[name]
        columns = dict.fromkeys(column for row in rows for column in row)
        kinds = {
            column: pl.String() if column == "number" else declared_type(entity, column) for column in columns
        }
        loose = {name: pl.String() if isinstance(kind, pl.Decimal) else kind for name, kind in kinds.items()}
        table = pl.DataFrame(list(rows), schema=loose, orient="row")
        table = table.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items())
        tables[name] = table.with_columns(declared_on=pl.lit(declared_on))
    identities = pl.DataFrame(
        [
            {"person_id": key, "household_id": home, "relation": relation, "sex": sex, "born": born, "name": "某某"}
            for key, home, relation, sex, born in PERSONS
        ],
        schema=dict(IDENTITIES),
    )  # fmt: skip
    return Registry(identities, HOMES.with_columns(address=pl.lit(None, pl.String)), tables)
