"""A world of a few households, made by hand: one of each thing that departments write about."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from doudi.population.world import SCHEMAS, World
from tests.feeds.files import identity

BEGINS, ENDS = date(2024, 7, 1), date(2026, 6, 30)


def table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A table of the world; what a row leaves out is null."""
    schema = dict(SCHEMAS[name])
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)


def person(number: int, name: str, sex: str, born: str, **more: Any) -> dict[str, Any]:
    """A person; an odd number for men, an even one for women."""
    day = date.fromisoformat(born)
    return {
        "person_id": f"p{number}", "id_number": identity(number, f"{day:%Y%m%d}"), "name": name, "sex": sex, "born": day, **more,
    }  # fmt: skip


def member(person_id: str, home: str, relation: str, **more: Any) -> dict[str, Any]:
    """A spell in a household."""
    usual = {"began": "resident", "on_booklet": True, "shares_means": True}
    return {"person_id": person_id, "household_id": home, "relation": relation, **usual, **more}


def small_world(**changed: list[dict[str, Any]]) -> World:
    """The world of these tests; ``changed`` gives other rows for a table."""
    rows = _PEOPLE | _MEANS | changed
    return World("999901", BEGINS, ENDS, {name: table(name, rows.get(name, [])) for name in SCHEMAS})


_MARRIED = date(2026, 2, 14)
_PEOPLE: dict[str, list[dict[str, Any]]] = {
    "persons": [
        person(1, "王建国", "male", "1950-03-01"),
        person(2, "李秀英", "female", "1952-05-09"),
        person(3, "王强", "male", "1978-08-20", mother_id="p2", father_id="p1"),
        person(4, "陈丽", "female", "1980-01-02"),
        person(5, "王思远", "male", "2010-11-11", mother_id="p4", father_id="p3"),
        person(6, "王若彤", "female", "2026-03-03", mother_id="p4", father_id="p3"),
        person(7, "赵德福", "male", "1941-12-30", died_on=date(2026, 1, 10)),
        person(8, "孙桂兰", "female", "1944-04-04"),
        person(9, "麦麦提·吐尔逊", "male", "1988-07-07"),
        person(10, "周敏", "female", "1990-09-19"),
        person(11, "吴海", "male", "1970-02-28"),
        person(12, "𠮷小雨", "female", "2013-06-01", mother_id=None, father_id="p11"),
    ],
    "households": [
        {"household_id": home, "booklet": f"B{home}", "area": area, "village": village, "address": f"{village}1组",
         "safe_housing": True, "safe_water": True}
        for home, area, village in (("h1", "rural", "柳林镇柳河村"), ("h2", "rural", "柳林镇石坡村"), ("h3", "urban", "城关镇新安社区"),
                                    ("h4", "urban", "城关镇南桥社区"), ("h5", "rural", "石桥镇白湾村"))
    ],
    "memberships": [
        member("p1", "h1", "head"), member("p2", "h1", "spouse"), member("p3", "h1", "child"),
        member("p4", "h1", "child_in_law"), member("p5", "h1", "grandchild"),
        member("p6", "h1", "grandchild", since=date(2026, 3, 3), began="birth"),
        member("p7", "h2", "head", until=date(2026, 1, 10), ended="death"),
        member("p8", "h2", "spouse", until=date(2026, 1, 10)),
        member("p8", "h2", "head", since=date(2026, 1, 10)),
        member("p9", "h3", "head"),
        member("p10", "h4", "head", until=_MARRIED, ended="marriage"),
        member("p10", "h3", "spouse", since=_MARRIED, began="marriage"),
        member("p11", "h5", "head", until=date(2026, 4, 20), ended="move_out"),
        member("p12", "h5", "child", until=date(2026, 4, 20)),
        member("p12", "h5", "head", since=date(2026, 4, 20)),
    ],
    "marriages": [
        {"person_id": "p1", "marital": "married", "spouse_id": "p2"}, {"person_id": "p2", "marital": "married", "spouse_id": "p1"},
        {"person_id": "p9", "marital": "single", "until": _MARRIED}, {"person_id": "p10", "marital": "single", "until": _MARRIED},
        {"person_id": "p9", "marital": "married", "spouse_id": "p10", "since": _MARRIED},
        {"person_id": "p10", "marital": "married", "spouse_id": "p9", "since": _MARRIED},
        {"person_id": "p11", "marital": "divorced", "since": date(2025, 11, 5)},
    ],
    "studies": [
        {"person_id": "p5", "study": "junior", "full_time": True, "school": "县第一中学", "student_number": "G9999010001", "fees": 120_000},
        {"person_id": "p12", "study": "primary", "full_time": True, "school": "石桥小学", "student_number": "G9999010002", "fees": 0},
    ],
    "disabilities": [
        {"person_id": "p8", "disability": "limb", "grade": 2, "certificate": "CJ000008", "since": date(2020, 5, 1)},
    ],
    "absences": [{"person_id": "p3", "absence": "prison", "since": date(2026, 2, 1)}],
}  # fmt: skip
_MEANS: dict[str, list[dict[str, Any]]] = {
    "jobs": [
        {"person_id": "p9", "kind": "formal", "employer": "县水泥厂", "monthly": 612_350, "cost": 0, "insured": True,
         "since": date(2025, 10, 8)},
        {"person_id": "p4", "kind": "informal", "monthly": 300_000, "cost": 0, "insured": False},
        {"person_id": "p1", "kind": "farm", "monthly": 90_000, "cost": 30_000, "insured": False},
    ],
    "receipts": [
        {"person_id": "p1", "fact": "pension", "kind": "resident", "monthly": 1_550, "central": 14_300},
        {"person_id": "p8", "fact": "pension", "kind": "employee", "monthly": 260_015, "central": 0},
        {"person_id": "p8", "fact": "disability_subsidy", "kind": "nursing", "monthly": 12_000, "central": 0},
        {"person_id": "p7", "fact": "elder_allowance", "monthly": 5_000, "central": 0, "until": date(2026, 1, 10)},
        {"person_id": "p12", "fact": "child_allowance", "monthly": 140_000, "central": 0, "since": date(2026, 5, 1)},
        {"person_id": "p10", "fact": "unemployment_benefit", "monthly": 151_200, "central": 0, "since": date(2026, 1, 1),
         "until": date(2026, 7, 1)},
    ],
    "owned": [
        {"asset_id": "a1", "household_id": "h1", "person_id": "p3", "kind": "vehicle", "value": 4_580_000, "purpose": "none",
         "number": "XA00001", "hidden": True, "since": date(2025, 8, 1)},
        {"asset_id": "a2", "household_id": "h3", "person_id": "p9", "kind": "home", "value": 30_000_000, "area": 8_950,
         "purpose": "dwelling", "number": "999901001001GB00001F00010001", "hidden": False},
        {"asset_id": "a3", "household_id": "h1", "person_id": "p1", "kind": "business", "value": 3_000_000, "purpose": "none",
         "number": "92999901MA00000001", "hidden": False, "since": date(2019, 3, 1)},
        {"asset_id": "a4", "household_id": "h1", "person_id": "p2", "kind": "deposit", "value": 5_123_456, "purpose": "none",
         "number": "6200000000000000001", "hidden": True},
    ],
    "bills": [
        {"bill_id": "b1", "person_id": "p8", "visit": "inpatient", "illness": "cancer", "admitted_on": date(2026, 3, 1),
         "settled_on": date(2026, 3, 20), "total": 5_000_001, "pooled": 3_000_000, "serious": 500_000, "aid": 500_000, "own": 1_000_001},
        {"bill_id": "b2", "person_id": "p5", "visit": "outpatient", "illness": "none", "admitted_on": date(2025, 9, 9),
         "settled_on": date(2025, 9, 9), "total": 20_050, "pooled": 8_000, "serious": 0, "aid": 0, "own": 12_050},
    ],
    "holdings": [
        {"holding_id": "g1", "household_id": "h2", "person_id": None, "programme": "dibao", "band": "b", "monthly": 90_000,
         "since": date(2023, 1, 1)},
    ],
    "temporary_aid": [
        {"aid_id": "t1", "household_id": "h1", "person_id": None, "cause": "fire", "amount": 300_000, "granted_on": date(2025, 12, 12)},
    ],
    "monitored": [{"household_id": "h5", "monitored": "edge", "risk": "study", "since": date(2025, 3, 1)}],
    "incidents": [
        {"incident_id": "i1", "household_id": "h1", "person_id": None, "kind": "fire", "day": date(2025, 12, 1), "loss": 1_200_000,
         "house": "severe"},
    ],
    "planted": [{"household_id": "h2", "person_id": "p7", "kind": "paid_dead", "day": date(2026, 1, 10)}],
}  # fmt: skip
