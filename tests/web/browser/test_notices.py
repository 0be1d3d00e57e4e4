"""Story 20 in a real browser: a neighbour objects within the seven days; the case is heard again; both sides are answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.notices.making import on_notice, posting_of
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

POSTED = datetime(2026, 9, 28, 10)
VILLAGE = f"{HERE}101201".ljust(12, "0")


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets it be another moment, for the server as well."""

    def move(to: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(to))

    return move


@pytest.fixture
def case(crowd: People, moment: Any) -> Case:
    """An application on public notice since the Monday before the national holiday."""
    moment(POSTED)
    with acting_as(system()), transaction.atomic():
        household = member_of(crowd.regions[f"{HERE}101201"], "h20", "钱明远").household
        Person.objects.filter(pk=household.head_id).update(login=crowd.user(Role.RESIDENT))
        for role in (Role.TOWNSHIP_CLERK, Role.TOWNSHIP_HEAD):
            crowd.user(role)
        return on_notice(crowd, household, POSTED)


def step(visitor: Visitor, case: Case, name: str, **filled: Any) -> None:
    """Take a step on its page."""
    page = visitor.page
    page.goto(f"/cases/{case.pk}/steps/{name}/")
    for field, value in filled.items():
        if isinstance(value, bool):
            page.set_checked(f"#id_{field}", value)
        elif isinstance(value, tuple):
            for each in value:
                page.check(f"input[name={field}][value='{each}']")
        else:
            page.fill(f"#id_{field}", value)
    press(page, "main form button.btn-primary")
    page.wait_for_url(f"**/cases/{case.pk}/")


def test_a_neighbour_objects_the_case_is_heard_again_and_both_sides_get_the_answer(
    visitor: Visitor, crowd: People, case: Case, moment: Any
):
    page, faults = visitor.page, dict[Any, Any]()
    visitor.resize(PHONE)
    moment(datetime(2026, 9, 30, 15))
    page.goto("/publicity/")
    page.select_option("#id_place", VILLAGE)
    press(page, "main form button[type=submit]")
    assert "钱某远" in page.inner_text("main")
    assert "2026-10-08" in page.inner_text("main")
    faults["notices"] = look(visitor, "notices-public", "zh-hans", PHONE)
    press(page, "main td a:has-text('提出异议')")
    faults["object"] = look(visitor, "notices-object", "zh-hans", PHONE)
    form = page.url
    for name, address in (
        ("notices", f"/publicity/?place={VILLAGE}"),
        ("answer", "/publicity/objections/"),
        ("object", form),
    ):
        visitor.speak("en")
        visitor.resize(DESKTOP)
        page.goto(address)
        faults[name, "en"] = look(visitor, f"notices-{name}", "en", DESKTOP)
    visitor.speak("zh-hans")
    visitor.resize(PHONE)
    page.goto(form)
    page.fill("#id_text", "他家有一辆货车在跑运输，没有申报。")
    press(page, "main form button.btn-primary")
    code = page.inner_text(".secret")
    faults["objected"] = look(visitor, "notices-objected", "zh-hans", PHONE)
    page.goto(f"/publicity/?place={VILLAGE}")
    assert "钱某远" not in page.inner_text("main")

    visitor.resize(DESKTOP)
    moment(datetime(2026, 10, 9, 9))
    visitor.enter(Role.TOWNSHIP_CLERK)
    page.goto("/notices/?state=stopped")
    faults["staff"] = look(visitor, "notices-staff", "zh-hans", DESKTOP)
    press(page, "main table a >> nth=0")
    assert "因异议中止" in page.inner_text("main")
    two = tuple(str(crowd.user(role).pk) for role in (Role.TOWNSHIP_CLERK, Role.VILLAGE_ASSISTANT))
    step(visitor, case, "rehear", investigators=two, findings="货车登记在其兄名下，属借用。")
    visitor.context.clear_cookies()
    moment(datetime(2026, 10, 12, 9))
    visitor.enter(Role.TOWNSHIP_HEAD)
    step(visitor, case, "answer_objection", upheld=False, to_objector="车辆登记在他人名下，不影响结论。",
         to_household="有人反映车辆，经核实属借用。")  # fmt: skip
    visitor.context.clear_cookies()
    moment(datetime(2026, 10, 12, 10))
    visitor.enter(Role.TOWNSHIP_CLERK)
    step(visitor, case, "resume_notice", posted_at="村务公开栏")
    # Five of the seven days are left; they end on Saturday the 17th, and so on Monday the 19th.
    assert posting_of(case).last == date(2026, 10, 19)

    visitor.context.clear_cookies()
    visitor.resize(PHONE)
    page.goto("/publicity/objections/")
    page.fill("#id_code", code.lower())
    press(page, "main form button.btn-primary")
    faults["answer"] = look(visitor, "notices-follow", "zh-hans", PHONE)
    with page.expect_download() as download:
        page.click("text=下载书面答复")
    assert download.value.suggested_filename == "objection_answer.pdf"
    page.goto(f"/publicity/?place={VILLAGE}")
    assert "钱某远" in page.inner_text("main")
    visitor.enter(Role.RESIDENT)
    page.goto(f"/cases/{case.pk}/")
    with acting_as(system()), transaction.atomic():
        mine = case.papers.filter(kind="objection_answer").order_by("pk")[0].pk
    page.goto(f"/papers/{mine}/html/")
    assert "经核实属借用" in page.inner_text("main")
    assert "不影响结论" not in page.inner_text("main")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") == "center"
    visitor.keep_picture("notices-paper")

    moment(datetime(2026, 10, 20))
    visitor.context.clear_cookies()
    page.goto(f"/publicity/?place={VILLAGE}")
    assert "钱某远" not in page.inner_text("main")
    assert {name: found for name, found in faults.items() if found} == {}
