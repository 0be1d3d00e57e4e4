"""Confirming: judged each by the procedure, done once each, one or many; what is grave is seen first."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi import procedure
from doudi.assessment.explanation_tiers import TierEntry
from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case, Step
from doudi.web.cases.papers import compose, numbered
from doudi.web.cases.papers.common import cited
from doudi.web.cases.papers.deciding import granted_on
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.writing import Part, text_part
from doudi.web.cases.selectors import approvals
from doudi.web.cases.services.approving import confirm_free, confirm_one, judge
from doudi.web.database.scope import acting_as, system
from tests.web.cases.homes import POOR, SECOND, Homes
from tests.web.cases.making import CHOSEN, START, another, deciding, household_of, moved, visited
from tests.web.people import HERE, People

MOST_QUERIES = 30
"""Of many confirmations, however many they are."""


def test_a_reviewed_proposal_is_confirmed_once(people: People, homes: Homes):
    assert people.regions
    case, head = deciding(people, homes[POOR]), people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        first, second = confirm_one(case, head), confirm_one(case.pk, head)
    assert (first.again, second.again) == (False, True)
    assert first.case.stage == "confirmed"
    assert first.step.pk == second.step.pk
    assert first.case.amount == 106000


def test_many_are_confirmed_in_few_queries_each_with_the_letter_that_one_alone_gets(
    people: People, homes: Homes
):
    assert people.regions
    cases, head = [deciding(people, homes[home]).pk for home in (POOR, SECOND)], people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        with CaptureQueriesContext(connection) as asked:
            assert confirm_free(cases, head) == dict.fromkeys(cases, ())
        assert len(asked) <= MOST_QUERIES
        for case in Case.objects.filter(pk__in=cases):
            alike_to_the_letter_of_one(case)
        assert confirm_free(cases, head) == dict.fromkeys(cases, ())
        assert Step.objects.filter(case__in=cases, step="confirm").count() == len(cases)


def alike_to_the_letter_of_one(case: Case) -> None:
    """Its letter is as it is composed alone, and cites what the whole explanation does."""
    paper = case.papers.get(kind="grant_decision")
    draft = Draft.of(case, paper.step, procedure.procedure().documents[paper.kind])
    alone = numbered(compose(draft), paper.number, paper.code)
    assert paper.content() == json.loads(json.dumps(alone.as_data()))
    assert draft.explained
    holding = [each for each in draft.explained.tiers if each.holds and each.tier == draft.explained.tier]
    assert holding
    assert granted_on(draft) == granted_as_explained(draft, holding)


def test_among_many_each_is_judged_by_itself(people: People, homes: Homes):
    assert people.regions
    good, bad = deciding(people, homes[POOR]), deciding(people, homes[SECOND], reviewed=False)
    there, head = people.user(Role.COUNTY_HEAD, "999902"), people.user(Role.COUNTY_HEAD)
    clerk = people.user(Role.COUNTY_CLERK)
    with acting_as(there.scope):
        assert confirm_free([good.pk, bad.pk], there) == {}
    with acting_as(clerk.scope):
        assert all(confirm_free([good.pk, bad.pk], clerk).values())
    with acting_as(head.scope):
        against = confirm_free([good.pk, bad.pk], head)
        assert against[good.pk] == ()
        assert "move.not_done" in {problem.code for problem in against[bad.pk]}
        stages = dict(Case.objects.values_list("pk", "stage"))
    assert (stages[good.pk], stages[bad.pk]) == ("confirmed", "deciding")


def granted_as_explained(draft: Draft, holding: list[TierEntry]) -> Part:
    """The articles as the whole explanation has them."""
    articles = [article for entry in holding for article in entry.articles]
    told = list(dict.fromkeys((*articles, *cited(draft))))[:8]
    return text_part("依据", "；".join(told) + "。")


def test_who_proposed_or_reviewed_does_not_confirm(people: People, homes: Homes):
    assert people.regions
    case = deciding(people, homes[POOR])
    for role in (Role.COUNTY_CLERK, Role.TOWNSHIP_CLERK):
        with acting_as(people.user(role).scope), pytest.raises(CaseError):
            confirm_one(case, people.user(role))


def test_what_the_county_clerk_has_not_reviewed_tells_so(people: People, homes: Homes):
    assert people.regions
    case, head = deciding(people, homes[POOR], reviewed=False), people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope), pytest.raises(CaseError) as refused:
        confirm_one(case, head)
    assert "move.not_done" in {problem.code for problem in refused.value.problems}


def test_high_risk_waits_for_the_visit_of_the_county(people: People, homes: Homes):
    assert people.regions
    case, head = deciding(people, homes[POOR]), people.user(Role.COUNTY_HEAD)
    moved(
        case,
        "receive_complaint",
        people.user(Role.COUNTY_CLERK),
        START + timedelta(days=14),
        complaint_received=True,
    )
    with acting_as(head.scope):
        row = approvals.page({}, head).rows[0]
        assert row.high
        assert not row.judged.allowed
        assert "move.county_visited_where_due" in {problem.code for problem in row.judged.reasons}
    visited(
        case,
        people,
        START + timedelta(days=15),
        "county_visit",
        another(people, Role.COUNTY_CLERK, "县级调查员"),
    )
    with acting_as(head.scope):
        assert confirm_one(case, head).case.stage == "confirmed"


def test_the_desk_shows_machine_township_and_county_side_by_side_in_fixed_queries(
    people: People, homes: Homes
):
    assert people.regions
    head = people.user(Role.COUNTY_HEAD)
    deciding(people, homes[POOR])
    with acting_as(head.scope):
        row = approvals.page({}, head).rows[0]
        assert row.calculated == row.proposed == row.reviewed == ("dibao", 106000)
        assert not row.differs
        with CaptureQueriesContext(connection) as few:
            approvals.page({}, head)
    with acting_as(system()):
        household = household_of(people)
    deciding(people, household, CHOSEN)
    deciding(people, homes[SECOND], CHOSEN, reviewed=False)
    with acting_as(head.scope), CaptureQueriesContext(connection) as many:
        assert len(approvals.page({}, head).rows) == 3
    assert len(many) == len(few)


def test_a_batch_confirms_what_can_be_and_tells_the_rest(people: People, homes: Homes):
    assert people.regions
    good, bad = deciding(people, homes[POOR]), deciding(people, homes[SECOND], CHOSEN, reviewed=False)
    head = people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        assert [each.allowed for each in judge([good, bad], head)] == [True, False]
    browser = people.signed_in(Role.COUNTY_HEAD)
    page = browser.post("/approval/preview/", {"case": [good.pk, bad.pk]})
    assert [each.allowed for each in page.context["judged"]] == [True, False]
    for _twice in range(2):
        browser.post("/approval/preview/", {"case": [good.pk, bad.pk], "confirm": "1"})
    with acting_as(system()):
        stages = dict(Case.objects.values_list("pk", "stage"))
        assert (stages[good.pk], stages[bad.pk]) == ("confirmed", "deciding")
        assert Case.objects.get(pk=good.pk).taken.filter(step="confirm").count() == 1


def test_another_county_confirms_nothing_here(people: People, homes: Homes):
    assert people.regions
    case = deciding(people, homes[POOR])
    there = people.user(Role.COUNTY_HEAD, "999902")
    with acting_as(there.scope), pytest.raises(CaseError) as refused:
        confirm_one(case.pk, there)
    assert refused.value.problems[0].code == "case.unknown"
    assert case.county == HERE
