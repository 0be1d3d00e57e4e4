"""An officer chooses what to change, and sees what it would do: on a desktop and a phone, in both languages, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs.running import run
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.browser.test_pages import look
from tests.web.people import People
from tests.web.simulation.making import newest, stock

SIZES = (DESKTOP, PHONE)


@pytest.fixture(scope="module")
def county(crowd: People, tmp_path_factory: pytest.TempPathFactory) -> People:
    """A county with households."""
    stock(crowd, tmp_path_factory.mktemp("county"), 80)
    with acting_as(system()), transaction.atomic():
        for role in (Role.COUNTY_CLERK, Role.ANALYST):
            crowd.user(role)
    return crowd


def looked_at(visitor: Visitor, name: str, language: str = "zh-hans") -> None:
    """The open page is good at both widths."""
    for size in SIZES:
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.page.wait_for_timeout(50)
        assert look(visitor, name, language, size) == {}, (name, language, size)


def choose(page: Any) -> None:
    """Find a parameter, choose it, and write a new value."""
    page.goto("/simulation/")
    press(page, ".head-actions a.btn-primary")
    page.fill("#search", "低保标准 农村")
    page.keyboard.press("Enter")
    press(page, "button[name=add][value='dibao.standard.rural']")


def test_from_the_menu_to_the_households_that_would_move(visitor: Visitor, county: People):
    page = visitor.page
    visitor.enter(Role.COUNTY_CLERK)
    choose(page)
    page.fill("[name='value-dibao.standard.rural']", "seven")
    page.fill("[name=wanted]", "150%")
    press(page, "button[name=start]")
    told = page.inner_text("main")
    for words in ("不是数字", "大于 0，不超过 100%", "100.00–5000.00", "560.00 元/人·月"):
        assert words in told, words
    looked_at(visitor, "simulation-faults")
    page.fill("[name='value-dibao.standard.rural']", "700")
    page.fill("[name=wanted]", "")
    press(page, "button[name=start]")
    page.wait_for_selector("#progress")
    looked_at(visitor, "simulation-busy")
    run(newest().job_id)
    page.wait_for_selector("canvas")  # the page asks by itself, and is loaded again
    page.wait_for_load_state()
    assert page.locator("canvas").count() == 3
    assert "80 户已计算，1 户无法计算" in page.inner_text("main")
    looked_at(visitor, "simulation-result")
    visitor.speak("en")
    page.reload()
    looked_at(visitor, "simulation-result", "en")
    visitor.speak("zh-hans")
    page.goto(f"/simulation/{newest().pk}/")
    press(page, ".links a >> nth=0")
    assert page.locator("tbody tr").count() > 0
    looked_at(visitor, "simulation-households")
    page.goto("/simulation/")
    looked_at(visitor, "simulation-list")
    assert visitor.faults == []


def test_all_of_it_works_without_scripts(chromium: Any, address: str, county: People):
    plain = Visitor(chromium, address, county)
    context = chromium.new_context(base_url=address, locale="zh-CN", java_script_enabled=False)
    plain.context.close()
    plain.context, plain.page = context, context.new_page()
    plain.enter(Role.ANALYST)
    choose(plain.page)
    plain.page.fill("[name='value-dibao.standard.rural']", "650")
    press(plain.page, "button[name=start]")
    run(newest().job_id)
    plain.page.reload()
    assert "各乡镇" in plain.page.inner_text("main")
    assert "少于 5 户的不显示" in plain.page.inner_text("main")
    context.close()
