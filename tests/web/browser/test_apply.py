"""Applying in a real browser: a resident on a phone from beginning to answer, a village assistant on behalf, without scripts, large text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Attachment, Authorisation, Office
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import family, members, photo
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.cases.making import moved
from tests.web.people import HERE, PASSWORD, People


@pytest.fixture(scope="module")
def home(crowd: People) -> Any:
    """A family of three, whose head has the resident's account, and its office."""
    with acting_as(system()), transaction.atomic():
        found = family(crowd)
        township = Region.objects.get(code=f"{HERE}101000")
        Office.objects.create(region=township, name="清泉镇民政办", phone="0999-1234567", hours="8:30-17:30")
    return found


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A photo in a folder."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(photo((1200, 900)))
    return path


def checked(visitor: Visitor, name: str, language: str = "zh-hans") -> None:
    """The page that is open has nothing wrong with it."""
    assert look(visitor, f"apply-{name}", language, PHONE) == {}, name


def choose(page: Any, **words: str) -> None:
    """Press radio buttons."""
    for name, value in words.items():
        page.check(f"input[name={name}][value={value}]")


def onward(page: Any) -> None:
    """Save and go on."""
    with page.expect_navigation():
        page.click("main form.apply button.btn-primary")


def fill_members(page: Any, people: list[Any]) -> None:
    """What is asked of each member, and the rows after them."""
    press(page, ".task-list >> text=家庭成员")
    page.wait_for_url("**/members/")
    press(page, f".task-list a[href$='/{people[0].pk}/']")
    for person in people:
        page.wait_for_url(f"**/members/{person.pk}/")
        adult = page.locator("input[name=can_work]").count() > 0
        choose(page, shares_means="true", **({"can_work": "true", "works": "false"} if adult else {}))
        if adult:
            choose(page, cannot_live_independently="false", no_civil_capacity="false")
            page.select_option("select[name=absence]", "none")
        page.select_option("select[name=illness]", "none")
        onward(page)
    page.wait_for_url("**/members/supporters/")
    page.check("input[name=nothing]")
    onward(page)


def test_a_resident_applies_on_a_phone_from_the_first_page_to_the_answer(
    visitor: Visitor, crowd: People, home: Any, camera: Path
):
    visitor.resize(PHONE)
    visitor.enter(Role.RESIDENT)
    page, people = visitor.page, members(home)
    page.goto("/apply/")
    checked(visitor, "1-start")
    page.check("input[name=kind][value=application]")
    press(page, "main form.apply button.btn-primary")
    page.wait_for_url(re.compile(r"/apply/\d+/$"))
    checked(visitor, "2-tasks")
    tasks = page.url

    press(page, ".task-list >> text=申请人")
    page.check("input[name=who] >> nth=0")
    page.fill("input[name=phone]", "13900000000")
    choose(page, kin_of_staff="false")
    page.wait_for_selector(".autosave:has-text('已自动保存')")
    checked(visitor, "3-applicant")
    onward(page)

    fill_members(page, people)
    press(page, ".task-list >> text=收入")
    press(page, f".task-list a[href$='/{people[0].pk}/']")
    choose(page, has="some")
    page.fill("input[name=wage]", "1500")
    page.select_option("select[name=wage_per]", "day")
    onward(page)
    assert "写明一年大约做了几天" in page.inner_text("main")
    checked(visitor, "4-income-wrong")
    page.fill("input[name=wage_times]", "20")
    onward(page)
    for person in people[1:]:
        page.wait_for_url(f"**/income/{person.pk}/")
        choose(page, has="nothing")
        onward(page)

    press(page, ".task-list >> text=支出")
    page.select_option("select[name=rows-0-kind]", "medical")
    page.fill("input[name=rows-0-amount]", "12000")
    with page.expect_navigation():
        page.click("button[name=more]")
    assert page.locator("select[name=rows-1-kind]").count() == 1
    checked(visitor, "5-expenses")
    onward(page)
    press(page, ".task-list >> text=财产")
    page.check("input[name=nothing]")
    onward(page)
    press(page, ".task-list >> text=困难情况")
    page.fill("textarea[name=cause]", "母亲生病，钱不够。<b>'; DROP TABLE x; --</b>")
    choose(page, safe_housing="true", safe_water="true")
    page.fill("input[name=rent_paid]", "0")
    page.select_option("select[name=urgent_event]", "none")
    checked(visitor, "6-difficulty")
    onward(page)

    press(page, ".task-list >> text=授权书签署")
    for person in people:
        press(page, f".task-list a[href$='/sign/{person.pk}/']")
        if person is people[-1]:
            page.select_option("select[name=signer]", str(people[0].pk))
        onward(page)
        assert "没有收到签名" in page.inner_text("main")
        if person is people[-1]:
            page.select_option("select[name=signer]", str(people[0].pk))
        box = page.locator("canvas.pad").bounding_box()
        page.locator("canvas.pad").scroll_into_view_if_needed()
        box = page.locator("canvas.pad").bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 30)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 60, steps=6)
        page.mouse.move(box["x"] + 60, box["y"] + 80, steps=6)
        page.mouse.up()
        checked(visitor, "7-sign")
        onward(page)
        page.wait_for_url("**/authorisation/")
    checked(visitor, "8-signed")

    page.goto(f"{tasks}papers/")
    page.select_option("select[name=kind]", "medical_receipts")
    page.set_input_files("input[name=file]", str(camera))
    press(page, "form[action$='/upload/'] button")
    page.wait_for_selector("text=看照片")
    page.check("input[name=done]")
    checked(visitor, "9-papers")
    press(page, "form:has(input[name=done]) button.btn-primary")
    page.wait_for_url(tasks)
    checked(visitor, "10-tasks-done")
    press(page, "main >> text=核对答案，提交")
    assert "DROP TABLE" in page.inner_text("main")
    checked(visitor, "11-review")
    page.check("input[name=true]")
    press(page, "main form.apply button.btn-primary")
    page.wait_for_url("**/submitted/**")
    checked(visitor, "12-submitted")
    with acting_as(system()), transaction.atomic():
        case = Case.objects.get(household=home, kind="application")
        assert case.stage == "submitted"
        assert Authorisation.objects.filter(case=case).count() == 3
        assert Attachment.objects.filter(case=case, kind="medical_receipts").count() == 1
    assert case.number in page.inner_text("main")
    bring(visitor, crowd, case, camera)


def bring(visitor: Visitor, crowd: People, case: Case, camera: Path) -> None:
    """The clerk sends it back once; the household sees what is missing, brings it, and sees that it was accepted."""
    clerk = crowd.user(Role.TOWNSHIP_CLERK)
    with transaction.atomic():
        moved(case, "return_papers", clerk, papers=("tuition_receipts", "bank_account"))
    page = visitor.page
    page.goto("/my/")
    checked(visitor, "13-my-cases")
    press(page, "main >> text=补材料")
    checked(visitor, "14-bring")
    assert "学费、住宿费票据" in page.inner_text("main")
    for kind in ("tuition_receipts", "bank_account"):
        page.select_option("select[name=kind]", kind)
        page.set_input_files("input[name=file]", str(camera))
        with page.expect_navigation():
            page.click("form.apply button")
    press(page, "button[name=finish]")
    page.wait_for_url("**/my/cases/**")
    with transaction.atomic():
        moved(case, "accept", clerk, papers_complete=True)
    page.reload()
    text = page.inner_text("main")
    assert "核对、入户" in text
    assert "受理通知书" in text
    checked(visitor, "15-my-case")
    visitor.speak("en")
    page.reload()
    checked(visitor, "15-my-case", "en")


def test_large_text_fits_the_phone_and_has_large_targets(visitor: Visitor, crowd: People, home: Any):
    visitor.resize(PHONE)
    visitor.enter(Role.RESIDENT)
    page = visitor.page
    page.goto("/my/")
    press(page, "text=大字版")
    page.wait_for_selector("text=普通字号")
    for where in ("/apply/", "/my/", "/my/benefits/", "/my/report/", "/my/privacy/", "/sos/"):
        page.goto(where)
        checked(visitor, f"large{where.replace('/', '-')}")
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
        assert size >= 18, where
        small = page.evaluate(
            "[...document.querySelectorAll('main .btn, main .form-control')].filter(e => e.offsetParent)"
            ".map(e => e.getBoundingClientRect().height).filter(h => h < 60).length"
        )
        assert small == 0, where


def test_a_call_for_help_and_a_section_without_scripts(
    visitor: Visitor, crowd: People, home: Any, chromium: Any
):
    context = chromium.new_context(
        base_url=visitor.address,
        java_script_enabled=False,
        locale="zh-CN",
        viewport={"width": 360, "height": 740},
    )
    page = context.new_page()
    page.goto("/sos/")
    page.check("input[name=need][value=food]")
    for name, value in {"who": "张大爷", "where": "东头", "phone": "13900000008"}.items():
        page.fill(f"[name={name}]", value)
    page.select_option("select[name=region]", f"{HERE}101000")
    press(page, "main form.apply button")
    assert re.search(rf"{HERE}-\d{{4}}-B\d{{5}}", page.inner_text("main"))
    with acting_as(system()), transaction.atomic():
        user = crowd.user(Role.RESIDENT)
    page.goto("/login/?next=/apply/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    press(page, "button[type=submit].btn-primary")
    page.check("input[name=kind][value=temporary_urgent]")
    press(page, "main form.apply button.btn-primary")
    press(page, ".task-list >> text=困难情况")
    page.wait_for_selector("textarea[name=cause]")
    section = page.url
    page.fill("textarea[name=cause]", "昨天家里失火。")
    press(page, "main form.apply button.btn-primary")
    page.wait_for_load_state("networkidle")
    page.goto(section)
    assert page.input_value("textarea[name=cause]") == "昨天家里失火。"
    context.close()


def test_a_village_assistant_applies_on_behalf_and_bad_files_are_told(
    visitor: Visitor, crowd: People, home: Any, camera: Path, tmp_path: Path
):
    visitor.enter(Role.VILLAGE_ASSISTANT)
    page = visitor.page
    page.goto(f"/households/{home.pk}/")
    press(page, "main a.btn:has-text('申请救助')")
    page.check("input[name=kind][value=tekun]")
    page.select_option("select[name=source]", "found")
    with page.expect_navigation():
        page.click("main form.apply button.btn-primary")
    assert "代办" in page.inner_text("main")
    assert look(visitor, "apply-behalf", "zh-hans", DESKTOP) == {}
    tasks = page.url
    press(page, ".task-list >> text=申请人")
    page.check("input[name=who] >> nth=0")
    choose(page, kin_of_staff="false")
    page.fill("input[name=phone]", "13900000000")
    page.fill("input[name=speaker_name]", "赵春生")
    onward(page)
    assert page.locator(".invalid").count() >= 2
    page.select_option("select[name=speaker]", "assistant")
    page.fill("input[name=speaker_phone]", "13900000001")
    page.fill("textarea[name=why]", "老人不识字，本人同意")
    onward(page)
    assert page.url == tasks
    page.goto(f"{tasks}papers/")
    wrong = tmp_path / "receipt.jpg"
    wrong.write_bytes(b"this is no picture")
    large = tmp_path / "large.jpg"
    large.write_bytes(b"\xff\xd8\xff" + b"\x00" * (10 * 1024 * 1024))
    for path, said in ((wrong, "只收照片"), (large, "文件太大"), (camera, "已上传")):
        page.select_option("select[name=kind]", "power_of_attorney")
        page.set_input_files("input[name=file]", str(path))
        with page.expect_navigation():
            page.click("form[action$='/upload/'] button")
        assert said in page.inner_text("main"), path.name
    page.check("input[name=done]")
    with page.expect_navigation():
        page.click("form:has(input[name=done]) button.btn-primary")
    assert page.url == tasks
    assert "王小明" not in page.inner_text("main")
