"""Leads: the same person is recognised by sound and village; a lead raises one warning; long unvisited households are warned of."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person
from doudi.web.warnings.models import Lead, Visit, Warning
from doudi.web.warnings.selectors.watched import watched
from doudi.web.warnings.services.finding import Told, alike, identify, report
from doudi.web.warnings.words import UNVISITED
from tests.web.people import People
from tests.web.warnings.making import home, night, village


@pytest.fixture
def ground(people: People) -> Any:
    people.user(Role.VILLAGE_ASSISTANT)
    with acting_as(system()):
        home(people)
        Person.objects.update(initials="wxm")
        yield people


def told(people: People, name: str = "王晓鸣", **more: Any) -> Told:
    plain = {
        "token": uuid.uuid4(),
        "reason": "hunger",
        "reporter": "neighbour",
        "text": "三天没有生火",
        "urgent": True,
    }
    return Told(**{**plain, **more}, region=village(people), name=name)


def test_a_name_that_sounds_alike_in_the_village_is_suggested(ground: People):
    assert [one.name for one in alike(village(ground), "王晓鸣").people] == ["王小明"]
    assert alike(village(ground), "李小明").people == []


def test_an_urgent_lead_of_a_known_household_reaches_the_village_at_once(ground: People):
    user = ground.user(Role.VILLAGE_ASSISTANT)
    lead = report(told(ground), user, home(ground))
    assert lead.warning is not None
    case = Case.objects.get(pk=lead.warning.case_id)
    assert (case.stage, lead.warning.level) == ("dispatched", "red")
    assert "三天".encode() not in bytes(lead.sealed)


def test_the_same_lead_sent_twice_and_a_second_neighbour_raise_one_warning(ground: People):
    user = ground.user(Role.VILLAGE_ASSISTANT)
    first = told(ground)
    one = report(first, user, home(ground))
    assert report(first, user, home(ground)).pk == one.pk
    again = report(told(ground), user, home(ground))
    same = report(told(ground), user, same_as=one)
    assert {one.warning, again.warning, same.warning} == {one.warning}
    assert (Warning.objects.count(), Lead.objects.count()) == (1, 3)


def test_a_lead_of_nobody_known_waits_until_somebody_says_who_is_meant(ground: People):
    user = ground.user(Role.VILLAGE_ASSISTANT)
    lead = report(told(ground, urgent=False), user)
    assert lead.warning is None
    identify(lead, home(ground), ground.user(Role.TOWNSHIP_CLERK))
    assert Warning.objects.get().level == "yellow"


def test_the_page_shows_who_may_be_meant_before_it_takes_the_lead_in(people: People, ground: People):
    client = people.signed_in(Role.VILLAGE_ASSISTANT)
    form = {
        "token": str(uuid.uuid4()), "region": village(people).pk, "name": "王晓鸣", "reason": "illness", "text": "住院",
        "reporter": "household",
    }  # fmt: skip
    page = client.post("/v/lead/new/", form).content.decode()
    assert "是不是他们" in page
    assert not Lead.objects.exists()
    chosen = f"household-{home(people).pk}"
    assert client.post("/v/lead/new/", form | {"choice": chosen}).status_code == 302
    assert Lead.objects.get().household == home(people)


def refused(people: People, days: int) -> Case:
    """An application that was refused some days ago."""
    case = open_case("application", home(people))
    ago = timezone.now() - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(stage="refusal_told", closed_at=ago)
    return case


@pytest.mark.parametrize(("days", "found"), [(100, 0), (200, 1), (800, 0)])
def test_a_refused_household_where_nobody_was_for_half_a_year_is_a_warning(
    ground: People, tmp_path: Path, days: int, found: int
):
    refused(ground, days)
    assert night(ground, tmp_path, []).counts["unvisited"] == found
    assert Warning.objects.filter(indicator=UNVISITED).count() == found


def test_a_visit_ends_it(ground: People, tmp_path: Path):
    refused(ground, 200)
    household, user = home(ground), ground.user(Role.VILLAGE_ASSISTANT)
    Visit.objects.create(
        region=household.region, token=uuid.uuid4(), household=household, by=user, visited_at=timezone.now(), sealed=b""
    )  # fmt: skip
    assert night(ground, tmp_path, []).counts["unvisited"] == 0


def test_the_base_says_why_a_household_is_watched(ground: People):
    refused(ground, 30)
    (one,) = watched("refused")
    assert (one.refused, one.left, one.warned, one.visited_at) == (True, False, False, None)
    assert list(watched("left")) == []
    assert list(watched("unvisited")) == [one]
