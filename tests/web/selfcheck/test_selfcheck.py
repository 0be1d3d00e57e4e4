"""The self-check in the browser: for anybody, one thing at a time, and nothing of it stays with us."""

from __future__ import annotations

import re
import time
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.web.applications.models import Office
from doudi.web.selfcheck import keeping, law
from tests.web.people import HERE, People
from tests.web.selfcheck.walking import OLD_COUPLE, PLACE, walk


@pytest.fixture
def anybody(people: People) -> Client:
    """A browser without an account."""
    assert people.regions
    return Client()


def result(client: Client) -> str:
    """The text of the result."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/check/result/").content.decode()))


def test_a_couple_learns_what_it_may_get_where_to_ask_and_what_to_bring(anybody: Client, people: People):
    Office.objects.create(region=people.regions[f"{HERE}101"], name="城关镇民政办", phone="000-1234")
    assert walk(anybody, OLD_COUPLE) == "/check/result/"
    told = result(anybody)
    for words in (
        "可能符合",
        "最低生活保障",
        "每月 840.00 元",
        "000-1234",
        "由系统核验，无需提交",
        "不是决定",
        "谁决定",
    ):
        assert words in told, words
    assert "不符合" not in told


def test_the_same_answers_in_english(anybody: Client):
    anybody.cookies["doudi_language"] = "en"
    walk(anybody, OLD_COUPLE)
    told = result(anybody)
    for words in ("May be entitled", "840.00 CNY a month", "dibao", "need not be brought"):
        assert words.lower() in told.lower(), words


def test_nothing_that_was_answered_is_stored_or_can_be_read(anybody: Client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        walk(anybody, OLD_COUPLE)
        result(anybody)
    changing = [each["sql"] for each in queries if re.match(r"\s*(INSERT|UPDATE|DELETE|COPY)", each["sql"])]
    assert changing == []
    kept = anybody.cookies[keeping.COOKIE]
    assert kept["path"] == "/check/"
    assert kept["httponly"]
    assert not kept["max-age"], "gone with the browser"
    assert "spouse" not in kept.value
    assert anybody.cookies.keys() <= {keeping.COOKIE, "doudi_csrf"}


def test_the_largest_household_fits_into_what_a_browser_keeps(anybody: Client):
    told = {"place": PLACE, "family": {"size": "10"}}
    for place in range(10):
        told |= {
            f"person-{place}": {"relation": "sibling", "age": f"{60 + place}"},
            f"condition-{place}": {
                "marital": "widowed", "disability": "limb", "disability_grade": f"{place % 4 + 1}", "illness": "cancer",
                "cannot": ["can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe"],
            },
            f"income-{place}": {
                name: f"{place}{number}7{number}.{place}{number}"
                for number, name in enumerate(OLD_COUPLE["income-0"])
            },
        }  # fmt: skip
    support = {"age": "45", "own_income": "41234.56", "family_size": "4", "family_income": "76543.21"}
    told |= {"elsewhere": {"children_away": "6"}, **{f"support-{place}": support for place in range(6)}}
    rest = {name: OLD_COUPLE[name] for name in ("costs", "means", "home", "held", "urgent")}
    assert walk(anybody, {**told, **rest}) == "/check/result/"
    assert "可能" in result(anybody)


def test_every_fault_of_a_step_is_told_at_once_and_nothing_goes_on(anybody: Client):
    walk(anybody, {name: OLD_COUPLE[name] for name in ("place", "family", "person-0", "person-1")})
    walk(anybody, {"condition-0": OLD_COUPLE["condition-0"]})
    answer = anybody.post("/check/income-0/", {"wage": "很多", "pension": "-1", "farm": "1000"})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"wage", "pension"}
    assert "填数字" in answer.content.decode()
    assert 'value="很多"' in answer.content.decode(), "what was typed stays"


def test_a_step_opened_too_early_leads_to_the_first_open_one(anybody: Client):
    assert anybody.get("/check/urgent/").headers["Location"] == "/check/"
    assert anybody.get("/check/result/").headers["Location"] == "/check/"
    walk(anybody, {name: OLD_COUPLE[name] for name in ("place", "family")})
    assert anybody.get("/check/income-7/").headers["Location"] == "/check/person-0/"
    assert anybody.get("/check/result/").headers["Location"] == "/check/person-0/"
    assert anybody.get("/check/nonsense/").headers["Location"] == "/check/person-0/"


def test_whoever_goes_back_finds_the_answers_and_only_what_changed_is_asked_again(anybody: Client):
    walk(anybody, OLD_COUPLE)
    page = anybody.get("/check/means/")
    assert page.context["form"]["deposits"].value() == "6000"
    answer = anybody.post("/check/family/", {"size": "3"})
    assert answer.headers["Location"] == "/check/person-2/"
    assert "income-1" in keeping.read({keeping.COOKIE: anybody.cookies[keeping.COOKIE].value}).answers.told


def test_what_was_left_open_can_be_filled_in_from_the_result(anybody: Client):
    open_means = {**OLD_COUPLE, "means": {"homes": "1", "vehicle": "unknown", "business": "unknown"}}
    walk(anybody, open_means)
    page = anybody.get("/check/result/").content.decode()
    assert "补上这些" in page
    assert 'href="/check/means/"' in page
    answer = anybody.post("/check/means/", OLD_COUPLE["means"])
    assert answer.headers["Location"] == "/check/result/"
    assert "每月 840.00 元" in result(anybody)


def test_everything_is_forgotten_on_request(anybody: Client):
    walk(anybody, OLD_COUPLE)
    assert anybody.get("/check/clear/").status_code == 405
    anybody.post("/check/clear/")
    assert anybody.cookies[keeping.COOKIE].value == ""
    assert anybody.get("/check/result/").headers["Location"] == "/check/"


@pytest.mark.parametrize("value", ["", "nonsense", "AAAA", "é"])
def test_what_nobody_sealed_counts_as_nothing(anybody: Client, value: str):
    assert keeping.read({keeping.COOKIE: value}) == keeping.Kept()
    assert anybody.get("/check/").status_code == 200


def test_answers_are_old_after_two_hours_and_void_when_other_questions_are_asked(anybody: Client):
    walk(anybody, OLD_COUPLE)
    kept = {keeping.COOKIE: anybody.cookies[keeping.COOKIE].value}
    assert keeping.read(kept).region
    with patch.object(keeping, "TERM", -1):
        assert keeping.read(kept) == keeping.Kept()
    with patch.object(keeping, "version", lambda: 0):
        assert keeping.read(kept) == keeping.Kept()


def test_the_law_is_made_while_somebody_still_answers(anybody: Client):
    law.law_of.cache_clear()
    law._begun.clear()
    walk(anybody, {name: OLD_COUPLE[name] for name in ("place", "family")})
    deadline = time.monotonic() + 60
    while not law.law_of.cache_info().currsize and time.monotonic() < deadline:
        time.sleep(0.05)
    assert law.law_of.cache_info().currsize == 1


def test_pages_before_signing_in_lead_there(anybody: Client):
    for page in ("/login/", "/policies/"):
        assert 'href="/check/"' in anybody.get(page).content.decode()
