"""How people go through the pages: by keyboard, by phone, in another language, on paper."""

from __future__ import annotations

import re

import pyotp
from django.db import transaction

from doudi.web.accounts.models import SecondFactor, User
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.people import PASSWORD


def test_staff_set_up_a_second_factor_and_come_in_with_it(visitor: Visitor):
    with acting_as(system()), transaction.atomic():
        user = visitor.people.user(Role.COUNTY_HEAD)
        SecondFactor.objects.filter(user=user).delete()
    page = visitor.page
    page.goto("/audit/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/setup/")
    assert page.locator(".qr svg").bounding_box()["width"] > 150
    assert look(visitor, "second-factor-setup", "zh-hans", (1366, 768)) == {}
    press(page, "summary")
    secret = page.inner_text(".secret").replace(" ", "")
    page.fill("#id_code", "000000")
    page.keyboard.press("Enter")
    page.wait_for_selector(".invalid")
    assert page.evaluate("document.activeElement.id") == "id_code"
    page.fill("#id_code", pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    page.wait_for_selector(".note-success")
    page.wait_for_load_state()
    press(page, "[data-bs-toggle=dropdown]")
    press(page, "text=退出登录")
    page.wait_for_url("**/login/")
    visitor.come_in(Role.RESIDENT)


def test_one_comes_in_and_goes_on_by_keyboard_alone(visitor: Visitor):
    visitor.come_in(Role.SECURITY_ADMINISTRATOR)
    page = visitor.page
    page.goto("/admin/users/")
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "跳到正文"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_form_sent_twice_counts_once(visitor: Visitor):
    visitor.enter(Role.SYSTEM_ADMINISTRATOR)
    page = visitor.page
    page.goto("/admin/users/add/")
    for name, value in {"username": "twice", "name": "甲", "region": "999901000000"}.items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_role", "county_clerk")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        "const b = document.querySelector('main button[type=submit]'); b.click(); b.click(); b.click();"
    )
    page.wait_for_url(re.compile(r"/admin/users/\d+/$"))
    assert len(posts) == 1
    assert User.objects.filter(username="twice").count() == 1


def test_on_a_phone_the_menu_opens_and_tables_become_lists(visitor: Visitor):
    visitor.resize(PHONE)
    visitor.enter(Role.SECURITY_ADMINISTRATOR)
    page = visitor.page
    page.goto("/")
    assert not page.is_visible("#menu")
    page.focus("[data-bs-target='#menu']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#menu.show")
    press(page, "#menu >> text=账号")
    page.wait_for_url("**/admin/users/")
    assert page.evaluate("getComputedStyle(document.querySelector('.table-stack tr td')).display") == "flex"
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main .btn, .top-button')].filter(b => b.offsetParent)"
        ".map(b => b.getBoundingClientRect().height))"
    )
    assert smallest >= 40


def test_the_language_is_changed_on_the_page_and_kept(visitor: Visitor):
    visitor.enter(Role.RESIDENT)
    page = visitor.page
    page.goto("/me/sessions/")
    press(page, "text=English")
    page.wait_for_selector("html[lang=en]")
    assert page.url.endswith("/me/sessions/")
    assert page.inner_text("h1") == "My sign-ins"
    page.goto("/")
    press(page, "text=中文")
    page.wait_for_selector("html[lang=zh-Hans]")


def test_on_paper_there_is_the_content_alone(visitor: Visitor):
    visitor.come_in(Role.AUDITOR)
    page = visitor.page
    page.goto("/audit/")
    page.emulate_media(media="print")
    for part in (".top", "#menu", ".filters", ".head-actions"):
        assert not page.is_visible(part), part
    assert page.is_visible("main table")
    assert page.is_visible("h1")


def test_on_a_phone_a_filter_waits_behind_a_button_that_counts_what_is_in_use(visitor: Visitor):
    visitor.resize(PHONE)
    visitor.enter(Role.AUDITOR)
    page = visitor.page
    page.goto("/audit/?outcome=refused")
    assert not page.is_visible("form.filters")
    button = page.locator("button.filters-fold")
    assert button.inner_text() == "筛选 · 1"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.is_visible("form.filters select[name=outcome]")
    visitor.resize(DESKTOP)
    assert not button.is_visible()


def test_a_page_without_scripts_still_works(visitor: Visitor, chromium: object):
    context = chromium.new_context(base_url=visitor.address, java_script_enabled=False, locale="zh-CN")  # type: ignore[attr-defined]
    page = context.new_page()
    with acting_as(system()), transaction.atomic():
        user = visitor.people.user(Role.RESIDENT)
    page.goto("/login/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    press(page, "button[type=submit].btn-primary")
    assert page.inner_text("h1") == "工作台"
    context.close()
