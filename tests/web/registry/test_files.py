"""One household, one file: what it shows, to whom, and that every look at it is recorded and shown to the household."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Benefit, Note, Person
from doudi.web.registry.views.files import TABS
from tests.web.people import HERE, THERE, People, opened
from tests.web.registry.conftest import EVIL, LONG, RARE, household, person


def address(number: str, county: str = HERE, tab: str = "") -> str:
    """The address of a file."""
    with acting_as(system()):
        return f"/households/{household(number, county).pk}/{tab}"


def entries(**which: Any) -> list[Entry]:
    """Entries of the audit trail, as the auditor of the nation would see them."""
    with acting_as(system("auditor")):
        return list(Entry.objects.filter(**which).order_by("id"))


PAGES = ("", *(f"{name}/" for name in TABS if name != "overview"), "print/")


def test_every_tab_opens_and_shows_no_name_and_no_number_in_full(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    for number in ("h000001", "h000002", "h000003"):
        for tab in PAGES:
            answer = client.get(address(number, tab=tab))
            page = answer.content.decode()
            assert answer.status_code == 200, tab
            for hidden in ("单小云", "李红", "王秀英", LONG, RARE, "6222000000001234567", "<b>'"):
                assert hidden not in page, tab
            assert not re.search(r"\d{17}[\dX]", page), tab


def test_the_file_tells_income_from_two_sources_side_by_side(county: None, people: People):
    page = opened(people.signed_in(Role.COUNTY_CLERK), address("h000001", tab="means/"))
    assert "来源不一致" in page
    assert "6,000.00" in page
    assert "9,000.00" in page
    assert "****4567" in page
    assert "row.p000001" in page


def test_the_determination_names_tier_amount_and_article(county: None, people: People):
    page = opened(people.signed_in(Role.COUNTY_CLERK), address("h000001", tab="determination/"))
    assert "拟认定为“最低生活保障家庭”" in page
    assert "《中华人民共和国社会救助法》第十八条" in page
    assert "法规版本" in page


def test_what_would_change_the_determination_is_asked_for_apart(county: None, people: People):
    client, place = people.signed_in(Role.COUNTY_CLERK), address("h000002", tab="determination/")
    assert f'hx-get="{place}otherwise/?on=2026-08-01"' in opened(client, f"{place}?on=2026-08-01")
    part = client.get(f"{place}otherwise/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in opened(client, f"{place}otherwise/")


def test_pages_and_paper_say_that_the_search_was_cut_short(
    county: None, people: People, monkeypatch: pytest.MonkeyPatch
):
    client, place = people.signed_in(Role.COUNTY_CLERK), address("h000002", tab="determination/")
    paper = address("h000002", tab="print/")
    for page in (f"{place}otherwise/", paper):
        assert "次为止" not in opened(client, page)
    monkeypatch.setattr("doudi.assessment.counterfactual.CALLS", 0)
    for page in (f"{place}otherwise/", paper):
        assert "试算到 0 次为止，没有试完" in opened(client, page)


def test_the_ledger_adds_up_what_was_paid_in_a_year(county: None, people: People):
    with acting_as(system()):
        home, who = household("h000001"), person("p000001")
        for month, amount in ((1, 81_000), (2, 81_050), (12, 100)):
            Benefit.objects.create(
                region_id=home.region_id, county=HERE, household=home, person=who, programme="dibao",
                month=f"{2026 if month < 12 else 2025}-{month:02d}-01", amount=amount, source="aid_roll", row=f"r{month}",
            )  # fmt: skip
    page = opened(people.signed_in(Role.COUNTY_CLERK), address("h000001", tab="benefits/"))
    assert "1,620.50" in page
    assert page.index("2026 年") < page.index("2025 年")
    assert "在保名册" in page


def test_a_township_cannot_open_another_file_the_county_can_and_the_household_sees_who_looked(
    county: None, people: People
):
    with acting_as(system()):
        home = household("h000001")
        Person.objects.filter(pk=person("p000001").pk).update(login=people.user(Role.RESIDENT))
        other = people.user(Role.TOWNSHIP_CLERK, THERE)
    refused = people.signed_in(Role.TOWNSHIP_CLERK, THERE).get(f"/households/{home.pk}/")
    assert refused.status_code == 404
    assert [entry.outcome for entry in entries(action="page.missing", actor=str(other.pk))] == ["refused"]
    assert people.signed_in(Role.COUNTY_CLERK).get(f"/households/{home.pk}/means/").status_code == 200
    (look,) = entries(action="household.view", target=str(home.pk))
    assert look.actor_name == f"county_clerk.{HERE}"
    page = opened(people.signed_in(Role.RESIDENT), "/me/looks/")
    assert "查看家庭档案" in page
    assert "县级经办人" in page
    assert f"县{HERE}" in page


def test_a_resident_sees_looks_at_his_own_household_only(county: None, people: People):
    with acting_as(system()):
        Person.objects.filter(pk=person("p000001").pk).update(login=people.user(Role.RESIDENT))
    clerk = people.signed_in(Role.COUNTY_CLERK)
    clerk.get(address("h000002"))
    assert "还没有人看过" in opened(people.signed_in(Role.RESIDENT), "/me/looks/")
    clerk.get(address("h000001"))
    page = people.signed_in(Role.RESIDENT).get("/me/looks/")
    assert len(page.context["looks"]) == 1


def test_a_resident_without_a_household_sees_nothing(county: None, people: People):
    people.signed_in(Role.COUNTY_CLERK).get(address("h000001"))
    assert "还没有人看过" in opened(people.signed_in(Role.RESIDENT), "/me/looks/")


def plain_address(field: str, number: str = "p000001") -> str:
    with acting_as(system()):
        return f"/households/{person(number).household_id}/plain/{person(number).pk}/{field}/"


def test_a_plain_number_needs_a_reason_and_the_reason_is_recorded(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    with acting_as(system()):
        number = person("p000001").plain("id_number")
    where = plain_address("id_number")
    assert number not in opened(client, where)
    refused = client.post(where, {"reason": "x"})
    assert number not in refused.content.decode()
    assert entries(action="household.reveal") == []
    shown = client.post(where, {"reason": "核对发放账户"})
    assert number in shown.content.decode()
    (entry,) = entries(action="household.reveal")
    with acting_as(system()):
        assert (entry.reason, entry.subject, entry.details) == (
            "核对发放账户", str(person("p000001").pk), '{"field": "id_number"}',
        )  # fmt: skip


def test_what_is_not_there_cannot_be_shown(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    fields = ("phone", "account", "id_sealed", "login", "x")
    assert {client.get(plain_address(field)).status_code for field in fields} == {404}


def test_a_person_of_another_household_is_not_found_through_this_one(county: None, people: People):
    with acting_as(system()):
        forged = f"/households/{household('h000002').pk}/plain/{person('p000001').pk}/id_number/"
    client = people.signed_in(Role.COUNTY_CLERK)
    assert client.post(forged, {"reason": "核对发放账户"}).status_code == 404
    assert entries(action="household.reveal") == []


@pytest.mark.parametrize(
    "forged", ["0", "999999999999", "9223372036854775808", "-1", "1' OR '1'='1", "h000001"]
)
def test_forged_numbers_in_the_address_are_not_found(county: None, people: People, forged: str):
    assert people.signed_in(Role.COUNTY_CLERK).get(f"/households/{forged}/").status_code == 404


def test_notes_and_tags_are_kept_and_shown_as_text(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    where = address("h000001")
    assert client.post(f"{where}note/", {"text": EVIL}).status_code == 302
    client.post(f"{where}tag/", {"tag": "key_visit"})
    page = opened(client, where)
    assert "&lt;b&gt;&#x27;; DROP TABLE" in page
    assert page.count("重点走访") == 3
    client.post(f"{where}tag/", {"take": "key_visit"})
    assert opened(client, where).count("重点走访") == 1
    assert [entry.action for entry in entries(target_kind="registry.household", action__contains="tag")] == [
        "household.tag", "household.untag",
    ]  # fmt: skip
    with acting_as(system()):
        assert Note.objects.get().text == EVIL


def test_tags_that_follow_from_the_facts_are_not_given_or_taken_by_hand(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    for posted in ({"tag": "holds_dibao"}, {"tag": "no such"}, {}, {"take": "holds_dibao"}):
        answer = client.post(f"{address('h000001')}tag/", posted, follow=True)
        assert "note-error" in answer.content.decode(), posted
    with acting_as(system()):
        assert [tag.code for tag in household("h000001").tags.filter(until__isnull=True)] == ["holds_dibao"]


def test_a_sheet_moved_to_another_row_does_not_open(everything: None, people: People):
    from doudi.web.registry.sensitive import VaultError

    mine, other = (person(number).sheets.get() for number in ("p000001", "p000002"))
    mine.sealed = other.sealed
    with pytest.raises(VaultError):
        mine.content()


def test_the_queries_of_a_file_do_not_grow_with_the_household(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    counts = set()
    for number in ("h000001", "h000002", "h000003"):
        where = address(number, tab="means/")
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            client.get(where)
        counts.add(sum("seen_at" not in each["sql"] for each in queries))  # written once a minute
    assert len(counts) == 1
    assert max(counts) <= 16


def test_the_whole_file_reads_in_english(county: None, people: People):
    client: Client = people.signed_in(Role.COUNTY_CLERK)
    client.post("/language/", {"language": "en"})
    for number in ("h000001", "h000002"):
        for tab in PAGES:
            page = opened(client, address(number, tab=tab))
            text = re.sub(r'<(\w+)[^>]*translate="no"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
            text = re.sub(r"<[^>]+>|《[^》]*》|〔\d+〕", " ", text.partition("<main")[2])
            left = set(re.findall(r"[\u4e00-\u9fff]{2,}", text)) - ALLOWED
            assert not left, (tab, left)


ALLOWED: set[str] = set()
