"""Pairs of rows and persons, blocked in DuckDB and weighed by Splink.

What a pair weighs depends on the row, the person, the model and the frequencies among all persons; never on what other
rows there are. So rows may be weighed in any portions and at any time with the same result.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator

from doudi.linkage.config import Config
from doudi.linkage.errors import LinkageError
from doudi.linkage.levels import Comparison
from doudi.linkage.model import Model, merged
from doudi.linkage.prepare import UNIT
from doudi.linkage.strangers import KEY, among_strangers
from doudi.rules.errors import Problem

ROWS, PERSONS = "a_rows", "b_persons"
_PAIRS = "pairs_to_weigh"
_SIZE = re.compile(r"[0-9]+(\.[0-9]+)? ?[KMGT]i?B", re.IGNORECASE)
IMAGINED = 1000
"""Persons imagined beside those there are when frequencies are counted."""


def _size(memory: str) -> str:
    """The limit as it is written; raises LinkageError where it is no size."""
    if not _SIZE.fullmatch(memory.strip()):
        raise LinkageError([Problem(
            "linkage.memory", "内存上限写法不对", "the limit of memory is no size", "写成 2GB 或 500MB 的形式",
            "write it like 2GB or 500MB", value=memory,
        )])  # fmt: skip
    return memory.strip()


@contextmanager
def telling_of_memory(memory: str | None) -> Iterator[None]:
    """Turn the error of a database that has no memory left into a sentence.

    Raises:
        LinkageError: the memory does not suffice.
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, duckdb.OutOfMemoryException) and "Out of Memory Error" not in str(error):
            raise
        raise LinkageError([Problem(
            "linkage.out_of_memory", "数据库的内存不够", "the database has too little memory",
            "把 --memory 改大，或不写", "raise --memory, or leave it away", value=memory,
        )]) from error  # fmt: skip


class Scorer:
    """Persons in DuckDB, ready to be compared with portions of rows. Use as a context manager."""

    def __init__(self, config: Config, persons: pl.DataFrame, memory: str | None = None) -> None:
        self.config = config
        self.persons = persons.height
        self._connection = duckdb.connect(":memory:")
        self._rows: pl.DataFrame | None = None
        if memory is not None:
            self._connection.execute("SET memory_limit = ?", [_size(memory)])
        self._connection.execute("SET preserve_insertion_order = false")
        self._connection.execute("SET enable_progress_bar = false")
        self._load(PERSONS, persons)
        self._frequencies = self._count_frequencies()

    def __enter__(self) -> Scorer:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def train(self, rows: pl.DataFrame) -> dict[str, dict[str, tuple[float, float]]]:
        """Weights found without labels: ``u`` from pairs drawn at random, ``m`` by expectation maximisation."""
        training = self.config.training
        self._lay_down(rows)
        comparisons = list(self.config.comparisons)
        found = among_strangers(self._connection, (ROWS, PERSONS), comparisons, training.pairs, training.seed)
        shown = [_as_splink(each, found[each.name]) for each in comparisons]
        with self._linker(shown, 1 / max(1, self.persons)) as linker:
            for block in training.blocks:
                linker.training.estimate_parameters_using_expectation_maximisation(
                    " AND ".join(f"l.{column} = r.{column}" for column in block),
                    estimate_without_term_frequencies=True,
                    max_pairs=training.pairs,
                )
            told = linker.misc.save_model_to_json()
        return merged(self.config, told["comparisons"])

    def share(self, rows: pl.DataFrame) -> float:
        """About which part of the rows belongs to a person: that of the rows settled among those that could be.

        A row could be settled if nothing that settles it is empty; where nothing settles rows it is half.
        """
        columns = self.config.settle
        if not columns:
            return 0.5
        self._lay_down(rows)
        present = " AND ".join(f"l.{column} IS NOT NULL" for column in columns)
        [(could, settled)] = self._connection.execute(
            f"SELECT count(*), count(*) FILTER (l.{UNIT} IN (SELECT l.{UNIT} FROM {ROWS} l JOIN {PERSONS} r ON"
            f" {_agreement(columns)})) FROM {ROWS} l WHERE {present}"
        ).fetchall()
        return min(0.99, max(0.001, settled / could)) if could else 0.5

    def score(self, rows: pl.DataFrame, model: Model) -> pl.DataFrame:
        """All pairs of these rows worth comparing: ``row_id``, ``person_id``, ``weight`` (bits), ``probability``, and for
        each comparison its level ``level_…`` (a number) and its weight ``bits_…``, that of frequency ``rare_…``."""
        self._lay_down(rows)
        self._block()
        comparisons = model.comparisons(self.config)
        shown = [_as_splink(each, {level.name: level.u for level in each.levels}) for each in comparisons]
        with self._linker(shown, model.prior(self.persons)) as linker:
            pairs = self._api.register(_PAIRS)
            linker.table_management.register_blocked_pairs_for_predict(pairs)
            found = linker.inference.predict(warning_mode="never").as_duckdbpyrelation()
            return pl.from_arrow(found.project(self._selection(found.columns)).to_arrow_table())  # type: ignore[return-value]

    def _lay_down(self, rows: pl.DataFrame) -> None:
        """Rows in DuckDB; those that lie there already stay."""
        if rows is not self._rows:
            self._load(ROWS, rows)
            self._rows = rows

    def _load(self, name: str, table: pl.DataFrame) -> None:
        self._connection.register("incoming", table.to_arrow())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
        self._connection.unregister("incoming")

    def _count_frequencies(self) -> dict[str, str]:
        """For each column that needs them a table with how probable each value is in another person.

        A value's count includes the person compared, so it is discounted (Ney's estimate from how many values occur once and
        twice). Few persons say little of how rare a value is, so as many as ``IMAGINED`` are added who agree as often as ships.
        """
        found = {}
        levels = (level for each in self.config.comparisons for level in each.levels)
        for column, usual in {level.frequency: level.u for level in levels if level.frequency}.items():
            found[column] = f"frequency_of_{column}"
            counts = (
                f"SELECT {column}, count(*) AS n FROM {PERSONS} WHERE {column} IS NOT NULL GROUP BY {column}"
            )
            self._connection.execute(
                f"CREATE TABLE {found[column]} AS WITH counts AS ({counts}), discount AS (SELECT"
                " coalesce(sum((n = 1)::INT) / nullif(sum((n = 1)::INT) + 2 * sum((n = 2)::INT), 0), 0) AS d,"
                f" sum(n) AS persons FROM counts) SELECT {column}, (n - d + {IMAGINED * usual}) / (persons + {IMAGINED})"
                f" AS tf_{column} FROM counts, discount"
            )
        return found

    def _block(self) -> None:
        """All pairs worth comparing, each once; rows that are settled only with those with whom they are."""
        settled = _agreement(self.config.settle)
        parts = []
        if self.config.settle:
            self._connection.execute(
                f"CREATE OR REPLACE TABLE settled AS SELECT DISTINCT l.{UNIT} FROM {ROWS} l JOIN {PERSONS} r ON {settled}"
            )
            parts.append(f"SELECT l.{UNIT} AS l, r.{UNIT} AS r FROM {ROWS} l JOIN {PERSONS} r ON {settled}")
            rest = f"(SELECT * FROM {ROWS} ANTI JOIN settled USING ({UNIT}))"
        else:
            rest = ROWS
        parts += [
            f"SELECT l.{UNIT} AS l, r.{UNIT} AS r FROM {rest} l JOIN {PERSONS} r ON {_agreement(block)}"
            for block in self.config.blocking
        ]
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {_PAIRS} AS SELECT '0' AS match_key, '{ROWS}{KEY}' || l AS join_key_l,"
            f" '{PERSONS}{KEY}' || r AS join_key_r FROM ({' UNION '.join(parts)})"
        )

    @contextmanager
    def _linker(self, comparisons: Sequence[dict[str, Any]], prior: float) -> Iterator[Linker]:
        logger = logging.getLogger("splink")
        before = logger.level
        logger.setLevel(logging.ERROR)
        self._api = DuckDBAPI(self._connection)
        try:
            tables = [self._api.register(name, dataset_display_name=name) for name in (ROWS, PERSONS)]
            linker = Linker(tables, _settings(comparisons, prior), log_level=None, validate_settings=False)
            for column, table in self._frequencies.items():
                linker.table_management.register_term_frequency_lookup(self._api.register(table), column)
            yield linker
        finally:
            self._api.delete_tables_created_by_splink_from_db()
            logger.setLevel(before)

    def _selection(self, columns: Sequence[str]) -> str:
        parts = [
            f"{UNIT}_l AS row_id",
            f"{UNIT}_r AS person_id",
            "match_weight AS weight",
            "match_probability AS probability",
        ]
        for each in self.config.comparisons:
            parts.append(f"gamma_{each.name}::TINYINT AS level_{each.name}")
            parts.append(f"mw_{each.name} AS bits_{each.name}")
            if f"mw_tf_adj_{each.name}" in columns:
                parts.append(f"mw_tf_adj_{each.name} AS rare_{each.name}")
        return ", ".join(parts)


def _agreement(columns: Sequence[str]) -> str:
    return " AND ".join(f"l.{column} = r.{column}" for column in columns)


def _settings(comparisons: Sequence[dict[str, Any]], prior: float) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=list(comparisons),
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=prior,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
        max_iterations=30,
        em_convergence=0.001,
        linker_uid="doudi",
    )


def _as_splink(each: Comparison, us: Mapping[str, float]) -> dict[str, Any]:
    """A comparison as Splink takes it, with the ``u`` of the levels of which it is known; before training ``m`` is where the
    search begins."""
    levels: list[dict[str, Any]] = [
        {"sql_condition": each.unknown, "label_for_charts": "unknown", "is_null_level": True}
    ]
    for level in each.levels:
        told: dict[str, Any] = {
            "sql_condition": level.sql,
            "label_for_charts": level.name,
            "m_probability": level.m,
        }
        if level.name in us:
            told |= {"u_probability": us[level.name], "fix_u_probability": level.fixed}
        if level.frequency:
            told["tf_adjustment_column"] = level.frequency
        levels.append(told)
    return {"output_column_name": each.name, "comparison_levels": levels}
