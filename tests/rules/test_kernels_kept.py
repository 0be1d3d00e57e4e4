"""Registers that are alike share a kernel; those that differ in what their bounds decide do not."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.rules.kernels import MOST_KEPT, Kernels
from doudi.rules.kinds import Schema
from doudi.rules.narrow import narrowed
from tests.rules.test_kernels import CONTEXT, GRAPH, KNOWN, OUTPUTS, columns, households, numpy_kernel


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(households(unknown=False), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_kept_kernel_gives_what_the_general_one_gives(registers: list[list[dict[str, Any]]]) -> None:
    kernels = Kernels(KNOWN, CONTEXT, ())
    for cases in (*registers, registers[0]):
        table = columns(cases)
        bounds = narrowed(GRAPH.schema, table)
        found = kernels.kernel(GRAPH, OUTPUTS, bounds, frozenset(), ()).run(table, KNOWN, CONTEXT)
        general = numpy_kernel(frozenset()).run(table, KNOWN, CONTEXT)
        for name in OUTPUTS:
            assert found[name].values.tolist() == general[name].values.tolist(), name


@settings(max_examples=20, deadline=None)
@given(st.lists(households(unknown=False), min_size=1, max_size=4))
def test_every_value_lies_within_the_bounds_taken_from_its_column(cases: list[dict[str, Any]]) -> None:
    table = columns(cases)
    schema: Schema = narrowed(GRAPH.schema, table)
    for name, column in table.values.items():
        fact = schema.inputs[name]
        assert GRAPH.schema.inputs[name].low <= fact.low <= fact.high <= GRAPH.schema.inputs[name].high
        assert all(fact.low <= int(value) <= fact.high for value in column), name


@settings(max_examples=5, deadline=None)
@given(st.lists(households(unknown=False), min_size=1, max_size=3))
def test_the_same_register_is_given_the_same_kernel(cases: list[dict[str, Any]]) -> None:
    kernels, table = Kernels(KNOWN, CONTEXT, ()), columns(cases)
    first = kernels.kernel(GRAPH, OUTPUTS, narrowed(GRAPH.schema, table), frozenset(), ())
    again = narrowed(GRAPH.schema, columns(cases))
    assert kernels.kernel(GRAPH, OUTPUTS, again, frozenset(), ()) is first
    assert kernels.kernel(GRAPH, {"tier": OUTPUTS["tier"]}, again, frozenset(), ()) is not first
    assert kernels.kernel(GRAPH, OUTPUTS, again, frozenset({"wage"}), ()) is not first


def test_when_many_are_kept_they_are_made_anew() -> None:
    kernels = Kernels(KNOWN, CONTEXT, ())
    first = kernels.once("first", object)
    assert kernels.once("first", object) is first
    for number in range(MOST_KEPT):
        kernels.once(number, object)
    assert kernels.once("first", object) is not first
