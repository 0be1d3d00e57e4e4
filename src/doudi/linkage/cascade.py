"""From weighed pairs to one outcome for each row: rules in order, then weights, then what only a person may decide."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from doudi.linkage.config import Config, Rule

AMBIGUOUS = "ambiguous"
IMPROBABLE = "below_link"


def ranked(pairs: pl.DataFrame, config: Config) -> pl.DataFrame:
    """Pairs with the ``rule`` that links them, the ``guard`` that forbids linking them without a person's word, and their
    ``rank`` within their row: the heaviest first. Only pairs that may matter to anyone remain."""
    zones = config.zones
    return (
        pairs.with_columns(rule=_first(config.rules, config), guard=_first(config.review_when, config))
        .filter((pl.col("probability") >= zones.review) | pl.col("rule").is_not_null())
        .sort("row_id", "weight", "person_id", descending=[False, True, False])
        .with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("row_id"))
    )


def outcomes(pairs: pl.DataFrame, config: Config) -> pl.DataFrame:
    """For each row with ranked pairs: ``person_id``, ``zone``, ``by``, ``why``, and the second best.

    ``why`` names the rule that linked, or what left it to a person: a guard, ``ambiguous`` or ``below_link``. Rows linked by
    weights alone have no ``why``.
    """
    zones = config.zones
    second = pairs.filter(pl.col("rank") == 2).select(
        "row_id", second_person_id="person_id", second_probability="probability", _second="weight"
    )
    best = pairs.filter(pl.col("rank") == 1).join(second, on="row_id", how="left")
    ambiguous = (pl.col("weight") - pl.col("_second") < zones.clear_by).fill_null(False)
    reason = (
        pl.when(pl.col("guard").is_not_null()).then(pl.col("guard"))
        .when(ambiguous).then(pl.lit(AMBIGUOUS))
        .when(pl.col("rule").is_null() & (pl.col("probability") < zones.link)).then(pl.lit(IMPROBABLE))
    )  # fmt: skip
    return best.with_columns(_reason=reason).select(
        "row_id",
        "person_id",
        zone=pl.when(pl.col("_reason").is_null()).then(pl.lit("link")).otherwise(pl.lit("review")),
        by=pl.when(pl.col("rule").is_not_null() & pl.col("_reason").is_null())
        .then(pl.lit("rule"))
        .otherwise(pl.lit("weights")),
        why=pl.coalesce("_reason", "rule"),
        probability="probability",
        weight="weight",
        second_person_id="second_person_id",
        second_probability="second_probability",
    )


def waterfall(pairs: pl.DataFrame, config: Config, prior_bits: float) -> pl.DataFrame:
    """What made each pair's weight, step by step: ``step`` 0 is the prior; the ``bits`` of a pair sum to its weight."""
    keys = ["row_id", "person_id"]
    parts = [
        pairs.select(*keys, step=pl.lit(0, pl.Int32), comparison=pl.lit("prior"), level=pl.lit(None, pl.String), bits=pl.lit(prior_bits))
    ]  # fmt: skip
    for step, each in enumerate(config.comparisons, 1):
        names = {each.value_of(name): name for name in each.names()}
        level = pl.col(f"level_{each.name}").cast(pl.Int32).replace_strict(names, return_dtype=pl.String)
        bits = [
            pl.col(column) for column in (f"bits_{each.name}", f"rare_{each.name}") if column in pairs.columns
        ]
        parts.append(
            pairs.select(
                *keys,
                step=pl.lit(step, pl.Int32),
                comparison=pl.lit(each.name),
                level=level,
                bits=pl.sum_horizontal(bits),
            )
        )
    return pl.concat(parts).sort(*keys, "step")


def _first(rules: Sequence[Rule], config: Config) -> pl.Expr:
    """The name of the first rule that holds, else null."""
    found = pl.lit(None, pl.String)
    for rule in reversed(rules):
        holds = pl.all_horizontal(
            pl.col(f"level_{name}").is_in([config.comparison(name).value_of(level) for level in levels])
            for name, levels in rule.when.items()
        )
        found = pl.when(holds).then(pl.lit(rule.name)).otherwise(found)
    return found
