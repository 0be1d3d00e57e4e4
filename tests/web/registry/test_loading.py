"""Loading a build: everything arrives, nothing twice, nothing is lost of what was known before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.db import connection

from doudi.web.database.scope import acting_as, system
from doudi.web.registry.determining import Undeterminable
from doudi.web.registry.errors import LoadError
from doudi.web.registry.loading import Loaded, load
from doudi.web.registry.loading import parts as parts_of_register
from doudi.web.registry.models import Household, Load, Membership, Person, Sheet, Tag
from doudi.web.registry.selectors.files import File
from tests.web.people import HERE
from tests.web.registry.conftest import LONG, RARE, homes, household, person
from tests.web.registry.county import DAY, LATER, write, write_registry


def test_everybody_and_every_fact_arrives(everything: None, county: Loaded):
    assert (county.counts["persons_read"], county.counts["persons"]) == (8, 8)
    assert (county.counts["households"], county.counts["memberships"]) == (3, 8)
    assert (county.counts["household_sheets"], county.counts["person_sheets"]) == (3, 7)
    farm = household("h000001")
    assert (farm.size, farm.head.name, farm.address, farm.held) == (3, "单小云", f"村{HERE}1组0号", ["dibao"])
    assert (person("p000005").name, person("p000006").name) == (LONG, RARE)
    known = File(farm).known
    assert known.people["p000001"].value("wage") == "6000.00"
    assert [item.entity for item in known.items_of("asset", "expense", "holding")] == [
        "asset",
        "expense",
        "holding",
    ]


def test_people_whose_village_is_not_in_the_divisions_stand_under_the_county_and_are_told(
    everything: None, county: Loaded
):
    assert county.unplaced == {"不在区划表的村": 4}
    assert household("h000003").region_id == "999901000000"


def test_the_same_build_again_changes_nothing(county: Loaded, loader: Callable[..., Loaded], tmp_path: Path):
    with acting_as(system()):
        before = {
            model: list(model.objects.order_by("pk").values())
            for model in (Household, Person, Membership, Sheet, Tag)
        }
        again = loader(homes(), registry=write_registry(tmp_path / "registry", homes()))
        assert again.changed == 0
        assert {model: list(model.objects.order_by("pk").values()) for model in before} == before
        assert Load.objects.filter(region_id="999901000000").count() == 1


def test_a_later_build_supersedes_and_what_was_known_stays(everything: None, loader: Callable[..., Loaded]):
    later = homes()
    later[0].people[0].facts["wage"] = "12000.00"
    found = loader(later, LATER)
    assert (found.counts["person_sheets"], found.counts["person_sheets_superseded"]) == (1, 1)
    farm = household("h000001")
    assert File(farm).known.people["p000001"].value("wage") == "12000.00"
    assert File(farm, DAY).known.people["p000001"].value("wage") == "6000.00"
    assert File(farm, date(2026, 8, 31)).known.people["p000001"].value("wage") == "6000.00"
    assert File(farm, date(2026, 7, 31)).known.people["p000001"].tellings == []


def test_an_older_build_is_refused(county: Loaded, loader: Callable[..., Loaded]):
    with pytest.raises(LoadError, match="2026-08-01"):
        loader(homes(), date(2026, 7, 1))


def test_somebody_who_moves_leaves_one_household_and_joins_another(
    everything: None, loader: Callable[..., Loaded]
):
    later = homes()
    child = later[0].people.pop()
    later[1].people.append(replace(child, relation="grandchild", since=date(2026, 8, 20)))
    loader(later, LATER)
    rows = list(
        person("p000003")
        .memberships.order_by("pk")
        .values_list("household__number", "relation", "since", "until")
    )
    moved = date(2026, 8, 20)
    assert rows == [("h000001", "child", None, moved), ("h000002", "grandchild", moved, None)]
    assert [member.person.number for member in File(household("h000001"), DAY).members] == [
        "p000001",
        "p000002",
        "p000003",
    ]
    assert (household("h000001").size, household("h000002").size) == (2, 2)


def test_the_death_of_the_head_leaves_the_household_with_its_history(
    everything: None, loader: Callable[..., Loaded]
):
    later = homes()
    later[0].people[0] = replace(later[0].people[0], state="died", ended_on=date(2026, 8, 10))
    later[0].people[1] = replace(later[0].people[1], relation="head")
    loader(later, LATER)
    farm = household("h000001")
    assert (farm.head.number, farm.size) == ("p000002", 2)
    assert person("p000001").state == "died"
    before = File(farm, date(2026, 8, 9)).members
    assert (before[0].person.number, before[0].relation) == ("p000001", "head")
    assert [row.person.number for row in File(farm).former] == ["p000002", "p000001"]


def test_what_somebody_changed_here_after_the_day_of_a_build_is_not_undone(
    everything: None, loader: Callable[..., Loaded]
):
    Person.objects.filter(number="p000002", county=HERE).update(name="李虹", changed_on=LATER)
    found = loader(homes(), LATER)
    assert found.counts["persons_kept"] == 1
    assert person("p000002").name == "李虹"


def test_missing_files_and_columns_are_all_told_at_once(people: object, tmp_path: Path):
    folder = write(tmp_path / "build", homes())
    (folder / "items.parquet").unlink()
    (folder / "sources.json").unlink()
    with pytest.raises(LoadError) as failed:
        load(folder, HERE, DAY)
    assert sorted(Path(problem.file).name for problem in failed.value.problems) == [
        "items.parquet",
        "sources.json",
    ]


def test_a_build_of_another_day_or_an_unknown_county_is_refused(people: object, tmp_path: Path):
    folder = write(tmp_path / "build", homes())
    with pytest.raises(LoadError, match="another day"):
        load(folder, HERE, LATER)
    with pytest.raises(LoadError, match="999977"):
        load(folder, "999977", DAY)


def test_ids_and_facts_lie_sealed_in_the_database(everything: None):
    number = person("p000001").plain("id_number")
    assert len(number) == 18
    with connection.cursor() as cursor:
        for table in ("person", "sheet", "household"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM registry_{table} t")
            (text,) = cursor.fetchone()
            assert number not in text
            assert number.encode().hex() not in text
            assert "6000.00" not in text


def test_the_tier_on_the_page_is_that_of_the_whole_county(everything: None):
    for each in Household.objects.filter(county=HERE):
        found = File(each).determination
        assert not isinstance(found, Undeterminable)
        assert (found.tier or "", found.amount()) == (each.tier, each.monthly)


def test_tags_come_and_go_with_the_facts(everything: None, loader: Callable[..., Loaded]):
    alone = household("h000002")
    assert [tag.code for tag, _ in File(alone).tags] == ["elder_alone"]
    later = homes()
    later[1].people.append(later[0].people.pop())
    loader(later, LATER)
    assert [tag.code for tag, _ in File(household("h000002")).tags] == []
    assert [tag.code for tag, _ in File(household("h000002"), DAY).tags] == ["elder_alone"]


def test_a_register_in_parts_is_the_whole_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    whole = write(tmp_path, homes()) / "register"
    monkeypatch.setattr(parts_of_register, "PART", 2)
    tables: dict[str, list[pl.DataFrame]] = {}
    for part in parts_of_register.parts(whole):
        for path in part.iterdir():
            tables.setdefault(path.name, []).append(pl.read_parquet(path))
    assert set(tables) == {path.name for path in whole.iterdir()}
    for name, found in tables.items():
        assert len(found) == 2
        assert pl.concat(found).equals(pl.read_parquet(whole / name)), name


def test_counts_add_up(county: Loaded):
    told = json.dumps(county.counts)
    assert county.counts["persons_read"] == county.counts["persons"] + county.counts["persons_kept"], told
