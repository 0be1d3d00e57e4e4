"""How often two people who are not the same agree: the ``u`` of every level, counted over pairs drawn at random.

All comparisons are looked at in one pass over the pairs. Rows and persons are drawn by a digest of their key, as Splink
draws them, so the same tables and seed give the same pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import duckdb

from doudi.linkage.levels import Comparison
from doudi.linkage.prepare import UNIT

KEY = "-__-"
"""Stands between the name of a table and the key of a row in it, where Splink names a row."""
_PARTS = 1_000_000_000
"""The digest tells so many parts of a table from each other."""


def among_strangers(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[str, str],
    comparisons: Sequence[Comparison],
    pairs: int,
    seed: int,
) -> dict[str, dict[str, float]]:
    """For each comparison the ``u`` of its levels: of ``fixed`` ones what they have, of others the part of about so many
    ``pairs`` of a row of each table; a level that no pair showed is left out. Pairs of which too little is known to compare
    them do not count."""
    counts: dict[str, dict[int, int]] = {each.name: {} for each in comparisons}
    for *values, number in connection.execute(
        _counting(connection, tables, comparisons, pairs, seed)
    ).fetchall():
        for each, value in zip(comparisons, values, strict=True):
            if value >= 0:
                counts[each.name][value] = counts[each.name].get(value, 0) + number
    return {each.name: _shares(each, counts[each.name]) for each in comparisons}


def _shares(each: Comparison, counts: dict[int, int]) -> dict[str, float]:
    every = sum(counts.values())
    found = {level.name: level.u for level in each.levels if level.fixed}
    for value, number in counts.items():
        level = each.level(value)
        if level is not None:
            found.setdefault(level.name, number / every)
    return found


def _counting(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[str, str],
    comparisons: Sequence[Comparison],
    pairs: int,
    seed: int,
) -> str:
    """How many pairs stand at the same levels of all comparisons: a level of each, and the number."""
    sizes = [connection.table(table).shape[0] for table in tables]
    share = sqrt(pairs / max(1, sizes[0] * sizes[1]))
    columns = connection.table(tables[1]).columns
    drawn = [_drawn(table, share, seed) for table in tables]
    both = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in columns)
    levels = ", ".join(f"{_level(each)} AS level_{each.name}" for each in comparisons)
    return f"SELECT {levels}, count(*) FROM (SELECT {both} FROM {drawn[0]} l CROSS JOIN {drawn[1]} r) GROUP BY ALL"


def _drawn(table: str, share: float, seed: int) -> str:
    if share >= 1:
        return table
    digest = f"hash('{table}{KEY}' || {UNIT} || '_{seed}') % {_PARTS}"
    return f"(SELECT * FROM {table} WHERE {digest} < {max(1, round(share * _PARTS))})"


def _level(each: Comparison) -> str:
    """The value of the level at which a pair stands, as SQL."""
    last = len(each.levels) - 1
    levels = " ".join(f"WHEN {level.sql} THEN {last - place}" for place, level in enumerate(each.levels[:-1]))
    return f"CASE WHEN {each.unknown} THEN -1 {levels} ELSE 0 END"
