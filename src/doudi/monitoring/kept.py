"""What a night keeps of facts and of the law of tiers and programmes, for every row of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from doudi.assessment.register_columns import only
from doudi.assessment.statute import Statute
from doudi.rules.columns import Array, Columns
from doudi.rules.narrow import narrowed
from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.program import Program
from doudi.rules.scope import LAST_BIT, Scope
from doudi.rules.specialise import specialise

ALWAYS = ("household", "person")
"""Entities that every night has."""


@dataclass(frozen=True)
class Kept:
    """``tables``: a column for each value, null where it is not known, by entity. ``causes``: for each rule with values that are
    not known, on which facts and parameters they rest, and for how many rows; ``others`` where too many may be meant."""

    tables: Mapping[str, pl.DataFrame]
    causes: Mapping[str, Mapping[str, int]]


def kept_of(columns: Columns, statute: Statute, names: Iterable[str]) -> Kept:
    """The values of these facts and rules for all rows; ``statute`` has the rules of tiers and programmes."""
    graph = statute.graph
    series: dict[str, list[pl.Series]] = {entity: [] for entity in ALWAYS}
    rules = {}
    for name in sorted(names):
        if name in graph.schema.inputs:
            entity = str(graph.schema.inputs[name].entity)
            told = _series(name, columns.values[name], columns.unknown.get(name))
            series.setdefault(entity, []).append(told)
        else:
            rules[name] = graph.variables[name].node
    causes = {}
    for name, told, of in _computed(columns, statute, rules):
        series.setdefault(str(graph.variables[name].formula.entity), []).append(told)
        if of:
            causes[name] = of
    return Kept({entity: _table(found, columns.counts[entity]) for entity, found in series.items()}, causes)


def _table(series: list[pl.Series], rows: int) -> pl.DataFrame:
    return pl.DataFrame(series) if series else pl.DataFrame({"": [None] * rows}).select([])


def _series(name: str, values: Array, unknown: Array | None) -> pl.Series:
    found = pl.Series(name, np.ascontiguousarray(values))
    return found if unknown is None else found.set(pl.Series(np.ascontiguousarray(unknown)), None)


def _computed(
    columns: Columns, statute: Statute, rules: Mapping[str, int]
) -> Iterable[tuple[str, pl.Series, dict[str, int]]]:
    """The values of rules, and on what those rest that are not known."""
    if not rules:
        return
    program, _ = specialise(statute.graph, rules, statute.values, statute.context)
    facts = {str(node.attribute) for node in program.nodes if node.op == "input" and node.entity is not None}
    taken = only(columns, facts)
    program, places = specialise(
        statute.graph, rules, statute.values, statute.context, narrowed(statute.graph.schema, taken)
    )
    kernel = NumpyKernel(Program(program.schema, program.nodes), places, taken.unknown.keys() | statute.unset)
    for name, result in kernel.run(taken, statute.values, statute.context).items():
        if result.greatest is None:
            yield name, _series(name, result.values, None), {}
            continue
        open_rows = result.values != result.greatest
        of = {} if result.sources is None else causes_of(kernel.scope, result.sources[open_rows])
        yield name, _series(name, result.values, open_rows), of


def causes_of(scope: Scope, sources: Array) -> dict[str, int]:
    """For how many rows each unknown fact or parameter is among the causes; ``others`` for those that share a bit."""
    found: Counter[str] = Counter()
    for place, name in enumerate(scope.unknown[:LAST_BIT]):
        if (number := int(np.count_nonzero(sources & (1 << place)))) > 0:
            found[name] = number
    if len(scope.unknown) > LAST_BIT and (rest := int(np.count_nonzero(sources & (1 << LAST_BIT)))) > 0:
        found["others" if len(scope.unknown) > LAST_BIT + 1 else scope.unknown[LAST_BIT]] = rest
    return dict(found.most_common())
