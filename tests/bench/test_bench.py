"""The benchmarks measure what they say: both sides compute the same, bars are judged rightly, names choose."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest
from bench import __main__ as command
from bench.facts import Population, generate
from bench.law import PersonLaw, equal_values, person_law
from bench.result import Result, at_least, at_most, faster, smaller
from bench.same import differences

from doudi.rules.book import Book
from doudi.rules.codes import CodeSet
from doudi.rules.columns import Columns
from doudi.rules.functions import (
    all_members,
    all_of,
    any_member,
    any_of,
    entry,
    highest,
    how_many,
    lookup,
    maximum,
    minimum,
    month_number,
    not_,
    per,
    round_down,
    round_half_up,
    round_up,
    total,
    where,
    whole_years,
)
from doudi.rules.graph import Graph
from doudi.rules.kinds import DATE, FLAG, MONEY, RATE, Entity, Input, Link, ParameterSlot, Schema, code
from doudi.rules.numpy_kernel import NumpyKernel

AREAS = CodeSet("area", {"urban": ("城市", "urban"), "rural": ("农村", "rural")})
FACTS = (
    Input("area", "household", code(AREAS), 0, 1),
    Input("born", "person", DATE, 18900101, 20991231),
    Input("wage", "person", MONEY, 0, 10**10),
    Input("away", "person", FLAG, 0, 1),
)
SLOTS = (
    ParameterSlot("standard", MONEY, 0, 10**7, AREAS),
    ParameterSlot("rate", RATE, 0, 10**5),
    ParameterSlot("strict", FLAG, 0, 1),
)
SCHEMA = Schema(
    {
        "household": Entity("household"),
        "person": Entity("person", (Link("household", "household"),), at_most=100),
    },
    {fact.name: fact for fact in (*FACTS, Input("today", None, DATE, 19000101, 21001231))},
    {slot.name: slot for slot in SLOTS},
    {"area": AREAS},
)
book = Book("words")


def _says(entity: str, kind: str):
    return book.formula(entity, kind, zh="", en="", ref="words:1")


@_says("person", "count")
def age(born, today):
    return whole_years(born, today)


@_says("person", "count")
def months(born, today):
    return month_number(today) - month_number(born)


@_says("person", "money")
def taken(wage, area, p):
    return where(
        p.strict, minimum(round_half_up(wage * p.rate), wage), maximum(wage - lookup(p.standard, area), 0)
    )


@_says("person", "flag")
def counts(away, age, p):
    return any_of(not_(away), all_of(age < 18, p.strict))


@_says("household", "money")
def income(wage, counts):
    return total(wage, where=counts)


@_says("household", "money")
def mixed(wage, taken, heads):
    return (
        total(wage) + round_up(per(total(taken), maximum(heads, 1)), to=100) - round_down(per(total(wage), 7))
    )


@_says("household", "count")
def heads(wage):
    return how_many(wage)


@_says("household", "money")
def best(wage, counts):
    return highest(wage, where=counts)


@_says("household", "flag")
def poor(income, heads, area, p):
    return per(income, heads * 12) < lookup(p.standard, area) * p.rate


@_says("household", "flag")
def some(counts):
    return any_member(counts)


@_says("household", "flag")
def everybody(counts):
    return all_members(counts)


@_says("household", "money")
def fixed(p):
    return entry(p.standard, "urban") + 0


@_says("person", "flag")
def poor_member(poor, counts):
    return all_of(poor, counts)


@_says("household", "money")
def income_of_poor_places(wage, area, p):
    return where(area == "rural", total(wage), 0)


@pytest.fixture
def peer() -> ModuleType:
    """The translation into OpenFisca, for which the package must be there."""
    pytest.importorskip(
        "openfisca_core",
        reason="openfisca-core is not installed (make bench installs it): the translation is NOT tested",
    )
    from bench import openfisca_peer

    return openfisca_peer


@pytest.fixture(scope="module")
def law() -> PersonLaw:
    return person_law()


@pytest.mark.parametrize("strict", [0, 1])
def test_every_word_means_the_same_in_openfisca(peer: ModuleType, strict: int) -> None:
    graph = Graph(SCHEMA, book.formulas, date(2026, 7, 1))
    parameters, context = {"standard": [70_000, 52_000], "rate": 3_333, "strict": strict}, {"today": 20260701}
    variables = {name: variable.node for name, variable in graph.variables.items()}
    population = generate(FACTS, 200)
    columns = Columns(
        {"household": 200, "person": len(population.parents)},
        population.values,
        {"person": population.parents},
    )
    ours = NumpyKernel(graph, variables).run(columns, parameters, context)
    openfisca = peer.OpenFisca(graph, variables, FACTS, parameters, context)
    theirs = openfisca.calculate(openfisca.simulation(population))
    differing = [name for name, result in ours.items() if not np.array_equal(result.values, theirs[name])]
    assert differing == []
    assert set(theirs) == set(graph.variables)


def test_the_law_means_the_same_in_openfisca(peer: ModuleType, law: PersonLaw) -> None:
    population = generate(law.facts, 300)
    openfisca = peer.OpenFisca.of(law)
    equal, values = equal_values(
        law.run(law.columns(population)), openfisca.calculate(openfisca.simulation(population))
    )
    assert equal == values


def test_a_formula_of_a_member_reads_the_household_by_projection(peer: ModuleType) -> None:
    graph = Graph(SCHEMA, book.formulas, date(2026, 7, 1))
    variables = {name: variable.node for name, variable in graph.variables.items()}
    sources = dict(peer.formula_sources(graph, variables, FACTS))
    assert "person.household('poor', period)" in sources["poor_member"]
    assert "household.members('wage', period)" in sources["income"]
    assert "household.sum(" in sources["income"]


def test_values_from_other_rows_become_facts(law: PersonLaw) -> None:
    given = {fact.name for fact in law.facts}
    assert {"own_money", "support_fees"} <= given
    assert "tier" in law.variables
    assert {variable.formula.entity for variable in law.statute.graph.variables.values()} == {
        "household",
        "person",
    }
    assert set(law.run(law.columns(generate(law.facts, 50)))) == set(law.variables)


def test_population_is_plausible_and_within_bounds(law: PersonLaw) -> None:
    population = generate(law.facts, 2_000)
    assert len(population.parents) / 2_000 == pytest.approx(2.9, abs=0.1)
    assert np.bincount(population.parents[population.values["relation"] == 0]).tolist() == [1] * 2_000
    for fact in law.facts:
        column = population.values[fact.name]
        assert fact.low <= column.min(), fact.name
        assert column.max() <= fact.high, fact.name


def test_a_column_does_not_depend_on_the_others(law: PersonLaw) -> None:
    alone = generate([fact for fact in law.facts if fact.name == "wage"], 50)
    assert np.array_equal(alone.values["wage"], generate(law.facts, 50).values["wage"])


def test_a_population_is_read_as_it_was_written(tmp_path: Path) -> None:
    population = generate(FACTS, 20, size=3)
    population.save(tmp_path)
    again = Population.open(tmp_path).loaded()
    assert again.households == 20
    assert np.array_equal(again.parents, np.repeat(np.arange(20), 3))
    assert {name: column.tolist() for name, column in again.values.items()} == {
        name: column.tolist() for name, column in population.values.items()
    }


def test_bars_are_judged() -> None:
    assert (faster("a", 2, "s", "x", 10, 5).ratio, faster("a", 2, "s", "x", 10, 5).holds) == (5, True)
    assert not faster("a", 2.1, "s", "x", 10, 5).holds
    assert not smaller("a", 5, "MiB", "x", 10, 0.5).holds
    assert smaller("a", 4, "MiB", "x", 10, 0.5).ratio == 0.4
    assert at_most("a", 0.2, "s", 0.2).holds
    assert not at_least("a", 99.99, "%", 100).holds
    assert "MISSED" in at_most("a", 3, "s", 2).line()


def _chosen(households: int, persons: int, *others: int) -> command.Benchmarks:
    def two() -> Iterator[Result]:
        yield at_most("one.first", 1, "s", households)
        yield at_most("one.second", 1, "s", persons)

    def broken() -> Iterator[Result]:
        raise subprocess.CalledProcessError(1, "child")
        yield

    return {("one.first", "one.second"): two, ("two.broken",): broken}


@pytest.mark.parametrize(
    ("args", "status", "names"),
    [
        (["one"], 0, ["one.first", "one.second"]),
        (["one.s"], 0, ["one.second"]),
        ([], 1, ["one.first", "one.second"]),
    ],
)
def test_names_choose_and_results_are_written(
    args: list[str],
    status: int,
    names: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "benchmarks", _chosen)
    assert command.main(args, tmp_path / "results.json") == status
    written = json.loads((tmp_path / "results.json").read_text())
    assert [bar["name"] for bar in written] == names
    assert all(
        set(bar) == {"name", "value", "unit", "peer", "peer_value", "ratio", "bar", "holds"}
        for bar in written
    )
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == names


def test_an_unknown_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "benchmarks", _chosen)
    assert command.main(["nothing"], tmp_path / "results.json") == 2
    assert not (tmp_path / "results.json").exists()


def test_two_folders_of_results_are_the_same_or_it_is_told_where_they_differ(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, values in ((one, [1, 2]), (other, [1, 3])):
        folder.mkdir()
        pl.DataFrame({"a": [1, None], "b": values}).write_parquet(folder / "table.parquet")
    assert list(differences(one, one)) == []
    (other / "more.json").write_text("{}")
    assert list(differences(one, other)) == [
        f"more.json: only in {other}",
        "table.parquet: b differs in 1 rows",
    ]
