"""The part of the law that OpenFisca can express: persons and households; what comes from other rows is given as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bench.facts import Population
from doudi.assessment.statute import Statute, law_of
from doudi.law import library
from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.columns import Columns
from doudi.rules.graph import Graph
from doudi.rules.kinds import Input, Schema
from doudi.rules.numpy_kernel import Result
from doudi.rules.recording import PARAMETERS

REGION, DAY = "999901", date(2026, 7, 1)
ENTITIES = ("household", "person")


@dataclass(frozen=True)
class PersonLaw:
    """The law of persons and households of the demonstration county, whose parameters are all set.

    ``facts`` are those that its formulas read.
    """

    statute: Statute
    facts: tuple[Input, ...]

    @property
    def variables(self) -> dict[str, int]:
        """Every variable and its node in the graph of the formulas as they are written."""
        return {name: variable.node for name, variable in self.statute.graph.variables.items()}

    def columns(self, population: Population) -> Columns:
        """The population as our kernel takes it."""
        counts = {"household": population.households, "person": len(population.parents)}
        return Columns(counts, population.values, {"person": population.parents})

    def run(self, columns: Columns) -> dict[str, Result]:
        """Every value of every variable."""
        kernel = self.statute.for_columns(self.variables, columns)
        return kernel.run(columns, self.statute.values, self.statute.context)


def person_law() -> PersonLaw:
    """The law in force on :data:`DAY`, without the formulas of supporters, assets, expenses and holdings.

    A variable of a person or household that is computed from their rows becomes a fact.
    """
    statute = law_of(REGION, DAY)
    if statute.unset:
        raise ValueError(f"parameters of {REGION} are not set: {', '.join(sorted(statute.unset))}")
    graph = Graph(*_cut(statute.graph), DAY)
    statute = replace(statute, graph=graph, _kernels={})
    read = sorted(
        str(node.attribute) for node in graph.nodes if node.op == "input" and node.entity is not None
    )
    return PersonLaw(statute, tuple(graph.schema.inputs[name] for name in read))


def _cut(whole: Graph) -> tuple[Schema, list[Formula]]:
    schema = whole.schema
    given = {
        variable.name: variable
        for variable in whole.variables.values()
        if _reads_other_rows(whole, variable.formula)
    }
    inputs = {name: fact for name, fact in schema.inputs.items() if fact.entity in (None, *ENTITIES)}
    for name, variable in given.items():
        bounds = whole.nodes[variable.node]
        inputs[name] = Input(name, variable.formula.entity, variable.kind, bounds.low, bounds.high)
    left = [
        formula
        for formula in whole.formulas.values()
        if formula.entity in ENTITIES and formula.name not in given
    ]
    entities = {name: schema.entities[name] for name in ENTITIES}
    return Schema(entities, inputs, schema.parameters, {**schema.codes, **library.code_sets()}), left


def _reads_other_rows(whole: Graph, formula: Formula) -> bool:
    return formula.entity in ENTITIES and any(
        entity not in (None, *ENTITIES) for entity in _entities_read(whole, formula)
    )


def _entities_read(whole: Graph, formula: Formula) -> Iterator[str | None]:
    for argument in formula.arguments.values():
        name = argument.split(LINK_SEPARATOR)[-1]
        if name in whole.formulas:
            yield whole.formulas[name].entity
        elif name != PARAMETERS:
            yield whole.schema.inputs[name].entity


def equal_values(ours: dict[str, Result], peer: dict[str, np.ndarray]) -> tuple[int, int]:
    """How many values of all variables agree, and how many there are."""
    equal = sum(int(np.count_nonzero(result.values == peer[name])) for name, result in ours.items())
    return equal, sum(len(result.values) for result in ours.values())
