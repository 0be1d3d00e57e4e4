"""The file of a household in a real browser: two clerks, a resident, a phone, and paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.test.testcases import LiveServerThread

from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household, Person
from doudi.web.registry.views.files import TABS
from tests.web.people import HERE, THERE, People
from tests.web.registry.conftest import homes
from tests.web.registry.county import DAY, Home, Somebody, write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs the system's Chromium")
WHO = ((Role.COUNTY_CLERK, HERE), (Role.TOWNSHIP_CLERK, THERE), (Role.RESIDENT, HERE))
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


class Walk:
    """Browsers signed in as the people of the county."""

    def __init__(
        self, server: str, browser: Any, cookies: dict[tuple[str, str], Any], files: dict[str, int]
    ) -> None:
        self.server, self.browser, self.cookies, self.files = server, browser, cookies, files

    def page(self, role: str, county: str = HERE, viewport: dict[str, int] | None = None) -> Any:
        """A page of somebody signed in; what its console complains of is in ``page.complaints``."""
        context = self.browser.new_context(viewport=viewport or DESKTOP, locale="zh-CN")
        jar = self.cookies[role, county].items()
        context.add_cookies([{"name": name, "value": one.value, "url": self.server} for name, one in jar])
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if message.type == "error" else None,
        )
        return page


def crowd() -> Home:
    """A household as large as they come, with more of everything than paper has room for."""
    people = [Somebody(f"p9{place:05}", "欧阳春花", "head" if place == 0 else "other") for place in range(30)]
    items = [
        {"entity": "asset", "kind": "deposit", "value": f"{place}.00", "purpose": "none"}
        for place in range(40)
    ]
    return Home("h000009", f"村{HERE}", people, items=items)


@pytest.fixture(scope="module")
def walk(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """A server on a database of its own."""
    from playwright.sync_api import sync_playwright

    people = People()
    with acting_as(system()), transaction.atomic():
        assert people.regions
        load(write(tmp_path_factory.mktemp("build"), [*homes(), crowd()]), HERE, DAY)
        files = dict(Household.objects.filter(county=HERE).values_list("number", "pk"))
        Person.objects.filter(number="p000001").update(login=people.user(Role.RESIDENT))
    # Before Playwright begins: while its loop runs, Django refuses the database in this thread.
    cookies = {who: people.signed_in(*who).cookies for who in WHO}
    thread = LiveServerThread("127.0.0.1", lambda handler: handler)
    thread.start()
    thread.is_ready.wait()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield Walk(f"http://127.0.0.1:{thread.port}", browser, cookies, files)
        browser.close()
    thread.terminate()
    connections.close_all()


def test_the_county_looks_the_other_township_cannot_and_the_resident_sees_it(walk: Walk):
    number = walk.files["h000001"]
    other = walk.page(Role.TOWNSHIP_CLERK, THERE)
    answer = other.goto(f"{walk.server}/households/{number}/")
    assert answer.status == 404
    county = walk.page(Role.COUNTY_CLERK)
    county.goto(f"{walk.server}/households/")
    county.fill("input[name=text]", "单小云")
    county.click("form.search-box button")
    county.click("table a:has-text('单**')")
    assert "单** 户" in county.inner_text("h1")
    county.click("nav.tabs a:has-text('收入支出财产')")
    assert "来源不一致" in county.inner_text("main")
    assert "单小云" not in county.url
    assert county.complaints == []
    resident = walk.page(Role.RESIDENT, viewport=PHONE)
    resident.goto(f"{walk.server}/me/looks/")
    text = resident.inner_text("main")
    assert "查看家庭档案" in text
    assert "县级经办人" in text
    assert "乡镇经办人" not in text


def test_every_tab_fits_a_phone_and_no_script_is_refused(walk: Walk):
    page = walk.page(Role.COUNTY_CLERK, viewport=PHONE)
    for number in ("h000001", "h000003", "h000009"):
        for tab in ("", *(f"{name}/" for name in TABS if name != "overview")):
            page.goto(f"{walk.server}/households/{walk.files[number]}/{tab}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, (number, tab)
    page.goto(f"{walk.server}/households/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.complaints == []


@pytest.mark.parametrize("number", ["h000001", "h000002", "h000003", "h000009"])
def test_the_file_is_printed_on_two_pages(walk: Walk, number: str, tmp_path: Path):
    page = walk.page(Role.COUNTY_CLERK)
    page.goto(f"{walk.server}/households/{walk.files[number]}/print/")
    printed = page.pdf(path=tmp_path / "file.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 2
