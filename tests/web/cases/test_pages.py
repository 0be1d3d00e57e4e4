"""What the pages of case work show and do, in fixed numbers of queries."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case, Frozen, Kinship, SavedView
from doudi.web.cases.services.opening import open_case
from doudi.web.cases.views.tabs import TABS
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from tests.web.cases.homes import POOR, Homes
from tests.web.cases.making import another, application, deciding, inquired, moved
from tests.web.people import People
from tests.web.registry.making import member_of


@pytest.fixture
def case(people: People, homes: Homes) -> Case:
    """An application of September that waits for the head of the county."""
    assert people.regions
    return deciding(people, homes[POOR])


def many(people: People, number: int) -> list[Case]:
    """Submitted applications of as many households."""
    cases = []
    for place in range(number):
        with acting_as(system()):
            household = member_of(people.regions["999901101201"], f"m{place}").household
        cases.append(application(people, household=household))
    return cases


def test_every_tab_of_a_case_opens_to_the_staff(case: Case, people: People):
    browser = people.signed_in(Role.COUNTY_CLERK)
    for tab in set(TABS) - {"hearing"}:
        assert browser.get(f"/cases/{case.pk}/tabs/{tab}/").status_code == 200, tab
    assert browser.get(f"/cases/{case.pk}/tabs/hearing/").status_code == 404
    assert browser.get(f"/cases/{case.pk}/tabs/nothing/").status_code == 404


def test_the_page_offers_one_next_step_and_says_which_phase_it_is(case: Case, people: People):
    page = people.signed_in(Role.COUNTY_HEAD).get(f"/cases/{case.pk}/")
    folder = page.context["folder"]
    assert page.context["tab"] == "opinion"
    assert [(each.phase.name, each.over, each.here) for each in folder.bar][:6] == [
        ("papers", True, False), ("means", True, False), ("visit", True, False), ("calculation", True, False),
        ("notice", True, False), ("opinion", False, True),
    ]  # fmt: skip
    assert folder.first.step.name == "confirm"
    text = page.content.decode()
    assert text.count("btn-primary") == 1
    assert "1,060.00" in text


def test_the_household_sees_what_was_done_but_not_who_said_what(case: Case, people: People):
    with acting_as(system()):
        head = case.household.head
        head.login = people.user(Role.RESIDENT)
        head.save(update_fields=["login"])
    browser = people.signed_in(Role.RESIDENT)
    text = browser.get(f"/cases/{case.pk}/tabs/history/").content.decode()
    assert "入户调查" in text
    assert "属实" not in text
    assert browser.get(f"/cases/{case.pk}/tabs/visit/").status_code == 404
    assert browser.get(f"/cases/{case.pk}/calculation/").status_code == 403


def test_a_calculation_is_frozen_by_a_button_once(people: People, homes: Homes):
    assert people.regions
    case = application(people, household=homes[POOR])
    clerk = people.user(Role.TOWNSHIP_CLERK)
    case = moved(case, "accept", clerk, papers_complete=True).case
    browser = people.signed_in(Role.TOWNSHIP_CLERK)
    page = browser.get(f"/cases/{case.pk}/calculation/")
    assert "每月合计" in page.content.decode()
    sent = {"seen": case.steps, "token": str(uuid.uuid4())}
    for _twice in range(2):
        assert browser.post(f"/cases/{case.pk}/calculation/", sent).status_code == 302
    with acting_as(system()):
        frozen = Frozen.objects.filter(
            case=case, number__in=[case.taken.get(step="calculate").inputs["determination"]]
        ).get()
    assert browser.get(f"/cases/{case.pk}/steps/calculate/").status_code == 302
    page = browser.post(f"/cases/{case.pk}/calculation/{frozen.pk}/")
    assert page.context["replay"].identical
    for place in (f"/cases/{case.pk}/calculation/", f"/cases/{case.pk}/calculation/{frozen.pk}/"):
        assert f'hx-get="{place}otherwise/"' in browser.get(place).content.decode()
        page = browser.get(f"{place}otherwise/").content.decode()
        assert "什么情况下结果会不同" in page
        assert f'href="{place}"' in page


def test_the_form_of_an_opinion_is_filled_from_the_calculation(people: People, homes: Homes):
    assert people.regions
    case = inquired(people, homes[POOR])
    form = people.signed_in(Role.TOWNSHIP_CLERK).get(f"/cases/{case.pk}/steps/propose/").context["form"]
    shown = {name: form[name].value() for name in ("opinion", "programme", "members_counted", "amount")}
    assert shown == {"opinion": "grant", "programme": "dibao", "members_counted": 2, "amount": "1060.00"}


def test_who_declares_to_be_kin_takes_no_further_step(case: Case, people: People):
    browser = people.signed_in(Role.COUNTY_CLERK)
    answer = browser.post(f"/cases/{case.pk}/kin/", {"relation": "侄"}, follow=True)
    assert not [move for move in answer.context["folder"].allowed if move.step.name != "declare_kin"]
    assert "应当回避" in answer.content.decode()
    with acting_as(system()):
        assert Kinship.objects.get().user == people.user(Role.COUNTY_CLERK)
        assert "kin" in Case.objects.get(pk=case.pk).marks


def test_an_emergency_is_reported_for_a_household_and_opens_one_case(people: People, homes: Homes):
    assert people.regions
    household = homes[POOR]
    browser = people.signed_in(Role.TOWNSHIP_CLERK)
    assert "报告急难" in browser.get(f"/cases/of/{household.pk}/").content.decode()
    address = f"/cases/of/{household.pk}/temporary_urgent/report_need/"
    sent = {"cause": "周六夜里房屋失火", "seen": 0, "token": str(uuid.uuid4())}
    for _twice in range(2):
        assert browser.post(address, sent).status_code == 302
    with acting_as(system()):
        case = Case.objects.get(kind="temporary_urgent")
    assert (case.stage, case.due_clock) == ("reported", "first_aid")


def test_the_list_takes_as_many_queries_for_fifty_as_for_five(people: People):
    browser = people.signed_in(Role.TOWNSHIP_CLERK)
    many(people, 3)
    assert browser.get("/cases/").status_code == 200
    with CaptureQueriesContext(connection) as few:
        browser.get("/cases/", {"state": "open", "size": 50})
    many(people, 12)
    with CaptureQueriesContext(connection) as more:
        page = browser.get("/cases/", {"state": "open", "size": 50}).context["page"]
    assert len(page.cases) == 15
    assert len(more) == len(few)


def test_pages_of_a_list_follow_each_other_without_gap(people: People):
    cases = many(people, 23)
    browser = people.signed_in(Role.TOWNSHIP_CLERK)
    for state in ("open", "all"):
        first = browser.get("/cases/", {"state": state, "size": 20}).context["page"]
        second = browser.get("/cases/", {"state": state, "size": 20, "after": first.after}).context["page"]
        assert (len(first.cases), len(second.cases), second.after) == (20, 3, None)
        assert {case.pk for case in (*first.cases, *second.cases)} == {case.pk for case in cases}


def test_a_filter_that_is_none_shows_nothing(people: People):
    many(people, 1)
    page = people.signed_in(Role.TOWNSHIP_CLERK).get("/cases/", {"state": "everything"}).context["page"]
    assert page.cases == []


def test_views_are_kept_for_oneself_alone(people: People):
    browser, other = people.signed_in(Role.TOWNSHIP_CLERK), people.signed_in(Role.TOWNSHIP_HEAD)
    browser.post("/cases/views/", {"name": "超期低保", "query": "state=late&kind=application"})
    kept = SavedView.objects.get()
    assert "超期低保" in browser.get("/cases/").content.decode()
    assert "超期低保" not in other.get("/cases/").content.decode()
    assert other.post(f"/cases/views/{kept.pk}/drop/").status_code == 404
    assert browser.post(f"/cases/views/{kept.pk}/drop/").status_code == 302
    assert not SavedView.objects.exists()


def test_chosen_cases_are_handed_to_a_colleague_and_recorded(people: People):
    cases = many(people, 2)
    second = another(people, Role.TOWNSHIP_CLERK, "新经办")
    browser = people.signed_in(Role.TOWNSHIP_CLERK)
    sent: dict[str, Any] = {"case": [case.pk for case in cases], "to": second.pk, "query": "state=open"}
    for _twice in range(2):
        assert browser.post("/cases/assign/", sent)["Location"] == "/cases/?state=open"
    found = browser.get("/cases/", {"state": "open", "clerk": second.pk}).context["page"]
    assert len(found.cases) == 2
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="case.assign").count() == 2


def test_the_list_is_exported_as_filtered_and_recorded(people: People):
    many(people, 2)
    browser = people.signed_in(Role.TOWNSHIP_CLERK)
    book = browser.get("/cases/export/", {"state": "open"})
    assert book.content[:2] == b"PK"
    with acting_as(system("auditor")):
        assert json.loads(Entry.objects.get(action="case.export").details)["rows"] == 2


def test_a_reading_is_drafted_for_the_county_without_a_household(people: People):
    assert people.regions
    browser = people.signed_in(Role.COUNTY_CLERK)
    form = browser.get("/readings/draft/").context["form"]
    assert "property.vehicle_cap.dibao" in dict(form.fields["turns_on"].choices)
    sent = {
        "agenda": "生活用车", "turns_on": ["property.vehicle_cap.dibao"], "seen": 0, "token": str(uuid.uuid4())
    }  # fmt: skip
    answer = browser.post("/readings/draft/", sent, follow=True)
    assert answer.context["case"].kind == "reading"
    assert answer.context["case"].household is None
    assert (
        people.signed_in(Role.TOWNSHIP_CLERK).get(f"/cases/{answer.context['case'].pk}/").status_code == 404
    )


def test_a_child_case_leads_back_to_the_one_it_came_from(case: Case, people: People):
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope):
        child = open_case("review", Household.objects.get(pk=case.household_id), clerk, case)
    text = people.signed_in(Role.TOWNSHIP_CLERK).get(f"/cases/{child.pk}/").content.decode()
    assert f"/cases/{case.pk}/" in text
