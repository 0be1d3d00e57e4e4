"""A death that is approved is reviewed once, and what was paid after its month is looked at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Entitlement, Overpayment
from doudi.web.cases.selectors.overpaid import over_of, reckon
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.netting import _shared, netted
from doudi.web.cases.services.opening import open_case, running_review
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Benefit, Household
from doudi.web.registry.services import changes
from tests.web.cases.making import REMEDIES, moved
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

AUGUST, DIED = date(2026, 8, 1), date(2026, 7, 11)


@pytest.fixture
def couple(people: People, monkeypatch: pytest.MonkeyPatch) -> Household:
    """Two people of whom the roll tells 1,152.00 yuan in July, August and September."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 9, 21))
    with acting_as(system()):
        village = people.regions[f"{HERE}101201"]
        home = member_of(village, "h1", "王建国").household
        member_of(village, "h1", "李秀英", "spouse")
        for month in (7, 8, 9):
            Benefit.objects.create(
                county=HERE, region=village, household=home, programme="dibao", month=date(2026, month, 1), amount=115200,
                source="aid_roll", row=f"r{month}",
            )  # fmt: skip
        home.held, home.size = ["dibao"], 2
        home.save()
    return home


def dies(people: People, home: Household, name: str, successor: str = "", on: date = DIED) -> None:
    """A death is asked for by the township and approved by the county."""
    clerk, county = people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_CLERK)
    with acting_as(clerk.scope):
        members = {row.person.name: row.person_id for row in home.memberships.filter(until__isnull=True)}
        wanted = {"person": members[name]} | ({"successor": members[successor]} if successor else {})
        change = changes.ask(home, "death", on, "死亡注销", wanted, clerk)
    with acting_as(county.scope):
        changes.approve(change, county, "同意")


def kinds(home: Household) -> list[tuple[str, str]]:
    """The cases of a household, with their stages."""
    with acting_as(system()):
        return list(Case.objects.filter(household=home).order_by("pk").values_list("kind", "stage"))


def test_the_approval_begins_the_review_with_what_was_paid(people: People, couple: Household):
    dies(people, couple, "王建国", "李秀英")
    assert kinds(couple) == [("review", "inquiry")]
    with acting_as(system()):
        review = Case.objects.get(household=couple)
        facts = review.taken.get().inputs
        assert (facts["review_cause"], facts["died_on"], facts["amount_before"]) == (
            "death",
            "2026-07-11",
            115200,
        )
        one = Overpayment.objects.get(household=couple)
        assert (one.since, one.way, one.case) == (AUGUST, "open", review)
        found = reckon(one, date(2026, 10, 1))
        assert [(each.month, each.paid) for each in found.months] == [
            (AUGUST, 115200),
            (date(2026, 9, 1), 115200),
        ]
        assert found.over is None, "what is due is not known of a household of whom nothing is told"


def test_a_review_that_runs_takes_note_and_an_answer_that_comes_later_opens_no_second_one(
    people: People, couple: Household
):
    with acting_as(system()):
        warning = open_case("warning", couple)
        review = open_case("review", couple, parent=warning)
        take(review, "open_review", None, {"review_cause": "warning", "check_authorised": True})
    dies(people, couple, "王建国", "李秀英")
    with acting_as(system()):
        assert [step.step for step in review.taken.order_by("number")] == ["open_review", "note_again"]
        assert Overpayment.objects.filter(household=couple).count() == 1
        take(warning, "raise_warning", None, {"indicator": "已死亡仍发放", "level": "red"})
        take(warning, "dispatch_warning", None)
    told = {"result": "died", "evidence": ("部门登记",), "findings": "已去世"}
    moved(warning, "answer_warning", people.user(Role.VILLAGE_ASSISTANT), **told)
    moved(warning, "close_and_review", people.user(Role.TOWNSHIP_HEAD))
    assert [kind for kind, _stage in kinds(couple)] == ["warning", "review"]


def test_the_yearly_review_that_waits_is_not_the_one_of_the_death(people: People, couple: Household):
    with acting_as(system()):
        open_case("review", couple, parent=open_case("application", couple))
        assert running_review(couple) is None
    dies(people, couple, "李秀英")
    assert kinds(couple)[1:] == [("review", "due"), ("review", "inquiry")]


def test_where_nobody_is_left_aid_ends_and_everything_paid_since_is_claimed_back(
    people: People, couple: Household
):
    dies(people, couple, "李秀英")
    dies(people, couple, "王建国")
    assert [kind for kind in kinds(couple) if kind[0] == "review"] == [("review", "ended")]
    with acting_as(system()):
        cut = Case.objects.get(household=couple, kind="cut")
        one = Overpayment.objects.get(household=couple)
        assert reckon(one, date(2026, 10, 1)).over == 230400
    clerk, head = people.user(Role.TOWNSHIP_CLERK), people.user(Role.COUNTY_HEAD)
    at = datetime(2026, 9, 21, 9)
    told = {"ground_for_cut": "death", "amount_before": 115200, "amount": 0, "effective_from": "2026-10-01"}
    moved(cut, "intend", clerk, at, reason="全户死亡", **told)
    moved(cut, "propose_cut", clerk, at, reason="已核实")
    moved(cut, "decide_cut", head, at, reason="全户死亡", remedies=REMEDIES)
    moved(cut, "tell_cut", clerk, at, delivered_by="left")
    moved(
        cut,
        "order_return",
        head,
        at,
        amount=230400,
        return_ground="kept",
        reason="八、九月多发",
        remedies=REMEDIES,
    )
    moved(cut, "record_return", people.user(Role.COUNTY_CLERK), at, recovered=230400)
    with acting_as(system()):
        one.refresh_from_db()
        assert not Entitlement.objects.filter(household=couple).exists()
        assert (one.way, one.amount, one.recovered) == ("settled", 230400, 230400)


def test_the_months_between_two_deaths_are_reckoned_with_whom_the_second_took(
    people: People, couple: Household
):
    dies(people, couple, "王建国", "李秀英")
    dies(people, couple, "李秀英", on=date(2026, 8, 20))
    with acting_as(system()):
        first, second = Overpayment.objects.filter(household=couple).order_by("since")
        assert first.case == second.case == Case.objects.get(household=couple, kind="cut")
        july, whole = (reckon(each, date(2026, 10, 1)) for each in (first, second))
        assert [(each.month, each.due) for each in july.months] == [(AUGUST, None)], (
            "she was alive on 1 August"
        )
        assert [(each.month, each.due) for each in whole.months] == [(date(2026, 9, 1), 0)]
        assert over_of(second.case, date(2026, 10, 1)) is None


def test_one_decision_is_shared_out_over_the_deaths_in_turn():
    assert _shared(300, [120, 200]) == [120, 180]
    assert _shared(100, [120, 200]) == [100, 0]
    assert _shared(400, [120, 200]) == [120, 280]
    assert _shared(50, []) == []


def test_a_household_without_aid_is_not_reviewed(people: People):
    with acting_as(system()):
        home = member_of(people.regions[f"{HERE}101201"], "h2", "赵一").household
        member_of(people.regions[f"{HERE}101201"], "h2", "赵二", "child")
    dies(people, home, "赵二")
    assert kinds(home) == []


def test_what_is_netted_in_full_parts_leaves_a_rest_and_then_the_whole_sum():
    assert list(netted(700, 1000, 300, AUGUST)) == [
        (AUGUST, date(2026, 11, 1), 400), (date(2026, 11, 1), date(2026, 12, 1), 600), (date(2026, 12, 1), None, 700),
    ]  # fmt: skip
    assert list(netted(700, 600, 300, AUGUST)) == [
        (AUGUST, date(2026, 10, 1), 400), (date(2026, 10, 1), None, 700),
    ]  # fmt: skip
    assert list(netted(700, 700, 700, AUGUST)) == [
        (AUGUST, date(2026, 9, 1), 0), (date(2026, 9, 1), None, 700),
    ]  # fmt: skip
