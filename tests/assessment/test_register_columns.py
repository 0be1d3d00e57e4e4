"""The columns of a register say of each household what the one-household path says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from doudi.assessment.determination import applied_facts
from doudi.assessment.register_columns import columns_of, household_of, only, part
from doudi.assessment.statute import law_of, schema
from doudi.facts.register import Register, read_register
from doudi.population import generate, write

DAY = date(2026, 8, 1)
REGION = "999901"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("register")
    tables = generate(400, seed=11)
    households = tables["households"]
    half = [place % 5 != 0 for place in range(households.height)]
    for name in ("assets_stated", "expenses_stated", "supporters_stated"):
        households = households.with_columns(**{name: pl.Series(half)})
    refuse = pl.int_range(pl.len()) % 3 == 0
    supporters = tables["supporters"].with_columns(consents=pl.when(refuse).then(False).otherwise("consents"))
    write({**tables, "households": households, "supporters": supporters}, folder)
    return read_register(folder, DAY)


@pytest.mark.parametrize("refusal", ["undetermined", "assumed"])
def test_columns_hold_the_facts_that_one_household_is_assessed_by(register: Register, refusal: str) -> None:
    codes = schema().parameters["support_fee.without_consent"].kind.codes
    assert codes is not None
    choice = (
        "undetermined"
        if refusal == "undetermined"
        else next(code for code in codes.codes if code != "undetermined")
    )
    statute = law_of(REGION, DAY, settings={"support_fee.without_consent": choice})
    columns = columns_of(register, statute)
    firsts = {
        entity: np.searchsorted(household_of(columns, entity), range(columns.counts["household"]))
        for entity in columns.counts
    }
    veiled = []
    for place in range(columns.counts["household"]):
        facts = applied_facts(register.household(place), statute)
        for entity, rows in facts.items():
            for number, row in enumerate([rows] if isinstance(rows, dict) else rows):
                where = int(firsts[entity][place]) + number
                for name, value in row.items():
                    if name.endswith("_index"):
                        continue
                    masked = name in columns.unknown and bool(columns.unknown[name][where])
                    assert masked == (value is None), name
                    assert masked or columns.values[name][where] == value, name
                if row.get("supporter_consents") is False:
                    veiled.append(row["supporter_family_income"] is None)
    assert len(veiled) > 1
    assert all(veiled) == (refusal == "undetermined")


def test_what_is_not_declared_is_unknown(register: Register) -> None:
    columns = columns_of(register, law_of(REGION, DAY))
    for name in ("assets_stated", "expenses_stated", "supporters_stated"):
        assert columns.unknown[name].tolist() == [
            place % 5 == 0 for place in range(columns.counts["household"])
        ]


def test_a_part_is_the_same_households_renumbered(register: Register) -> None:
    statute = law_of(REGION, DAY)
    columns = columns_of(register, statute)
    chosen = np.arange(columns.counts["household"]) % 3 == 1
    entity_of = {name: str(schema().inputs[name].entity) for name in columns.values}
    taken, rows = part(columns, chosen, entity_of)
    assert taken.counts["household"] == chosen.sum()
    for entity, parent in taken.parents.items():
        above = "person" if entity == "supporter" else "household"
        assert (rows[above][parent] == columns.parents[entity][rows[entity]]).all()
        assert (np.diff(parent) >= 0).all()
    for (entity, name), link in taken.links.items():
        whole = columns.links[entity, name][rows[entity]]
        assert ((link >= 0) == (whole >= 0)).all()
        assert (rows["person"][link[link >= 0]] == whole[whole >= 0]).all()
    for name, column in taken.values.items():
        assert (column == columns.values[name][rows[entity_of[name]]]).all()
    assert all(mask.any() for mask in taken.unknown.values())


def test_no_household_at_all_is_a_part_too(register: Register) -> None:
    columns = columns_of(register, law_of(REGION, DAY))
    entity_of = {name: str(schema().inputs[name].entity) for name in columns.values}
    taken, _ = part(columns, np.zeros(columns.counts["household"], dtype=np.bool_), entity_of)
    assert set(taken.counts.values()) == {0}


def test_only_keeps_the_facts_named(register: Register) -> None:
    kept = only(columns_of(register, law_of(REGION, DAY)), {"wage", "area"})
    assert set(kept.values) == {"wage", "area"}
    assert set(kept.unknown) <= {"wage"}


def test_a_folder_is_needed(tmp_path: Path) -> None:
    from doudi.rules.errors import FactError

    with pytest.raises(FactError):
        read_register(tmp_path, DAY)
