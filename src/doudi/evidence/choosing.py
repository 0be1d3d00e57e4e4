"""Of all that is told of a fact, which value is used: sources in their order, silence where it means something."""

from __future__ import annotations

import polars as pl

from doudi.evidence.ground import TELLING, Ground
from doudi.evidence.precedence import NOT_LISTED, Precedence
from doudi.evidence.schema import DECLARED

_UNFIT = ("stale", "incomplete")
_NO_ROWS = pl.lit([], dtype=pl.List(pl.String()))


def chosen(ground: Ground, order: Precedence, told: list[pl.LazyFrame], review: pl.LazyFrame) -> pl.DataFrame:
    """The rows of FACTS for one fact.

    ``review``: ``subject_id``, ``feed``, ``row_ids`` of rows that only a person may decide on.
    """
    types = [pl.col(name).cast(kind) for name, kind in TELLING.items()]
    every = pl.concat([each.select(types) for each in told] or [_nothing()]).collect().lazy()
    every = every.with_columns(_rank=_rank(order, pl.col("source")), rule=_fitness(ground, order))
    silence = _silence(ground, order, every, review)
    every = pl.concat([every, *silence], how="diagonal")
    table = _marked(every, order).select(
        subject=pl.lit(order.subject), subject_id="subject_id", fact=pl.lit(order.fact), value="value", source="source",
        row_ids="row_ids", period="period", received_at="received_at", since="since", confidence="confidence",
        used="used", rule="rule",
    )  # fmt: skip
    return table.collect(engine="in-memory")


def _nothing() -> pl.LazyFrame:
    return pl.LazyFrame(schema=dict(TELLING))


def _rank(order: Precedence, source: pl.Expr) -> pl.Expr:
    return source.replace_strict(dict(order.ranks), default=len(order.ranks), return_dtype=pl.Int32)


def _fitness(ground: Ground, order: Precedence) -> pl.Expr:
    """The rule of each telling before any is compared with another."""
    late = [
        source for source in order.ranks
        if any(ground.asked[feed].state == "late" for feed in source.split("+") if feed in ground.asked)
    ]  # fmt: skip
    expired = pl.col("received_at") < ground.declarations_from()
    old = "expired" if order.feeds else "old_declaration"
    return (
        pl.when(pl.col("value").is_null()).then(pl.lit("not_told"))
        .when((pl.col("source") == DECLARED) & expired).then(pl.lit(old))
        .when(pl.col("rule").is_null() & pl.col("source").is_in(late)).then(pl.lit("last_known"))
        .otherwise("rule")
    )  # fmt: skip


def _silence(
    ground: Ground, order: Precedence, every: pl.LazyFrame, review: pl.LazyFrame
) -> list[pl.LazyFrame]:
    """Rows in review about a subject of which a feed tells nothing, and what silence means of the others."""
    key = f"{order.subject}_id"
    here = ground.people.present if order.subject == "person" else ground.people.households
    subjects = here.lazy().select(subject_id=key)
    sources = [source for source in order.ranks if not source.endswith(NOT_LISTED)]
    doubts = []
    for source in sources:
        feeds = [feed for feed in source.split("+") if feed in ground.asked]
        if feeds:
            told = every.filter(pl.col("source") == source).select("subject_id")
            doubt = review.filter(pl.col("feed").is_in(feeds)).group_by("subject_id").agg(
                pl.col("row_ids").explode().unique().sort()
            )  # fmt: skip
            doubt = doubt.join(subjects, on="subject_id", how="semi").join(told, on="subject_id", how="anti")
            doubts.append(
                doubt.with_columns(
                    source=pl.lit(source), rule=pl.lit("in_review"), _rank=pl.lit(999, pl.Int32)
                )
            )
    if order.silent is None or not all(ground.asked[feed].answers for feed in order.silent):
        return doubts
    heard = every.filter(pl.col("source").is_in([*order.silent, order.silence])).select("subject_id")
    doubted = review.filter(pl.col("feed").is_in(list(order.silent))).select("subject_id")
    newest = max(str(ground.asked[feed].newest) for feed in order.silent)
    not_listed = subjects.join(heard, on="subject_id", how="anti").join(doubted, on="subject_id", how="anti")
    return [
        *doubts,
        not_listed.with_columns(
            value=pl.lit(order.nothing), source=pl.lit(order.silence), row_ids=_NO_ROWS, period=pl.lit(newest),
            confidence=pl.lit(1.0), rule=pl.lit(NOT_LISTED),
            _rank=pl.lit(order.ranks[f"{order.silence}:{NOT_LISTED}"], pl.Int32),
        ),
    ]  # fmt: skip


def _marked(every: pl.LazyFrame, order: Precedence) -> pl.LazyFrame:
    """Exactly one telling of each subject used, or none; the rule of each. Those of a subject stand together, first what is
    fit to be used, so that the neighbours of a telling say whether it is the first and the only one."""
    fit = pl.col("value").is_not_null() & ~pl.col("rule").is_in([*_UNFIT, "expired"]).fill_null(False)
    every = every.with_columns(_fit=fit).sort(
        "subject_id", "_fit", "_rank", "since", "source", descending=[False, True, False, True, False],
        nulls_last=[True, True, True, True, True],
    )  # fmt: skip
    before, after = pl.col("subject_id").shift(1), pl.col("subject_id").shift(-1)
    alone = ~(pl.col("_fit").shift(-1) & (after == pl.col("subject_id"))).fill_null(False)
    every = every.with_columns(used=before.ne_missing(pl.col("subject_id")) & pl.col("_fit"), _alone=alone)
    if order.declared_if_more:
        every = _declared_more(every)
    why = (
        pl.when(~pl.col("_fit") | pl.col("rule").is_in(["declared_more"])).then("rule")
        .when(~pl.col("used")).then(pl.lit("later_source"))
        .when(pl.col("rule").is_not_null()).then("rule")
        .when("_alone").then(pl.lit("only_source"))
        .otherwise(pl.lit("first_source"))
    )  # fmt: skip
    return every.with_columns(rule=why)


def _declared_more(every: pl.LazyFrame) -> pl.LazyFrame:
    """The declaration used where it states more than what would be used instead. The groups are made of plain columns:
    polars works out anything else group by group."""
    amount = pl.col("value").cast(pl.Decimal(14, 2))
    every = every.with_columns(_used_amount=pl.when("used").then(amount)).with_columns(
        _best=pl.col("_used_amount").first().over("subject_id")
    )
    more = (pl.col("source") == DECLARED) & pl.col("_fit") & ~pl.col("used") & (amount > pl.col("_best"))
    every = every.with_columns(_more=more.fill_null(False)).with_columns(
        _overruled=pl.col("_more").any().over("subject_id")
    )
    return every.with_columns(
        used=pl.when("_overruled").then("_more").otherwise("used"),
        rule=pl.when("_more").then(pl.lit("declared_more")).otherwise("rule"),
    )
