"""A family that does not exist, what it declared, and what departments say of it, as a build of evidence writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence.schema import FACTS, ITEMS, LINKS, PEOPLE
from tests.feeds.files import identity

DAY = date(2026, 8, 1)
RECEIVED = datetime(2026, 7, 15, 8, tzinfo=UTC)
IDS = {"p1": identity(11, "19720302"), "p2": identity(22, "19740502"), "p3": identity(33, "20120502"),
       "s1": identity(44, "19700101")}  # fmt: skip
NAMES = {"p1": "王建国", "p2": "李秀英", "p3": "王小雨", "s1": "王建军"}
PLATE, UNIT, ACCOUNT = "演A12345", "999901001001GB00001F00010001", "6222999901000012345"
SNAPSHOTS = ("vehicles", "real_estate", "market_entities", "housing_fund", "enrolment", "disability", "residents",
             "aid_roll", "children_support", "social_insurance")  # fmt: skip
FRESH = (*SNAPSHOTS, "tax", "pensions", "unemployment_benefits", "temporary_aid", "disability_subsidies", "elder_allowances",
         "medical_settlement", "marriages", "custody", "deaths", "cremation", "moves")  # fmt: skip

REQUEST = """\
region: "999901"
date: 2026-08-01
authorisation:
  number: SQ-2026-0017
  purpose: 申请最低生活保障
  sources: all
  signed_on: 2026-07-28
  valid_until: 2027-01-27
  persons:
    - {person: p1, signed_by: self}
    - {person: p2, signed_by: self}
    - {person: p3, signed_by: p1}
  supporters:
    - {supporter: s1, agreed: false, answered_on: 2026-07-28}
declared:
  household: {id: h1, area: rural}
  persons:
    - id: p1
      name: 王建国
      relation: head
      born: 1972-03-02
      marital: married
      income: {wage: 15000}
      supporters: [{id: s1, relation: sibling, own_income: 40000}]
    - {id: p2, name: 李秀英, relation: spouse, born: 1974-05-02, marital: married, income: {business_gross: 3000, business_cost: 1000}}
    - {id: p3, name: 王小雨, relation: child, born: 2012-05-02, study: junior}
  assets:
    - {kind: home, person: p1, value: 100000, area: 90}
    - {kind: deposit, person: p1, value: 12000}
  expenses: []
"""

Told = dict[tuple[str, str], Any]
"""(person, fact) → value, (value, source), or several of these in a list."""

USUAL_SOURCE = {"wage": "tax", "business_gross": "tax", "property_gross": "tax", "one_off_receipt": "tax", "pension": "pensions",
    "basic_pension_central": "pensions", "survivor_benefit": "pensions", "unemployment_benefit": "unemployment_benefits",
    "social_aid": "temporary_aid+aid_roll", "disability_subsidy": "disability_subsidies", "elder_allowance": "elder_allowances",
    "child_allowance": "children_support", "scholarship": "enrolment", "marital": "marriages", "study": "enrolment",
    "disability": "disability", "disability_grade": "disability", "illness": "medical_settlement", "absence": "custody"}  # fmt: skip
NOTHING = {
    "study": "none",
    "disability": "none",
    "disability_grade": "0",
    "illness": "none",
    "absence": "none",
}

AGREEING: Told = {
    ("p1", "wage"): "15000.00", ("p2", "business_gross"): "3000.00", ("p3", "study"): "junior",
    ("p1", "marital"): "married", ("p2", "marital"): "married",
}  # fmt: skip
HOME = {"kind": "home", "person_id": "p1", "source": "real_estate", "number": UNIT, "value": None, "area": 90}


def fact(
    person: str, name: str, value: str | None, source: str, rule: str = "first_source"
) -> dict[str, Any]:
    """A row of facts.parquet."""
    return {
        "subject": "person", "subject_id": person, "fact": name, "value": value, "source": source,
        "row_ids": [] if rule == "not_listed" else [f"{source}:{person}:{name}"], "period": "2026-07",
        "received_at": RECEIVED, "since": None, "confidence": 1.0, "used": rule == "first_source", "rule": rule,
    }  # fmt: skip


def everything(told: Told) -> list[dict[str, Any]]:
    """Rows for all that was told, and for the rest the silence of complete sources."""
    rows = []
    for person in ("p1", "p2", "p3"):
        for name, source in USUAL_SOURCE.items():
            said = told.get((person, name))
            if said is None:
                silent = name not in ("business_gross", "property_gross", "one_off_receipt", "marital")
                rows += (
                    [fact(person, name, NOTHING.get(name, "0.00"), source, "not_listed")] if silent else []
                )
                continue
            for value in said if isinstance(said, list) else [said]:
                text, origin = value if isinstance(value, tuple) else (value, source)
                rows.append(fact(person, name, text, origin))
    return rows


def item(entity: str = "asset", **columns: Any) -> dict[str, Any]:
    """A row of items.parquet; money in yuan."""
    money = {
        name: Decimal(str(columns[name]))
        for name in ("value", "area", "amount")
        if columns.get(name) is not None
    }
    return {
        "entity": entity, "household_id": "h1", "row_ids": [f"{columns['source']}:1"], "period": "2026-07",
        "received_at": RECEIVED, "confidence": 1.0, "used": True, "rule": "only_source", **columns, **money,
    }  # fmt: skip


def person(person_id: str, **columns: Any) -> dict[str, Any]:
    """A row of people.parquet."""
    return {
        "person_id": person_id, "household_id": "h1", "name": NAMES[person_id], "id_number": IDS[person_id],
        "state": "present", "source": "registry", "row_ids": [], "confidence": 1.0, **columns,
    }  # fmt: skip


def write_evidence(
    folder: Path,
    told: Told | None = None,
    things: Sequence[Mapping[str, Any]] = (HOME,),
    states: Mapping[str, str] | None = None,
    people: Sequence[Mapping[str, Any]] | None = None,
    facts: Sequence[Mapping[str, Any]] = (),
    links: Mapping[str, Sequence[str]] | None = None,
    whole: Mapping[str, bool] | None = None,
) -> Path:
    """A build of evidence about the family. ``states`` replaces what feeds are ("late", "never", …)."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [*everything(AGREEING | (told or {})), *facts]
    _write(folder / "facts.parquet", rows, FACTS)
    items = [{"item_id": f"i{place}", **item(**each)} for place, each in enumerate(things)]
    _write(folder / "items.parquet", items, ITEMS)
    _write(folder / "people.parquet", people or [person(each) for each in ("p1", "p2", "p3", "s1")], PEOPLE)
    (folder / "links").mkdir(exist_ok=True)
    for feed, near in (links or {}).items():
        review = [
            {"row_id": f"{feed}:9", "part": "self", "person_id": each, "zone": "review"} for each in near
        ]
        _write(folder / "links" / f"{feed}.parquet", review, LINKS)
    feeds = {
        feed: {"state": "fresh", "newest": "2026-07", "missing": [], "whole": (whole or {}).get(feed, True),
               "from": "2025-08"}
        for feed in FRESH
    }  # fmt: skip
    feeds["bank_balances"] = {
        "state": "on_request",
        "newest": None,
        "missing": [],
        "whole": False,
        "from": None,
    }
    for feed, state in (states or {}).items():
        feeds[feed] = {
            "state": state,
            "newest": None,
            "missing": ["2026-06"] if state == "late" else [],
            "whole": False,
            "from": None,
        }
    (folder / "sources.json").write_text(json.dumps({"day": DAY.isoformat(), "feeds": feeds}), "utf-8")
    return folder


def _write(path: Path, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any]) -> None:
    pl.DataFrame(
        [{name: row.get(name) for name in columns} for row in rows], schema=dict(columns), strict=False
    ).write_parquet(path)
