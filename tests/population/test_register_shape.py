"""The generated register has the vocabulary's shape, holds together, and is the same for the same seed."""

import polars as pl
import pytest

from doudi.assessment.catalogue import catalogue
from doudi.facts.vocabulary import Vocabulary
from doudi.population import generate, write
from doudi.programmes.law import readers
from doudi.rules.errors import RegionError

ENTITIES = Vocabulary.load().entities
TABLES = [entity.table for entity in ENTITIES.values()]
COLUMNS = {table: set(frame.columns) for table, frame in generate(3).items()}
FACTS = [
    pytest.param(entity.table, fact, id=f"{entity.table}.{fact.column}")
    for entity in ENTITIES.values()
    for fact in entity.facts.values()
    if fact.column in COLUMNS[entity.table]
]
DETAILS_OF_HOLDINGS = {"holding_item", "holding_until", "holding_amount", "holding_paid_on"}


def test_tables_are_those_of_the_vocabulary(register):
    assert set(register) == set(TABLES)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.table)
def test_columns_are_the_facts_of_the_vocabulary_but_for_those_of_other_programmes(register, entity):
    columns = set(register[entity.table].columns)
    assert columns <= set(entity.facts)
    left_out = {fact.name for fact in entity.facts.values() if fact.column not in columns}
    only_of_programmes = readers().keys() - catalogue().readers.keys() | DETAILS_OF_HOLDINGS
    assert left_out <= only_of_programmes


@pytest.mark.parametrize(("table", "fact"), [case for case in FACTS if case.values[1].kind == "code"])
def test_codes_belong_to_their_set(register, table, fact):
    assert set(register[table][fact.column].drop_nulls().unique()) <= set(fact.codes.codes)


@pytest.mark.parametrize(
    ("table", "fact"), [case for case in FACTS if case.values[1].kind in ("money", "area", "count")]
)
def test_amounts_lie_within_their_range(register, table, fact):
    values = register[table][fact.column].drop_nulls()
    assert values.min() * fact.scale >= fact.low
    assert values.max() * fact.scale <= fact.high


@pytest.mark.parametrize(("table", "fact"), [case for case in FACTS if case.values[1].kind == "money"])
def test_money_is_exact_yuan_with_two_decimals(register, table, fact):
    assert register[table][fact.column].dtype == pl.Decimal(18, 2)


@pytest.mark.parametrize(("table", "fact"), [case for case in FACTS if case.values[1].kind == "flag"])
def test_flags_are_truth_values(register, table, fact):
    assert register[table][fact.column].dtype == pl.Boolean


@pytest.mark.parametrize(("table", "fact"), [case for case in FACTS if case.values[1].absent != "unknown"])
def test_only_what_may_be_unknown_is_empty(register, table, fact):
    may_be_empty = {"person_id", "duty_of_support"}
    if fact.column not in may_be_empty and not fact.may_be_none:
        assert register[table][fact.column].null_count() == 0


@pytest.mark.parametrize("persons", [1, 2, 3, 1_000, 1_001])
def test_number_of_persons_is_exact(persons):
    assert generate(persons)["persons"].height == persons


def test_ids_are_unique(register):
    for table, column in (
        ("persons", "person_id"),
        ("households", "household_id"),
        ("supporters", "supporter_id"),
    ):
        assert register[table][column].is_unique().all()
    assert register["households"]["household_id"][0] == "h000001"
    assert register["persons"]["person_id"][0] == "p0000001"


def test_every_link_leads_to_a_row(register):
    households = register["households"]["household_id"]
    people = register["persons"]["person_id"]
    assert set(register["persons"]["household_id"]) == set(households)
    for table in ("assets", "expenses", "holdings"):
        assert register[table]["household_id"].is_in(households.implode()).all()
    for table in ("supporters", "assets", "expenses", "holdings"):
        assert register[table]["person_id"].drop_nulls().is_in(people.implode()).all()


def test_owners_and_recipients_live_in_the_household(register):
    home_of = register["persons"].select("person_id", pl.col("household_id").alias("home"))
    for table in ("assets", "expenses", "holdings"):
        joined = register[table].join(home_of, on="person_id")
        assert (joined["household_id"] == joined["home"]).all()


def test_every_household_has_one_head_and_at_most_one_spouse(register):
    counted = (
        register["persons"]
        .group_by("household_id")
        .agg(heads=(pl.col("relation") == "head").sum(), spouses=(pl.col("relation") == "spouse").sum())
    )
    assert (counted["heads"] == 1).all()
    assert (counted["spouses"] <= 1).all()


def test_same_seed_gives_the_same_bytes(tmp_path):
    first = write(generate(2_000, seed=7), tmp_path / "first")
    second = write(generate(2_000, seed=7), tmp_path / "second")
    assert [path.name for path in first] == [f"{name}.parquet" for name in generate(10)]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_another_seed_gives_another_county():
    assert not generate(500, seed=1)["persons"].equals(generate(500, seed=2)["persons"])


def test_written_tables_read_back_the_same(tmp_path):
    register = generate(300)
    for path in write(register, tmp_path):
        assert pl.read_parquet(path).equals(register[path.stem])


def test_unknown_region_is_refused_with_the_known_ones():
    with pytest.raises(RegionError) as caught:
        generate(10, region="610100")
    assert caught.value.problems[0].value == "610100"
    assert "999901" in caught.value.problems[0].remedy_en


def test_no_person_is_no_register():
    with pytest.raises(ValueError, match="positive"):
        generate(0)
