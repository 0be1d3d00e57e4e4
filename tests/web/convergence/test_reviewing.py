"""The review in three levels: each in its turn, by different people, and the county's word is carried out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.convergence.background import opinions
from doudi.web.convergence.errors import ReviewError
from doudi.web.convergence.models import Opinion, Placement
from doudi.web.convergence.services.reviewing import Said, give, locate
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Mark
from doudi.web.warnings.selectors.watched import watched
from tests.web.convergence.making import WATCHED, agreed_below, person, said, take, taken, visit
from tests.web.people import HERE, THERE, People
from tests.web.registry.making import member_of

VILLAGE, TOWNSHIP, COUNTY = Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_CLERK, Role.COUNTY_HEAD


def refused(do: Any) -> list[str]:
    """The codes of the reasons for which an opinion is refused."""
    with pytest.raises(ReviewError) as failed:
        do()
    return [each.code for each in failed.value.problems]


def test_who_is_taken_in_gets_one_case_of_the_household(people: People, tmp_path: Path):
    first, second, _third = taken(people, tmp_path, "new", "new", "new")
    with acting_as(system()):
        Placement.objects.filter(pk=second.pk).update(household=first.household_id)
    agreed_below(first, people)
    agreed_below(second, people)
    decided, other = said(first, people, COUNTY), said(second, people, COUNTY)
    with acting_as(system()):
        assert (decided.state, decided.wanted_place, decided.wanted_tier) == ("decided", "new", "dibao")
        assert decided.decided_by == people.user(COUNTY)
        assert (decided.case.kind, decided.case.stage) == ("application", "draft")
        assert decided.case.household == first.household
        assert other.case == decided.case
        assert Case.objects.count() == 1
    page = people.signed_in(TOWNSHIP).get(reverse("cases:step", args=[decided.case_id, "submit"]))
    assert page.context["form"].initial["source"] == "found"


def test_who_leaves_keeps_the_label_and_is_watched(people: People, tmp_path: Path):
    (gone,) = taken(people, tmp_path, "exit")
    agreed_below(gone, people)
    said(gone, people, COUNTY)
    with acting_as(system()):
        mark = Mark.objects.get(person=gone.person_id)
        assert (mark.kind, mark.until, mark.label) == ("watch", WATCHED, "edge")
        assert [one.pk for one in watched("delisted")] == [gone.household_id]
    page = (
        people.signed_in(COUNTY).get(reverse("registry:household", args=[gone.household_id])).content.decode()
    )
    assert "已退出，跟踪至 2027-08-01" in page


def test_a_level_speaks_in_its_turn_and_nobody_at_two_levels(people: People, tmp_path: Path):
    taker = people.user(Role.COUNTY_CLERK)
    (one,) = taken(people, tmp_path, "new", by=taker)
    assert refused(lambda: said(one, people, COUNTY)) == ["review.order"]
    said(one, people, VILLAGE)
    assert refused(lambda: said(one, people, VILLAGE)) == ["review.order", "review.four_eyes"]
    said(one, people, TOWNSHIP)
    assert refused(lambda: said(one, people, Role.COUNTY_CLERK)) == ["review.own"]
    assistant = people.user(VILLAGE)
    assistant.role, assistant.region = Role.COUNTY_HEAD, people.regions[HERE]
    with acting_as(people.user(COUNTY).scope):
        assert refused(lambda: give(one.pk, Said("agree"), assistant)) == ["review.four_eyes"]
    said(one, people, COUNTY)
    assert refused(lambda: said(one, people, COUNTY)) == ["review.over", "review.four_eyes"]
    there = people.user(COUNTY, THERE)
    with acting_as(there.scope):
        assert refused(lambda: give(one.pk, Said("agree"), there)) == ["review.unknown"]


def test_a_change_says_where_and_why_and_holds_unless_somebody_sends_it_back(people: People, tmp_path: Path):
    (one,) = taken(people, tmp_path, "exit")
    assert refused(lambda: said(one, people, VILLAGE, "change")) == ["review.note", "review.place"]
    assert refused(lambda: said(one, people, VILLAGE, "change", place="new", note="x")) == ["review.tier"]
    assert refused(lambda: said(one, people, VILLAGE, "return", note="x")) == ["review.return"]
    said(one, people, VILLAGE, "change", place="new", tier="low_margin", note="刚住院")
    assert said(one, people, TOWNSHIP).wanted_place == "new"
    assert refused(lambda: said(one, people, COUNTY, "return")) == ["review.note"]
    back = said(one, people, COUNTY, "return", note="附住院单据")
    assert (back.state, back.round) == ("returned", 1)
    again = said(one, people, VILLAGE)
    assert (again.state, again.round, again.wanted_place) == ("village", 2, "exit")
    with acting_as(system()):
        assert Opinion.objects.filter(placement=one).count() == 4
        with pytest.raises(DatabaseError), transaction.atomic():
            Opinion.objects.all().delete()


def test_whoever_is_open_stays_open_with_the_reason(people: People, tmp_path: Path):
    (one,) = taken(people, tmp_path, "open")
    agreed_below(one, people)
    decided = said(one, people, COUNTY)
    assert (decided.wanted_place, decided.reason) == ("open", "fact_missing")
    page = people.signed_in(COUNTY).get(f"/convergence/persons/{one.pk}/").content.decode()
    assert "缺少影响结论的信息" in page
    assert "工资性收入" in page


def test_who_is_not_registered_is_not_taken_in(people: People, tmp_path: Path):
    people.regions  # noqa: B018
    take(tmp_path, [person(1, person_id=None, household_id=None)], [visit(1, household_id=None)])
    with acting_as(system()):
        one = Placement.objects.get()
    agreed_below(one, people)
    assert refused(lambda: said(one, people, COUNTY)) == ["review.household"]
    assert said(one, people, COUNTY, "change", place="open", note="登记中没有").state == "decided"


def test_a_person_of_no_known_village_is_located_by_the_county(people: People, tmp_path: Path):
    village = people.regions[f"{HERE}101201"]
    take(tmp_path, [person(1, person_id=None, household_id=None, village="无此村")], [visit(1)])
    head = people.user(COUNTY)
    with acting_as(head.scope):
        one = Placement.objects.get()
        assert one.region == people.regions[HERE]
        assert refused(lambda: locate(one, people.regions[f"{HERE}101"], head)) == ["review.village"]
        locate(one, village, head)
    assert said(one, people, VILLAGE).state == "village"


def test_only_the_newest_result_is_reviewed(people: People, tmp_path: Path):
    (old,) = taken(people, tmp_path, "new")
    take(tmp_path, [person(1)], [visit(1)], day=WATCHED)
    assert refused(lambda: said(old, people, VILLAGE)) == ["review.old"]


def test_many_at_once_are_shown_first_and_what_cannot_be_is_told(people: People, tmp_path: Path):
    new, gone, other = taken(people, tmp_path, "new", "exit", "open")
    agreed_below(new, people)
    agreed_below(gone, people)
    client, address = people.signed_in(COUNTY), f"/convergence/{new.convergence_id}/batch/"
    chosen = {"word": "agree", "person": [new.pk, gone.pk, other.pk]}
    page = client.post(address, chosen)
    assert (page.context["all"], page.context["good"]) == (3, 2)
    assert page.context["places"] == [("new", 1, 1), ("exit", 1, 1)]
    assert "现在由村级提出意见" in page.content.decode()
    assert client.post(address, {**chosen, "confirm": "3"}).context["changed"]
    client.post(address, {**chosen, "confirm": "2"})
    with acting_as(system()):
        states = list(Placement.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["decided", "decided", "proposed"]
    assert client.post(address, {"word": "agree"}).status_code == 302


def test_a_job_gives_the_same_opinions_and_tells_why_not(people: People, tmp_path: Path):
    (one,) = taken(people, tmp_path, "new")
    assistant = people.user(VILLAGE)
    with acting_as(assistant.scope):
        assert opinions(str(one.pk), assistant, "agree") is None
        assert "同一人" in str(opinions(str(one.pk), assistant, "agree"))


def test_a_village_sees_its_own_and_the_export_is_masked_and_marked(people: People, tmp_path: Path):
    village = people.regions[f"{HERE}101201"]
    rows = [person(1), person(2, village="别处", person_id=None, household_id=None)]
    with acting_as(system()):
        member_of(village, "h1")
    number = take(tmp_path, rows, [visit(1)]).convergence.pk
    page = people.signed_in(VILLAGE).get(f"/convergence/{number}/")
    assert page.context["page"].paginator.count == 1
    assert people.signed_in(VILLAGE).get(f"/convergence/{number}/export/").status_code == 403
    answer = people.signed_in(COUNTY).get(f"/convergence/{number}/export/", {"place": "new"})
    sheet = pl.read_excel(io.BytesIO(answer.content), has_header=False)
    assert "导出，仅限工作使用" in sheet.item(0, 0)
    assert set(sheet[2:, 0]) == {"王**"}
    assert sheet.height == 4
