"""Two registers become one in three levels (story 5), and two surveys one visit, filled on a phone without network (story 7)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.convergence.models import Placement
from doudi.web.convergence.reading import FILES
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household, Mark
from doudi.web.warnings.models import SurveyHome, Visit
from doudi.web.warnings.services.surveying import ToSurvey, begin
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.browser.test_warnings import ready, until, village
from tests.web.convergence.making import lay_down, person, visit
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

PLACES = ("covered", "covered", "new", "new", "exit", "open")
ROLES = (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_HEAD, Role.COUNTY_HEAD)


@pytest.fixture(scope="module")
def homes(crowd: People) -> list[Household]:
    """The households of the list, in the village."""
    with acting_as(system()), transaction.atomic():
        for role in (*ROLES, Role.COUNTY_CLERK):
            crowd.user(role)
        place = crowd.regions[f"{HERE}101201"]
        return [member_of(place, f"h{line}").household for line in range(1, len(PLACES) + 1)]


def agree_to_all(visitor: Visitor, role: str) -> None:
    """Everybody who waits for this level, on a second look."""
    visitor.context.clear_cookies()
    visitor.enter(role)
    visitor.page.goto("/convergence/?state=mine")
    press(visitor.page, "button[name=all]")
    visitor.page.wait_for_selector("button[name=confirm]")


def test_two_registers_become_one_in_three_levels(visitor: Visitor, homes: list[Household], tmp_path: Path):
    page, lines = visitor.page, range(1, len(PLACES) + 1)
    folder = lay_down(
        tmp_path, [person(line, PLACES[line - 1]) for line in lines], [visit(line) for line in lines]
    )
    visitor.enter(Role.COUNTY_CLERK)
    page.goto("/convergence/")
    press(page, "a[href$='/take-in/']")
    page.set_input_files("#id_files", [folder / name for name in FILES])
    press(page, "main form button[type=submit]")
    assert page.inner_text("#before") == "33.33%"
    assert page.inner_text("#after") == "80.00%"
    assert page.inner_text("#after-decided") == "33.33%"
    for role in ROLES:
        agree_to_all(visitor, role)
        if role == Role.COUNTY_HEAD:
            assert look(visitor, "convergence-preview", "zh-hans", DESKTOP) == {}
            assert "将为每户建立办件" in page.inner_text("main")
        press(page, "button[name=confirm]")
    assert page.inner_text("#after-decided") == "80.00%"
    assert [page.inner_text(f"#{name}-decided") for name in ("new", "exit", "open")] == ["2", "1", "1"]
    page.goto("/convergence/?state=decided&place=new")
    press(page, "tbody th a")
    assert look(visitor, "convergence-decided", "zh-hans", DESKTOP) == {}
    assert "低保" in page.inner_text("main")
    press(page, ".head-actions a.btn-primary")
    assert "待提交" in page.inner_text("main")
    with acting_as(system()), transaction.atomic():
        assert Case.objects.filter(kind="application", household__in=homes).count() == 2
        assert Mark.objects.get(kind="watch").until == date(2027, 8, 1)
        assert set(Placement.objects.values_list("state", flat=True)) == {"settled", "decided"}


@pytest.fixture
def survey(crowd: People, homes: list[Household]) -> list[SurveyHome]:
    """Two households to be surveyed now."""
    asked = [
        ToSurvey(one.number, one.region_id, one.pk, shown={"labels": "边缘易致贫户"}) for one in homes[:2]
    ]
    with acting_as(system()), transaction.atomic():
        found = begin(crowd.regions[HERE], date(2026, 9, 1), date(2026, 12, 31), asked, None, before=4)
        return list(found.homes.order_by("pk"))


def visits(homes: list[SurveyHome]) -> int:
    with acting_as(system()), transaction.atomic():
        return int(Visit.objects.filter(household__in=[one.household_id for one in homes]).count())


def test_two_surveys_are_one_visit_filled_without_network_and_one_page(
    chromium: Any, address: str, crowd: People, survey: list[SurveyHome]
):
    phone = village(chromium, address, crowd)
    page = phone.page
    page.goto("/v/survey/")
    ready(phone)
    assert look(phone, "survey-list", "zh-hans", PHONE) == {}
    phone.context.set_offline(True)
    page.goto("/v/survey/")
    page.wait_for_selector("#kept .task")
    assert "合并调查" in page.inner_text("#kept")
    press(page, "#kept .task >> nth=0 >> button")
    page.select_option("[name=housing]", "fine")
    page.fill("[name=note]", "两次并作一次")
    press(page, ".send button")
    page.wait_for_selector("[data-count]:not([hidden])")
    assert visits(survey) == 0
    phone.context.set_offline(False)
    page.goto("/v/survey/")
    until(lambda: visits(survey) == 1)
    page.goto("/v/survey/?state=done")
    assert page.locator("main .task").count() == 1
    page.goto(f"/v/survey/{survey[1].pk}/sheet/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert [fault for fault in phone.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []
    phone.context.close()
    county = crowd.signed_in(Role.COUNTY_HEAD).get("/t/survey/").content.decode()
    assert "原来两次调查 4 户次，合并后 2 户。" in county
    assert "50%" in county
