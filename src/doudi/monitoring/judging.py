"""The rules of the indicators over the columns of a night: one kernel for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from doudi.monitoring.entries import Indicator
from doudi.monitoring.judged import OTHERS, Judged, Outcome, feeds_without_answer
from doudi.monitoring.law import Rules, Watch
from doudi.rules.columns import Columns, Indices
from doudi.rules.kinds import Schema
from doudi.rules.narrow import narrowed
from doudi.rules.numpy_kernel import NumpyKernel, Result
from doudi.rules.program import Program
from doudi.rules.scope import LAST_BIT, Scope
from doudi.rules.specialise import specialise

SIDES = ("value", "limit")


def judge_all(
    columns: Columns, watch: Watch, rules: Rules, indicators: Iterable[Indicator]
) -> dict[str, Outcome]:
    """By indicator: where it holds, its sides there, and what leaves it open elsewhere. Not for families."""
    wanted = list(indicators)
    outputs: dict[str, int] = {}
    for one in wanted:
        variable = rules.night.variables[one.rule]
        outputs[one.rule] = variable.node
        if variable.value is not None and variable.limit is not None:
            outputs[f"{one.rule}.value"], outputs[f"{one.rule}.limit"] = variable.value, variable.limit
    return _Night(columns, watch, rules, outputs).outcomes(wanted) if wanted else {}


class _Night:
    """The results of one kernel: columns of rows, and what is the same for everybody."""

    def __init__(self, columns: Columns, watch: Watch, rules: Rules, outputs: Mapping[str, int]) -> None:
        values, context = watch.values, watch.context
        program, _ = specialise(rules.night, outputs, values, context)
        taken = only_asked(columns, program)
        schema = _of_entities(rules.night.schema, taken)
        program, places = specialise(rules.night, outputs, values, context, narrowed(schema, taken))
        rows = {name: number for name, number in places.items() if program.nodes[number].entity is not None}
        self.scalars = {name: program.nodes[number] for name, number in places.items() if name not in rows}
        explained = [name for name in rows if name.rpartition(".")[2] not in SIDES]
        unknown = taken.unknown.keys() | watch.unset
        self.kernel = NumpyKernel(Program(schema, program.nodes), rows, unknown, explained)
        self.results = self.kernel.run(taken, values, context)

    def outcomes(self, indicators: list[Indicator]) -> dict[str, Outcome]:
        """By indicator."""
        return {one.id: self._outcome(one.rule) for one in indicators}

    def _outcome(self, rule: str) -> Outcome:
        truth = self.results[rule]
        holds = np.flatnonzero(truth.values)
        value, limit = (self._side(f"{rule}.{side}", holds) for side in SIDES)
        if truth.greatest is None:
            return Outcome(Judged.YES, holds, value, limit)
        open_rows = truth.greatest & ~truth.values
        missing = {} if truth.sources is None else _missing(self.kernel.scope, truth.sources[open_rows])
        feeds = feeds_without_answer(missing)
        judged = Judged.IN_PART if feeds else Judged.YES
        opened = pl.Series(open_rows) if missing else None
        return Outcome(judged, holds, value, limit, opened, missing, feeds)

    def _side(self, name: str, places: Indices) -> pl.Series | None:
        """A side of the rule at some places, null where it is not certain; None where the rule compares nothing."""
        if name in self.scalars:
            node = self.scalars[name]
            return pl.Series([node.attribute if node.op == "const" else None], dtype=pl.Int64).new_from_index(
                0, len(places)
            )
        result = self.results.get(name)
        if result is None:
            return None
        return _certain(result, places)


def _certain(result: Result, places: Indices) -> pl.Series:
    found = pl.Series(result.values[places].astype(np.int64))
    if result.greatest is None:
        return found
    return found.set(pl.Series(np.ascontiguousarray(result.values[places] != result.greatest[places])), None)


def _missing(scope: Scope, sources: Any) -> dict[str, int]:
    """For how many rows each fact, rule, feed or parameter is missing, the commonest first."""
    shared = set(scope.unknown[LAST_BIT:]) if len(scope.unknown) > LAST_BIT + 1 else set()
    found: Counter[str] = Counter()
    for bits, number in zip(*np.unique(sources, return_counts=True), strict=True):
        for name in {OTHERS if name in shared else name for name in scope.named(int(bits))}:
            found[name] += int(number)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def only_asked(columns: Columns, program: Program) -> Columns:
    """The columns that a program asks for. What is asked for and not there is not known; entities without rows have none."""
    schema = program.schema
    asked = {str(node.attribute) for node in program.nodes if node.op == "input" and node.entity is not None}
    entities = {str(node.entity) for node in program.nodes if node.entity is not None} | {schema.root}
    for entity in list(entities):
        entities.update(link.to for link in schema.entities[entity].links)
    values = {name: column for name, column in columns.values.items() if name in asked}
    unknown = {name: mask for name, mask in columns.unknown.items() if name in asked}
    for name in sorted(asked - values.keys()):
        fact = schema.inputs[name]
        rows = columns.counts[str(fact.entity)]
        values[name] = np.full(rows, max(0, fact.low), np.bool_ if fact.kind.name == "flag" else np.int64)
        if rows:
            unknown[name] = np.ones(rows, np.bool_)
    return Columns(
        counts={name: rows for name, rows in columns.counts.items() if name in entities},
        values=values,
        parents={name: rows for name, rows in columns.parents.items() if name in entities},
        unknown=unknown,
        links={key: rows for key, rows in columns.links.items() if key[0] in entities},
    )


def _of_entities(schema: Schema, columns: Columns) -> Schema:
    """The schema with the entities that the columns have."""
    return replace(schema, entities={name: schema.entities[name] for name in columns.counts})
