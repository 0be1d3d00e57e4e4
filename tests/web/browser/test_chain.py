"""Story 2 in a real browser: one application, the programmes of four offices, one chain to what is left to pay."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from doudi.facts.household_file import read_household
from doudi.programmes.law import Offer, law_of
from doudi.programmes.standing import Standings, standings
from doudi.programmes.waterfall import waterfall
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.chain.models import Referral
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household
from tests.web.browser.conftest import PHONE, Visitor, press
from tests.web.people import HERE, People
from tests.web.registry.county import DAY, write
from tests.web.registry.files import EXAMPLES, home_of

OFFICES = {
    "medical_insurance": (Role.DEPARTMENT, ("inpatient_aid", "tilted_aid")),
    "civil_affairs": ("department:civil_affairs", ("expenditure_aid",)),
    "charity": (Role.ORGANISATION, ("hardship_fund", "children_fund")),
    "red_cross": ("organisation:red_cross", ("leukaemia_fund",)),
}


@pytest.fixture(scope="module")
def home(crowd: People, tmp_path_factory: pytest.TempPathFactory) -> int:
    """The family of the child with leukaemia, in the registry."""
    with acting_as(system()), transaction.atomic():
        built = write(
            tmp_path_factory.mktemp("build"), [home_of("leukaemia.yaml", "h000002", f"村{HERE}", DAY)]
        )
        load(built, HERE, DAY)
        return int(Household.objects.get(number="h000002").pk)


@pytest.fixture(scope="module")
def law() -> Standings:
    """What the rules say of the same family, from its file."""
    household = read_household(EXAMPLES / "leukaemia.yaml", date(2026, 8, 1))
    return standings(household, Offer(law_of("999901", date(2026, 8, 1))))


def yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def test_leukaemia_from_one_application_to_what_is_left(visitor: Visitor, home: int, law: Standings):
    paid = {one.id: sum_ for step in waterfall(law).steps for one, sum_ in step.programmes}
    chain = _accept_and_refer(visitor, home)
    for office, (role, programmes) in OFFICES.items():
        _answer(visitor, role, office, {name: paid[name] or 0 for name in programmes})
    visitor.context.clear_cookies()
    visitor.enter(Role.TOWNSHIP_CLERK)
    visitor.page.goto(chain)
    text = visitor.page.inner_text("main")
    visitor.keep_picture("story-2-chain")
    stacked = sum(paid[name] or 0 for _, names in OFFICES.values() for name in names)
    assert yuan(stacked) in text
    assert text.count("已给予") >= 6 + 1
    assert "待告知" in text
    left = waterfall(law).left
    assert left == 6_260_000 - stacked == 428_746
    assert f"{yuan(left)}\n测算个人负担（元）" in text
    assert f"个人负担\t—\t{yuan(left)}" in text
    assert visitor.violations() == []
    visitor.resize(PHONE)
    visitor.keep_picture("story-2-chain-phone")
    assert visitor.width() <= PHONE[0]
    with acting_as(system("auditor")), transaction.atomic():
        assert Entry.objects.filter(action="page.missing", role="department").exists()


def _accept_and_refer(visitor: Visitor, home: int) -> str:
    """The township clerk opens the one door and asks the four offices; where the chain stands."""
    visitor.enter(Role.TOWNSHIP_CLERK)
    visitor.page.goto(f"/households/{home}/")
    press(visitor.page, "a:has-text('一门受理')")
    visitor.page.select_option("#id_source", "on_behalf")
    visitor.page.fill("#id_cause", "孩子患白血病，治疗费用三十万一千元")
    visitor.page.check("#id_authorised")
    visitor.page.check("#id_check_authorised")
    press(visitor.page, "main button[type=submit]")
    visitor.page.wait_for_selector("h1:has-text('转办部门')")
    visitor.keep_picture("story-2-refer")
    for box in visitor.page.query_selector_all("main input[type=checkbox]"):
        wanted = box.get_attribute("value") in OFFICES.get(box.get_attribute("name"), ("", ()))[1]
        if box.is_visible():
            box.set_checked(wanted)
    press(visitor.page, "main button[type=submit]")
    visitor.page.wait_for_selector(".chain")
    return visitor.page.url


def _answer(visitor: Visitor, role: str, office: str, amounts: dict[str, int]) -> None:
    """An office receives what was sent to it, sees nothing else, and answers."""
    with acting_as(system()), transaction.atomic():
        mine = Referral.objects.get(office=office).pk
        other = Referral.objects.exclude(office=office).first().pk
    visitor.context.clear_cookies()
    visitor.enter(role)
    assert visitor.page.goto(f"/office/{other}/").status == 404
    assert visitor.page.goto("/households/").status == 403
    visitor.page.goto(f"/office/{mine}/")
    visitor.keep_picture(f"story-2-{office}")
    press(visitor.page, "a:has-text('接收')")
    press(visitor.page, "main button[type=submit]")
    press(visitor.page, "a:has-text('反馈：已给予')")
    for name, amount in amounts.items():
        visitor.page.fill(f"#id_amount_{name}", f"{amount / 100:.2f}")
    visitor.page.fill("#id_reason", "按规定比例和限额给予")
    press(visitor.page, "main button[type=submit]")
    visitor.page.wait_for_selector(".state-done")
