"""A small county: a registry, and departments' files that were landed on their days; built once for all tests of a build."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.evidence import Built, build
from doudi.evidence.registry import HOUSEHOLDS, IDENTITIES
from doudi.feeds import contract, land
from tests.linkage.people import an_id, person, with_wrong_digit

DAY = date(2026, 7, 31)
OLD_MAN = person("p-old", "王建国", date(1950, 3, 4), 11)
WIDOW = person("p-widow", "李秀英", date(1952, 8, 9), 22)
LI = person("p-li", "王晓莉", date(1962, 3, 14), 204)
SON = person("p-son", "陈立", date(1990, 5, 6), 35)
LEAVER = person("p-leaver", "赵明", date(1988, 9, 9), 57)
MOTHER = person("p-mother", "周桂芳", date(1995, 2, 2), 44)
FATHER = person("p-father", "吴刚", date(1993, 1, 1), 45)
HOMES = {
    "h1": ((OLD_MAN, "head"), (WIDOW, "spouse")), "h2": ((LI, "head"), (SON, "child")), "h3": ((LEAVER, "head"),),
    "h4": ((FATHER, "head"), (MOTHER, "spouse")),
}  # fmt: skip
NEWBORN = {"id_number": an_id(date(2026, 4, 3), 60), "name": "吴小满"}
INCOMER = {"id_number": an_id(date(1991, 7, 7), 81), "name": "郑新来"}
STRANGER = {"id_number": an_id(date(1970, 1, 9), 99), "name": "外乡人"}


@dataclass(frozen=True)
class County:
    """Where registry and store lie."""

    registry: Path
    store: Path
    inbox: Path

    def send(
        self, feed: str, covers: str, received: date, rows: Sequence[Mapping[str, Any]], **more: Any
    ) -> None:
        """Land a file of the feed with Chinese headings; every row must be accepted."""
        made = contract(feed)
        columns = list(
            dict.fromkeys(name for row in rows for name in row) or [field.name for field in made.required]
        )
        self.inbox.mkdir(exist_ok=True)
        path = self.inbox / f"{made.zh}{covers}-{received:%Y%m%d}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(made.fields[name].zh for name in columns)
            writer.writerows([_cell(made, name, row.get(name)) for name in columns] for row in rows)
        report = land(
            path, self.store, "officer1", datetime.combine(received, datetime.min.time()), feed=feed, **more
        )
        assert report.accepted == len(rows), report.text("en")


def _cell(made: Any, name: str, value: Any) -> str:
    if value is None:
        return ""
    codes = made.fields[name].codes
    if codes is not None:
        return str(codes.entries[value][0])
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def who(one: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A row about somebody, by number and name."""
    return {"id_number": one["id_number"], "name": one["name"], **more}


def write_homes(folder: Path, homes: Mapping[str, Sequence[Any]], village: str = "柳河村") -> None:
    """The registry of a village: households by number, with their members and relations."""
    folder.mkdir(parents=True)
    rows = [
        {**one, "household_id": home, "relation": relation, "since": None, "until": None}
        for home, members in homes.items()
        for one, relation in members
    ]
    pl.DataFrame(rows, schema=dict(IDENTITIES)).write_parquet(folder / "identities.parquet")
    places = [
        {"household_id": home, "area": "rural", "village": village, "address": f"{home}号"} for home in homes
    ]
    pl.DataFrame(places, schema=dict(HOUSEHOLDS)).write_parquet(folder / "households.parquet")


def write_registry(folder: Path) -> None:
    """Four households; the couple of the first declared what they have in March."""
    write_homes(folder, HOMES)
    declared = folder / "declared"
    declared.mkdir()
    pl.DataFrame({"household_id": ["h1"], "area": ["rural"], "applied_on": [date(2026, 3, 1)], "declared_on": [date(2026, 3, 2)]}
                 ).write_parquet(declared / "households.parquet")  # fmt: skip
    pl.DataFrame(
        {
            "person_id": ["p-old", "p-widow"],
            "household_id": ["h1", "h1"],
            "wage": ["0.00", "0.00"],
            "can_work": [False, False],
        }
    ).with_columns(pl.col("wage").cast(pl.Decimal(14, 2))).write_parquet(declared / "persons.parquet")
    pl.DataFrame(
        {"household_id": ["h1"], "person_id": ["p-widow"], "kind": ["deposit"], "value": ["800.00"]}
    ).with_columns(pl.col("value").cast(pl.Decimal(14, 2))).write_parquet(declared / "assets.parquet")


def send_letters(county: County) -> None:
    """What came in May, June and July."""
    died = who(OLD_MAN, died_on="2026-05-03", cancelled_on="2026-05-20")
    county.send("deaths", "202505-202605", date(2026, 6, 5), [died])
    county.send("deaths", "202606", date(2026, 7, 6), [died | {"cancelled_on": "2026-06-02"}])
    burnt = who(OLD_MAN, cremation_number="HH1", died_on="2026-05-03", cremated_on="2026-05-05")
    county.send("cremation", "202505-202606", date(2026, 7, 6), [burnt])
    born = {**NEWBORN, "sex": "female", "born": "2026-04-03", "registered_on": "2026-05-10",
            "mother_id": MOTHER["id_number"], "mother_name": MOTHER["name"]}  # fmt: skip
    county.send("births", "202505-202606", date(2026, 7, 6), [born])
    out = who(LEAVER, move_number="M1", direction="out", moved_on="2026-05-01", to_place="外县", booklet="B3")
    county.send("moves", "202505-202606", date(2026, 7, 6), [out])
    booklets = {"h1": "B1", "h2": "B2", "h4": "B4"}
    listed = [
        who(one, booklet=booklets[home], relation=relation, area="rural", village="柳河村", marital="married")
        for home, members in HOMES.items() if home in booklets for one, relation in members
    ]  # fmt: skip
    listed.append(
        who(INCOMER, booklet="B2", relation="child_in_law", area="rural", village="柳河村", marital="married")
    )
    county.send("residents", "202606", date(2026, 7, 6), listed)
    paid = [
        who(one, pension="resident", month=month, amount="180.00", central_basic="123.00")
        for one in (WIDOW, STRANGER) for month in _months()
    ]  # fmt: skip
    county.send("pensions", "202507-202606", date(2026, 7, 8), paid)
    other_name = {"id_number": with_wrong_digit(LI["id_number"]), "name": "王小丽"}
    certificates = [
        who(other_name, disability_number="D1", disability="limb", grade="2", state="valid"),
        who(SON, disability_number="D2", disability="sight", grade="4", state="valid"),
    ]
    county.send("disability", "202606", date(2026, 7, 8), certificates)


def _months() -> list[str]:
    return [f"2025-{month:02}" for month in range(7, 13)] + [f"2026-{month:02}" for month in range(1, 7)]


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """The county with all its letters."""
    folder = tmp_path_factory.mktemp("county")
    made = County(folder / "registry", folder / "store", folder / "inbox")
    write_registry(made.registry)
    send_letters(made)
    return made


@pytest.fixture(scope="session")
def built(county: County, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What is known of the county at the end of July, with presumptions."""
    return build(county.registry, county.store, DAY, tmp_path_factory.mktemp("built") / "out", presume=True)
