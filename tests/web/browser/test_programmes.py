"""Stories 1 and 12 in a real browser: a household's programmes, its cliff drawn, and the law behind each number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import transaction

from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.people import HERE, People
from tests.web.registry.county import write
from tests.web.registry.files import home_of

DAY = date(2024, 12, 31)


def home(crowd: People, folder: Path) -> int:
    """The family of the first story, in the registry."""
    told = home_of("one-household-one-file.yaml", "h000002", f"村{HERE}", DAY)
    told.items = [{"entity": "holding", "programme": "dibao", "monthly": "1410.00"}]
    with acting_as(system()), transaction.atomic():
        load(write(folder, [told], DAY), HERE, DAY)
        return int(Household.objects.get(number="h000002").pk)


def test_from_a_household_to_its_programmes_its_cliff_and_the_rule(
    visitor: Visitor, crowd: People, tmp_path: Path
):
    address = f"/households/{home(crowd, tmp_path / 'build')}"
    visitor.enter(Role.COUNTY_CLERK)
    visitor.page.goto(f"{address}/entitled/")
    for size in (DESKTOP, PHONE):
        visitor.resize(size)
        visitor.keep_picture(f"story-1-entitled-{size[0]}")
        assert visitor.violations() == []
        assert visitor.width() <= size[0]
    visitor.resize(DESKTOP)
    press(visitor.page, "a.tab:has-text('收入与净资源')")
    press(visitor.page, "main button[type=submit]")
    visitor.page.wait_for_selector("#cliff canvas")
    assert "劳动收入过" in visitor.page.inner_text(".reasons")
    visitor.keep_picture("story-12-cliff")
    assert visitor.violations() == []
    visitor.resize(PHONE)
    visitor.page.reload()
    visitor.page.wait_for_selector("#cliff canvas")
    visitor.keep_picture("story-12-cliff-phone")
    assert visitor.width() <= PHONE[0]
    visitor.page.goto(f"{address}/entitled/")
    press(visitor.page, "main a[href^='/policies/']")
    visitor.page.wait_for_selector("#who")
    for name, size, language in (("desktop", DESKTOP, "zh-hans"), ("phone", PHONE, "en")):
        visitor.speak(language)
        visitor.resize(size)
        for page in ("/policies/", "/policies/dibao/", "/policies/inpatient_aid/", "/chain/catalogue/"):
            visitor.page.goto(page)
            visitor.keep_picture(f"policies{page.replace('/', '-')}{name}")
            assert visitor.violations() == [], page
            assert visitor.width() <= size[0], page
