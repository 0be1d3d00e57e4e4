"""Emergency first (story 13), found a job (story 12), and two clerks on one case, as the roles in them, in a browser."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Entitlement, Escalation, Step
from doudi.web.cases.services import cases as services
from doudi.web.cases.services.calculating import Chosen
from doudi.web.cases.services.escalating import escalate
from tests.web.browser.conftest import PHONE, Visitor, press
from tests.web.cases.conftest import Clock
from tests.web.cases.homes import POOR, SECOND, WORKER, load_homes
from tests.web.cases.making import START, another, application, checked, deciding, visited
from tests.web.cases.walking import Office, stage_of, stored
from tests.web.people import People

SATURDAY = datetime(2026, 9, 5, 22, 30)
PAID = datetime(2026, 10, 9, 9)
JOB = datetime(2026, 10, 12, 9)
WORKING = Chosen("dibao", 2, 106000, "就业前的情况")


TWICE = """
() => {
  const form = document.querySelector("main form");
  const send = () => fetch(form.action || location.href, {method: "POST", body: new FormData(form)});
  return Promise.all([send(), send()]).then((answers) => answers.map((answer) => answer.status));
}
"""
"""Send the form that is open twice at once."""


@pytest.fixture
def office(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Office:
    clock = Clock(START)
    monkeypatch.setattr(services, "timezone", clock)
    return Office(visitor, clock)


@pytest.fixture(scope="module")
def homes(crowd: People) -> dict[str, int]:
    """The households, by their numbers, and everybody who works on them."""
    with stored():
        for role in (Role.TOWNSHIP_CLERK, Role.TOWNSHIP_HEAD, Role.COUNTY_CLERK, Role.COUNTY_HEAD):
            crowd.user(role)
        another(crowd, Role.VILLAGE_ASSISTANT, "调查员")
        return {number: household.pk for number, household in load_homes().items()}


def test_a_house_burns_on_saturday_night_and_help_comes_before_any_paper(
    office: Office, homes: dict[str, int]
):
    wrong = {}
    office.enter(Role.TOWNSHIP_CLERK, SATURDAY)
    office.page.goto(f"/cases/of/{homes[POOR]}/")
    wrong["choose"] = office.picture("choose")
    press(office.page, "li:has-text('急难型临时救助') a")
    office.fill(cause="周六夜里房屋失火，无处居住")
    office.send()
    with stored():
        number = int(Case.objects.get(kind="temporary_urgent").pk)
    office.enter(Role.TOWNSHIP_HEAD, SATURDAY + timedelta(minutes=30))
    assert "小时" in office.open(number)
    assert office.first() == "小额先行救助"
    wrong["urgent"] = office.picture("urgent")
    assert "已先行救助" in office.take(number, "aid_first", amount="600.00")
    with stored():
        aid = Entitlement.objects.get(case=number)
        due = Case.objects.get(pk=number).due
    assert (aid.amount, aid.once) == (60000, True)
    assert due is not None
    assert due.date().isoformat() == "2026-09-18", "ten working days from Monday"

    late = datetime(2026, 9, 21, 9)
    with stored():
        escalate(late)
        assert Escalation.objects.filter(case=number).count() == 1
    office.enter(Role.COUNTY_CLERK, late)
    office.page.goto("/cases/late/")
    assert "补齐先行救助手续" in office.text()
    wrong["late"] = office.picture("late")
    office.take(number, "remind")
    office.enter(Role.TOWNSHIP_CLERK, late + timedelta(hours=3))
    assert office.open(number)
    assert office.first() == "补齐手续、签字盖章"
    office.take(number, "complete_papers", papers=["accident_record"], findings="火灾属实")
    assert stage_of(number) == "closed"
    with stored():
        escalate(late + timedelta(days=1))
        assert Escalation.objects.filter(case=number).count() == 1, "a case that is closed is late no more"
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_a_job_is_found_and_aid_steps_down_after_the_household_was_heard(
    office: Office, crowd: People, homes: dict[str, int]
):
    wrong: dict[str, list[str]] = {}
    review = in_payment(office, crowd, wrong)
    office.enter(Role.TOWNSHIP_CLERK, JOB)
    office.take(review, "open_review", review_cause="reported")
    with stored():
        case = checked(Case.objects.get(pk=review), crowd, JOB)
        assert visited(case, crowd, JOB).case.stage == "inquiry"
    office.page.goto(f"/cases/{review}/calculation/")
    office.send()
    office.page.goto(f"/cases/{review}/steps/conclude/")
    assert office.page.input_value("[name=change]") == "steps"
    office.fill(reason="一名成员就业，收入超过标准")
    office.send()
    office.enter(Role.TOWNSHIP_HEAD, JOB + timedelta(hours=2))
    office.open(review)
    assert office.first() == "就业增收，另案安排渐退"
    office.take(review, "turn_to_steps")
    with stored():
        grace = int(Case.objects.get(parent=review, kind="grace").pk)

    office.enter(Role.TOWNSHIP_CLERK, JOB + timedelta(hours=3))
    office.page.goto(f"/cases/{grace}/steps/plan_steps/")
    assert office.page.input_value("[name=amount_before]") == "1060.00"
    steps = office.page.input_value("[name=steps]").split()
    assert steps[:2] == ["2026-11", "1060.00"]
    office.fill(worker_started="2026-10-01", reason="成员就业")
    wrong["steps"] = office.picture("steps")
    office.send()
    office.open(grace)
    assert office.first() == "告知拟作决定并请陈述意见"
    office.take(grace, "invite_to_speak")
    office.enter(Role.COUNTY_HEAD, JOB + timedelta(hours=4))
    assert "尚未听取救助对象的意见" in office.take(grace, "decide_steps")
    office.enter(Role.TOWNSHIP_CLERK, JOB + timedelta(hours=5))
    office.take(grace, "hear", said="希望逐步减少", speaks_for="household")
    office.enter(Role.COUNTY_HEAD, JOB + timedelta(days=1))
    assert "渐退执行中" in office.take(grace, "decide_steps")
    wrong["grace"] = office.picture("grace")
    assert "渐退安排告知书" in office.open(grace, "papers")

    office.enter(Role.COUNTY_CLERK, datetime(2026, 11, 3, 9))
    office.page.goto("/payments/?month=2026-11")
    assert "1,060.00" in office.text()
    wrong["payments"] = office.picture("payments")
    office.page.goto("/payments/?month=2027-11")
    assert "这个月没有要发放的" in office.text()
    office.take(grace, "carry_out_step")
    assert stage_of(grace) == "announced"
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def in_payment(office: Office, crowd: People, wrong: dict[str, list[str]]) -> int:
    """A household that is confirmed at the desk of the county and paid from October; the review that follows."""
    with stored():
        case = deciding(crowd, load_homes()[WORKER], WORKING)
    office.enter(Role.COUNTY_HEAD, START + timedelta(days=15))
    office.page.goto("/approval/")
    assert "未采用机器建议" in office.text()
    wrong["approval"] = office.picture("approval")
    office.page.check(f"input[name=case][value='{case.pk}']")
    press(office.page, "main form .batch .btn-primary")
    assert "可以确认 1 件" in office.text()
    wrong["preview"] = office.picture("preview")
    press(office.page, "button[name=confirm]")
    assert "已确认 1 件，未确认 0 件" in office.text()
    office.enter(Role.COUNTY_CLERK, PAID)
    office.open(case.pk)
    assert office.first() == "首次发放"
    office.take(case.pk, "pay")
    with stored():
        return int(Case.objects.get(parent=case).pk)


def test_the_second_of_two_clerks_is_told_and_nothing_is_done_twice(
    office: Office, crowd: People, homes: dict[str, int], chromium: object, address: str
):
    with stored():
        case = application(crowd, household=load_homes()[SECOND], at=START)
        another(crowd, Role.TOWNSHIP_HEAD, "x")
    later = START + timedelta(days=1)
    office.enter(Role.TOWNSHIP_CLERK, later)
    other = Office(Visitor(chromium, address, crowd, PHONE), office.clock)
    other.enter(Role.TOWNSHIP_HEAD, later)
    office.page.goto(f"/cases/{case.pk}/steps/accept/")
    other.page.goto(f"/cases/{case.pk}/steps/refuse_acceptance/")
    office.fill(papers_complete=True)
    assert office.page.evaluate(TWICE) == [200, 200]
    other.fill(reason="收入不实")
    told = other.send()
    assert re.search(r"测试员 已在 \d\d:\d\d 办理了这个办件", told)
    assert other.picture("told") == []
    other.visitor.context.close()
    assert other.visitor.faults == []
    with stored():
        assert [step.step for step in Step.objects.filter(case=case).order_by("number")] == [
            "submit",
            "accept",
        ]
