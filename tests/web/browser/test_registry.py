"""The file of a household in a real browser: two offices, a resident, a phone, and paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import transaction

from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household, Person
from doudi.web.registry.views.files import TABS
from tests.web.browser.conftest import PHONE, Visitor, press
from tests.web.people import HERE, THERE, People
from tests.web.registry.conftest import homes
from tests.web.registry.county import DAY, Home, Somebody, write


def crowded() -> Home:
    """A household as large as they come, with more of everything than paper has room for."""
    people = [Somebody(f"p9{place:05}", "欧阳春花", "head" if place == 0 else "other") for place in range(30)]
    items = [
        {"entity": "asset", "kind": "deposit", "value": f"{place}.00", "purpose": "none"}
        for place in range(40)
    ]
    return Home("h000009", f"村{HERE}", people, items=items)


@pytest.fixture(scope="module")
def files(crowd: People, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The county loaded, its resident the head of the first household; where each file stands."""
    with acting_as(system()), transaction.atomic():
        load(write(tmp_path_factory.mktemp("build"), [*homes(), crowded()]), HERE, DAY)
        Person.objects.filter(number="p000001").update(login=crowd.user(Role.RESIDENT))
        return dict(Household.objects.filter(county=HERE).values_list("number", "pk"))


def test_the_county_looks_another_township_cannot_and_the_resident_sees_it(
    visitor: Visitor, files: dict[str, int]
):
    visitor.enter(Role.TOWNSHIP_CLERK, THERE)
    assert visitor.page.goto(f"/households/{files['h000001']}/").status == 404
    visitor.context.clear_cookies()
    visitor.enter(Role.COUNTY_CLERK)
    visitor.page.goto("/")
    visitor.page.fill("input[name=text]", "单小云")
    press(visitor.page, "form.search-box button")
    press(visitor.page, "table a:has-text('单**')")
    assert "单** 户" in visitor.page.inner_text("h1")
    press(visitor.page, "nav.tabs a:has-text('收入支出财产')")
    assert "来源不一致" in visitor.page.inner_text("main")
    assert "单小云" not in visitor.page.url
    visitor.context.clear_cookies()
    visitor.resize(PHONE)
    visitor.enter(Role.RESIDENT)
    visitor.page.goto("/me/looks/")
    text = visitor.page.inner_text("main")
    assert "查看家庭档案" in text
    assert "县级经办人" in text
    assert "乡镇经办人" not in text


def test_every_tab_fits_a_phone_and_is_reachable_to_all(visitor: Visitor, files: dict[str, int]):
    visitor.enter(Role.COUNTY_CLERK)
    visitor.resize(PHONE)
    wrong = {}
    for number in ("h000001", "h000003", "h000009"):
        for tab in ("", *(f"{name}/" for name in TABS if name != "overview")):
            visitor.page.goto(f"/households/{files[number]}/{tab}")
            wide = visitor.width() > PHONE[0]
            faults = visitor.violations() if number == "h000001" else []
            if wide or faults:
                wrong[number, tab] = (wide, faults)
    assert wrong == {}


@pytest.mark.parametrize("number", ["h000001", "h000002", "h000003", "h000009"])
def test_the_file_is_printed_on_two_pages(
    visitor: Visitor, files: dict[str, int], number: str, tmp_path: Path
):
    visitor.enter(Role.COUNTY_CLERK)
    visitor.page.goto(f"/households/{files[number]}/print/")
    printed = visitor.page.pdf(path=tmp_path / "file.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 2
