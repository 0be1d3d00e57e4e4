"""A program specialised to a place gives what the general program gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.rules.numpy_kernel import NumpyKernel
from doudi.rules.python_kernel import PythonKernel
from doudi.rules.specialise import specialise
from tests.rules.test_kernels import (
    CONTEXT,
    FACTS,
    GRAPH,
    KNOWN,
    OUTPUTS,
    columns,
    households,
    numpy_kernel,
    python_kernel,
)

choices = st.fixed_dictionaries(
    {
        "line.standard": st.lists(st.one_of(st.integers(0, 10**6), st.none()), min_size=2, max_size=2),
        "line.multiple": st.one_of(st.just(10_000), st.integers(0, 10**5), st.none()),
        "line.strict": st.one_of(st.integers(0, 1), st.none()),
        "fee.rate": st.sampled_from([0, 1, 5000, 10_000, None]),
        "asset.counts": st.lists(st.one_of(st.integers(0, 1), st.none()), min_size=3, max_size=3),
    }
)


def both(case: dict[str, Any], parameters: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    unset = {
        name
        for name, value in parameters.items()
        if value is None or (isinstance(value, list) and None in value)
    }
    general = python_kernel(frozenset(FACTS | unset), explained=True)
    program, places = specialise(GRAPH, OUTPUTS, parameters, CONTEXT)
    special = PythonKernel(program, places, FACTS | unset)
    return _ranges(general, case, parameters), _ranges(special, case, parameters)


def _ranges(kernel: PythonKernel, case: dict[str, Any], parameters: dict[str, Any]) -> dict[str, Any]:
    found = kernel.bind(parameters, CONTEXT)(case)
    return {
        name: (value[0], value[1]) if name in kernel.uncertain else (value, value)
        for name, value in found.items()
    }


@settings(max_examples=60, deadline=None)
@given(households(unknown=True), choices)
def test_specialised_equals_general(case: dict[str, Any], parameters: dict[str, Any]) -> None:
    general, special = both(case, parameters)
    assert special == general


def test_settled_choices_disappear() -> None:
    program, _ = specialise(GRAPH, {"tier": OUTPUTS["tier"]}, {**KNOWN, "line.strict": 1}, CONTEXT)
    assert len(program.nodes) < len(GRAPH.needed([OUTPUTS["tier"]]))
    assert not any(node.op in ("parameter", "entry") for node in program.nodes)


@settings(max_examples=30, deadline=None)
@given(st.lists(households(unknown=False), min_size=1, max_size=5), choices)
def test_specialised_columns_equal_general_columns(
    cases: list[dict[str, Any]], parameters: dict[str, Any]
) -> None:
    known = {
        name: KNOWN[name] if value is None or (isinstance(value, list) and None in value) else value
        for name, value in parameters.items()
    }
    table = columns(cases)
    general = numpy_kernel(frozenset()).run(table, known, CONTEXT)
    program, places = specialise(GRAPH, OUTPUTS, known, CONTEXT)
    special = NumpyKernel(program, places).run(table, known, CONTEXT)
    for name in OUTPUTS:
        assert special[name].values.tolist() == general[name].values.tolist(), name
