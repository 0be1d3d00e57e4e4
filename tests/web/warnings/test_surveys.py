"""The merged survey: every household of both registers once, its state, its sheet, and how far the villages have come."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from doudi.documents import to_html
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.errors import CaseError
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household, Mark
from doudi.web.warnings.models import SurveyHome
from doudi.web.warnings.selectors import surveys
from doudi.web.warnings.services.surveying import ToSurvey, begin, from_registry
from doudi.web.warnings.services.visiting import Sheet, receive
from doudi.web.warnings.survey_sheet import sheet
from tests.web.people import HERE, People
from tests.web.warnings.making import home

SHOWN = {"head": "李某某", "labels": "边缘易致贫户", "tiers": "最低生活保障", "asks": "家里各人的工资"}


@pytest.fixture
def survey(people: People) -> Any:
    """A survey that has begun, of two registered households and one that only the list knows."""
    today = timezone.localdate()
    with acting_as(system()):
        rows = [home(people, number) for number in ("h1", "h2")]
        asked = [ToSurvey(one.number, one.region_id, one.pk, shown=SHOWN) for one in rows]
        asked.append(ToSurvey("list:JC9", people.regions[f"{HERE}101201"].code, None, shown=SHOWN))
        return begin(people.regions[HERE], today, today + timedelta(days=29), asked, None, before=5)


def visited(people: People, number: str = "h1", at_home: bool = True) -> None:
    """A visit of the village's assistant, sent now."""
    assistant = people.user(Role.VILLAGE_ASSISTANT)
    with acting_as(assistant.scope):
        receive(
            Household.objects.get(number=number), Sheet(uuid.uuid4(), 0, timezone.now(), at_home), assistant
        )


def test_a_visit_of_any_kind_counts_in_the_survey(people: People, survey: Any):
    visited(people)
    visited(people, "h2", at_home=False)
    head = people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        village, whole = surveys.progress(survey)
        states = [surveys.state_of(one) for one in surveys.homes(survey, {})]
    assert states == ["done", "absent", "unregistered"]
    assert (whole.all, whole.done, whole.absent, whole.unregistered, whole.share) == (3, 1, 1, 1, 33)
    assert village.region == people.regions[f"{HERE}101201"]
    page = people.signed_in(Role.COUNTY_HEAD).get("/t/survey/").content.decode()
    assert "原来两次调查 5 户次，合并后 3 户。" in page


def test_the_village_finds_each_household_once_and_takes_the_list_along(people: People, survey: Any):
    visited(people)
    client = people.signed_in(Role.VILLAGE_ASSISTANT)
    page = client.get("/v/survey/")
    assert page.context["page"].paginator.count == 3
    assert client.get("/v/survey/", {"state": "todo"}).context["page"].paginator.count == 1
    text = page.content.decode()
    assert "李**" in text
    assert "李某某" not in text
    kept = json.loads(client.get("/v/tasks/").content)["tasks"]
    assert [(one["name"], one["level_word"], one["warnings"]) for one in kept] == [("王**", "合并调查", [])]
    tiles = {str(tile.title): tile.number for tile in client.get("/").context["tiles"]}
    assert tiles["合并调查待走访"] == 1


def test_the_sheet_shows_what_is_known_and_no_name(people: People, survey: Any):
    with acting_as(system()):
        household = Household.objects.get(number="h1")
        Mark.objects.create(
            region_id=household.region_id,
            household=household,
            person=household.head,
            label="edge",
            marked_on=date(2026, 8, 1),
        )
        texts = [to_html(sheet(one, timezone.localdate())) for one in surveys.homes(survey, {})]
    for text in ("边缘易致贫户", "王**", "家里各人的工资", "一户一表，一次入户"):
        assert text in texts[0]
    assert "李**" in texts[2]
    assert "王小明" not in "".join(texts)
    assert "李某某" not in "".join(texts)


def test_the_survey_of_a_year_comes_from_the_registry(people: People):
    with acting_as(system()):
        paid, marked, _neither = (home(people, number) for number in ("h1", "h2", "h3"))
        Household.objects.filter(pk=paid.pk).update(held=["dibao"])
        Mark.objects.create(
            region_id=marked.region_id,
            household=marked,
            person=marked.head,
            label="sudden",
            marked_on=date(2026, 8, 1),
        )
        found = {one.key: (one.in_list, one.in_base) for one in from_registry(HERE)}
    assert found == {"h1": (False, True), "h2": (True, False)}
    client = people.signed_in(Role.COUNTY_CLERK)
    client.post("/t/survey/", {"since": "2026-09-30", "until": "2026-09-01"})
    with acting_as(system()):
        assert not SurveyHome.objects.exists()
    client.post("/t/survey/", {"since": "2026-09-01", "until": "2026-09-30"})
    with acting_as(system()):
        assert SurveyHome.objects.count() == 2
        assert SurveyHome.objects.get(key="h2").content()["labels"] == "突发严重困难户"
    with acting_as(system()), pytest.raises(CaseError):
        begin(people.regions[HERE], date(2026, 9, 1), date(2026, 9, 30), [], None)


def test_a_telephone_number_is_shown_when_asked_for_and_that_is_recorded(people: People):
    with acting_as(system()):
        household = home(people)
        household.head.put("phone", "13800000000")
        household.head.save()
    client, address = people.signed_in(Role.VILLAGE_ASSISTANT), f"/v/household/{household.pk}/"
    assert "13800000000" not in client.get(address).content.decode()
    page = client.post(address, {"call": household.head_id}).content.decode()
    assert 'href="tel:13800000000"' in page
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="household.call", subject=str(household.head_id)).count() == 1
    assert client.post(address, {"call": "0"}).status_code == 404
