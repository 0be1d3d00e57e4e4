"""Appeals against decisions: by the household or for it, heard by nobody who took part, answered in writing."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case, Paper
from doudi.web.cases.services.moving import take
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.services.appealing import appeal_against, complain, took_part
from doudi.web.registry.models import Household, Person
from tests.web.notices.making import refusal
from tests.web.notices.playing import Stage, play
from tests.web.people import HERE, THERE, People, opened
from tests.web.registry.making import member_of


@pytest.fixture
def stage(people: People) -> Stage:
    """Whoever acts."""
    return Stage(people)


@pytest.fixture
def home(people: People) -> Household:
    """The household that was refused."""
    with acting_as(system()):
        return member_of(people.regions[f"{HERE}101201"]).household


@pytest.fixture
def decision(stage: Stage, home: Household) -> Paper:
    """The refusal it got."""
    case = play(refusal(), home, stage)
    with acting_as(system()):
        return Paper.objects.select_related("case__household").get(case=case, kind="refusal_decision")


def signed_in_resident(people: People, home: Household) -> Any:
    resident = people.user(Role.RESIDENT)
    with acting_as(system()):
        Person.objects.filter(pk=home.head_id).update(login=resident)
    return people.signed_in(Role.RESIDENT)


def test_a_household_contests_a_decision_on_its_own_page_and_whoever_took_part_is_named(
    people: People, home: Household, decision: Paper
):
    client = signed_in_resident(people, home)
    assert decision.number in opened(client, "/appeals/")
    form = client.get(f"/appeals/{decision.pk}/").context["form"]
    sent = {"claims": "赡养费算错了", "token": str(form["token"].value())}
    for _ in range(2):
        assert client.post(f"/appeals/{decision.pk}/", sent).status_code == 302
    with acting_as(system()):
        appeal = Case.objects.get(kind="appeal")
        assert (appeal.stage, appeal.parent_id) == ("filed", decision.case_id)
        earlier = appeal.taken.get().inputs["earlier_accounts"]
        names = set(User.objects.filter(pk__in=earlier).values_list("name", flat=True))
        receipt = str(appeal.papers.get().content())
    assert names >= {"周明", "吴敏", "郑华", "冯伟"}
    assert decision.number in receipt
    assert "15个工作日" in receipt


def test_nobody_who_took_part_reviews_and_somebody_else_does(people: People, stage: Stage, decision: Paper):
    resident = stage.user("resident")
    assert resident is not None
    with acting_as(resident.scope):
        appeal = appeal_against(decision, "赡养费算错了", resident, uuid.uuid4())
    involved, reviewer = stage.user("county_clerk"), people.user(Role.COUNTY_CLERK)
    assert involved is not None
    with acting_as(involved.scope), pytest.raises(CaseError) as told:
        take(appeal, "look_into_appeal", involved, {"findings": "无误"})
    assert "move.reviewer_took_no_part" in {problem.code for problem in told.value.problems}
    verdict = {"verdict": "again", "reason": "赡养人已去世", "remedies": ("reconsideration", "litigation")}
    with acting_as(reviewer.scope):
        take(appeal, "look_into_appeal", reviewer, {"findings": "赡养人一方已去世"})
        done = take(appeal, "redo_decision", reviewer, verdict)
        closed = take(appeal, "deliver_appeal", reviewer, {"delivered_by": "in_person"})
    assert done.opened == ()
    assert closed.case.closed_at is not None
    with acting_as(system()):
        text = str(appeal.papers.get(kind="appeal_decision").content())
        delivered = str(appeal.papers.get(kind="delivery_receipt").content())
        number = appeal.papers.get(kind="appeal_decision").number
        reopened = Case.objects.get(pk=decision.case_id)
    for part in (
        "赡养费算错了",
        "赡养人一方已去世",
        "赡养人已去世",
        "退回作出决定的环节",
        "行政复议",
        "人民法院",
    ):
        assert part in text
    assert number in delivered
    assert (reopened.stage, reopened.owner, reopened.closed_at) == ("deciding", "county_head", None)


def test_a_clerk_enters_an_appeal_by_the_number_of_the_decision_when_authorised(
    people: People, decision: Paper
):
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    found = clerk.get("/appeals/", {"number": decision.number})
    assert found.status_code == 302
    token = str(clerk.get(found.url).context["form"]["token"].value())
    assert clerk.post(found.url, {"claims": "算错了", "token": token}).status_code == 200
    assert clerk.post(found.url, {"claims": "算错了", "token": token, "authorised": "on"}).status_code == 302
    other = people.signed_in(Role.TOWNSHIP_CLERK, THERE)
    assert other.get("/appeals/", {"number": decision.number}).status_code == 200
    assert other.get(found.url).status_code == 404


def test_a_household_complains_and_is_answered_by_somebody_else_than_who_looked(
    people: People, home: Household
):
    signed_in_resident(people, home)
    resident, clerk, head = (
        people.user(role) for role in (Role.RESIDENT, Role.COUNTY_CLERK, Role.COUNTY_HEAD)
    )
    with acting_as(resident.scope):
        case = complain(Household.objects.get(), "窗口让我跑了三次", resident, uuid.uuid4())
        assert complain(home, "窗口让我跑了三次", resident, case.taken.get().token).pk == case.pk
    two = (str(clerk.pk), str(people.user(Role.VILLAGE_ASSISTANT).pk))
    with acting_as(clerk.scope):
        take(case, "look_into_complaint", clerk, {"investigators": two, "findings": "属实"})
    with acting_as(head.scope):
        take(case, "answer_complaint", head, {"outcome": "属实", "reason": "已批评并改正"})
    with acting_as(system()):
        answer = str(case.papers.get(kind="complaint_answer").content())
        assert took_part(case) == tuple(sorted((str(clerk.pk), str(head.pk))))
    assert "已批评并改正" in answer


def test_a_refusal_tells_the_numbers_the_articles_and_where_to_turn(decision: Paper):
    with acting_as(system()):
        text = str(decision.content())
    for part in (
        "人均收入高于标准",
        "行政复议",
        "60 日",
        "6 个月",
        f"县{HERE}人民法院",
        f"县{HERE}人民政府",
        "可以随时重新申请",
    ):
        assert part in text
