"""A village of whom the departments' files tell over three nights of May 2026, and its registry as it was before them.

- the old couple Wang and Li, in dibao; he died in March, which is told three times, the first in May
- Chen, in dibao, who turns seventy in June
- Zhao and his wife, who receive nothing; bills of 50,001 yuan, the last of which comes on the second night
- the couple Sun, 76 and 74, who live on basic pensions and receive nothing
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

from doudi.assessment.outreach import outreach
from doudi.assessment.outreach_files import write_outreach
from doudi.assessment.statute import law_of
from doudi.evidence import build
from doudi.monitoring.run import watch
from doudi.web.registry.loading import load
from tests.evidence.conftest import County, who, write_homes
from tests.linkage.people import person
from tests.web.people import HERE
from tests.web.registry.county import Home, Somebody, write

NIGHTS = tuple(date(2026, 5, day) for day in (25, 26, 27))
BEFORE = NIGHTS[0]
DIED = date(2026, 3, 11)
VILLAGE = f"村{HERE}"
WANG = person("p-wang", "王建国", date(1950, 3, 4), 11)
LI = person("p-li", "李秀英", date(1952, 8, 9), 22)
CHEN = person("p-chen", "陈桂兰", date(1956, 6, 20), 24)
SUN = person("p-sun", "孙老伯", date(1950, 1, 5), 31)
WIFE = person("p-wife", "何秀兰", date(1952, 2, 8), 42)
ZHAO = person("p-zhao", "赵明", date(1978, 9, 9), 57)
QIAN = person("p-qian", "钱小芳", date(1980, 1, 9), 58)
HOMES = {
    "h-zhao": ((ZHAO, "head"), (QIAN, "spouse")),
    "h-wang": ((WANG, "head"), (LI, "spouse")), "h-chen": ((CHEN, "head"),), "h-sun": ((SUN, "head"), (WIFE, "spouse")),
}  # fmt: skip
MONTHLY = {"h-wang": "1152.00", "h-chen": "523.00"}
"""What the roll pays each month."""


@dataclass(frozen=True)
class Village:
    """Where everything lies."""

    county: County
    evidence: Path
    out: Path

    def watch(self, place: int) -> Path:
        """The night in its place (from 1 on), watched against the one before."""
        earlier, night = (self.evidence / NIGHTS[each].isoformat() for each in (place - 1, place))
        watch(night, earlier, self.county.store, HERE, self.out)
        return self.out


def made(folder: Path) -> Village:
    """The village with its letters landed and the evidence of each night."""
    county = County(folder / "registry", folder / "store", folder / "inbox")
    write_homes(county.registry, HOMES, VILLAGE)
    _letters(county)
    village = Village(county, folder / "evidence", folder / "watch")
    for night in NIGHTS:
        last = night == NIGHTS[-1]
        build(county.registry, county.store, night, village.evidence / night.isoformat(), last, region=HERE)
    return village


def pointed(village: Village, folder: Path) -> Path:
    """The list of households worth a visit, from the evidence of the last night."""
    found = outreach(village.evidence / NIGHTS[-1].isoformat(), law_of(HERE, NIGHTS[-1]))
    return write_outreach(found, folder)[0]


def registered(village: Village, folder: Path) -> None:
    """Enter the village into the registry of the web application, as it was known before the first death was reported."""
    build_of_before = write(folder, _homes(), BEFORE)
    shutil.copytree(village.evidence / BEFORE.isoformat() / "links", build_of_before / "links")
    load(build_of_before, HERE, BEFORE, store=village.county.store)


def _homes() -> list[Home]:
    return [
        Home(
            number,
            VILLAGE,
            [_somebody(one, relation, number) for one, relation in members],
            items=_items(number, members),
        )
        for number, members in HOMES.items()
    ]


def _items(number: str, members: Sequence[Any]) -> list[dict[str, Any]]:
    """What is held, and a son for each, who has little himself."""
    son = {
        "entity": "supporter", "relation": "child", "born": date(1975, 3, 4), "family_size": 4, "family_income": Decimal("24000.00"),
        "own_income": Decimal("12000.00"), "property_within_limits": True, "status": "none", "disability": "none",
        "disability_grade": 0, "absence": "none", "no_civil_capacity": False, "consents": True, "agreed_fee": Decimal("0.00"),
        "supported_persons": 1, "support_ended": False,
    }  # fmt: skip
    sons = [
        {**son, "person_id": one["person_id"], "supporter_id": f"{one['person_id']}.son"}
        for one, _relation in members
    ]
    if number == "h-zhao":
        return [
            {
                "entity": "expense",
                "kind": "medical",
                "person_id": "p-zhao",
                "amount": "50001.00",
                "paid_on": date(2026, 5, 20),
            }
        ]
    monthly = MONTHLY.get(number)
    return [*sons, {"entity": "holding", "programme": "dibao", "monthly": monthly}] if monthly else sons


def _somebody(one: dict[str, Any], relation: str, number: str) -> Somebody:
    old = number != "h-zhao"
    facts = (
        {"marital": "married", "can_work": "false"}
        if old
        else {"marital": "married", "wage": "15000.00", "works": "true"}
    )
    if number == "h-sun":
        facts["pension"] = "2400.00"
    return Somebody(
        one["person_id"], one["name"], relation, one["sex"], one["born"], one["id_number"], facts=facts
    )


def _letters(county: County) -> None:
    """The rolls of the year, and the death: told by the police in May, again by the police, and by the crematory."""
    orders = permutations(_roll())
    for month, rows in zip(range(1, 6), orders, strict=False):  # the same file twice would be refused
        county.send("aid_roll", f"2026{month:02}", date(2026, month, 10), rows)
    before = date(2026, 5, 10)
    county.send("residents", "202604", before, [
        who(one, booklet=home, relation=relation, area="rural", village=VILLAGE, sex=one["sex"])
        for home, members in HOMES.items() for one, relation in members
    ])  # fmt: skip
    county.send("pensions", "202604", before, [
        who(one, pension="resident", month="2026-04", amount="200.00", central_basic="143.00") for one in (SUN, WIFE)
    ])  # fmt: skip
    county.send("medical_settlement", "202505-202604", before, [_bill("S1", "2026-02-10", "20000.00")])
    county.send("medical_settlement", "202605", NIGHTS[1], [_bill("S2", "2026-05-20", "30001.00")])
    county.send("deaths", "202603", date(2026, 4, 10), [])
    died = who(WANG, died_on=DIED.isoformat(), cancelled_on="2026-05-20")
    county.send("deaths", "202605", NIGHTS[1], [died])
    county.send("deaths", "202604", NIGHTS[2], [died | {"cancelled_on": "2026-04-28"}])
    cremated = who(WANG, cremation_number="HH1", died_on=DIED.isoformat(), cremated_on="2026-03-13")
    county.send("cremation", "202603", NIGHTS[2], [cremated])


def _roll() -> Sequence[dict[str, Any]]:
    return [
        who(one, household_number=f"K-{home}", programme="dibao", since="2024-01-01", monthly=MONTHLY[home], members=len(members))
        for home, members in HOMES.items() if home in MONTHLY
        for one, _relation in members
    ]  # fmt: skip


def _bill(number: str, day: str, own: str) -> dict[str, Any]:
    return who(ZHAO, settlement_number=number, settled_on=day, total="90000.00", own_paid=own)
