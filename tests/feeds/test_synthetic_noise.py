"""Departments' files of a synthetic county with noise: landed, and held against what was written and what is true."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.feeds import Report, contract, current, history, stale
from doudi.feeds.synthetic import NOISE, Noise, Sent, land_all, write_departments
from doudi.feeds.synthetic.columns import ROLES
from doudi.feeds.synthetic.sheets import NOTES
from doudi.population import World, world_of
from tests.feeds.worlds import ENDS, small_world

MUCH = replace(NOISE, **{field.name: min(1.0, getattr(NOISE, field.name) * 6) for field in fields(Noise)})
KINDS = {field.name for field in fields(Noise)} - {"wrong_death"} | {"mended", "withdrawn"}
FEN = Decimal("0.01")


@cache
def county() -> World:
    """A county of 2,000 persons."""
    return world_of(2_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files and the store of these tests lie."""
    return tmp_path_factory.mktemp("county")


@pytest.fixture(scope="module")
def sent(folder: Path) -> Sent:
    """All files of the county, with six times the usual noise."""
    return write_departments(county(), folder / "departments", county().ends, noise=MUCH)


@pytest.fixture(scope="module")
def reports(sent: Sent, folder: Path) -> list[Report]:
    """What landing made of them; without hints of feed or period."""
    return land_all(sent, folder / "store", "officer1")


@pytest.fixture(scope="module")
def store(reports: list[Report], folder: Path) -> Path:
    """The store in which they lie."""
    return folder / "store"


@pytest.fixture(scope="module")
def told(store: Path, sent: Sent, reports: list[Report]) -> dict[str, pl.DataFrame]:
    """The rows in effect by feed, with ``person_id``, ``noise``: whom each is about (by the number of the person itself)."""
    files = [file for file in sent.files if file.kind != "again"]
    places = pl.DataFrame(
        [(report.landing, file.path) for report, file in zip(reports, files, strict=True)],
        schema=["landing", "file"], orient="row",
    )  # fmt: skip
    found = {}
    for feed in sent.truth["feed"].unique():
        about = sent.truth.filter(pl.col("feed") == feed)
        about = about.filter(pl.col("role") == about["role"].first()).select(
            "file", "row", "person_id", "noise", "role"
        )
        rows = current(store, feed).collect().join(places, on="landing")
        found[feed] = rows.join(about, left_on=["file", "source_row"], right_on=["file", "row"], how="left")
    return found


def landed_files(sent: Sent) -> list[Any]:
    return [file for file in sent.files if file.kind != "again"]


def test_every_file_is_recognised_and_its_rows_come_to_what_was_written(sent: Sent, reports: list[Report]):
    for file, report in zip(landed_files(sent), reports, strict=True):
        assert [table.feed for table in report.tables] == [file.feed]
        table = report.tables[0]
        assert table.adds_up
        assert (table.unknown_columns, table.shifted) == ([], [])
        assert (table.accepted, table.rejected, table.repeated, table.notes) == (
            file.accepted, file.rejected, file.repeated, file.notes,
        )  # fmt: skip
        assert file.rows == file.accepted + file.rejected + file.repeated


def test_the_rows_set_aside_are_those_that_must_be(sent: Sent, reports: list[Report], store: Path):
    expected = sent.truth.filter(pl.col("outcome") == "accepted").select("file", "row").unique()
    landed = {report.landing: file.path for report, file in zip(reports, landed_files(sent), strict=True)}
    for feed in sorted({file.feed for file in sent.files}):
        for path in sorted((store / "landings").glob(f"*/feed={feed}/*/*.parquet")):
            rows = pl.read_parquet(path, columns=["landing", "source_row"])
            file = landed[rows["landing"][0]]
            assert set(rows["source_row"]) <= set(expected.filter(pl.col("file") == file)["row"])
    assert sum(report.accepted for report in reports) == expected.height


def test_a_row_is_set_aside_for_its_number_or_for_another_with_its_number(sent: Sent):
    rows = sent.truth.group_by("file", "row", "outcome").agg(pl.col("noise").str.join("+"))
    rejected = rows.filter(pl.col("outcome") == "rejected")
    assert rejected.height > 20
    others = rejected.filter(~pl.col("noise").str.contains("lost_digits|missing|one_digit|swapped"))
    wrong = rows.filter(pl.col("noise").str.contains("of_relative|one_digit|swapped"))
    assert set(others["file"]) <= set(wrong["file"])


def test_every_kind_of_noise_is_there(sent: Sent):
    found = {kind for noise in sent.truth["noise"].unique() for kind in noise.split("+") if kind}
    assert found <= KINDS
    assert KINDS - found <= {"rare_character", "of_relative", "by_mistake", "withdrawn"}


def test_the_file_that_came_twice_is_refused_and_the_others_are_all_there(sent: Sent, reports: list[Report]):
    again = [file for file in sent.files if file.kind == "again"]
    assert again != []
    assert len(reports) == len(sent.files) - len(again)
    for file in again:
        first = next(
            path
            for path in sent.files
            if Path(path.path).stem == Path(file.path).stem.removesuffix("（重发）")
        )
        assert (sent.folder / file.path).read_bytes() == (sent.folder / first.path).read_bytes()


def test_nothing_is_late(store: Path):
    assert stale(store, county().ends) == []


def test_files_are_few(sent: Sent):
    assert len(sent.files) < 120
    assert {file.kind for file in sent.files} == {"regular", "correction", "again"}
    assert all(file.received_at.date() <= county().ends for file in sent.files)


def test_what_was_wrong_is_right_after_the_corrections(told: dict[str, pl.DataFrame]):
    mended = pl.concat([rows.select("noise") for rows in told.values()], how="vertical")
    assert mended.filter(pl.col("noise").str.contains("mended")).height > 50
    newest = mended.filter(pl.col("noise").str.contains("wrong_amount|by_mistake"))
    assert newest.height == 0


def test_a_death_entered_for_another_is_withdrawn(tmp_path: Path):
    died = date(2026, 1, 10)
    noise = Noise(*[0.0] * len(fields(Noise)))
    sent = write_departments(
        small_world(), tmp_path / "departments", ENDS, noise=replace(noise, wrong_death=1.0), feeds=["deaths"]
    )
    land_all(sent, tmp_path / "store", "officer1")
    between = max(
        file.received_at.date() for file in sent.files if file.kind == "regular" and file.feed == "deaths"
    )
    assert current(tmp_path / "store", "deaths", as_of=between).collect().height == 2
    rows = current(tmp_path / "store", "deaths").collect()
    assert rows.select("name", "died_on").rows() == [("赵德福", died)]


def test_a_record_made_twice_by_mistake_is_withdrawn(tmp_path: Path):
    always = replace(Noise(*[0.0] * len(fields(Noise))), by_mistake=1.0)
    sent = write_departments(
        small_world(), tmp_path / "departments", ENDS, noise=always, feeds=["temporary_aid"]
    )
    land_all(sent, tmp_path / "store", "officer1")
    assert history(tmp_path / "store", "temporary_aid").collect()["record_state"].to_list() == [
        None,
        None,
        "withdrawn",
    ]
    assert current(tmp_path / "store", "temporary_aid").collect()["aid_number"].to_list() == ["LST1"]
    assert sorted(sent.truth["noise"]) == ["", "by_mistake", "withdrawn"]


def clean(told: dict[str, pl.DataFrame], feed: str) -> list[dict[str, Any]]:
    """The rows in effect of a feed that nothing befell but late or mended sending."""
    rows = told[feed].filter(pl.col("noise").is_in(["", "late", "mended", "spaces", "full_width", "twice"]))
    assert rows.height > 0
    return rows.rows(named=True)


def people() -> dict[str, dict[str, Any]]:
    return {row["person_id"]: row for row in county()["persons"].rows(named=True)}


def covers(spell: dict[str, Any], day: date) -> bool:
    return (spell["since"] is None or spell["since"] <= day) and (
        spell["until"] is None or spell["until"] > day
    )


def months(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["month"] + "-01")


@pytest.mark.parametrize(
    "feed", ["residents", "deaths", "pensions", "tax", "vehicles", "medical_settlement", "disability", "enrolment", "elder_allowances"]
)  # fmt: skip
def test_number_and_name_are_those_of_the_person(told: dict[str, pl.DataFrame], feed: str):
    known = people()
    for row in clean(told, feed):
        person = known[row["person_id"]]
        assert (row["id_number"], row["name"]) == (person["id_number"], person["name"])
        assert row.get("sex") in (None, person["sex"])
        assert row.get("born") in (None, person["born"])


def test_pensions_are_the_sums_of_what_is_received(told: dict[str, pl.DataFrame]):
    receipts = [
        row for row in county()["receipts"].rows(named=True) if row["fact"] in ("pension", "survivor_benefit")
    ]
    by_person: dict[str, list[dict[str, Any]]] = {}
    for row in receipts:
        by_person.setdefault(row["person_id"], []).append(row)
    for row in clean(told, "pensions"):
        due = [
            each for each in by_person[row["person_id"]]
            if covers(each, months(row)) and (row["pension"] == "survivor") == (each["fact"] == "survivor_benefit")
        ]  # fmt: skip
        assert row["amount"] == sum(each["monthly"] + (each["central"] or 0) for each in due) * FEN


def test_no_month_of_a_pension_is_missing(told: dict[str, pl.DataFrame]):
    newest = told["pensions"]["month"].max()
    assert isinstance(newest, str)
    first = date.fromisoformat(newest + "-01")
    entitled = {
        row["person_id"] for row in county()["receipts"].rows(named=True)
        if row["fact"] in ("pension", "survivor_benefit") and covers(row, first)
    }  # fmt: skip
    paid = set(told["pensions"].filter(pl.col("month") == newest)["person_id"])
    assert paid <= entitled
    assert len(entitled - paid) < 0.2 * len(entitled)


def test_bills_are_those_of_the_hospital(told: dict[str, pl.DataFrame]):
    bills = {f"JS{row['bill_id']}".upper(): row for row in county()["bills"].rows(named=True)}
    for row in clean(told, "medical_settlement"):
        bill = bills[row["settlement_number"]]
        assert row["person_id"] == bill["person_id"]
        assert [row[name] for name in ("total", "pooled_paid", "serious_paid", "aid_paid", "own_paid")] == [
            bill[name] * FEN for name in ("total", "pooled", "serious", "aid", "own")
        ]
        assert (row["settled_on"], row["visit"], row["illness"] or "none") == (
            bill["settled_on"], bill["visit"], bill["illness"],
        )  # fmt: skip


def test_deaths_are_registered_after_they_happened(told: dict[str, pl.DataFrame]):
    known = people()
    for row in clean(told, "deaths"):
        died = known[row["person_id"]]["died_on"]
        assert row["died_on"] == died
        assert timedelta(days=5) <= row["cancelled_on"] - died <= timedelta(days=200)


def test_vehicles_and_homes_are_those_owned_on_the_day(told: dict[str, pl.DataFrame]):
    owned = {row["number"]: row for row in county()["owned"].rows(named=True)}
    for feed, number, value in (("vehicles", "plate", "price"), ("real_estate", "unit_number", "area")):
        day = date(2026, 6, 30)
        for row in clean(told, feed):
            thing = owned[row[number]]
            assert covers(thing, day)
            assert row["person_id"] == thing["person_id"]
            assert row[value] == thing["value" if value == "price" else "area"] * FEN
    there = {
        each["number"]
        for each in owned.values()
        if each["kind"] == "vehicle" and covers(each, date(2026, 6, 30))
    }
    assert 0.85 * len(there) < told["vehicles"].height < len(there)


def test_wages_taxed_are_those_of_insured_work(told: dict[str, pl.DataFrame]):
    jobs: dict[str, list[dict[str, Any]]] = {}
    for job in county()["jobs"].rows(named=True):
        if job["insured"]:
            jobs.setdefault(job["person_id"], []).append(job)
    for row in clean(told, "tax"):
        worked = [
            job
            for job in jobs[row["person_id"]]
            if covers(job, months(row)) and job["employer"] == row["payer"]
        ]
        assert row["income"] in [job["monthly"] * FEN for job in worked]


def test_the_roll_pays_what_is_held(told: dict[str, pl.DataFrame]):
    held = {
        (row["household_id"].upper(), row["programme"]): row
        for row in county()["holdings"].rows(named=True)
        if covers(row, date(2026, 6, 30))
    }
    for row in clean(told, "aid_roll"):
        holding = held[row["household_number"].removeprefix("JZ"), row["programme"]]
        assert (row["monthly"], row["band"]) == (holding["monthly"] * FEN, holding["band"])


def cells(path: Path) -> bytes:
    """What a file says: the sheet and its texts, of a workbook."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml") + archive.read("xl/sharedStrings.xml")


def by_path(sent: Sent) -> Iterator[tuple[str, bytes]]:
    for file in sent.files:
        yield file.path, cells(sent.folder / file.path)


def test_the_same_seed_gives_the_same_files_however_many_processes_write_them(tmp_path: Path):
    first, again, other = (
        write_departments(small_world(), tmp_path / name, ENDS, seed=seed, noise=MUCH, processes=processes)
        for name, seed, processes in (("first", 1, 1), ("again", 1, 2), ("other", 2, 1))
    )
    assert dict(by_path(first)) == dict(by_path(again))
    assert first.truth.equals(again.truth)
    assert dict(by_path(first)) != dict(by_path(other))


def test_what_came_before_is_the_same_whatever_comes_after(tmp_path: Path, sent: Sent):
    earlier = write_departments(county(), tmp_path, date(2026, 6, 30), noise=MUCH)
    months_alone = {
        file.path for file in earlier.files
        if file.kind == "regular" and "-" not in Path(file.path).name and contract(file.feed).kind == "events"
    }  # fmt: skip
    shared = months_alone & {file.path for file in sent.files}
    assert len(shared) > 20
    assert [path for path in sorted(shared) if cells(tmp_path / path) != cells(sent.folder / path)] == []


def test_totals_and_signatures_are_counted_apart(sent: Sent):
    assert {file.notes for file in sent.files} == {0, NOTES}


def test_roles_have_names():
    assert all(name.endswith("name") for name in ROLES.values())
