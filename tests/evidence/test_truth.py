"""A synthetic county of which the truth is known: what departments know comes out as it is, and nothing else is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from doudi.evidence import Built, build
from doudi.facts.register import read_register
from doudi.feeds import FeedError, land
from doudi.feeds.synthetic import write_departments, write_registry
from doudi.population import World, register_at, world_of

PERSONS, SEED = 2_000, 7


@dataclass(frozen=True)
class Known:
    """The truth, and what was built from the letters about it."""

    world: World
    day: date
    built: Built
    facts: pl.DataFrame
    truth: dict[str, pl.DataFrame]

    def compared(self, fact: str, subject: str = "person") -> pl.DataFrame:
        """``value`` used, ``truth`` and ``source`` of everyone of whom the fact is known."""
        key, name = (f"{subject}_id", f"{subject}s")
        used = self.facts.filter("used", pl.col("subject") == subject, pl.col("fact") == fact)
        truth = self.truth[name].select(subject_id=key, truth=pl.col(fact).cast(pl.String).fill_null("none"))
        return used.join(truth, on="subject_id").select("subject_id", "value", "truth", "source")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    folder = tmp_path_factory.mktemp("truth")
    world = world_of(PERSONS, seed=SEED)
    sent = write_departments(world, folder / "letters", world.ends, seed=SEED)
    write_registry(world, folder / "registry", world.ends, SEED)
    refused = 0
    for file in sent.files:
        try:
            land(sent.folder / file.path, folder / "store", "officer1", file.received_at)
        except FeedError:
            refused += 1
    assert refused == sum(file.kind == "again" for file in sent.files), "only what was sent twice is refused"
    built = build(
        folder / "registry", folder / "store", world.ends, folder / "out", presume=True, region=world.region
    )
    facts = pl.read_parquet(built.folder / "facts.parquet")
    return Known(world, world.ends, built, facts, register_at(world, world.ends))


def test_almost_everyone_is_known_and_lives_where_they_live(known: Known) -> None:
    people = pl.read_parquet(known.built.folder / "people.parquet").filter(pl.col("state") == "present")
    truth = known.truth["persons"].select("person_id", home="household_id", is_="relation")
    both = people.join(truth, on="person_id")
    assert both.height >= 0.97 * PERSONS
    assert abs(people.height - PERSONS) <= 0.015 * PERSONS
    assert (both["household_id"] == both["home"]).mean() >= 0.995
    assert (both["relation"] == both["is_"]).mean() >= 0.995


@pytest.mark.parametrize(
    ("fact", "least"),
    [
        ("born", 1.0), ("sex", 1.0), ("study", 0.99), ("disability", 0.98), ("disability_grade", 0.98), ("illness", 0.995),
        ("marital", 0.99), ("other_scheme", 0.995), ("absence", 0.99), ("survivor_benefit", 0.99),
        ("unemployment_benefit", 0.99), ("pension", 0.98), ("elder_allowance", 0.99), ("disability_subsidy", 0.99),
    ],
)  # fmt: skip
def test_what_departments_know_of_people_is_true(known: Known, fact: str, least: float) -> None:
    rows = known.compared(fact)
    assert rows.height >= 0.9 * PERSONS
    assert (rows["value"] == rows["truth"]).mean() >= least


@pytest.mark.parametrize(
    "fact",
    [
        "area",
        "village",
        "dibao_class",
        "monitored_mark",
        "has_residence_registration",
        "low_margin_recognised",
    ],
)
def test_what_departments_know_of_households_is_true(known: Known, fact: str) -> None:
    rows = known.compared(fact, "household")
    assert rows.height >= 0.97 * known.truth["households"].height
    assert (rows["value"] == rows["truth"]).mean() >= 0.99


def test_wages_are_close_to_the_truth_and_silence_is_no_wage(known: Known) -> None:
    rows = known.compared("wage").with_columns(pl.col("value", "truth").cast(pl.Float64))
    found = rows.filter(pl.col("source") == "tax")
    assert found.height > 100
    assert ((found["value"] - found["truth"]).abs() <= 0.1 * found["truth"]).mean() >= 0.9
    assert "not_listed" not in known.facts.filter(pl.col("fact") == "wage")["rule"].to_list()
    informal = known.world["jobs"].filter(~pl.col("insured"), pl.col("until").is_null())["person_id"]
    told = known.facts.filter(pl.col("fact") == "wage", pl.col("subject_id").is_in(informal.implode()))
    assert not told.filter(pl.col("value") == "0.00", pl.col("source") != "declared").height


def test_whom_aid_is_paid_for_though_dead_is_found_dead_once(known: Known) -> None:
    planted = known.world["planted"].filter(pl.col("kind") == "paid_dead")
    assert planted.height
    people = pl.read_parquet(known.built.folder / "people.parquet")
    found = planted.join(people, on="person_id", how="left")
    assert found["state"].to_list() == ["died"] * planted.height
    assert found["row_ids"].list.len().min() > 0  # type: ignore[operator]


def test_every_death_that_a_department_reported_is_known_once(known: Known) -> None:
    people = pl.read_parquet(known.built.folder / "people.parquet")
    assert people["person_id"].is_unique().all()
    died = people.filter(pl.col("state") == "died").join(
        known.world["persons"].select("person_id", "died_on"), on="person_id"
    )
    assert died.height
    assert (died["ended_on"] == died["died_on"]).all()


def test_found_vehicles_and_homes_are_owned(known: Known) -> None:
    items = pl.read_parquet(known.built.folder / "items.parquet").filter(pl.col("entity") == "asset")
    owned = known.world["owned"].filter(pl.col("until").is_null() | (pl.col("until") > date(2026, 6, 1)))
    for kind, feed in (("vehicle", "vehicles"), ("home", "real_estate")):
        found = items.filter(pl.col("source") == feed, pl.col("kind") == kind)
        true = owned.filter(pl.col("kind") == kind).select("household_id").unique()
        assert found.height > 50
        assert found.join(true, on="household_id", how="semi").height >= 0.98 * found.height


def test_what_was_hidden_is_found(known: Known) -> None:
    """Vehicles and homes that their owners did not declare stand among the used items."""
    hidden = known.world["owned"].filter(
        "hidden", pl.col("until").is_null(), pl.col("kind").is_in(["vehicle", "home"])
    )
    items = pl.read_parquet(known.built.folder / "items.parquet").filter(
        "used", pl.col("source") != "declared"
    )
    found = hidden.join(items.select("household_id", "kind"), on=["household_id", "kind"], how="semi")
    assert found.height >= 0.9 * hidden.height


def test_both_registers_hold_everyone_and_nothing_is_set_aside(known: Known) -> None:
    for folder in (known.built.register, known.built.pointing):
        register = read_register(folder, known.day)
        assert register.counts["person"] == known.built.sources["people"]["present"]
        assert sum(aside.height for aside in register.set_aside.values()) == 0
