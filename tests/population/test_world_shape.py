"""A world has the tables it promises, the same for the same seed; names and numbers are as on real identity cards."""

from pathlib import Path

import polars as pl
import pytest

import doudi.facts
from doudi.population import world_of, write_world
from doudi.population.block import SIZE
from doudi.population.world import SCHEMAS, on
from doudi.rules.codes import load_code_sets
from doudi.rules.errors import RegionError

CODES = load_code_sets(Path(doudi.facts.__file__).parent / "vocabulary" / "codes.yaml")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.mark.parametrize("table", SCHEMAS)
def test_tables_have_the_columns_of_their_schema(world, table):
    assert dict(world[table].schema) == dict(SCHEMAS[table])
    assert world[table].height > 0


@pytest.mark.parametrize("persons", [1, 2, 500, 1_001, SIZE + 1, 2 * SIZE])
def test_exactly_so_many_persons_live_in_the_county_on_the_last_day(persons):
    world = world_of(persons, seed=5)
    assert world["memberships"].filter(on(world.ends))["person_id"].n_unique() == persons
    assert world["persons"]["person_id"].is_unique().all()
    assert world["persons"]["id_number"].is_unique().all()


def test_those_who_died_or_left_are_extra(world):
    assert world["persons"].height > 20_000
    gone = world["memberships"].filter(pl.col("ended").is_in(["death", "move_out"]))["person_id"].n_unique()
    assert world["persons"].height == 20_000 + gone


@pytest.mark.parametrize(
    ("table", "column"),
    [("households", "household_id"), ("households", "booklet"), ("owned", "asset_id"), ("bills", "bill_id"),
     ("supporters", "supporter_id"), ("temporary_aid", "aid_id"), ("incidents", "incident_id")],
)  # fmt: skip
def test_ids_are_unique(world, table, column):
    assert world[table][column].is_unique().all()


def test_numbers_of_things_differ(world):
    assert world["owned"]["number"].drop_nulls().is_unique().all()
    assert world["disabilities"]["certificate"].drop_nulls().is_unique().all()
    assert (
        world["owned"].filter(pl.col("kind") == "vehicle")["number"].str.contains(r"^演[A-Z]{2}\d{5}$").all()
    )


def test_id_numbers_tell_county_birth_and_sex_and_check(world):
    people = world["persons"]
    number = people["id_number"]
    assert number.str.contains(r"^9999\d{13}[\dX]$").all()
    assert (number.str.slice(6, 8) == people["born"].dt.strftime("%Y%m%d")).all()
    odd = number.str.slice(16, 1).cast(pl.Int64) % 2 == 1
    assert (odd == (people["sex"] == "male")).all()
    for text in number.sample(400, seed=1):
        total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
        assert text[17] == "10X98765432"[total % 11]


def test_numbers_of_the_young_have_the_code_of_the_county_and_some_of_the_old_another(world):
    code = world["persons"]["id_number"].str.head(6)
    young = world["persons"]["born"].dt.year() > 1990
    assert (code.filter(young) == "999901").all()
    old = code.filter(world["persons"]["born"].dt.year() < 1960)
    assert 0.02 < (old != "999901").mean() < 0.15


def test_names_are_as_in_life(world):
    names = world["persons"]["name"]
    assert names.str.contains(r"^[\p{Han}]{2,4}$|^[\p{Han}]+·[\p{Han}]+$").all()
    length = names.str.len_chars()
    assert 0.10 < (length == 2).mean() < 0.20
    assert 0.001 < names.str.contains("·", literal=True).mean() < 0.01
    assert names.str.contains("^(欧阳|上官|司马|诸葛|皇甫|令狐|尉迟|夏侯|东方|慕容)").sum() > 3
    assert names.str.contains("䶮|𠮷|㛃|𬱖|𫍯|𬀩|𬍛|𣲘|㴋").sum() > 3
    first = names.str.head(1).value_counts().sort("count", descending=True)["name"].head(5)
    assert set(first) <= set("王李张刘陈杨")


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("persons", "sex", "sex"), ("households", "area", "area"), ("memberships", "relation", "relation"),
        ("marriages", "marital", "marital"), ("studies", "study", "study"), ("disabilities", "disability", "disability"),
        ("illnesses", "illness", "illness"), ("absences", "absence", "absence"), ("owned", "kind", "asset"),
        ("owned", "purpose", "asset_purpose"), ("expenses", "kind", "expense"), ("holdings", "programme", "programme"),
        ("holdings", "band", "band"), ("monitored", "monitored", "monitored"), ("incidents", "kind", "urgent_event"),
        ("supporters", "relation", "supporter_relation"), ("supporters", "status", "aid_status"), ("temporary_aid", "cause", "urgent_event"),
    ],
)  # fmt: skip
def test_codes_are_those_of_the_vocabulary(world, table, column, codes):
    assert set(world[table][column].drop_nulls()) <= set(CODES[codes].codes)


def test_same_seed_gives_the_same_bytes(tmp_path):
    first = write_world(world_of(3_000, seed=7), tmp_path / "first")
    second = write_world(world_of(3_000, seed=7), tmp_path / "second")
    assert [path.relative_to(tmp_path / "first").as_posix() for path in first] == [
        f"truth/{name}.parquet" for name in SCHEMAS
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_another_seed_gives_another_county():
    assert not world_of(500, seed=1)["persons"].equals(world_of(500, seed=2)["persons"])


def test_a_shorter_history_begins_later():
    short = world_of(500, months=12)
    assert (short.begins.isoformat(), short.ends.isoformat()) == ("2025-08-01", "2026-07-31")
    assert world_of(500).begins.isoformat() == "2024-08-01"


def test_faulty_arguments_are_refused():
    with pytest.raises(ValueError, match="positive"):
        world_of(0)
    with pytest.raises(ValueError, match="12 or more"):
        world_of(10, months=11)
    with pytest.raises(RegionError):
        world_of(10, region="610100")
