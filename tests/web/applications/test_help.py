"""Calls for help without an account, cards of households, offices."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Lead, LeadState, Office
from doudi.web.applications.views.sos import MOST_BY_ADDRESS
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import family
from tests.web.people import HERE, THERE, People, opened

CALL = {
    "need": "food",
    "who": "张大爷",
    "region": f"{HERE}101000",
    "where": "东头第三家",
    "text": "三天没吃的",
    "phone": "13900000009",
}


def called(client: Client, **more: str) -> str:
    """Call for help; the page that thanks."""
    return str(client.post("/sos/", {**CALL, **more}).content.decode())


@pytest.fixture
def anybody(people: People) -> Client:
    """A browser without an account."""
    assert people.regions
    return Client()


def leads() -> list[Lead]:
    """All calls."""
    with acting_as(system()):
        return list(Lead.objects.order_by("pk"))


def test_anybody_calls_for_help_and_gets_a_number(anybody: Client, people: People):
    page = called(anybody)
    number = re.search(rf"{HERE}-\d{{4}}-B\d{{5}}", page)
    assert number
    (lead,) = leads()
    assert lead.number == number[0]
    assert (lead.state, lead.times, lead.region_id) == (LeadState.OPEN, 1, f"{HERE}101000")
    assert lead.said()[0]["who"] == "张大爷"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_lead")
        stored = b"".join(
            bytes(each) if isinstance(each, memoryview) else str(each).encode()
            for each in cursor.fetchone() or ()
        )
    assert stored == b"", "nobody without a scope reads calls"
    assert "张大爷".encode() not in bytes(lead.sealed)


def test_the_same_call_again_is_known_again(anybody: Client, people: People):
    called(anybody)
    assert "已经有人报过" in called(anybody, phone="13911111111", text="我是邻居，也来说一声")
    assert "已经有人报过" in called(anybody, who="张 大爷")
    assert "已经有人报过" not in called(anybody, who="李四", phone="13922222222")
    first, second = leads()
    assert (first.times, second.times) == (3, 1)
    assert [each["phone"] for each in first.said()][:2] == ["13900000009", "13911111111"]


def test_a_call_about_a_known_household_is_a_red_warning_at_once(anybody: Client, people: People):
    home = family(people)
    called(anybody, who="王小明")
    (lead,) = leads()
    assert lead.state == LeadState.TAKEN
    with acting_as(system()):
        case = Case.objects.get(household=home, kind="warning")
        assert case.taken.get().inputs["level"] == "red"
        assert case.due is not None
        assert "断粮" in str(case.taken.get().inputs["indicator"])


def test_the_township_makes_a_warning_of_a_call_or_closes_it_and_another_county_sees_nothing(
    anybody: Client, people: People
):
    called(anybody)
    (lead,) = leads()
    assert people.signed_in(Role.TOWNSHIP_CLERK, THERE).get(f"/leads/{lead.pk}/").status_code == 404
    assert lead.number not in opened(people.signed_in(Role.TOWNSHIP_CLERK, THERE), "/leads/")
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    assert "1" in opened(clerk, "/").partition("待核实的报困")[0][-80:]
    assert "张大爷" in opened(clerk, f"/leads/{lead.pk}/")
    home = family(people)
    assert (
        "没有这个家庭"
        in clerk.post(f"/leads/{lead.pk}/", {"link": "1", "household": "h999"}).content.decode()
    )
    clerk.post(f"/leads/{lead.pk}/", {"link": "1", "household": home.number})
    (lead,) = leads()
    assert lead.household_id == home.pk
    again = clerk.post(
        f"/leads/{lead.pk}/", {"close": "1", "reason": "同一件事，已经在办"}, follow=True
    ).content.decode()
    assert "已经有人处理" in again


def test_calls_from_one_address_are_limited_without_a_riddle(anybody: Client, people: People):
    for place in range(MOST_BY_ADDRESS):
        assert (
            anybody.post("/sos/", {**CALL, "who": f"甲{place}", "phone": f"1390000{place:04}"}).status_code
            == 200
        )
    answer = anybody.post("/sos/", {**CALL, "who": "乙", "phone": "13955555555"})
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert len(leads()) == MOST_BY_ADDRESS
    assert anybody.get("/sos/").status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        {"need": "dance"},
        {"region": f"{HERE}101201"},
        {"region": "1"},
        {"phone": "call me"},
        {"who": "长" * 51},
    ],
)
def test_what_is_no_call_is_told_at_its_place(anybody: Client, people: People, told: dict[str, str]):
    page = called(anybody, **told)
    assert "invalid" in page
    assert leads() == []


def test_markup_and_rare_signs_stay_text(anybody: Client, people: People):
    called(anybody, who="𠮷䶮㼆", text="<script>alert('x')</script>'; DROP TABLE applications_lead; --")
    (lead,) = leads()
    page = opened(people.signed_in(Role.TOWNSHIP_CLERK), f"/leads/{lead.pk}/")
    assert "𠮷䶮㼆" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_card_tells_strangers_a_telephone_and_leads_staff_to_the_file(anybody: Client, people: People):
    home = family(people)
    with acting_as(system()):
        Office.objects.create(region=people.regions[f"{HERE}101"], name="民政办", phone="0999-1234567")
    clerk = people.signed_in(Role.TOWNSHIP_CLERK)
    clerk.post(f"/cards/{home.pk}/")
    page = opened(clerk, f"/cards/{home.pk}/")
    assert "<svg" in page
    with acting_as(system()):
        code = home.cards.get().code
    stranger = opened(anybody, f"/c/{code}/")
    assert "0999-1234567" in stranger
    for hidden in ("王", f"/households/{home.pk}/"):
        assert hidden not in stranger
    assert clerk.get(f"/c/{code}/").url == f"/households/{home.pk}/"
    assert people.signed_in(Role.COUNTY_HEAD, THERE).get(f"/c/{code}/").status_code == 200
    assert people.signed_in(Role.RESIDENT).get(f"/c/{code}/").url == "/my/"
    clerk.post(f"/cards/{home.pk}/")
    assert anybody.get(f"/c/{code}/").status_code == 404
    for wrong in ("x", "2" * 10, "%27;--"):
        assert anybody.get(f"/c/{wrong}/").status_code == 404


def test_the_county_writes_down_its_offices(people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    where = f"/offices/{HERE}101000/"
    assert client.post(where, {"name": "民政办", "phone": "<b>"}).status_code == 200
    assert client.post(where, {"name": "民政办", "phone": "0999-7654321"}).status_code == 302
    assert "0999-7654321" in opened(client, "/offices/")
    assert client.get(f"/offices/{THERE}101000/").status_code == 404
    assert client.get(f"/offices/{HERE}101201/").status_code == 404
