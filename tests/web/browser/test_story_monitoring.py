"""Fifty thousand (4), died in March (14), turning seventy (3), the silent (10): from departments' files to what is paid, by the roles in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Entitlement, Overpayment
from doudi.web.cases.services import cases as services
from doudi.web.cases.services.ages import propose_raises
from doudi.web.registry.models import Change, Household
from doudi.web.registry.selectors.files import File
from doudi.web.warnings.models import Round, Warning
from doudi.web.warnings.services.nights import take_in
from doudi.web.warnings.services.outreach import take_in_outreach
from doudi.web.warnings.words import SILENT
from tests.web.browser.conftest import PHONE, Visitor, press
from tests.web.browser.test_warnings import fill, ready
from tests.web.cases.conftest import Clock
from tests.web.cases.making import START, another, checked, looked_into, proposed, visited
from tests.web.cases.walking import Office, stage_of, stored
from tests.web.people import HERE, People
from tests.web.warnings import story_village

ON, JULY = datetime(2026, 5, 27, 9), date(2026, 7, 1)
TEAM = (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK, Role.TOWNSHIP_HEAD, Role.COUNTY_CLERK, Role.COUNTY_HEAD)


@pytest.fixture
def office(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Office:
    clock = Clock(ON)
    monkeypatch.setattr(services, "timezone", clock)
    return Office(visitor, clock)


@pytest.fixture(scope="module")
def village(crowd: People, tmp_path_factory: pytest.TempPathFactory) -> story_village.Village:
    """The village, registered as it was before the death was reported."""
    found = story_village.made(tmp_path_factory.mktemp("village"))
    with stored():
        for role in TEAM:
            crowd.user(role)
        another(crowd, Role.VILLAGE_ASSISTANT, "调查员")
        story_village.registered(found, tmp_path_factory.mktemp("build"))
    for place in (1, 2):
        with stored():
            take_in(found.watch(place), ON + timedelta(hours=-5))
    return found


def warned(household: str) -> dict[str, Warning]:
    """The warnings of a household, by indicator."""
    with stored():
        found = Warning.objects.filter(household__number=household).select_related("case", "household")
        return {one.indicator: one for one in found}


def test_a_death_is_reported_three_times_and_changes_the_household_once(
    office: Office, crowd: People, village: story_village.Village, chromium: Any, address: str
):
    wrong: dict[str, list[str]] = {}
    warnings = warned("h-wang")
    assert {name: one.spells for name, one in warnings.items()} == {"member_died": 1, "paid_after_death": 1}
    with stored():
        assert Case.objects.filter(household__number="h-wang").count() == 2
    home = warnings["paid_after_death"].household_id
    dispatch(office, warnings, wrong)
    look(chromium, address, crowd, warnings, wrong)
    review = accepted(office, warnings["paid_after_death"], wrong, ON + timedelta(hours=3))
    approved(office, home, wrong)
    with stored():
        assert [row.kind for row in Case.objects.filter(household=home, kind="review")] == ["review"]
        assert stage_of(review) == "inquiry"
        assert Overpayment.objects.filter(household=home).count() == 1
    cut = reassessed(office, crowd, review, wrong)
    netted(office, cut, wrong)
    with stored():
        rows = Entitlement.objects.filter(household=home).order_by("since")
        assert [(f"{row.since:%Y-%m}", row.amount) for row in rows] == [
            ("2026-06", 37600), ("2026-11", 42400), ("2026-12", 57600),
        ]  # fmt: skip
        assert (rows[2].until, rows[2].persons) == (None, 1)
        one = Overpayment.objects.get(household=home)
        assert (one.way, one.amount) == ("netted", 115200)
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def dispatch(
    office: Office, warnings: dict[str, Warning], wrong: dict[str, list[str]], at: datetime = ON
) -> None:
    """The county clerk hands them to the village."""
    office.enter(Role.COUNTY_CLERK, at)
    office.page.goto("/t/alerts/?state=raised")
    for one in warnings.values():
        office.page.check(f"[name=warning][value='{one.pk}']")
    wrong["alerts"] = office.picture("death-alerts")
    press(office.page, "text=把选中的交办到村")
    office.page.wait_for_selector(".note-success")


def look(
    chromium: Any, address: str, crowd: People, warnings: dict[str, Warning], wrong: dict[str, list[str]]
) -> None:
    """The village's assistant answers both in one visit."""
    phone = Visitor(chromium, address, crowd, PHONE)
    phone.enter(Role.VILLAGE_ASSISTANT)
    page = phone.page
    page.goto("/v/today/")
    ready(phone)
    phone.keep_picture("death-today")
    one, other = warnings["paid_after_death"], warnings["member_died"]
    page.goto(f"/v/visit/{one.household_id}/")
    ready(phone)
    phone.keep_picture("death-visit")
    wrong["visit"] = phone.violations()
    stem = f"w{other.pk}"
    page.select_option(f"[name={stem}-result]", "died")
    page.check(f"[name={stem}-evidence][value=register]")
    page.fill(f"[name={stem}-findings]", "三月十一日去世")
    page.check(f"[name=w{one.pk}-evidence][value=register]")
    fill(page, one, "died", "三月十一日去世，四、五月的钱照发")
    page.wait_for_url("**/v/today/")
    assert phone.faults == []
    phone.context.close()


def accepted(office: Office, one: Warning, wrong: dict[str, list[str]], at: datetime) -> int:
    """The head of the township accepts the answer; the case that this opens."""
    office.enter(Role.TOWNSHIP_HEAD, at)
    office.page.goto(f"/t/alerts/{one.pk}/")
    press(office.page, "text=审定办结")
    office.page.wait_for_selector("#opened")
    wrong["alert"] = office.picture("death-alert")
    with stored():
        return int(Case.objects.filter(parent=one.case_id).order_by("pk")[0].pk)


def approved(office: Office, home: int, wrong: dict[str, list[str]]) -> None:
    """The clerk of the township asks for the change, that of the county approves it."""
    office.enter(Role.TOWNSHIP_CLERK, ON + timedelta(hours=4))
    with stored():
        people = {
            row.person.number: row.person_id for row in Household.objects.get(pk=home).memberships.all()
        }
    office.page.goto(f"/households/{home}/change/?kind=death")
    assert office.page.input_value("[name=kind]") == "death"
    office.fill(
        on="2026-03-11", person=people["p-wang"], successor=people["p-li"], reason="死亡注销、火化记录"
    )
    wrong["change"] = office.picture("death-change")
    office.send()
    with stored():
        change = int(Change.objects.get(household=home).pk)
    office.enter(Role.COUNTY_CLERK, ON + timedelta(hours=5))
    office.page.goto(f"/households/changes/{change}/")
    office.fill(decision="同意")
    press(office.page, "button[name=approve]")


def reassessed(office: Office, crowd: People, review: int, wrong: dict[str, list[str]]) -> int:
    """Checked, visited, calculated with one member fewer, concluded; the case in which aid is lowered."""
    later = ON + timedelta(days=1)
    office.enter(Role.TOWNSHIP_CLERK, later)
    with stored():
        case = checked(Case.objects.get(pk=review), crowd, later)
        assert visited(case, crowd, later).case.stage == "inquiry"
    office.page.goto(f"/cases/{review}/calculation/")
    office.send()
    office.page.goto(f"/cases/{review}/steps/conclude/")
    assert office.page.input_value("[name=change]") == "lower"
    office.fill(reason="成员三月死亡，减少一人")
    office.send()
    assert "死亡后多发的待遇" in office.open(review, "opinion")
    wrong["review"] = office.picture("death-review")
    office.enter(Role.TOWNSHIP_HEAD, later + timedelta(hours=2))
    office.take(review, "turn_to_cut")
    with stored():
        return int(Case.objects.get(parent=review, kind="cut").pk)


def netted(office: Office, cut: int, wrong: dict[str, list[str]]) -> None:
    """Intended, decided, told; the head of the county nets what was paid too much against coming months."""
    later = ON + timedelta(days=1, hours=3)
    office.enter(Role.TOWNSHIP_CLERK, later)
    office.page.goto(f"/cases/{cut}/steps/intend/")
    assert office.page.input_value("[name=ground_for_cut]") == "death"
    office.fill(reason="成员三月死亡")
    office.send()
    office.take(cut, "propose_cut", reason="已核实")
    office.enter(Role.COUNTY_HEAD, later + timedelta(hours=1))
    office.take(cut, "decide_cut", reason="人数减少")
    office.enter(Role.TOWNSHIP_CLERK, later + timedelta(hours=2))
    office.take(cut, "tell_cut")
    office.enter(Role.COUNTY_HEAD, later + timedelta(hours=3))
    office.page.goto("/payments/?month=2026-06")
    assert "死亡后多发，尚未处理完" in office.text()
    wrong["payments"] = office.picture("death-payments")
    office.page.goto(f"/cases/{cut}/steps/net_off/")
    assert office.page.input_value("[name=overpaid]") == "1152.00", (
        "twice 1,152.00 less the 576.00 of the widow"
    )
    office.fill(netted_monthly="200.00", reason="无过错，生活困难，分月抵扣")
    wrong["net"] = office.picture("death-net")
    assert "已执行" in office.send()
    office.open(cut, "opinion")
    wrong["cut"] = office.picture("death-cut")


def test_who_turns_seventy_is_told_before_and_gets_more_from_the_month_after(
    office: Office, village: story_village.Village
):
    warning = warned("h-chen")["turns_seventy"]
    office.enter(Role.TOWNSHIP_CLERK, ON)
    office.page.goto("/t/alerts/?indicator=turns_seventy")
    assert "低保老年人将满70周岁" in office.text()
    with stored():
        assert propose_raises(date(2026, 6, 19)).proposed == 0
    office.clock.moment = datetime(2026, 6, 20, 3)
    for again in (1, 0):
        with stored():
            assert propose_raises(date(2026, 6, 20)).proposed == again
    wrong = {}
    office.enter(Role.COUNTY_HEAD, datetime(2026, 6, 22, 9))
    office.page.goto("/approval/")
    assert "到龄增发" in office.text()
    wrong["approval"] = office.picture("seventy-approval")
    with stored():
        case = Case.objects.get(household=warning.household, kind="adjustment")
        due = File(case.household, JULY).determination
    office.page.check(f"input[name=case][value='{case.pk}']")
    press(office.page, "main form .batch .btn-primary")
    wrong["preview"] = office.picture("seventy-preview")
    press(office.page, "button[name=confirm]")
    office.open(case.pk, "opinion")
    wrong["case"] = office.picture("seventy-case")
    with stored():
        paid = Entitlement.objects.get(household=case.household)
    assert (paid.since, paid.until, paid.amount) == (JULY, None, due.amount())
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_a_silent_couple_is_found_visited_and_paid(
    office: Office, crowd: People, village: story_village.Village, tmp_path: Path, chromium: Any, address: str
):
    wrong: dict[str, list[str]] = {}
    day = START - timedelta(days=3)
    table = story_village.pointed(village, tmp_path)
    for raised in (1, 0):
        with stored():
            assert take_in_outreach(table, HERE, story_village.NIGHTS[-1], at=day).raised == raised
    warning = warned("h-sun")[SILENT]
    dispatch(office, {SILENT: warning}, wrong, day)
    prepared(chromium, address, crowd, warning, wrong)
    case = accepted(office, warning, wrong, day + timedelta(days=1))
    office.enter(Role.TOWNSHIP_CLERK, START)
    office.take(case, "submit", source="found", authorised=True, check_authorised=True)
    with stored():
        proposed(crowd, looked_into(crowd, Case.objects.get(pk=case)))
    office.enter(Role.COUNTY_HEAD, START + timedelta(days=15))
    office.take(case, "confirm")
    wrong["confirmed"] = office.picture("silent-confirmed")
    office.enter(Role.COUNTY_CLERK, datetime(2026, 10, 9, 9))
    office.take(case, "pay")
    with stored():
        paid = Entitlement.objects.get(case=case)
        due = File(paid.household, paid.since).determination
        assert (paid.programme, paid.since, paid.amount) == ("dibao", date(2026, 10, 1), due.amount())
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def prepared(chromium: Any, address: str, crowd: People, one: Warning, wrong: dict[str, list[str]]) -> None:
    """The village's assistant reads why, what is not known and what to bring, and answers after the visit."""
    phone = Visitor(chromium, address, crowd, PHONE)
    phone.enter(Role.VILLAGE_ASSISTANT)
    phone.page.goto(f"/v/visit/{one.household_id}/")
    ready(phone)
    text = phone.page.inner_text("section[aria-labelledby=before]")
    for said in ("特困", "子女等法定义务人的情况", "义务人姓名和电话", "身份证", "部门已有的，不要家庭提供"):
        assert said in text
    phone.keep_picture("silent-visit")
    wrong["prepared"] = phone.violations()
    fill(phone.page, one, "apply", "两人只有基础养老金，一个儿子在外打工")
    phone.page.wait_for_url("**/v/today/")
    assert phone.faults == []
    phone.context.close()


def test_fifty_thousand_paid_brings_help_within_three_days_and_an_assessment(
    office: Office, crowd: People, village: story_village.Village, chromium: Any, address: str
):
    warning = warned("h-zhao")["resident_medical_cost"]
    assert stage_of(warning.case_id) == "dispatched", "it reached the village the night the data came"
    phone = Visitor(chromium, address, crowd, PHONE)
    phone.enter(Role.VILLAGE_ASSISTANT)
    phone.page.goto(f"/v/visit/{warning.household_id}/")
    ready(phone)
    assert "50,001.00 元" in phone.page.inner_text("section[aria-labelledby=before]")
    fill(phone.page, warning, "urgent", "已断药，自付五万多")
    phone.page.wait_for_url("**/v/today/")
    phone.context.close()
    wrong: dict[str, list[str]] = {}
    accepted(office, warning, wrong, ON + timedelta(hours=3))
    with stored():
        opened = {one.kind: one.pk for one in Case.objects.filter(parent=warning.case_id)}
    assert set(opened) == {"temporary_urgent", "application"}
    office.enter(Role.TOWNSHIP_CLERK, ON + timedelta(hours=4))
    office.take(opened["temporary_urgent"], "report_need", cause="家庭成员患大病，自付五万零一元")
    office.take(opened["application"], "submit", source="found", authorised=True, check_authorised=True)
    office.enter(Role.TOWNSHIP_HEAD, ON + timedelta(hours=5))
    office.take(opened["temporary_urgent"], "aid_first", amount="600.00")
    with stored():
        aid = Entitlement.objects.select_related("step").get(case=opened["temporary_urgent"])
        assert aid.once
        assert aid.step.at - Round.objects.get(case=warning.case_id).raised_at < timedelta(days=3)
        case = looked_into(crowd, Case.objects.get(pk=opened["application"]), at=ON + timedelta(days=1))
        assert case.programme == "rigid"
    assert {name: faults for name, faults in wrong.items() if faults} == {}
