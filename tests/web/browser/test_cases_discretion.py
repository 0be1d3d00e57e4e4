"""A van a little over the limit goes to collective review (story 11); the county writes its reading down once (story 19)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.cases.services import cases as services
from tests.web.browser.conftest import Visitor, press
from tests.web.cases.conftest import Clock
from tests.web.cases.homes import VAN, VAN_TOO, load_homes
from tests.web.cases.making import START, another, application, checked, moved, visited
from tests.web.cases.walking import Office, stage_of, stored
from tests.web.people import People

VISITED = START + timedelta(days=2)
MET = datetime(2026, 9, 8, 10)
CAPS = ["property.vehicle_cap.dibao", "property.vehicle_cap.low_margin"]


@pytest.fixture
def office(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Office:
    clock = Clock(VISITED)
    monkeypatch.setattr(services, "timezone", clock)
    return Office(visitor, clock)


@pytest.fixture(scope="module")
def members(crowd: People) -> list[str]:
    """Three members of the collective review."""
    with stored():
        found = [another(crowd, Role.COUNTY_CLERK, name) for name in ("评议员甲", "评议员乙", "评议员丙")]
    return [str(user.pk) for user in found]


def visited_case(crowd: People, number: str) -> int:
    """An application of a household, checked and visited, to be calculated."""
    with stored():
        for role in (Role.TOWNSHIP_CLERK, Role.TOWNSHIP_HEAD, Role.COUNTY_CLERK, Role.COUNTY_HEAD):
            crowd.user(role)
        household = load_homes()[number]
        case = application(crowd, household=household, at=START)
        case = moved(case, "accept", crowd.user(Role.TOWNSHIP_CLERK), VISITED, papers_complete=True).case
        return int(visited(checked(case, crowd, VISITED), crowd, VISITED).case.pk)


def frozen(office: Office, number: int) -> str:
    """The township clerk freezes the calculation; what the case then shows."""
    office.page.goto(f"/cases/{number}/calculation/")
    return office.send()


def test_a_little_over_goes_to_review_and_the_reading_is_written_down_once(
    office: Office, crowd: People, members: list[str]
):
    wrong = {}
    first = visited_case(crowd, VAN)
    office.enter(Role.TOWNSHIP_CLERK, VISITED)
    office.open(first)
    assert office.first() == "测算（机器建议）"
    office.page.goto(f"/cases/{first}/calculation/")
    assert "相差 2,000.00 元" in office.text()
    wrong["calculation"] = office.picture("calculation")
    assert "须提请一事一议" in frozen(office, first)
    wrong["turning"] = office.picture("turning")
    refused = office.take(first, "propose", reason="符合规定")
    assert "弹性区间" in refused

    office.enter(Role.COUNTY_CLERK, MET)
    office.open(first)
    assert office.first() == "提请一事一议"
    office.page.goto(f"/cases/{first}/steps/call_conference/")
    assert "提交集体研究" in office.page.input_value("[name=agenda]")
    office.take(first, "call_conference", members=members)
    office.enter(Role.COUNTY_HEAD, MET + timedelta(hours=2))
    office.page.goto(f"/cases/{first}/steps/hold_conference/")
    assert "60000.00 元 掌握：最低生活保障家庭" in office.page.input_value("[name=most_favourable]")
    wrong["conference"] = office.picture("conference")
    office.send()
    assert "一事一议会议纪要" in office.open(first, "discretion")
    wrong["discretion"] = office.picture("discretion")

    office.enter(Role.TOWNSHIP_CLERK, MET + timedelta(hours=4))
    office.take(
        first, "propose", opinion="grant", programme="dibao", members_counted="2", amount="1060.00", reason="按一事一议结论",
        overruling="一事一议采用最有利于家庭的理解",
    )  # fmt: skip
    assert stage_of(first) == "opinion"
    wrong["opinion"] = office.picture("opinion")
    recorded(office, members)
    assert office.open(first)
    office.page.goto("/readings/")
    press(office.page, "main table a.code")
    listed = office.text()
    assert "1 件" in listed
    assert "一事一议" in listed
    wrong["reading"] = office.picture("reading")

    second = visited_case(crowd, VAN_TOO)
    office.enter(Role.TOWNSHIP_CLERK, MET + timedelta(days=2))
    assert "县级已有统一口径" in frozen(office, second)
    office.open(second)
    assert office.first() == "适用县级统一口径"
    office.take(second, "apply_reading")
    office.take(
        second, "propose", opinion="grant", programme="dibao", members_counted="2", amount="1060.00", reason="按统一口径",
        overruling="县级统一口径",
    )  # fmt: skip
    assert stage_of(second) == "opinion"
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def recorded(office: Office, members: list[str]) -> None:
    """The county drafts, discusses and records its reading."""
    office.enter(Role.COUNTY_CLERK, MET + timedelta(days=1))
    office.page.goto("/readings/draft/")
    office.fill(agenda="“生活用车”价值略超限额的怎样掌握", turns_on=CAPS)
    office.send()
    with stored():
        number = int(Case.objects.get(kind="reading").pk)
    office.take(number, "call_conference", agenda="生活用车", members=members)
    office.enter(Role.COUNTY_HEAD, MET + timedelta(days=1, hours=2))
    told = "确有生产生活需要的，按六万元掌握"
    office.take(
        number, "hold_conference", readings=f"{told}\n一律按五万元掌握", most_favourable=told, chosen=told
    )  # fmt: skip
    office.take(number, "record_reading", within_range=True)
    assert stage_of(number) == "recorded"
