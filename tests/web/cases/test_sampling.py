"""Where townships confirm, the county draws a sample, and what was drawn waits for its visit."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pytest

from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case
from doudi.web.cases.services.approving import confirm_one
from doudi.web.cases.services.calculating import calculate
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.cases.services.sampling import draw
from doudi.web.database.scope import acting_as
from tests.web.cases.making import CHOSEN, START, SUBMISSION
from tests.web.means.making import checked
from tests.web.people import People
from tests.web.registry.making import member_of

COUNTY = "980101"


class Delegated(People):
    """The people of a county of a province that has delegated confirmation."""

    @cached_property
    def regions(self) -> dict[str, Region]:
        names = {
            "98": "演示二省",
            "9801": "演示二市",
            COUNTY: "县",
            f"{COUNTY}101": "镇",
            f"{COUNTY}101201": "村",
        }
        for code, name in names.items():
            Region(code.ljust(12, "0"), name, valid_from=date(2020, 1, 1), source="test").save()
        return {code: Region.objects.get(code=code.ljust(12, "0")) for code in names}


@pytest.fixture
def there(rows: None) -> Delegated:
    return Delegated()


def handed(people: Delegated, number: str) -> Case:
    """An application that waits for the head of the township."""
    clerk, head, county = (
        people.user(role, COUNTY) for role in (Role.TOWNSHIP_CLERK, Role.TOWNSHIP_HEAD, Role.COUNTY_CLERK)
    )
    at = START + timedelta(days=2)
    two = (str(clerk.pk), str(head.pk))
    with acting_as(county.scope):
        household = member_of(people.regions[f"{COUNTY}101201"], number).household
        case = open_case("application", household, clerk)

        def step(name: str, by: Any, when: Any = at, **told: Any) -> None:
            take(case, name, by, told, at=when)

        step("submit", clerk, START, **SUBMISSION | {"source": "on_behalf"})
        step("accept", clerk, papers_complete=True)
        step("request_check", clerk)
        step("start_check", county)
        checked(case, "report_check", county, at, check_result="fits")
        step("visit", clerk, investigators=two, manner="on_site", signed_by_both=True, findings="属实")
        calculate(case, clerk, CHOSEN, at=at)
        step(
            "propose",
            clerk,
            opinion="grant",
            programme="dibao",
            members_counted=2,
            amount=56000,
            reason="符合规定",
        )
        step("sign_opinion", head)
        step("post_notice", clerk, posted_at="公开栏")
        step("hand_to_head", clerk, START + timedelta(days=12))
        return Case.objects.get(pk=case.pk)


def test_the_lot_falls_at_random_and_what_was_drawn_waits_for_the_visit(there: Delegated):
    cases = [handed(there, f"s{place}") for place in range(2)]
    county, head = (there.user(role, COUNTY) for role in (Role.COUNTY_CLERK, Role.TOWNSHIP_HEAD))
    with acting_as(county.scope):
        drawn = draw(county, 50)
        assert (drawn.cases, len(drawn.sampled)) == (2, 1)
        assert draw(county, 50).cases == 0, "drawn from once"
        assert Case.objects.filter(marks__contains=["sampled"]).count() == 1
    free = next(case for case in cases if case.pk not in drawn.sampled)
    with acting_as(head.scope):
        assert confirm_one(free, head).case.stage == "confirmed"
        with pytest.raises(CaseError) as refused:
            confirm_one(drawn.sampled[0], head)
    assert "move.county_visited_where_due" in {problem.code for problem in refused.value.problems}


def test_the_county_clerk_draws_from_the_desk(there: Delegated):
    handed(there, "s1")
    browser = there.signed_in(Role.COUNTY_CLERK, COUNTY)
    assert "抽查比例" in browser.get("/approval/").content.decode()
    page = browser.post("/approval/sample/", {"percent": "100"}, follow=True).content.decode()
    assert "从 1 件中抽取了 1 件" in page
    assert "被抽中" in page
    assert "1 至 100" in browser.post("/approval/sample/", {"percent": "0"}, follow=True).content.decode()


def test_a_share_below_the_rule_of_the_place_is_refused(there: Delegated):
    handed(there, "s1")
    county = there.user(Role.COUNTY_CLERK, COUNTY)
    with acting_as(county.scope), pytest.raises(CaseError) as refused:
        draw(county, 5)
    assert "move.delegated_sample_is_kept" in {problem.code for problem in refused.value.problems}
