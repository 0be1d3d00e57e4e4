"""Searching and listing: what is found, by whom, at what cost; nothing that was typed stands in an address or the trail."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household, Person
from doudi.web.registry.selectors import lists
from doudi.web.registry.selectors.searching import search
from tests.web.people import HERE, THERE, People, opened
from tests.web.registry.conftest import EVIL, LONG, RARE, household
from tests.web.registry.county import id_number
from tests.web.registry.making import member_of


def numbers(text: str) -> list[str]:
    """The numbers of the persons found in the first county."""
    return [person.number for person in search(text).people if person.county == HERE]


TYPED = [
    ("单小云", ["p000001"]),
    (" 单 小云 ", ["p000001"]),
    ("单小", ["p000001"]),
    ("李", []),
    ("sxy", ["p000001"]),
    ("DXY", ["p000001"]),
    ("lh", ["p000002"]),
    (id_number(date(1980, 2, 3), 11), ["p000001"]),
    (id_number(date(1980, 2, 3), 11)[-4:], ["p000001"]),
    (LONG, ["p000005"]),
    (LONG.replace("·", "•"), ["p000005"]),
    (LONG[:6], ["p000005"]),
    (RARE, ["p000006"]),
    ("%", []),
    ("_小云", []),
    ("' OR 1=1 --", []),
    ("", []),
]


def test_one_box_finds_people(everything: None):
    assert [(typed, numbers(typed)) for typed, _ in TYPED] == TYPED


def test_one_box_finds_households_villages_and_tags(everything: None):
    assert [home.number for home in search("h000002").households] == ["h000002"]
    assert [region.code for region in search(f"村{HERE}").villages] == [f"{HERE}101201"]
    assert [kind.code for kind in search("独居老人").tags] == ["elder_alone"]


def test_a_search_keeps_within_the_region_and_leaves_no_trace_of_what_was_typed(county: None, people: People):
    whole = id_number(date(1980, 2, 3), 11)
    own, other = people.signed_in(Role.TOWNSHIP_CLERK), people.signed_in(Role.TOWNSHIP_CLERK, THERE)
    assert len(own.post("/households/search/", {"text": whole}).context["answer"].people) == 1
    assert other.post("/households/search/", {"text": whole}).context["answer"].people == []
    assert len(other.post("/households/search/", {"text": "单小云"}).context["answer"].people) == 1
    with acting_as(system("auditor")):
        told = [
            (entry.action, entry.subject)
            for entry in Entry.objects.filter(action__startswith="household.search").order_by("id")
        ]
        whole_trail = " ".join(f"{entry.details} {entry.reason}" for entry in Entry.objects.all())
    with acting_as(system()):
        who = Person.objects.get(number="p000001", county=HERE)
    assert told == [
        ("household.search_id", str(who.pk)),
        ("household.search_id", ""),
        ("household.search", ""),
    ]
    assert whole not in whole_trail
    assert "单小云" not in whole_trail


def test_evil_text_is_shown_as_text(county: None, people: People):
    page = people.signed_in(Role.COUNTY_CLERK).post("/households/search/", {"text": EVIL}).content.decode()
    assert "&lt;b&gt;" in page
    assert "<b>'" not in page


@pytest.fixture
def crowd(everything: None, people: People) -> None:
    """Fifty households more in the village."""
    for number in range(50):
        member_of(people.regions[f"{HERE}101201"], f"x{number:05}", "王多多")
    Household.objects.filter(number__startswith="x").update(size=1, tier="dibao")


def test_pages_of_a_search_follow_one_another_without_gaps(crowd: None):
    found, after, pages = [], "", 0
    while after is not None:
        answer = search("王多多", after)
        found += [person.pk for person in answer.people]
        after, pages = answer.after, pages + 1
    assert (len(found), len(set(found)), pages) == (50, 50, 3)


def test_pages_of_the_list_follow_one_another_and_the_count_is_right(crowd: None):
    found: list[int] = []
    after: str | None = ""
    while after is not None:
        page = lists.page({"tier": "dibao"}, 20, after)
        found += [home.pk for home in page.households]
        after = page.after
        assert not page.more
    assert page.count == len(found) == len(set(found)) == Household.objects.filter(tier="dibao").count()


def test_the_list_costs_the_same_number_of_queries_whatever_its_length(crowd: None):
    counts = []
    for size in (20, 50):
        with CaptureQueriesContext(connection) as queries:
            lists.page({}, size)
        counts.append(len(queries))
    assert counts == [3, 3]


FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({"tag": "elder_alone"}, ["h000002"]),
    ({"region": "999901101201"}, ["h000001", "h000002"]),
    ({"region": "999901101000", "tag": "holds_dibao"}, ["h000001"]),
    ({"region": "999902000000"}, []),
    ({"tier": "no such"}, []),
]


def test_filters_leave_what_they_say(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    pages = [client.get("/households/", wanted).context["page"] for wanted, _ in FILTERS]
    assert [[home.number for home in page.households] for page in pages] == [found for _, found in FILTERS]


def test_the_export_holds_what_is_filtered_masked_and_says_who_took_it(county: None, people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    answer = client.get("/households/export/", {"tag": "holds_dibao"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows: list[Any] = list(sheet.iter_rows(values_only=True))
    assert f"county_clerk.{HERE}" in rows[0][0]
    assert len(rows) == 3
    assert rows[2][:3] == ("h000001", "单**", "*" * 14 + id_number(date(1980, 2, 3), 11)[-4:])
    with acting_as(system("auditor")):
        (entry,) = Entry.objects.filter(action="household.export")
        (listed,) = Entry.objects.filter(action="household.exported")
    assert entry.details == '{"by": {"tag": "holds_dibao"}, "rows": 1}'
    with acting_as(system()):
        assert listed.target == str(household("h000001").pk), "the household sees that it was in a list"


def test_columns_are_chosen(county: None, people: People):
    page = opened(people.signed_in(Role.COUNTY_CLERK), "/households/", column="tier")
    assert page.count('<th scope="col"') == 2


def test_filters_offer_only_places_in_the_region(county: None, people: People):
    form = people.signed_in(Role.TOWNSHIP_CLERK).get("/households/").context["form"]
    codes = {code for code, _ in form.fields["region"].choices if code}
    assert codes == {f"{HERE}101000", f"{HERE}101201"}


def test_the_search_uses_its_indexes_under_row_level_security(everything: None):
    assert household("h000001").pk
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for condition, order, index in (
        ({"name_key": "单小云"}, ("region_id", "pk"), "registry_person_name"),
        ({"name_key__gte": "单小", "name_key__lt": "单小\U0010ffff"}, ("name_key",), "registry_person_name"),
        ({"initials": "sxy"}, ("region_id", "pk"), "registry_person_initials"),
        ({"id_tail": "1234"}, ("region_id", "pk"), "registry_person_tail"),
    ):
        plan = Person.objects.filter(**condition).order_by(*order)[:21].explain()
        assert f"Index Scan using {index} " in plan, plan
        assert "Index Cond" in plan
