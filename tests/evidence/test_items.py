"""Things found and things declared: what is one thing, which word on it is used, what is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence.items import FOUND, declared_items
from doudi.evidence.matching import matched
from doudi.evidence.precedence import Order
from doudi.evidence.schema import DECLARED, ITEMS, RULES
from doudi.facts.vocabulary import Vocabulary
from doudi.feeds import contracts
from tests.evidence.grounds import HIS_WIFE, OLD_MAN, WORKER, ground

CAR = {
    "person": WORKER,
    "plate": "云A12345",
    "plate_kind": "小型汽车",
    "vehicle": "car",
    "price": "90000.00",
    "state": "normal",
}
HOUSE = {"person": OLD_MAN, "unit_number": "U1", "use": "home", "area": "96.5000", "state": "current"}
HOME = [{"household_id": "h1", "applied_on": None}, {"household_id": "h2", "applied_on": None}]


def items(
    folder: Path,
    feeds: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    stated: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    **more: Any,
) -> pl.DataFrame:
    on = ground(folder, feeds, {"household": HOME, **(stated or {})}, **more)
    found = [rule(on).collect() for feed, rule in FOUND.items() if feed != "bank_balances"]
    table = matched(on, pl.concat(found), declared_items(on).collect())
    assert dict(table.schema) == dict(ITEMS)
    assert set(table["rule"]) <= set(RULES)
    assert table["item_id"].is_unique().all()
    return table


def said(table: pl.DataFrame) -> set[tuple[str, bool, str]]:
    return set(table.select("source", "used", "rule").iter_rows())


def asset(
    household: str = "h2", person: str | None = WORKER, **fields: Any
) -> dict[str, list[dict[str, Any]]]:
    row = {"household_id": household, "person_id": person, "kind": "vehicle", "value": "20000.00", "area": None,
           "purpose": "none"}  # fmt: skip
    return {"asset": [row | fields]}


def test_a_car_that_nobody_declared_is_found_with_the_price_paid(tmp_path: Path) -> None:
    table = items(tmp_path, {"vehicles": [CAR]})
    assert said(table) == {("vehicles", True, "only_source")}
    assert table.select("household_id", "person_id", "kind", "value", "number").row(0) == (
        "h2", WORKER, "vehicle", Decimal("90000.00"), "云A12345/小型汽车",
    )  # fmt: skip


def test_the_declared_worth_of_a_registered_car_is_used(tmp_path: Path) -> None:
    table = items(tmp_path, {"vehicles": [CAR]}, asset())
    assert said(table) == {(DECLARED, True, "first_source"), ("vehicles", False, "same_thing")}
    found = table.filter(pl.col("source") == "vehicles")
    assert found.select("same_as", "matched_by").row(0) == ("declared:asset:h2:0", "kind")


def test_the_same_plate_is_the_same_car_whatever_else_is_owned(tmp_path: Path) -> None:
    bus = {**CAR, "plate": "云A99999", "price": "10000.00"}
    table = items(tmp_path, {"vehicles": [bus, CAR]}, asset(number="云a12345"))
    by_number = table.filter(pl.col("matched_by") == "number")
    assert by_number.select("number", "used").row(0) == ("云A12345/小型汽车", False)
    assert table.filter("used")["number"].to_list() == ["云a12345", "云A99999/小型汽车"]


def test_two_cars_found_and_one_declared_leave_one_more(tmp_path: Path) -> None:
    table = items(tmp_path, {"vehicles": [CAR, {**CAR, "plate": "云A99999"}]}, asset())
    assert said(table) == {
        (DECLARED, True, "first_source"),
        ("vehicles", False, "same_thing"),
        ("vehicles", True, "only_source"),
    }
    assert table.filter("used").height == 2


def test_a_car_that_was_sold_is_gone_also_where_its_plate_is_declared(tmp_path: Path) -> None:
    sold = {**CAR, "state": "transferred"}
    assert said(items(tmp_path, {"vehicles": [sold]})) == {("vehicles", False, "gone")}
    table = items(tmp_path, {"vehicles": [sold]}, asset(number="云A12345"))
    assert said(table) == {("vehicles", False, "gone"), (DECLARED, False, "same_thing")}


def test_a_declared_car_that_no_register_has_stays(tmp_path: Path) -> None:
    assert said(items(tmp_path, {}, asset())) == {(DECLARED, True, "only_source")}


def test_an_old_declaration_gives_way_to_a_register_that_answers(tmp_path: Path) -> None:
    old = {"declared_on": date(2024, 1, 1)}
    assert said(items(tmp_path, {}, asset(), **old)) == {(DECLARED, False, "expired")}
    assert said(items(tmp_path, {}, asset(), vehicles="late", **old)) == {(DECLARED, True, "old_declaration")}
    assert said(items(tmp_path, {}, asset(kind="cash"), **old)) == {(DECLARED, True, "old_declaration")}


def test_a_home_that_a_couple_shares_is_one_home(tmp_path: Path) -> None:
    table = items(
        tmp_path,
        {"real_estate": [HOUSE, {**HOUSE, "person": HIS_WIFE}]},
        asset("h1", None, kind="home", area="90.00"),
    )
    assert said(table) == {("real_estate", True, "first_source"), (DECLARED, False, "same_thing")}
    used = table.filter("used")
    assert used.select("person_id", "area", "row_ids").row(0) == (
        None,
        Decimal("96.50"),
        ["real_estate-0", "real_estate-1"],
    )


def test_businesses_belong_to_owners_and_not_to_managers(tmp_path: Path) -> None:
    shop = {
        "person": WORKER,
        "credit_code": "92X",
        "role": "operator",
        "capital": "30000.00",
        "state": "open",
    }
    feeds = {
        "market_entities": [
            shop,
            {**shop, "credit_code": "93X", "role": "manager"},
            {**shop, "credit_code": "94X", "state": "closed"},
        ]
    }
    table = items(tmp_path, feeds)
    assert set(table.select("number", "used").iter_rows()) == {("92X", True), ("94X", False)}


def test_what_the_patient_paid_within_a_year_is_an_expense_in_the_place_of_what_was_declared(
    tmp_path: Path,
) -> None:
    bill = {
        "person": OLD_MAN,
        "settlement_number": "S1",
        "total": "900.00",
        "own_paid": "300.00",
        "settled_on": date(2026, 2, 1),
    }
    stated = {"expense": [
        {"household_id": "h1", "person_id": OLD_MAN, "kind": "medical", "amount": "5000.00", "paid_on": None},
        {"household_id": "h1", "person_id": HIS_WIFE, "kind": "medical", "amount": "70.00", "paid_on": None},
        {"household_id": "h1", "person_id": None, "kind": "living", "amount": "80.00", "paid_on": None},
    ]}  # fmt: skip
    table = items(tmp_path, {"medical_settlement": [bill, {**bill, "settled_on": date(2025, 7, 1)}]}, stated)
    assert set(table.select("source", "amount", "used").iter_rows()) == {
        ("medical_settlement", Decimal("300.00"), True), (DECLARED, Decimal("5000.00"), False),
        (DECLARED, Decimal("70.00"), True), (DECLARED, Decimal("80.00"), True),
    }  # fmt: skip


def test_the_roll_and_the_declared_holding_are_one(tmp_path: Path) -> None:
    row = {"household_number": "J1", "programme": "dibao", "monthly": "600.00", "since": date(2024, 5, 1)}
    stated = {
        "holding": [
            {
                "household_id": "h1",
                "person_id": None,
                "programme": "dibao",
                "monthly": "580.00",
                "since": None,
            }
        ]
    }
    table = items(tmp_path, {"aid_roll": [{"person": OLD_MAN, **row}, {"person": HIS_WIFE, **row}]}, stated)
    assert set(table.select("source", "person_id", "monthly", "used").iter_rows()) == {
        ("aid_roll", None, Decimal("600.00"), True), (DECLARED, None, Decimal("580.00"), False),
    }  # fmt: skip


def test_what_belongs_to_someone_who_is_gone_is_not_the_households(tmp_path: Path) -> None:
    assert items(tmp_path, {}, asset(person="p-gone")).is_empty()


def test_school_fees_are_an_expense_of_the_school_year(tmp_path: Path) -> None:
    feeds = {"enrolment": [{"person": WORKER, "study": "bachelor", "state": "enrolled", "fees": "5000.00"}]}
    table = items(tmp_path, feeds)
    assert table.select("kind", "amount", "paid_on").row(0) == (
        "education",
        Decimal("5000.00"),
        date(2025, 9, 1),
    )


def test_balances_are_the_newest_of_each_account(tmp_path: Path) -> None:
    row = {"person": OLD_MAN, "account": "A1", "balance_on": date(2026, 5, 1), "balance": "100.00"}
    on = ground(
        tmp_path, {"bank_balances": [row, {**row, "balance_on": date(2026, 6, 1), "balance": "90.00"}]}
    )
    assert FOUND["bank_balances"](on).collect().select("kind", "value", "row_ids").row(0) == (
        "deposit", Decimal("90.00"), ["bank_balances-1"],
    )  # fmt: skip


def test_every_kind_of_item_has_its_sources() -> None:
    order = Order.load()
    vocabulary = Vocabulary.load()
    for entity, code_set in (("asset", "asset"), ("expense", "expense")):
        assert {kind for of, kind in order.items if of == entity} == set(vocabulary.codes[code_set].codes)
    assert {("supporter", "all"), ("holding", "all")} <= set(order.items)
    named = {source for each in order.items.values() for source in each.sources} - {DECLARED}
    assert named == set(FOUND) <= set(contracts())
