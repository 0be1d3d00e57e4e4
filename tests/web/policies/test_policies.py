"""The policy library: for everybody, without log-in, by place and day, from the rules alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from doudi.web.applications.models import Office
from doudi.web.policies import selectors
from tests.web.people import HERE, People, opened


def test_everybody_reads_all_programmes_of_the_county_without_log_in(people: People):
    assert people.regions
    client = Client()
    page = client.get("/policies/")
    names = [each.name for each in page.context["found"]]
    assert page.context["place"].code == HERE
    assert {
        "低保边缘家庭",
        "刚性支出困难家庭",
        "最低生活保障",
        "重度残疾人护理补贴",
        "红十字白血病儿童基金",
    } <= set(names)
    assert len(names) == len(set(names)) >= 75
    assert page.cookies.keys() <= {"doudi_csrf"}, "nothing of the reader is kept"


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"whom": "elders"}, "age_allowance", "senior_grant"),
        ({"whom": "workers"}, "public_post", "age_allowance"),
        ({"group": "medical"}, "inpatient_aid", "age_allowance"),
        ({"group": "tiers"}, "rigid", "dibao"),
        ({"office": "red_cross"}, "leukaemia_fund", "hardship_fund"),
    ],
)
def test_a_reader_finds_what_is_for_him(people: People, asked: dict[str, str], there: str, not_there: str):
    assert people.regions
    found = {each.id for each in Client().get("/policies/", asked).context["found"]}
    assert there in found
    assert not_there not in found


def test_one_policy_tells_for_whom_how_much_what_to_bring_and_from_where(people: People):
    Office.objects.create(region=people.regions[HERE], name="演示县民政局", phone="000-0000")
    text = opened(Client(), "/policies/age_allowance/")
    for told in (
        "周岁不低于高龄津贴起始年龄（80 岁）",
        "高龄津贴标准（100周岁以上 500.00 元/人·月）",
        "演示县民政局",
        "000-0000",
    ):
        assert told in text
    assert "未核对原文" in text
    nursing = opened(Client(), "/policies/device_subsidy/")
    assert "不用带，由残疾人联合会提供" in nursing
    assert "您带来" in nursing


def test_the_day_decides_which_figures_and_programmes_are_told(people: People):
    assert people.regions
    now = opened(Client(), "/policies/dibao/", on="2026-08-01")
    before = opened(Client(), "/policies/dibao/", on="2023-08-01")
    figures = {each for each in ("720.00 元/人·月", "560.00 元/人·月") if each in now}
    assert figures
    assert not all(f"农村 {each}" in before for each in figures)
    early = Client().get("/policies/", {"on": "1990-01-01"})
    assert early.status_code == 404
    assert "这一天早于所有规则" in early.content.decode()


def test_a_day_too_far_ahead_is_refused_and_shows_today(people: People):
    assert people.regions
    page = Client().get("/policies/", {"on": "2199-01-01"})
    assert "只能看一年以内的日期" in page.content.decode()
    assert page.context["on"] < date(2199, 1, 1)


def test_what_a_place_does_not_have_is_not_found(people: People):
    assert people.regions
    assert Client().get("/policies/no_such_thing/").status_code == 404


def test_a_place_without_its_own_figures_says_so_and_leaves_them_open(people: People):
    assert people.regions
    page = Client().get("/policies/age_allowance/", {"place": "999902"})
    assert page.context["policy"].unset
    assert "本地还没有规定这些数值" in page.content.decode()


def test_where_no_divisions_were_brought_in_the_demonstration_county_is_shown(rows: None):
    assert [each.code for each in selectors.places()] == [selectors.DEMONSTRATION]


def test_the_same_page_is_not_worked_out_twice():
    before = selectors.listing.cache_info().hits
    for _ in range(2):
        selectors.listing(HERE, date(2026, 8, 1), "zh")
    assert selectors.listing.cache_info().hits > before
