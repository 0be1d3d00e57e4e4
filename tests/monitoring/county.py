"""A village over four nights: what departments send on which day, and the evidence of each night.

- the old couple Wang and Li, in dibao; he died in March, which three departments tell on three days
- Chen, who turns seventy in August, in dibao
- Zhao and his wife, who receive nothing; bills of 50,001 yuan, the last of which comes on the second night
- the Zhous with a child of nine whom no school lists, and one whom a school lists
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from doudi.evidence import build
from tests.evidence.conftest import County, who, write_homes
from tests.linkage.people import person

REGION = "999901"
FIRST, SECOND, THIRD, FOURTH = (date(2026, 7, day) for day in (21, 22, 23, 24))
WANG = person("p-wang", "王建国", date(1950, 3, 4), 11)
LI = person("p-li", "李秀英", date(1952, 8, 9), 22)
CHEN = person("p-chen", "陈桂兰", date(1956, 8, 20), 24)
ZHAO = person("p-zhao", "赵明", date(1978, 9, 9), 57)
QIAN = person("p-qian", "钱小芳", date(1980, 1, 9), 58)
ZHOU = person("p-zhou", "周强", date(1990, 2, 2), 43)
GIRL = person("p-girl", "周小雨", date(2017, 2, 2), 46)
BOY = person("p-boy", "周小雷", date(2015, 5, 5), 47)
HOMES = {
    "h-wang": ((WANG, "head"), (LI, "spouse")),
    "h-chen": ((CHEN, "head"),),
    "h-zhao": ((ZHAO, "head"), (QIAN, "spouse")),
    "h-zhou": ((ZHOU, "head"), (GIRL, "child"), (BOY, "child")),
}
MONTHS = [f"2025-{month:02}" for month in range(7, 13)] + [f"2026-{month:02}" for month in range(1, 7)]


@dataclass(frozen=True)
class Village:
    """Where store and evidence of the nights lie."""

    store: Path
    evidence: Path

    def of(self, night: date) -> Path:
        """The evidence of a night."""
        return self.evidence / night.isoformat()


def made(folder: Path, nights: tuple[date, ...] = (FIRST, SECOND, THIRD, FOURTH)) -> Village:
    """The village with the evidence of its nights."""
    county = County(folder / "registry", folder / "store", folder / "inbox")
    write_homes(county.registry, HOMES)
    _letters(county)
    village = Village(county.store, folder / "evidence")
    for night in nights:
        build(county.registry, county.store, night, village.of(night))
    return village


def _letters(county: County) -> None:
    """What comes before the first night, and on the days of the others."""
    before = date(2026, 7, 10)
    for feed in ("births", "moves", "custody", "disaster", "temporary_aid", "employment", "marriages"):
        county.send(feed, "202507-202606", before, [])
    for feed in ("vehicles", "monitoring_list", "real_estate"):
        county.send(feed, "202606", before, [])
    county.send("deaths", "202507-202606", before, [])
    county.send(
        "aid_roll", "202606", before, _roll((WANG, LI), "K1", "800.00") + _roll((CHEN,), "K2", "400.00")
    )
    county.send("disability", "202606", before, [who(LI, disability_number="D1", disability="limb", grade="2", state="valid",
                                                     valid_until="2026-09-10")])  # fmt: skip
    county.send("disability_subsidies", "202507-202606", before, [])
    county.send("enrolment", "2026H1", date(2026, 5, 10), [
        who(BOY, student_number="X1", study="primary", school="石桥小学", state="enrolled"),
    ])  # fmt: skip
    bills = [_bill(ZHAO, "S1", "2026-02-10", "20000.00"), _bill(LI, "S3", "2026-03-01", "9000.00")]
    county.send("medical_settlement", "202507-202606", before, bills)
    county.send("residents", "202606", before, [
        who(one, booklet=home, relation=relation, area="rural", village="柳河村", sex=one["sex"])
        for home, members in HOMES.items() for one, relation in members
    ])  # fmt: skip
    died = who(WANG, died_on="2026-03-11", cancelled_on="2026-05-20")
    county.send("deaths", "202605", SECOND, [died])
    county.send("medical_settlement", "202607", SECOND, [_bill(ZHAO, "S2", "2026-07-15", "30001.00")])
    cremated = who(WANG, cremation_number="HH1", died_on="2026-03-11", cremated_on="2026-03-13")
    county.send("cremation", "202507-202606", THIRD, [cremated])
    county.send("deaths", "202604", FOURTH, [died | {"cancelled_on": "2026-04-02"}])
    county.send("medical_settlement", "202606", FOURTH, [_bill(ZHAO, "S4", "2026-06-15", "5000.00")])


def _roll(people: tuple[dict[str, Any], ...], number: str, monthly: str) -> list[dict[str, Any]]:
    return [
        who(one, household_number=number, programme="dibao", since="2024-01-01", monthly=monthly, members=len(people))
        for one in people
    ]  # fmt: skip


def _bill(one: dict[str, Any], number: str, day: str, own: str) -> dict[str, Any]:
    return who(one, settlement_number=number, settled_on=day, total="90000.00", own_paid=own)
