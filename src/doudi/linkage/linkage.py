"""Whose row is it: rows of departments linked to persons, each to at most one, with reasons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log2

import polars as pl

from doudi.linkage.cascade import outcomes, ranked, waterfall
from doudi.linkage.config import Config, read_config
from doudi.linkage.decisions import check_persons, fingerprints, for_rows, none_yet, remembered
from doudi.linkage.model import Model, shipped_model
from doudi.linkage.prepare import UNIT, checked, prepared

PORTION = 200_000
"""Rows weighed at a time; the result does not depend on it."""
ZONES = ("link", "review", "none")


@dataclass(frozen=True)
class Linkage:
    """The outcome.

    - ``links``: every row once: row_id, person_id (the best; null if none), zone, by (rule, weights, clerical, remembered),
      why, probability, weight (bits), second_person_id, second_probability, fingerprint;
    - ``candidates``: for linked rows the person, for rows in review the best few: row_id, person_id, rank, probability, weight,
      rule, guard;
    - ``waterfall``: row_id, person_id, step, comparison, level, bits;
    - ``decisions``: all decisions of people, remembered for the next time.
    """

    links: pl.DataFrame
    candidates: pl.DataFrame
    waterfall: pl.DataFrame
    decisions: pl.DataFrame
    model: Model

    def counts(self) -> dict[str, int]:
        """How many rows are in each zone; they add up to all rows."""
        found = dict(self.links.group_by("zone").len().iter_rows())
        return {"rows": self.links.height, **{zone: found.get(zone, 0) for zone in ZONES}}


def link(
    rows: pl.DataFrame,
    persons: pl.DataFrame,
    config: Config | None = None,
    *,
    model: Model | None = None,
    decisions: pl.DataFrame | None = None,
    earlier_decisions: pl.DataFrame | None = None,
    memory: str | None = None,
) -> Linkage:
    """Link ``rows`` (row_id and what the configuration compares) to ``persons`` (person_id and the same).

    Without ``model`` the weights are found from these tables, or those that ship are used if the tables are small.
    With the model of an earlier run and the same persons each row gets what it would have got then. ``memory`` is a limit
    for DuckDB such as ``2GB``.

    Raises:
        LinkageError: columns are missing, keys are empty or given twice, a decision names no person.
    """
    config = config or read_config()
    ours, people = both_comparable(rows, persons, config)
    return link_comparable(
        ours,
        people,
        config,
        model=model,
        decisions=decisions,
        earlier_decisions=earlier_decisions,
        memory=memory,
    )


def both_comparable(
    rows: pl.DataFrame, persons: pl.DataFrame, config: Config
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and persons as :func:`comparable` makes them, side by side.

    Raises:
        LinkageError: columns are missing, keys are empty or given twice.
    """
    with ThreadPoolExecutor(2) as threads:
        people = threads.submit(comparable, persons, "person_id", config)
        ours = threads.submit(comparable, rows, "row_id", config)
        return ours.result(), people.result()


def comparable(table: pl.DataFrame, key: str, config: Config) -> pl.DataFrame:
    """A table with all that is compared, its key as ``unique_id``, and ``fingerprint``: equal for rows that say the same of
    who they are about, another one once something else is said."""
    kinds = config.kinds()
    ours = prepared(checked(table, key, (), kinds), kinds)
    identity = [name for name in ("id", "id_known", *kinds) if name in ours.columns]
    return ours.with_columns(fingerprints(ours, identity))


def link_comparable(
    rows: pl.DataFrame,
    persons: pl.DataFrame,
    config: Config,
    *,
    model: Model | None = None,
    decisions: pl.DataFrame | None = None,
    earlier_decisions: pl.DataFrame | None = None,
    memory: str | None = None,
) -> Linkage:
    """:func:`link` for tables that were made comparable.

    Raises:
        LinkageError: a decision names no person.
    """
    every = remembered(
        none_yet() if earlier_decisions is None else earlier_decisions,
        none_yet() if decisions is None else decisions,
        rows.select(pl.col(UNIT).alias("row_id"), "fingerprint"),
    )
    check_persons(every, persons[UNIT])
    return _linked(rows, persons.drop("fingerprint"), config, model, every, memory)


def _linked(
    rows: pl.DataFrame,
    persons: pl.DataFrame,
    config: Config,
    model: Model | None,
    decisions: pl.DataFrame,
    memory: str | None,
) -> Linkage:
    from doudi.linkage.scoring import Scorer, telling_of_memory

    keys = rows.select(pl.col(UNIT).alias("row_id"), "fingerprint")
    rows = rows.drop("fingerprint")
    not_links, last_words = for_rows(keys, decisions)
    pairs = []
    with telling_of_memory(memory), Scorer(config, persons, memory) as scorer:
        model = model or _trained(scorer, rows, config)
        for part in [rows] if rows.height <= PORTION else rows.iter_slices(PORTION):
            found = scorer.score(part, model)
            pairs.append(ranked(found.join(not_links, on=["row_id", "person_id"], how="anti"), config))
    every = pl.concat(pairs)
    links = _with_words(keys, outcomes(every, config), last_words, every)
    kept = every.join(links.select("row_id", "zone", _best="person_id"), on="row_id").filter(
        ((pl.col("zone") == "link") & (pl.col("person_id") == pl.col("_best")))
        | ((pl.col("zone") == "review") & (pl.col("rank") <= config.zones.keep))
    )
    candidates = kept.select("row_id", "person_id", "rank", "probability", "weight", "rule", "guard").sort(
        "row_id", "rank"
    )
    prior = model.prior(persons.height)
    falls = waterfall(kept, config, log2(prior / (1 - prior)))
    return Linkage(links, candidates, falls, decisions, model)


def _trained(scorer: object, rows: pl.DataFrame, config: Config) -> Model:
    from doudi.linkage.scoring import Scorer

    assert isinstance(scorer, Scorer)
    training = config.training
    if rows.height < training.least_rows or scorer.persons < training.least_persons:
        return shipped_model(config)
    drawn = rows
    if rows.height > training.most_rows:
        drawn = rows.filter(pl.col(UNIT).hash(training.seed) % rows.height < training.most_rows)
    weights = scorer.train(drawn)
    return Model(weights, scorer.share(drawn), True, drawn.height, scorer.persons)


def _with_words(
    keys: pl.DataFrame, found: pl.DataFrame, words: pl.DataFrame, pairs: pl.DataFrame
) -> pl.DataFrame:
    """Outcomes for all rows, with the last words of people put over them."""
    weights = pairs.select("row_id", "person_id", _probability="probability", _weight="weight")
    decided = words.join(weights, on=["row_id", "person_id"], how="left").select(
        "row_id",
        "person_id",
        zone=pl.when(pl.col("decision") == "link").then(pl.lit("link")).otherwise(pl.lit("none")),
        by="by",
        why="decision",
        probability="_probability",
        weight="_weight",
        second_person_id=pl.lit(None, pl.String),
        second_probability=pl.lit(None, pl.Float64),
    )
    rest = found.join(decided, on="row_id", how="anti")
    every = pl.concat([decided, rest], how="vertical_relaxed")
    return (
        keys.join(every, on="row_id", how="left")
        .with_columns(pl.col("zone").fill_null("none"))
        .select(*every.columns, "fingerprint")
    )
