"""The same formulas as an OpenFisca tax-benefit system, translated from the graph of the law.

Each named variable of a person or household becomes one ``Variable`` whose formula reads other variables through
OpenFisca's interface (``household('x', period)``, ``household.members('x', period)``, ``person.household('x', period)``,
``household.sum(…)``) and computes with NumPy, as the formula is written. The peer is spared some of what costs it time:
parameters, and what follows from them alone, are literals; codes are plain integers; nothing is traced.

OpenFisca keeps integers in 32 bits. So do the variables here; products and roundings are worked out in 64 bits inside a
formula, since 32 would overflow at a few thousand yuan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, Period, period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.facts import Population
from bench.law import PersonLaw
from doudi.rules.kinds import Input
from doudi.rules.program import Node, Program
from doudi.rules.python_source import PythonDialect
from doudi.rules.scope import Scope

MONTH = period("2026-07")
_INFIX = {"add": "+", "sub": "-", "lt": "<", "le": "<=", "eq": "==", "and": "&", "or": "|"}
_CALLED = {"mul": "product", "where": "where", "min": "minimum", "max": "maximum"}


def product(one: Any, two: Any) -> Any:
    """A product in 64 bits."""
    return np.multiply(one, two, dtype=np.int64)


def half_up(above: Any, below: Any) -> Any:
    """A quotient rounded, a half upwards."""
    return (product(above, 2) + below) // product(below, 2)


def ceil(above: Any, below: Any) -> Any:
    """A quotient rounded upwards."""
    return -(-above // below)


_LIBRARY = {
    "ceil": ceil,
    "half_up": half_up,
    "int64": np.int64,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "product": product,
    "where": np.where,
}


class FormulaSource:
    """Writes the formula of one variable. Nodes that have a name are read, the others are computed once each."""

    def __init__(self, program: Program, names: Mapping[int, str], entity: str) -> None:
        self.program = program
        self.names = names
        self.entity = entity
        self.lines: list[str] = []
        self._written: set[int] = set()

    def text(self, name: str, root: int) -> str:
        """``def formula(household, period)`` for the variable ``name``, whose value is the node ``root``."""
        result = self._expand(root) if self.names.get(root) in (None, name) else self._read(root)
        body = "".join(f"    {line}\n" for line in self.lines)
        return f"def formula({self.entity}, period):\n{body}    return {result}\n"

    def _value(self, number: int) -> str:
        """The name or literal that stands for a node, after writing what it takes to compute it."""
        node = self.program.nodes[number]
        if node.op == "const":
            return repr(bool(node.attribute) if node.is_flag else node.attribute)
        if node.entity is not None and number not in self._written:
            self._written.add(number)
            text = self._read(number) if number in self.names else self._expand(number)
            if node.op == "aggregate" and node.attribute == "sum" and number not in self.names:
                text = f"{text}.astype(int64)"
            self.lines.append(f"v{number} = {text}")
        return f"v{number}"

    def _read(self, number: int) -> str:
        name, entity = self.names[number], self.program.nodes[number].entity
        if entity == self.entity:
            return f"{entity}({name!r}, period)"
        if self.entity == "household":
            return f"household.members({name!r}, period)"
        raise NotImplementedError(f"{name} of a {entity} is used by a {self.entity} without a projection")

    def _expand(self, number: int) -> str:
        node = self.program.nodes[number]
        if node.op == "project":
            return self._projected(node)
        values = [self._value(arg) for arg in node.args]
        if node.op in _INFIX:
            return f" {_INFIX[node.op]} ".join(values)
        if node.op in _CALLED:
            return f"{_CALLED[node.op]}({', '.join(values)})"
        if node.op == "div":
            return (
                f"{values[0]} // {values[1]}"
                if node.attribute == "floor"
                else f"{node.attribute}({values[0]}, {values[1]})"
            )
        if node.op == "not":
            return f"~{values[0]}"
        if node.op == "lookup":
            return f"t_{str(node.attribute).replace('.', '_')}[{values[0]}]"
        if node.op == "aggregate":
            return self._folded(node, values[0])
        if node.op == "spread":
            return values[0] if node.entity == self.entity else f"household.members.filled_array({values[0]})"
        raise NotImplementedError(f"no translation for {node.op}")

    def _projected(self, node: Node) -> str:
        (arg,) = node.args
        if arg not in self.names or node.attribute is not None:
            raise NotImplementedError("only a named value of the household can be projected to its members")
        if self.entity == "person":
            return f"person.household({self.names[arg]!r}, period)"
        return f"household.project({self._value(arg)})"

    def _folded(self, node: Node, value: str) -> str:
        folded = f"household.{node.attribute}({value})"
        return f"maximum({folded}, 0)" if node.attribute == "max" and not node.is_flag else folded


def formula_sources(
    program: Program, variables: Mapping[str, int], facts: Sequence[Input]
) -> Iterator[tuple[str, str]]:
    """Each variable's name and the source of its formula."""
    names = {
        number: str(node.attribute)
        for number, node in enumerate(program.nodes)
        if node.op == "input" and node.entity is not None
    }
    for name, number in variables.items():
        names.setdefault(number, name)
    for name, number in variables.items():
        yield name, FormulaSource(program, names, str(program.nodes[number].entity)).text(name, number)


def _literals(
    program: Program, variables: Mapping[str, int], parameters: Mapping[str, Any], context: Mapping[str, int]
) -> dict[str, Any]:
    """What is the same for everybody, worked out beforehand: parameters and what follows from them alone."""
    scope = Scope(program, program.needed(variables.values()), ())
    found = scope.scalars(parameters, context, PythonDialect())
    return {
        name: _narrow(np.array(value)) if isinstance(value, list) else value for name, value in found.items()
    }


def _narrow(table: np.ndarray) -> np.ndarray:
    """A parameter by code in OpenFisca's own type where it fits."""
    fits = table.dtype == np.int64 and np.abs(table).max() <= np.iinfo(np.int32).max
    return table.astype(np.int32) if fits else table


class OpenFisca:
    """A tax-benefit system with one variable for each fact and each variable of a program, and its simulations."""

    def __init__(
        self,
        program: Program,
        variables: Mapping[str, int],
        facts: Sequence[Input],
        parameters: Mapping[str, Any],
        context: Mapping[str, int],
    ) -> None:
        person = build_entity("person", "persons", "person", is_person=True)
        household = build_entity("household", "households", "household", roles=[{"key": "member"}])
        self._entities = {"person": person, "household": household}
        self.system = TaxBenefitSystem([household, person])
        self.variables = tuple(variables)
        literals = _literals(program, variables, parameters, context)
        for fact in facts:
            self._add(fact.name, str(fact.entity), fact.kind.name == "flag", {})
        for name, source in formula_sources(program, variables, facts):
            namespace: dict[str, Any] = {**_LIBRARY, **literals}
            exec(compile(source, f"<{name}>", "exec"), namespace)
            node = program.nodes[variables[name]]
            self._add(name, str(node.entity), node.is_flag, {"formula": namespace["formula"]})

    @staticmethod
    def of(law: PersonLaw) -> OpenFisca:
        """The peer of a law, its formulas as they are written."""
        statute = law.statute
        return OpenFisca(statute.graph, law.variables, law.facts, statute.values, statute.context)

    def _add(self, name: str, entity: str, is_flag: bool, formula: dict[str, Any]) -> None:
        body = {
            "value_type": bool if is_flag else int,
            "entity": self._entities[entity],
            "definition_period": DateUnit.MONTH,
        }
        self.system.add_variable(type(name, (Variable,), {**body, **formula}))

    def simulation(self, population: Population, month: Period = MONTH) -> Simulation:
        """A simulation that holds the facts and has computed nothing. Facts are put into OpenFisca's own types."""
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        for entity, rows in (("person", len(population.parents)), ("household", population.households)):
            builder.populations[entity].ids = np.arange(rows)
            builder.populations[entity].count = rows
        builder.populations["household"].members_entity_id = population.parents
        simulation = builder.build(self.system)
        for name, column in population.values.items():
            simulation.set_input(name, month, column)
        return simulation

    def calculate(self, simulation: Simulation, month: Period = MONTH) -> dict[str, np.ndarray]:
        """Every variable; the simulation keeps them all."""
        return {name: simulation.calculate(name, month) for name in self.variables}
