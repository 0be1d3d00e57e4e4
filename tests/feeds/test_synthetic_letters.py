"""Departments' files written from a world of a few households: what each department says is what is true."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doudi.feeds import contracts, current, stale
from doudi.feeds.contract_model import FeedError
from doudi.feeds.synthetic import kept, land_all, read_sent, write_departments
from doudi.feeds.synthetic.forms import forms
from doudi.feeds.synthetic.letters import EVENTS, SNAPSHOTS
from doudi.feeds.synthetic.noise import NONE
from tests.feeds.files import identity
from tests.feeds.worlds import ENDS, small_world

P = {number: identity(number, born) for number, born in (
    (1, "19500301"), (2, "19520509"), (3, "19780820"), (4, "19800102"), (6, "20260303"), (7, "19411230"), (8, "19440404"),
    (9, "19880707"), (10, "19900919"), (12, "20130601"),
)}  # fmt: skip

SAID: dict[str, list[dict[str, Any]]] = {
    "births": [{"id_number": P[6], "name": "王若彤", "sex": "female", "born": date(2026, 3, 3), "booklet": "BH1",
                "mother_id": P[4], "mother_name": "陈丽", "father_id": P[3], "village": "柳林镇柳河村"}],
    "deaths": [{"id_number": P[7], "died_on": date(2026, 1, 10), "sex": "male", "booklet": "BH2"}],
    "cremation": [{"id_number": P[7], "died_on": date(2026, 1, 10)}],
    "marriages": [
        {"man_id": P[9], "man_name": "麦麦提·吐尔逊", "woman_id": P[10], "event": "marriage", "registered_on": date(2026, 2, 14)},
        {"man_id": identity(11, "19700228"), "woman_id": None, "event": "divorce", "registered_on": date(2025, 11, 5)},
    ],
    "moves": [{"id_number": P[10], "direction": "within", "from_place": "城关镇南桥社区", "to_place": "城关镇新安社区", "booklet": "BH3"}],
    "aid_roll": [
        {"id_number": P[7], "programme": "dibao", "monthly": Decimal("900.00"), "members": 2, "band": "b", "since": date(2023, 1, 1)},
        {"id_number": P[8], "programme": "dibao", "monthly": Decimal("900.00"), "members": 2, "household_number": "JZH2"},
    ],
    "children_support": [{"id_number": P[12], "scheme": "unattended_child", "monthly": Decimal("1400.00"), "since": date(2026, 5, 1)}],
    "temporary_aid": [{"id_number": P[1], "cause": "fire", "amount": Decimal("3000.00"), "persons": 5, "granted_on": date(2025, 12, 12)}],
    "disaster": [{"id_number": P[1], "disaster": "fire", "house": "severe", "loss": Decimal("12000.00"), "happened_on": date(2025, 12, 1)}],
    "custody": [{"id_number": P[3], "absence": "prison", "since": date(2026, 2, 1)}],
    "monitoring_list": [{"id_number": P[12], "monitored": "edge", "risk": "study", "risk_removed": False}],
    "disability": [{"id_number": P[8], "disability_number": "CJ000008", "disability": "limb", "grade": "2", "issued_on": date(2020, 5, 1)}],
    "enrolment": [
        {"student_number": "G9999010001", "study": "junior", "school": "县第一中学", "fees": Decimal("1200.00"), "full_time": True},
        {"student_number": "G9999010002", "id_number": P[12], "name": "𠮷小雨", "study": "primary"},
    ],
    "vehicles": [{"plate": "XA00001", "id_number": P[3], "price": Decimal("45800.00"), "vehicle": "car", "registered_on": date(2025, 8, 1)}],
    "real_estate": [{"id_number": P[9], "area": Decimal("89.5"), "use": "home", "unit_number": "999901001001GB00001F00010001"}],
    "market_entities": [{"id_number": P[1], "credit_code": "92999901MA00000001", "capital": Decimal("30000.00"), "role": "operator"}],
    "bank_balances": [{"id_number": P[2], "account": "6200000000000000001", "balance": Decimal("51234.56"), "balance_on": ENDS}],
    "medical_settlement": [
        {"settlement_number": "JSB2", "total": Decimal("200.50"), "own_paid": Decimal("120.50"), "illness": None, "visit": "outpatient"},
        {"settlement_number": "JSB1", "id_number": P[8], "total": Decimal("50000.01"), "own_paid": Decimal("10000.01"), "illness": "cancer",
         "pooled_paid": Decimal("30000.00"), "discharged_on": date(2026, 3, 20)},
    ],
    "employment": [
        {"id_number": P[9], "event": "employed", "happened_on": date(2025, 10, 8), "wage": Decimal("6123.50"), "employer": "县水泥厂"},
        {"id_number": P[10], "event": "unemployed", "happened_on": date(2026, 1, 1)},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files without fault, landed."""
    folder = tmp_path_factory.mktemp("letters")
    sent = write_departments(small_world(), folder / "departments", ENDS, noise=NONE, authorised=["p2"])
    reports = land_all(sent, folder / "store", "officer1", processes=2)
    assert read_sent(folder / "departments") == sent
    landed = [file for file in sent.files if file.kind != "again"]
    assert [(report.accepted, report.set_aside_rows) for report in reports] == [
        (file.rows, 0) for file in landed
    ]
    return folder / "store"


@pytest.mark.parametrize("feed", SAID)
def test_a_department_says_what_is_true(store: Path, feed: str):
    rows = current(store, feed).collect().rows(named=True)
    for said in SAID[feed]:
        assert [row for row in rows if row | said == row] != []
    assert len(rows) == len(SAID[feed])


@pytest.mark.parametrize(
    ("feed", "person", "amount", "months"),
    [
        ("pensions", 1, Decimal("158.50"), 12), ("pensions", 8, Decimal("2600.15"), 12), ("disability_subsidies", 8, Decimal("120.00"), 13),
        ("elder_allowances", 7, Decimal("50.00"), 9), ("unemployment_benefits", 10, Decimal("1512.00"), 5),
    ],
)  # fmt: skip
def test_what_is_paid_comes_month_by_month(store: Path, feed: str, person: int, amount: Decimal, months: int):
    rows = current(store, feed).collect()
    rows = rows.filter(rows["id_number"] == P[person])
    assert rows["amount"].unique().to_list() == [amount]
    assert rows["month"].n_unique() == rows.height >= months


def test_wages_are_known_only_where_an_employer_insures(store: Path):
    taxed, insured = current(store, "tax").collect(), current(store, "social_insurance").collect()
    assert set(taxed["id_number"]) == set(insured["id_number"]) == {P[9]}
    assert taxed["income"].unique().to_list() == [Decimal("6123.50")]
    assert taxed["month"].min() == "2025-11"
    assert dict(insured.group_by("insurance").agg(insured["own_part"].first()).iter_rows()).keys() == {
        "pension",
        "unemployment",
    }


def test_household_registration_strikes_the_dead_off_and_enters_the_newborn(store: Path):
    people = current(store, "residents").collect()
    assert P[7] not in people["id_number"]
    assert people.filter(people["id_number"] == P[6]).select("booklet", "relation").row(0) == (
        "BH1",
        "grandchild",
    )
    assert people.filter(people["id_number"] == P[8])["relation"].item() == "head"
    earlier = current(store, "deaths", as_of=date(2026, 1, 10)).collect()
    assert earlier.height == 0


def test_no_feed_is_late_on_the_day_to_which_it_was_written(store: Path):
    assert stale(store, ENDS) == []


def test_every_contract_has_a_form_and_a_writer():
    assert set(forms()) == set(contracts()) == {*EVENTS, *SNAPSHOTS, "bank_balances"}


def test_banks_say_nothing_of_those_who_have_not_agreed(tmp_path: Path):
    sent = write_departments(small_world(), tmp_path, ENDS, noise=NONE)
    assert "bank_balances" not in {file.feed for file in sent.files}


def test_a_person_released_is_no_longer_in_custody(tmp_path: Path):
    world = small_world(
        absences=[
            {"person_id": "p3", "absence": "prison", "since": date(2025, 12, 1), "until": date(2026, 4, 20)}
        ]
    )
    sent = write_departments(world, tmp_path / "departments", ENDS, noise=NONE, feeds=["custody"])
    land_all(sent, tmp_path / "store", "officer1")
    assert current(tmp_path / "store", "custody", as_of=date(2026, 4, 15)).collect()["absence"].to_list() == [
        "prison"
    ]
    assert current(tmp_path / "store", "custody").collect()["absence"].to_list() == ["released"]


def test_processes_that_share_the_files_write_and_land_what_one_does(tmp_path: Path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    _share(alone, 1)
    with kept(1):
        _share(together, 2)
    assert _bytes(alone) == _bytes(together)


def _share(folder: Path, processes: int) -> None:
    sent = write_departments(
        small_world(), folder / "departments", ENDS, feeds=["custody", "deaths"], registry=folder / "registry",
        processes=processes,
    )  # fmt: skip
    land_all(sent, folder / "store", "officer1", processes)


def _bytes(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "journal.jsonl"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_day_outside_the_history_is_refused(tmp_path: Path):
    with pytest.raises(FeedError) as error:
        write_departments(small_world(), tmp_path, date(2030, 1, 1))
    assert [problem.code for problem in error.value.problems] == ["feed.day_outside"]
