"""A county judged block by block, so that what the rules work with at a time is small whatever the size of the county."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import polars as pl

from doudi.monitoring.earlier import Earlier
from doudi.monitoring.entries import Indicator
from doudi.monitoring.judged import Outcome, Part, joined
from doudi.monitoring.judging import judge_all
from doudi.monitoring.law import Rules, Watch
from doudi.monitoring.night_columns import columns_of_night
from doudi.monitoring.tables import Tables

BLOCK = 150_000
"""Households judged at a time."""


def judge_night(
    today: Tables,
    before: Earlier | None,
    watch: Watch,
    rules: Rules,
    indicators: Collection[Indicator],
    clock: date | None = None,
) -> dict[str, Outcome]:
    """By indicator what comes of it over all households of a night. Not for families."""
    parts: dict[str, list[Part]] = {one.id: [] for one in indicators}
    for tables, earlier, firsts in _blocks(today, before):
        found = judge_all(columns_of_night(tables, earlier, rules.words, clock), watch, rules, indicators)
        sizes = {name: table.height for name, table in subjects(tables).items()}
        for one in indicators:
            parts[one.id].append(Part(found[one.id], firsts[one.subject], sizes[one.subject]))
    return {id: joined(own) for id, own in parts.items()}


def subjects(night: Tables) -> dict[str, pl.DataFrame]:
    """The table of each kind of subject."""
    return {"household": night.household, "person": night.person, "departed": night.departed}


def _blocks(today: Tables, before: Earlier | None) -> Iterator[tuple[Tables, Earlier | None, dict[str, int]]]:
    """The blocks with the night before beside each, and the place of the first subject of each kind."""
    size = today.household.height
    if size <= BLOCK:
        yield today, before, dict.fromkeys(subjects(today), 0)
        return
    firsts = dict.fromkeys(subjects(today), 0)
    for start in range(0, size, BLOCK):
        stop = min(size, start + BLOCK)
        tables = today.between(start, stop)
        yield tables, None if before is None else before.beside(today, start, stop), dict(firsts)
        for name, table in subjects(tables).items():
            firsts[name] += table.height
