"""What departments' rows tell of what is received, beyond the roll of those in assistance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from doudi.facts.vocabulary import Vocabulary
from doudi.feeds import contract
from doudi.monitoring.rows import entity_of, rows_of_feeds
from doudi.programmes.catalogue import catalogue
from doudi.rules.columns import Columns

ROLL = "aid_roll"


@dataclass(frozen=True, slots=True)
class Telling:
    """Which rows tell what is received of a programme: the amount of a month in a field, of the newest month, where codes are so."""

    programme: str
    feed: str
    monthly: str
    month: str
    where: Mapping[str, str]

    @property
    def fields(self) -> tuple[str, ...]:
        """The values of the rows that are asked for."""
        names = (self.monthly, *((self.month,) if self.month else ()), *self.where)
        return tuple(f"{entity_of(self.feed)}_{name}" for name in names)


@cache
def tellings() -> tuple[Telling, ...]:
    """As ``held.yaml`` has them."""
    page: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("held.yaml").read_text("utf-8"))
    return tuple(
        Telling(id, body["feed"], body["monthly"], body.get("month", ""), body.get("where", {}))
        for id, body in page.items()
    )


def feeds_telling() -> dict[str, str]:
    """By programme the feed that tells what is received of it; programmes that none tells of are left out."""
    told = {one.programme: one.feed for one in tellings()}
    for one in catalogue().programmes.values():
        if one.held_as or (one.held_with and catalogue().programmes[one.held_with].held_as):
            told.setdefault(one.id, ROLL)
    return told


def with_held(columns: Columns, rows: Mapping[str, pl.DataFrame]) -> Columns:
    """The same facts with holdings for what the rows tell; ``rows`` by entity as :func:`linked_rows` gives them."""
    found = holdings_told(rows)
    if found is None or not found.height:
        return columns
    entity = Vocabulary.load().entities["holding"]
    parents = np.concatenate([columns.parents["holding"], found["household"].to_numpy()])
    order = np.argsort(parents, kind="stable")
    values, unknown = dict(columns.values), dict(columns.unknown)
    more = {name: found[name].to_numpy() for name in found.columns if name.startswith("holding_")}
    for fact in entity.engine_facts():
        added = more.get(fact.name, np.full(found.height, fact.default))
        kind = np.promote_types(values[fact.name].dtype, added.dtype)
        values[fact.name] = np.concatenate([values[fact.name], added]).astype(kind)[order]
    for name in (*(fact.name for fact in entity.engine_facts()), "holding_has_owner"):
        if name in unknown:
            unknown[name] = np.concatenate([unknown[name], np.zeros(found.height, np.bool_)])[order]
    owners = np.concatenate([columns.links["holding", "owner"], found["owner"].to_numpy()])[order]
    values["holding_has_owner"] = owners >= 0
    return replace(
        columns, counts={**columns.counts, "holding": len(parents)}, values=values, unknown=unknown,
        parents={**columns.parents, "holding": parents[order]}, links={**columns.links, ("holding", "owner"): owners},
    )  # fmt: skip


def holdings_told(rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame | None:
    """The holdings that rows tell of: ``household``, ``owner`` (places), and the facts of a holding by their engine names; None
    where none of these feeds was read."""
    parts = [_holdings(one, rows[entity_of(one.feed)]) for one in tellings() if entity_of(one.feed) in rows]
    return pl.concat(parts) if parts else None


def _holdings(one: Telling, rows: pl.DataFrame) -> pl.DataFrame:
    """A monthly holding for each person whom the newest month names; of who is present only."""
    entity = entity_of(one.feed)
    made, kinds = contract(one.feed), rows_of_feeds()[entity].told
    name = f"{entity}_{one.month}" if one.month else None
    chosen = rows.filter(pl.col("person") >= 0)
    if name is not None and rows.height:
        chosen = chosen.filter(pl.col(name) == rows[name].max())
    for field, code in one.where.items():
        codes = made.fields[field].codes
        assert codes is not None
        chosen = chosen.filter(pl.col(kinds[f"{entity}_{field}"].name) == codes.index(code))
    sums = chosen.group_by("household", "person", maintain_order=True).agg(
        pl.col(f"{entity}_{one.monthly}").sum()
    )
    items, programmes = (Vocabulary.load().codes[name] for name in ("aid_item", "programme"))
    return sums.select(
        pl.col("household").cast(pl.Int64),
        pl.col("person").cast(pl.Int64).alias("owner"),
        pl.lit(programmes.index("other_aid"), pl.Int64).alias("holding_programme"),
        pl.lit(items.index(one.programme), pl.Int64).alias("holding_item"),
        pl.col(f"{entity}_{one.monthly}").fill_null(0).cast(pl.Int64).alias("holding_monthly"),
        pl.lit(19000101, pl.Int64).alias("holding_since"),
    )
