"""A register and a household file that say the same are the same; tables read values as files do, one by one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.facts.household_file import read_household
from doudi.facts.register import Register, read_register
from doudi.facts.register.convert import Conversion
from doudi.facts.register.source import Source
from doudi.facts.values import ValueFault, parse, show
from doudi.facts.vocabulary import EntityFacts, Fact, Vocabulary, engine_date
from tests.facts.registers import ON, Tables, write

VOCABULARY = Vocabulary.load()
KINDS = ("money", "count", "area", "flag", "code", "date")
EXAMPLES = {kind: [fact for fact in VOCABULARY.facts.values() if fact.kind == kind] for kind in KINDS}
LISTS = {"assets": "asset", "expenses": "expense", "holdings": "holding"}


def written_value(fact: Fact) -> st.SearchStrategy[str]:
    if fact.kind == "date":
        known = st.sampled_from(["1955-01-31", "2008-02-29", "2012-08-01", "2026-07-01"])
    else:
        known = st.integers(fact.low, min(fact.high, 3_000_000)).map(lambda value: show(fact, value))
    return known if fact.may_be_none else st.one_of(known, st.just("unknown"))


def some_columns(entity: EntityFacts) -> st.SearchStrategy[list[Fact]]:
    optional = [fact for fact in entity.engine_facts() if fact.absent != "required"]
    required = [fact for fact in entity.engine_facts() if fact.absent == "required"]
    chosen = st.lists(st.sampled_from(optional), unique=True, max_size=12) if optional else st.just([])
    return chosen.map(lambda facts: required + facts)


@st.composite
def registers(draw: st.DrawFn) -> Tables:
    columns = {name: draw(some_columns(entity)) for name, entity in VOCABULARY.entities.items()}
    tables: Tables = {
        "households": [],
        "persons": [],
        "supporters": [],
        "assets": [],
        "expenses": [],
        "holdings": [],
    }

    def row(entity: str, **ids: str) -> dict[str, object]:
        return {**ids, **{fact.column: draw(written_value(fact)) for fact in columns[entity]}}

    for number in range(draw(st.integers(1, 3))):
        household = f"H{number}"
        tables["households"].append(row("household", household_id=household))
        members = [f"{household}P{place}" for place in range(draw(st.integers(1, 3)))]
        for place, member in enumerate(members):
            relation = "head" if place == 0 else draw(st.sampled_from(["spouse", "child", "other"]))
            tables["persons"].append(
                {**row("person", person_id=member, household_id=household), "relation": relation}
            )
            for _ in range(draw(st.integers(0, 2))):
                tables["supporters"].append(row("supporter", person_id=member))
        for table, entity in LISTS.items():
            for _ in range(draw(st.integers(0, 2))):
                owner = draw(st.sampled_from(["", *members]))
                tables[table].append(row(entity, household_id=household, person_id=owner))
    return {name: rows for name, rows in tables.items() if rows}


def household_files(tables: Tables) -> Iterator[str]:
    """Each household of the tables as a household file in JSON, which is YAML too."""
    for household in tables["households"]:
        key = household["household_id"]
        persons = []
        for row in tables["persons"]:
            if row["household_id"] == key:
                facts = {
                    name: value for name, value in row.items() if name not in ("household_id", "person_id")
                }
                entity = VOCABULARY.entities["person"]
                income = {name: facts.pop(name) for name in list(facts) if entity.facts[name].group}
                persons.append({"id": row["person_id"], **facts, **({"income": income} if income else {})})
        mine = {person["id"] for person in persons}
        sections: dict[str, object] = {"household": household, "persons": persons}
        if "supporters" in tables:
            sections["supporters"] = [row for row in tables["supporters"] if row["person_id"] in mine]
        for table in LISTS:
            if table in tables:
                sections[table] = [
                    {name: value for name, value in row.items() if name != "household_id" and value != ""}
                    for row in tables[table]
                    if row["household_id"] == key
                ]
        yield json.dumps(sections, ensure_ascii=False)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(tables=registers(), form=st.sampled_from(["csv", "parquet", "xlsx"]))
def test_a_household_of_a_register_equals_its_file(tables: Tables, form: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register = read_register(write(folder / "register", tables, form), ON)
        assert not register.problems
        assert register.counts["household"] == len(tables["households"])
        for filled in register.facts.values():
            for name, bounds in filled.bounds.items():
                assert bounds == (int(filled.values[name].min()), int(filled.values[name].max())), name
        for place, text in enumerate(household_files(tables)):
            path = folder / f"{place}.json"
            path.write_text(text, encoding="utf-8")
            from_file, from_register = read_household(path, ON), register.household(place)
            assert from_register.facts == from_file.facts
            assert from_register.assumed == from_file.assumed
            for entity in ("household", "person"):
                assert from_register.ids[entity] == from_file.ids[entity]
            _columns_agree(register, place)


def _columns_agree(register: Register, place: int) -> None:
    """The columns hold what the extracted household says, also where nothing was written."""
    household = register.household(place)
    start, stop = register.offsets["person"][place : place + 2]
    for entity, rows in (("household", range(place, place + 1)), ("person", range(start, stop))):
        filled = register.facts[entity]
        for row, found in zip(rows, household.rows(entity), strict=True):
            for name, value in found.items():
                masked = name in filled.unknown and bool(filled.unknown[name][row])
                assert masked == (value is None), name
                assert masked or filled.values[name][row] == value, name


TEXTS = st.one_of(
    st.decimals(-10, 200_000_000, places=3).map(str),
    st.integers(-5, 300).map(str),
    st.floats(0, 1e6).map(repr),
    st.dates().map(str),
    st.sampled_from(["", " ", "无", "none", "unknown", "不详", "是", "否", "true", "TRUE", "head", "户主", "02", "9"]),
    st.sampled_from([" child ", "1950/3/2", "19500302", "1950-02-30", "1e3", "nan", "1.", ".5", "+5", "1,000", "１"]),
    st.text(max_size=6),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_columns_of_text_are_read_like_single_values(kind: str, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(EXAMPLES[kind]))
    texts = data.draw(st.lists(TEXTS, min_size=1, max_size=30))
    assert _column(fact, pl.Series(fact.column, texts, dtype=pl.String)) == [
        _single(fact, text) for text in texts
    ]


@pytest.mark.parametrize("kind", ["money", "count", "area"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_columns_of_numbers_are_read_like_single_values(kind: str, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(EXAMPLES[kind]))
    series = data.draw(
        st.one_of(
            st.lists(st.floats(-10, 2e8).map(lambda number: round(number, 3)), min_size=1).map(pl.Series),
            st.lists(st.integers(-(2**40), 2**40), min_size=1).map(
                lambda found: pl.Series(found, dtype=pl.Int64)
            ),
            st.lists(st.decimals(-10, 200_000_000, places=2), min_size=1).map(
                lambda found: pl.Series(found, dtype=pl.Decimal(18, 2))
            ),
            st.lists(st.decimals(-10, 200_000_000, places=3), min_size=1).map(
                lambda found: pl.Series(found, dtype=pl.Decimal(38, 4))
            ),
        )
    )
    texts = [str(value) if isinstance(value, Decimal) else repr(value) for value in series]
    assert _column(fact, series.alias(fact.column)) == [_single(fact, text) for text in texts]


@pytest.mark.parametrize("dtype", [pl.Date, pl.Datetime("us"), pl.Datetime("ms")])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_columns_of_dates_are_read_like_single_values(dtype: pl.DataType, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(EXAMPLES["date"]))
    days = data.draw(st.lists(st.none() | st.dates(date(1880, 1, 1), date(2110, 12, 31)), min_size=1))
    series = pl.Series(fact.column, days, dtype=pl.Date).cast(dtype)
    assert _column(fact, series) == [_single(fact, "" if day is None else str(day)) for day in days]


def test_every_day_of_the_calendar() -> None:
    fact = VOCABULARY.facts["born"]
    days = pl.date_range(date(1890, 1, 1), date(2099, 12, 31), eager=True)
    assert _column(fact, days.alias("born")) == [engine_date(day) for day in days]


def _single(fact: Fact, text: str) -> int | str | None:
    if fact.may_be_none and not text.strip():
        return 0
    try:
        return parse(fact, text)
    except ValueFault as error:
        return error.fault.code


def _column(fact: Fact, series: pl.Series) -> list[int | str | None]:
    entity = VOCABULARY.entities[fact.entity]
    source = Source(entity, "table", "parquet", series.to_frame().lazy(), len(series))
    with ThreadPoolExecutor(1) as threads:
        table = Conversion({fact.entity: (source, {fact.column: fact.column})}, threads).tables()[fact.entity]
    given = table.given[fact.name]
    values: list[int | str | None] = [
        None if unknown else int(value) for value, unknown in zip(given.values, given.mask(), strict=True)
    ]
    for problem in table.faults.problems():
        assert problem.row is not None
        assert values[problem.row - 1] is None
        values[problem.row - 1] = problem.code
    return values
