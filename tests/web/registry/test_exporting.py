"""What people change here reaches the next build through the registry's folder, and comes back as it was entered."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from doudi.evidence import build
from doudi.feeds.synthetic import write_registry
from doudi.population import world_of
from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.errors import LoadError
from doudi.web.registry.exporting import export_registry
from doudi.web.registry.loading import load
from doudi.web.registry.loading.made_up import make_villages
from doudi.web.registry.models import Household, Membership, Person
from doudi.web.registry.services import households
from tests.web.people import HERE, People
from tests.web.registry.county import DAY, LATER

ON, PERSONS, SEED = date(2026, 8, 15), 120, 7


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registry's folder of a small synthetic county, which no test changes."""
    world, folder = world_of(PERSONS, SEED, HERE), tmp_path_factory.mktemp("county") / "registry"
    write_registry(world, folder, world.ends, SEED)
    return folder


@pytest.fixture(scope="module")
def first(registry: Path) -> Path:
    """Facts built from the registry's folder on the first day, departments being silent."""
    store, out = registry.parent / "store", registry.parent / f"evidence-{DAY}"
    store.mkdir()
    build(registry, store, DAY, out, region=HERE)
    return out


@pytest.fixture
def entered(rows: None, people: People, registry: Path, first: Path) -> None:
    """The county as it was on the first day, loaded."""
    assert people.regions
    enter(first, registry, DAY)


def enter(evidence: Path, registry: Path, day: date) -> None:
    """Load the facts of a day."""
    make_villages(evidence, HERE, day)
    load(evidence, HERE, day, registry)


def standing() -> dict[str, list[tuple]]:
    """Who belongs where, as what, since when, and where households lie."""
    return {
        "people": list(
            Person.objects.order_by("number").values_list("number", "household__number", "state", "ended_on")
        ),
        "memberships": list(
            Membership.objects.filter(until=None).order_by("person__number")
            .values_list("person__number", "household__number", "relation", "since")
        ),
        "households": list(
            Household.objects.order_by("number").values_list("number", "region_id", "size", "head__number", "address")
        ),
    }  # fmt: skip


def large() -> list[Household]:
    """Households of three and more, whose members are all here."""
    return list(Household.objects.filter(size__gte=3).order_by("number"))


def others(home: Household) -> list[Person]:
    """The members who are not the head."""
    rows = home.memberships.filter(until=None).exclude(person_id=home.head_id).order_by("person__number")
    return [row.person for row in rows.select_related("person")]


def change_things() -> None:
    """A split, a death with another head, another head, and a move."""
    one, two, three, four = large()[:4]
    households.split(one, others(one)[:1], others(one)[0], ON)
    households.die(two, two.head, ON, others(two)[0])
    households.succeed(three, others(three)[0], ON)
    elsewhere = Region.objects.filter(level=Level.VILLAGE).exclude(code=four.region_id).order_by("-code")
    households.move(four, elsewhere.get(code=elsewhere.filter(code__startswith=HERE)[0].code), "新村1号", ON)


def test_what_was_changed_comes_back_from_the_next_build_as_it_was(
    entered: None, registry: Path, tmp_path: Path
):
    with acting_as(system()):
        change_things()
        before = standing()
    counts = export_registry(tmp_path / "tonight", registry, HERE)
    assert counts["households"] == 5
    store, second = shutil.copytree(registry.parent / "store", tmp_path / "store"), tmp_path / "evidence"
    build(tmp_path / "tonight", store, LATER, second, region=HERE)
    enter(second, tmp_path / "tonight", LATER)
    with acting_as(system()):
        assert standing() == before
    with acting_as(system("auditor")):
        (entry,) = Entry.objects.filter(action="registry.export")
    assert entry.details == f'{{"households": 5, "identities": {counts["identities"]}}}'


def test_what_nobody_changed_stays_row_by_row(entered: None, registry: Path, tmp_path: Path):
    assert export_registry(tmp_path / "same", registry, HERE) == {"identities": 0, "households": 0}
    for name in ("identities", "households"):
        assert pl.read_parquet(tmp_path / "same" / f"{name}.parquet").equals(
            pl.read_parquet(registry / f"{name}.parquet")
        )
    for path in (registry / "declared").iterdir():
        copy = pl.read_parquet(tmp_path / "same" / "declared" / path.name)
        assert copy.select(pl.read_parquet(path).columns).equals(pl.read_parquet(path))


def test_declarations_follow_the_person_with_their_day(entered: None, registry: Path, tmp_path: Path):
    declared = pl.read_parquet(registry / "declared" / "persons.parquet")
    with acting_as(system()):
        for home in large():
            movers = [each for each in others(home) if each.number in set(declared["person_id"])]
            if movers:
                new = households.split(home, movers[:1], movers[0], ON)
                break
    export_registry(tmp_path / "tonight", registry, HERE)
    told = pl.read_parquet(tmp_path / "tonight" / "declared" / "persons.parquet")
    row = told.row(by_predicate=pl.col("person_id") == movers[0].number, named=True)
    days = pl.read_parquet(registry / "declared" / "households.parquet")
    day = days.row(by_predicate=pl.col("household_id") == home.number, named=True)["declared_on"]
    assert (row["household_id"], row["declared_on"]) == (new.number, day)
    assert told.height == declared.height


def test_nothing_is_written_over_and_what_is_missing_is_told(registry: Path, tmp_path: Path):
    without = shutil.copytree(registry, tmp_path / "registry")
    (without / "households.parquet").unlink()
    (tmp_path / "there").mkdir()
    with pytest.raises(LoadError) as failed:
        export_registry(tmp_path / "there", without, HERE)
    assert [problem.code for problem in failed.value.problems] == ["export.no_table", "export.exists"]


@pytest.mark.parametrize("region", ["abc", "", "999", "990000", "999901001"])
def test_a_county_that_is_not_there_is_not_exported(
    entered: None, registry: Path, tmp_path: Path, region: str
):
    with pytest.raises(LoadError) as error:
        export_registry(tmp_path / "tonight", registry, region)
    assert [each.code for each in error.value.problems] == ["load.no_county"]
    assert not (tmp_path / "tonight").exists()
