"""The two sides of a test without rounding, for those that look equal as shown: 839.999 yuan is below 840."""

from __future__ import annotations

from fractions import Fraction
from weakref import WeakKeyDictionary

from doudi.assessment.determination import Determination, TestResult, trace_of
from doudi.rules.graph import Graph, Variable

DIGITS = range(3, 9)
"""How many decimals are tried until the two sides look apart."""

_asked: WeakKeyDictionary[Graph, dict[tuple[int, ...], dict[str, int]]] = WeakKeyDictionary()


def exact_sides(determination: Determination, test: TestResult) -> tuple[Fraction, Fraction] | None:
    """Value and limit in the units in which they are shown; None where one of them is not certain."""
    variable, graph = test.variable, determination.statute.graph
    if test.exact is not None or determination.household is None:
        return test.exact
    parts = sides_in_parts(graph, variable)
    outputs = _outputs(graph, tuple(number for pair in parts for number in pair))
    trace = trace_of(
        determination.household, determination.statute, determination.applied, outputs, explained=False
    )
    found = []
    for pair in parts:
        values = [trace.value(f"#{number}", _row(graph, number, test.row)) for number in pair]
        if None in values:
            return None
        found.append(Fraction(int(values[0]), int(values[1]) if len(values) > 1 else 1))
    return found[0], found[1]


def sides_in_parts(graph: Graph, variable: Variable) -> list[tuple[int, ...]]:
    """The nodes of value and limit: of a quotient what is divided and by what, else the side itself; none where nothing is compared."""
    sides = [number for number in (variable.value, variable.limit) if number is not None]
    return [_parts(graph, number) for number in sides]


def _parts(graph: Graph, number: int) -> tuple[int, ...]:
    node = graph.nodes[number]
    return tuple(node.args) if node.op == "div" else (number,)


def _row(graph: Graph, number: int, row: int | None) -> int | None:
    return None if graph.nodes[number].entity in (None, "household") else row


def _outputs(graph: Graph, numbers: tuple[int, ...]) -> dict[str, int]:
    """The same mapping each time for a graph, so that its kernel is found again."""
    made = _asked.setdefault(graph, {})
    if numbers not in made:
        made[numbers] = {f"#{number}": number for number in numbers}
    return made[numbers]


def apart(value: Fraction, limit: Fraction, scale: int) -> tuple[str, str] | None:
    """The value and the distance with as many decimals as show which side of the limit it lies; ``scale``: units of one.

    None where even the most decimals show no difference.
    """
    for digits in DIGITS:
        unit = Fraction(10**digits, scale)
        here, there = round(value * unit), round(limit * unit)
        if here != there:
            return _text(here, digits), _text(abs(here - there), digits)
    return None


def _text(number: int, digits: int) -> str:
    whole, part = divmod(number, 10**digits)
    return f"{whole:,}.{part:0{digits}d}"
