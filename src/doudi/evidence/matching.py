"""Which declared thing is the thing that a department found, and which of the two is used."""

from __future__ import annotations

import polars as pl

from doudi.evidence.ground import Ground
from doudi.evidence.precedence import ItemPrecedence, Order
from doudi.evidence.schema import DECLARED, items_of

_ONE_BY_ONE = ("asset", "holding")
"""Entities whose items are matched one by one; expenses are matched by what they are for."""


def matched(ground: Ground, found: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """All items with ``same_as``, ``matched_by``, ``used`` and ``rule``, sorted as ITEMS says."""
    every = pl.concat([found, declared]).with_columns(_kind=_kind())
    every = every.with_columns(rule=_fitness(ground))
    every = every.with_columns(_fit=~pl.col("rule").is_in(["gone", "expired"]).fill_null(False))
    pairs = pl.concat([_by_number(every), _by_kind(every)]).unique(
        "declared_id", keep="first", maintain_order=True
    )
    pairs = pairs.unique("found_id", keep="first", maintain_order=True)
    others = pl.concat([_other_words(every, pairs), _replaced_expenses(every)])
    every = every.drop("same_as", "matched_by").join(others, on="item_id", how="left")
    every = every.with_columns(used=pl.col("_fit") & pl.col("same_as").is_null())
    why = (
        pl.when(~pl.col("_fit")).then("rule")
        .when(pl.col("same_as").is_not_null()).then(pl.lit("same_thing"))
        .when(pl.col("rule").is_not_null()).then("rule")
        .when(pl.col("item_id").is_in(others["same_as"].implode())).then(pl.lit("first_source"))
        .otherwise(pl.lit("only_source"))
    )  # fmt: skip
    return items_of(every.with_columns(rule=why).lazy()).collect().sort("entity", "household_id", "item_id")


def _kind() -> pl.Expr:
    return pl.when(pl.col("entity").is_in(["asset", "expense"])).then("kind").otherwise(pl.lit("all"))


def _fitness(ground: Ground) -> pl.Expr:
    """The rule of each item before it is compared: gone, or declared too long ago of what a department knows."""
    known = [
        f"{entity}/{kind}" for (entity, kind), each in Order.load().items.items()
        if any(feed in ground.asked and ground.asked[feed].answers for feed in each.sources)
    ]  # fmt: skip
    expired = (pl.col("source") == DECLARED) & (pl.col("received_at") < ground.declarations_from())
    of_known = pl.concat_str("entity", "_kind", separator="/").is_in(known)
    late = pl.col("source").is_in([name for name, asked in ground.asked.items() if asked.state == "late"])
    return (
        pl.when(pl.col("rule").is_not_null()).then("rule")
        .when(expired & of_known).then(pl.lit("expired"))
        .when(expired).then(pl.lit("old_declaration"))
        .when(late).then(pl.lit("last_known"))
    )  # fmt: skip


def _by_number(every: pl.DataFrame) -> pl.DataFrame:
    """Items of one household that are filed under the same number."""
    numbered = every.filter(pl.col("number").is_not_null()).with_columns(
        _number=pl.col("number").str.replace(r"/.*$", "").str.to_uppercase()
    )
    return _joined(numbered, ["household_id", "entity", "_kind", "_number"], "number")


def _by_kind(every: pl.DataFrame) -> pl.DataFrame:
    """Items of one household, owner and kind in the order of their value and area; then of one household and kind."""
    plain = every.filter(pl.col("entity").is_in(_ONE_BY_ONE), pl.col("rule").ne_missing("gone")).with_columns(
        _kind=pl.coalesce("programme", "_kind")
    )
    of_owner = _joined(
        _numbered_off(plain, "person_id"), ["household_id", "entity", "_kind", "person_id", "_place"], "kind"
    )
    taken = pl.concat([of_owner["declared_id"], of_owner["found_id"]])
    rest = plain.filter(~pl.col("item_id").is_in(taken.implode()))
    return pl.concat(
        [of_owner, _joined(_numbered_off(rest), ["household_id", "entity", "_kind", "_place"], "kind")]
    )


def _numbered_off(items: pl.DataFrame, *more: str) -> pl.DataFrame:
    side = (pl.col("source") == DECLARED).alias("_declared")
    keys = ["household_id", "entity", "_kind", *more]
    ordered = items.with_columns(side).sort(
        "value", "area", "monthly", "item_id", descending=[True, True, True, False], nulls_last=True
    )
    return ordered.with_columns(_place=pl.int_range(pl.len()).over(*keys, "_declared"))


def _joined(items: pl.DataFrame, on: list[str], by: str) -> pl.DataFrame:
    stated = items.filter(pl.col("source") == DECLARED).select(*on, declared_id="item_id")
    found = items.filter(pl.col("source") != DECLARED).select(*on, found_id="item_id")
    return (
        stated.join(found, on=on, nulls_equal=True)
        .select("declared_id", "found_id", matched_by=pl.lit(by))
        .sort("declared_id", "found_id")
    )


def _other_words(every: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Of each pair the item that is not used: ``item_id``, ``same_as`` (the one that is), ``matched_by``."""
    fit = every.select("item_id", "_fit")
    stated = every.select(declared_id="item_id", entity="entity", _kind="_kind")
    both = pairs.join(stated, on="declared_id").join(fit.rename({"item_id": "declared_id"}), on="declared_id")
    both = both.join(fit.rename({"item_id": "found_id", "_fit": "_found_fit"}), on="found_id")
    declared_first = pl.concat_str("entity", "_kind", separator="/").is_in(
        [f"{each.entity}/{each.kind}" for each in Order.load().items.values() if _declared_first(each)]
    )
    keep_stated = pl.col("_fit") & (declared_first | ~pl.col("_found_fit"))
    gone = ~pl.col("_found_fit")
    return both.filter(pl.col("matched_by").is_not_null()).select(
        item_id=pl.when(keep_stated & ~gone).then("found_id").otherwise("declared_id"),
        same_as=pl.when(keep_stated & ~gone).then("declared_id").otherwise("found_id"),
        matched_by="matched_by",
    )  # fmt: skip


def _declared_first(order: ItemPrecedence) -> bool:
    return order.sources[0] == DECLARED


def _replaced_expenses(every: pl.DataFrame) -> pl.DataFrame:
    """Declared expenses of a kind that a department found for the same person, or for anyone where they name none."""
    expenses = every.filter(pl.col("entity") == "expense")
    found = expenses.filter(pl.col("source") != DECLARED).sort("item_id")
    stated = expenses.filter(pl.col("source") == DECLARED, "_fit").select(
        "item_id", "household_id", "kind", "person_id"
    )
    keys = ["household_id", "kind"]
    own = found.group_by(*keys, "person_id").agg(same_as=pl.col("item_id").first())
    anyone = found.group_by(keys).agg(same_as=pl.col("item_id").first())
    parts = [
        stated.filter(pl.col("person_id").is_not_null()).join(own, on=[*keys, "person_id"]),
        stated.filter(pl.col("person_id").is_null()).join(anyone, on=keys),
    ]
    return pl.concat([part.select("item_id", "same_as", matched_by=pl.lit("kind")) for part in parts])
