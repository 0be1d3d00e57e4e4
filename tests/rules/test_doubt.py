"""Rows of which there may be more than are at hand: what they are folded to is a range, as far as it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from doudi.rules.book import Book
from doudi.rules.columns import Columns
from doudi.rules.functions import all_members, any_member, highest, total
from doudi.rules.graph import Graph
from doudi.rules.kinds import FLAG, MONEY, Entity, Input, Link, Schema
from doudi.rules.narrow import narrowed
from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.python_kernel import PythonKernel
from doudi.rules.specialise import specialise

PERSON = Link("household", "household")
SCHEMA = Schema(
    {
        "household": Entity("household"),
        "person": Entity("person", (PERSON,), at_most=10),
        "death": Entity("death", (PERSON, Link("person", "person", optional=True)), 5, doubt="more_deaths"),
    },
    {
        "more_deaths": Input("more_deaths", None, FLAG, 0, 1),
        "age_of": Input("age_of", "person", MONEY, 0, 100),
        "cost": Input("cost", "death", MONEY, 0, 50),
        "seen": Input("seen", "death", FLAG, 0, 1),
    },
    {},
)
book = Book("doubt")
WORDS = {"zh": "试", "en": "trial", "ref": "toy:1"}


@book.formula("household", "flag", **WORDS)
def is_seen(seen: Any) -> Any:
    return any_member(seen)


@book.formula("household", "flag", **WORDS)
def all_seen(seen: Any) -> Any:
    return all_members(seen)


@book.formula("household", "money", **WORDS)
def costs(cost: Any) -> Any:
    return total(cost)


@book.formula("household", "money", **WORDS)
def greatest(cost: Any) -> Any:
    return highest(cost)


@book.formula("person", "flag", **WORDS)
def own_seen(by_person__seen: Any) -> Any:
    return any_member(by_person__seen)


GRAPH = Graph(SCHEMA, book.formulas, date(2026, 7, 1))
OUTPUTS = {name: variable.node for name, variable in GRAPH.variables.items()}
ROWS = [{"cost": 20, "seen": True, "person_index": 1}, {"cost": 7, "seen": False, "person_index": -1}]
PEOPLE = [{"age_of": 1}, {"age_of": 2}]


def of_one(rows: list[dict[str, Any]], doubt: bool | None) -> dict[str, Any]:
    kernel = PythonKernel(GRAPH, OUTPUTS, {"more_deaths"} if doubt is None else ())
    call = kernel.bind({}, {"more_deaths": doubt})  # type: ignore[dict-item]
    return dict(call({"household": {}, "person": PEOPLE, "death": rows}))


def test_all_rows_at_hand_are_folded_as_ever() -> None:
    found = of_one(ROWS, False)
    assert (found["is_seen"], found["all_seen"], found["costs"], found["greatest"]) == (True, False, 27, 20)
    assert found["own_seen"] == (False, True)


def test_where_more_rows_may_be_what_holds_still_holds_and_the_rest_is_open() -> None:
    found = of_one(ROWS, None)
    assert found["is_seen"][:2] == (True, True)
    assert found["all_seen"][:2] == (False, False)
    assert found["costs"][:2] == (27, 27 + 250)
    assert found["greatest"][:2] == (20, 50)
    assert [found["own_seen"][part][0] for part in (0, 1)] == [False, True]


def test_no_row_and_a_doubt_is_not_nothing() -> None:
    found = of_one([], None)
    assert found["is_seen"][:2] == (False, True)
    assert found["all_seen"][:2] == (False, True)
    assert found["costs"] == (0, 250, 1)


@pytest.mark.parametrize("doubt", [False, None])
def test_tables_give_what_one_household_gives(doubt: bool | None) -> None:
    context: Any = {"more_deaths": doubt}
    program, places = specialise(GRAPH, OUTPUTS, {}, context)
    columns = Columns(
        {"household": 2, "person": 3, "death": 2},
        {"age_of": np.array([1, 2, 3]), "cost": np.array([20, 7]), "seen": np.array([True, False])},
        {"person": np.array([0, 0, 1]), "death": np.array([0, 0])},
        links={("death", "person"): np.array([1, -1])},
    )
    kernel = NumpyKernel(program, places, {"more_deaths"} if doubt is None else ())
    found = kernel.run(columns, {}, context)
    for household, rows in ((0, ROWS), (1, [])):
        one = of_one(rows, doubt)
        for name in ("is_seen", "all_seen", "costs", "greatest"):
            ends = one[name][:2] if isinstance(one[name], tuple) else (one[name], one[name])
            assert (found[name].values[household], found[name].most[household]) == ends


def test_an_entity_without_a_doubt_is_recorded_as_before() -> None:
    entities = {**SCHEMA.entities, "death": replace(SCHEMA.entities["death"], doubt="")}
    plain = Graph(replace(SCHEMA, entities=entities), book.formulas, date(2026, 7, 1))
    assert not any(node.attribute == "more_deaths" for node in plain.nodes)
    assert len(plain.nodes) < len(GRAPH.nodes)


def test_a_table_of_which_everything_is_settled_beforehand_needs_no_work() -> None:
    no_deaths = Columns(
        {"household": 2, "person": 0, "death": 0}, {"seen": np.empty(0, np.bool_)},
        {"person": np.empty(0, np.int64), "death": np.empty(0, np.int64)},
        links={("death", "person"): np.empty(0, np.int64)},
    )  # fmt: skip
    outputs = {"is_seen": OUTPUTS["is_seen"]}
    narrow = narrowed(SCHEMA, no_deaths)
    program, places = specialise(GRAPH, outputs, {}, {"more_deaths": False}, narrow)
    found = NumpyKernel(program, places).run(no_deaths, {}, {"more_deaths": 0})
    assert found["is_seen"].values.tolist() == [False, False]
