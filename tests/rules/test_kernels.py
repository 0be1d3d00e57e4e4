"""Three ways to compute one law: called directly, as generated Python, as generated NumPy. They agree to the fen."""

from __future__ import annotations

from datetime import date as day
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.rules.book import Book
from doudi.rules.columns import Columns
from doudi.rules.functions import lookup
from doudi.rules.graph import Graph
from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.ordinary import bounds
from doudi.rules.python_kernel import PythonKernel
from doudi.rules.reference import Code, Reference
from tests.rules.toy import SCHEMA, graph

GRAPH = graph()
OUTPUTS = {name: variable.node for name, variable in GRAPH.variables.items()}
CONTEXT = {"today": 20260701}
KNOWN = {
    "line.standard": [72000, 56000],
    "line.multiple": 15000,
    "line.strict": 0,
    "fee.rate": 5000,
    "asset.counts": [1, 1, 0],
}
FACTS = {name for name, fact in SCHEMA.inputs.items() if fact.entity is not None}

money = st.one_of(st.integers(0, 10**8), st.sampled_from([0, 1, 672000, 5600000]))
date = st.integers(1930, 2026).flatmap(
    lambda y: st.integers(1, 12).flatmap(lambda m: st.integers(1, 28).map(lambda d: y * 10000 + m * 100 + d))
)
flag = st.booleans()


def maybe(strategy: st.SearchStrategy[Any], unknown: bool) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, st.none()) if unknown else strategy


@st.composite
def households(draw: st.DrawFn, unknown: bool) -> dict[str, Any]:
    persons = [
        {
            "born": draw(maybe(date, unknown)),
            "wage": draw(maybe(money, unknown)),
            "cost": draw(maybe(money, unknown)),
            "away": draw(maybe(flag, unknown)),
        }
        for _ in range(draw(st.integers(1, 4)))
    ]
    place = st.integers(0, len(persons) - 1)
    supporters = [
        {
            "person_index": index,
            "supporter_income": draw(maybe(money, unknown)),
            "supporter_gone": draw(maybe(flag, unknown)),
        }
        for index in sorted(draw(st.lists(place, max_size=3)))
    ]
    assets = [
        {
            "owner_index": draw(st.one_of(st.just(-1), place)),
            "asset_kind": draw(maybe(st.integers(0, 2), unknown)),
            "asset_value": draw(maybe(money, unknown)),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    return {
        "household": {"area": draw(maybe(st.integers(0, 1), unknown))},
        "person": persons,
        "supporter": supporters,
        "asset": assets,
    }


def columns(cases: list[dict[str, Any]]) -> Columns:
    rows: dict[str, list[Any]] = {"household": [case["household"] for case in cases]}
    parents: dict[str, list[int]] = {"person": [], "supporter": [], "asset": []}
    owners: list[int] = []
    rows.update(person=[], supporter=[], asset=[])
    for number, case in enumerate(cases):
        first = len(rows["person"])
        parents["person"] += [number] * len(case["person"])
        parents["supporter"] += [first + row["person_index"] for row in case["supporter"]]
        parents["asset"] += [number] * len(case["asset"])
        owners += [row["owner_index"] + first if row["owner_index"] >= 0 else -1 for row in case["asset"]]
        for entity in parents:
            rows[entity] += case[entity]
    values, unknown = {}, {}
    for fact in SCHEMA.inputs.values():
        if fact.entity is None:
            continue
        cells = [row[fact.name] for row in rows[fact.entity]]
        dtype = np.bool_ if fact.kind.name == "flag" else np.int64
        values[fact.name] = np.array([0 if cell is None else cell for cell in cells], dtype=dtype)
        if any(cell is None for cell in cells):
            unknown[fact.name] = np.array([cell is None for cell in cells])
    indices = {entity: np.array(found, dtype=np.int64) for entity, found in parents.items()}
    links = {("asset", "owner"): np.array(owners, dtype=np.int64)}
    return Columns({entity: len(found) for entity, found in rows.items()}, values, indices, unknown, links)


def as_engine(value: Any, name: str) -> tuple[int, int]:
    low, high = (value.low, value.high) if isinstance(value, Code) else bounds(value)
    scale = GRAPH.variables[name].kind.denominator
    return int(Fraction(low) * scale), int(Fraction(high) * scale)


def from_reference(case: dict[str, Any], parameters: dict[str, Any]) -> dict[str, list[tuple[int, int]]]:
    reference = Reference(GRAPH, parameters, CONTEXT, case)
    return {name: [as_engine(value, name) for value in reference.values(name)] for name in OUTPUTS}


@cache
def python_kernel(unknown: frozenset[str], explained: bool) -> PythonKernel:
    return PythonKernel(GRAPH, OUTPUTS, unknown, explained)


@cache
def numpy_kernel(unknown: frozenset[str]) -> NumpyKernel:
    return NumpyKernel(GRAPH, OUTPUTS, unknown)


def from_python(
    case: dict[str, Any], parameters: dict[str, Any], unknown: set[str], explained: bool = True
) -> dict[str, list[tuple[int, int]]]:
    kernel = python_kernel(frozenset(unknown), explained)
    found = {}
    for name, value in kernel.bind(parameters, CONTEXT)(case).items():
        inexact, root = name in kernel.uncertain, GRAPH.variables[name].formula.entity == "household"
        lows, highs = (value[0], value[1]) if inexact else (value, value)
        found[name] = [(lows, highs)] if root else list(zip(lows, highs, strict=True))
    return found


def from_numpy(
    cases: list[dict[str, Any]], parameters: dict[str, Any], unknown: set[str], block: int
) -> list[dict[str, list[tuple[int, int]]]]:
    table = columns(cases)
    results = numpy_kernel(frozenset(unknown)).run(table, parameters, CONTEXT, block=block)
    found: list[dict[str, list[tuple[int, int]]]] = []
    start = dict.fromkeys(table.counts, 0)
    for case in cases:
        one = {}
        for name, result in results.items():
            entity = GRAPH.variables[name].formula.entity or "household"
            rows = 1 if entity == "household" else len(case[entity])
            part = slice(start[entity], start[entity] + rows)
            greatest = result.values if result.greatest is None else result.greatest
            one[name] = list(zip(result.values[part].tolist(), greatest[part].tolist(), strict=True))
        found.append(one)
        for entity in start:
            start[entity] += 1 if entity == "household" else len(case[entity])
    return found


@settings(max_examples=100, deadline=None)
@given(households(unknown=False))
def test_generated_python_equals_the_direct_call(case: dict[str, Any]) -> None:
    assert from_python(case, KNOWN, set()) == from_reference(case, KNOWN)


@settings(max_examples=100, deadline=None)
@given(households(unknown=True), st.sets(st.sampled_from(sorted(KNOWN))), st.booleans())
def test_unknown_facts_and_parameters_give_the_same_ranges(
    case: dict[str, Any], unset: set[str], explained: bool
) -> None:
    parameters = {name: value for name, value in KNOWN.items() if name not in unset}
    assert from_python(case, parameters, FACTS | unset, explained) == from_reference(case, parameters)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(households(unknown=True), min_size=1, max_size=6),
    st.sets(st.sampled_from(sorted(KNOWN))),
    st.sampled_from([1, 2, 20_000]),
)
def test_columns_in_blocks_equal_the_direct_call(
    cases: list[dict[str, Any]], unset: set[str], block: int
) -> None:
    parameters = {name: value for name, value in KNOWN.items() if name not in unset}
    unknown = FACTS | unset
    expected = [from_reference(case, parameters) for case in cases]
    assert from_numpy(cases, parameters, unknown, block) == expected


def test_a_certain_kernel_runs_on_columns() -> None:
    case = {
        "household": {"area": 1},
        "person": [{"born": 19500302, "wage": 6_719_99, "cost": 0, "away": False}],
        "supporter": [],
        "asset": [{"owner_index": -1, "asset_kind": 0, "asset_value": 100}],
    }
    (found,) = from_numpy([case], KNOWN, set(), 20_000)
    assert found["income_test"] == [(True, True)]
    assert found["tier"] == [(2, 2)]
    assert found["amount"] == [(100, 100)]


@pytest.mark.parametrize(("wage", "holds"), [(6_719_99, True), (6_720_00, False), (6_720_01, False)])
def test_sides_of_a_test_are_kept(wage: int, holds: bool) -> None:
    variable = GRAPH.variables["income_test"]
    assert variable.value is not None
    assert variable.limit is not None
    outputs = {"truth": variable.node, "value": variable.value, "limit": variable.limit}
    case = {
        "household": {"area": 1},
        "person": [{"born": 19500302, "wage": wage, "cost": 0, "away": False}],
        "supporter": [],
        "asset": [],
    }
    found = PythonKernel(GRAPH, outputs).bind(KNOWN, CONTEXT)(case)
    assert found == {"truth": holds, "value": 56000, "limit": 56000}


def test_what_an_undetermined_result_rests_on() -> None:
    case = {
        "household": {"area": 1},
        "person": [
            {"born": 19500302, "wage": None, "cost": 0, "away": False},
            {"born": None, "wage": 0, "cost": 0, "away": False},
        ],
        "supporter": [],
        "asset": [],
    }
    kernel = PythonKernel(GRAPH, OUTPUTS, {"wage", "born"})
    found = kernel.bind(KNOWN, CONTEXT)(case)
    assert kernel.scope.named(found["tier"][2]) == ["wage"]
    case["person"][0]["away"], case["person"][0]["born"] = True, 19500302
    assert kernel.bind(KNOWN, CONTEXT)(case)["tier"][2] == 0


def test_a_fact_of_the_household_reaches_the_rows_below_its_persons() -> None:
    """Nothing is computed of the persons between: no loop over them is written."""
    household_book = Book("between")

    @household_book.formula("supporter", "flag", zh="低于", en="below", ref="toy:1")
    def is_below(supporter_income: Any, area: Any, p: Any) -> Any:
        return supporter_income < lookup(p.line.standard, area)

    below = Graph(SCHEMA, household_book.formulas, day(2026, 7, 1))
    kernel = PythonKernel(below, {"is_below": below.variables["is_below"].node})
    facts = {
        "household": {"area": 1},
        "person": [{}, {}],
        "supporter": [
            {"person_index": 0, "supporter_income": 55_999},
            {"person_index": 1, "supporter_income": 56_000},
        ],
    }
    assert kernel.bind(KNOWN, CONTEXT)(facts)["is_below"] == (True, False)


def test_names_of_one_node_share_one_result_that_nobody_may_write_to() -> None:
    outputs = {"tier": OUTPUTS["tier"], "also_tier": OUTPUTS["tier"], "income_test": OUTPUTS["income_test"]}
    case = {
        "household": {"area": 1},
        "person": [{"born": 19500302, "wage": 0, "cost": 0, "away": False}],
        "supporter": [],
        "asset": [],
    }
    found = NumpyKernel(GRAPH, outputs).run(columns([case, case]), KNOWN, CONTEXT)
    assert found["tier"] is found["also_tier"]
    with pytest.raises(ValueError, match="read-only"):
        found["tier"].values[0] = 1
    found["income_test"].values[0] = False
