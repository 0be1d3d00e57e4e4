"""Story 10 from the other side, in a real browser: a couple that never applied learns on a phone what it may get, without log-in."""

from __future__ import annotations

from typing import Any

from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.people import People
from tests.web.selfcheck.walking import OLD_COUPLE

LOOKED_AT = ("place", "condition-0", "income-0", "urgent")


def fill(page: Any, told: dict[str, Any]) -> None:
    """Answer the step that is open."""
    for name, value in told.items():
        field = page.locator(f"[name={name}]").first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "text":
            field.fill(value)
        else:
            for each in [value] if isinstance(value, str) else value:
                page.check(f"[name={name}][value='{each}']")


def test_a_couple_learns_on_a_phone_what_it_may_get_and_clears_its_answers(visitor: Visitor, crowd: People):
    assert crowd.regions
    page = visitor.page
    visitor.resize(PHONE)
    page.goto("/login/")
    press(page, "a[href='/check/']")
    assert look(visitor, "check-start", "zh-hans", PHONE) == {}
    press(page, "main a.btn-primary")
    for step, told in OLD_COUPLE.items():
        assert page.url.endswith(f"/check/{step}/")
        if step in LOOKED_AT:
            assert look(visitor, f"check-{step}", "zh-hans", PHONE) == {}
        fill(page, dict(told))
        with page.expect_navigation():
            page.click("form.apply button[type=submit]")
    assert page.url.endswith("/check/result/")
    assert "每月 840.00 元" in page.inner_text("main")
    page.locator(".aid details summary").first.click()
    assert page.locator(".reason-met").first.is_visible()
    for name, size, language in (("phone", PHONE, "zh-hans"), ("desktop", DESKTOP, "en")):
        visitor.speak(language)
        visitor.resize(size)
        page.goto("/check/result/")
        assert look(visitor, f"check-result-{name}", language, size) == {}
    assert page.locator(".aid details:not([open])").count()
    page.pdf()
    assert page.locator(".aid details:not([open])").count() == 0, "on paper everything is open"
    with page.expect_navigation():
        page.click("form[action='/check/clear/'] button")
    page.goto("/check/result/")
    assert page.url.endswith("/check/")
