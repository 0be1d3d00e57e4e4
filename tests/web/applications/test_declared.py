"""What was declared stands beside what departments say, in the order of the table of sources; nothing is asked that they know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from doudi.assessment.determination import Determination
from doudi.evidence.precedence import NOT_LISTED, Order
from doudi.facts.vocabulary import Vocabulary
from doudi.verification import read_request
from doudi.web.accounts.roles import Role
from doudi.web.applications.checking import check_request
from doudi.web.applications.declared import chosen, with_declared
from doudi.web.applications.pictures import clean
from doudi.web.applications.questions import questions
from doudi.web.applications.services import signing
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.known import Item, Known, Subject, Told
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File
from tests.web.applications.making import answers, family, members, photo
from tests.web.applications.test_tasks import filled
from tests.web.people import People

PERSON = Vocabulary.load().entities["person"].facts


def told(
    column: str, value: str | None, source: str, rule: str = "only_source", since: str | None = None
) -> Told:
    """A telling."""
    return Told(PERSON[column], "p1", value, source, "2026-07", "2026-07-10", since, 1.0, True, rule, ())


def used(column: str, *tellings: Told) -> tuple[str, str | None, str]:
    """Which is used, with its rule."""
    found = [each for each in chosen(Order.load().facts["person", column], list(tellings)) if each.used]
    assert len(found) == 1
    return found[0].source, found[0].value, found[0].rule


def test_no_question_asks_what_the_silence_of_a_department_answers():
    for section, asked in questions().items():
        for each in asked:
            order = Order.load().facts[each.subject, each.name]
            silence = [rank for source, rank in order.ranks.items() if source.endswith(NOT_LISTED)]
            assert "declared" in order.ranks, (section, each.name)
            assert all(order.ranks["declared"] < rank for rank in silence), (section, each.name)


def test_a_department_comes_before_a_declaration_unless_more_is_declared():
    found = told("wage", "6000.00", "tax")
    assert used("wage", found, told("wage", "5000.00", "declared")) == ("tax", "6000.00", "first_source")
    assert used("wage", found, told("wage", "6000.00", "declared")) == ("tax", "6000.00", "first_source")
    assert used("wage", found, told("wage", "6000.01", "declared")) == (
        "declared",
        "6000.01",
        "declared_more",
    )
    assert used("wage", found, told("wage", None, "declared", "not_told"))[0] == "tax"


def test_a_declaration_comes_before_silence_where_the_table_says_so_and_after_it_elsewhere():
    silent = told("illness", "none", "medical_settlement", NOT_LISTED)
    assert used("illness", silent, told("illness", "cancer", "declared"))[0] == "declared"
    silent = told("disability", "none", "disability", NOT_LISTED)
    assert used("disability", silent, told("disability", "sight", "declared"))[0] == "disability"


def test_what_cannot_be_used_gives_way_to_the_declaration():
    stale = told("wage", "9000.00", "tax", "stale")
    assert used("wage", stale, told("wage", "100.00", "declared"))[:2] == ("declared", "100.00")


def known(*items: dict[str, Any]) -> Known:
    """A household of one with some items that departments found."""
    plain = {"household_id": "h1", "person_id": "p1", "used": True, "rule": "only_source", "row_ids": ["r"], "same_as": None,
             "matched_by": None, "number": None, "value": None, "amount": None}  # fmt: skip
    rows = [Item({**plain, "item_id": f"i{place}", **each}) for place, each in enumerate(items)]
    return Known(None, Subject("household", "h1"), {"p1": Subject("person", "p1")}, rows)


def declared(*items: dict[str, Any], **persons: Any) -> dict[str, Any]:
    """A declaration of today."""
    return {
        "made_on": timezone.localdate().isoformat(),
        "persons": {"p1": persons},
        "household": {},
        "items": list(items),
    }


CAR = {"entity": "asset", "kind": "vehicle", "source": "vehicles", "number": "演A00001", "value": "80000.00"}
HOME = {"entity": "asset", "kind": "home", "source": "real_estate", "value": "100000.00"}


def test_the_same_thing_counts_once_by_the_source_that_comes_first():
    mine = {
        "entity": "asset",
        "kind": "vehicle",
        "person_id": "p1",
        "value": "30000.00",
        "number": "演a00001",
    }
    house = {"entity": "asset", "kind": "home", "person_id": "p1", "value": "50000.00"}
    found = with_declared(known(CAR, HOME), declared(mine, house))
    counting = {(each.columns["kind"], each.columns["source"]) for each in found.items if each.used}
    assert counting == {("vehicle", "declared"), ("home", "real_estate")}
    assert sum(each.columns["rule"] == "same_thing" for each in found.items) == 2


def test_two_things_count_twice_and_an_expense_that_a_department_settled_counts_once():
    other = {
        "entity": "asset",
        "kind": "vehicle",
        "person_id": "p1",
        "value": "30000.00",
        "number": "演A00002",
    }
    found = with_declared(known(CAR), declared(other))
    assert sum(each.used for each in found.items) == 2
    bill = {"entity": "expense", "kind": "medical", "source": "medical_settlement", "amount": "900.00"}
    mine = {"entity": "expense", "kind": "medical", "person_id": "p1", "amount": "1000.00"}
    found = with_declared(known(bill), declared(mine))
    assert [each.columns["source"] for each in found.items if each.used] == ["medical_settlement"]


def test_an_old_declaration_gives_way_to_departments_and_still_tells_what_none_of_them_knows():
    told_ = {**declared(wage="1.00", can_work="true"), "made_on": "2020-01-01"}
    person = with_declared(known(), told_).people["p1"]
    assert person.value("wage") is None
    assert person.by_fact["wage"][0].rule == "expired"
    assert person.value("can_work") == "true"
    assert person.by_fact["can_work"][0].rule == "old_declaration"


@pytest.fixture
def submitted(people: People) -> Household:
    """A family that has declared, of which no department has told anything."""
    household = family(people)
    client = people.signed_in(Role.RESIDENT)
    number = int(client.post("/apply/", {"kind": "application"}).url.split("/")[2])
    filled(client, number, answers(household))
    assert client.post(f"/apply/{number}/review/", {"true": "on"}).status_code == 302
    return household


def test_the_file_shows_the_declaration_and_the_law_is_applied_to_it(submitted: Household, people: People):
    head = members(submitted)[0]
    with acting_as(people.user(Role.TOWNSHIP_CLERK).scope):
        file = File(submitted)
        assert file.known.people[head.number].value("wage") == "15005.00"
        assert file.known.household.value("assets_stated") == "true"
        assert [item.columns["value"] for item in file.known.items_of("asset")] == ["2000.00"]
        assert isinstance(file.determination, Determination)
        before = File(submitted, submitted.changed_on or file.law_day.replace(year=2025))
        assert before.known.people[head.number].value("wage") is None
    page = people.signed_in(Role.TOWNSHIP_CLERK).get(f"/households/{submitted.pk}/means/").content.decode()
    assert "家庭申报" in page
    assert "15,005.00" in page


def test_the_clerk_sees_the_declaration_of_a_case_and_the_look_is_recorded(
    submitted: Household, people: People
):
    with acting_as(system()):
        number = Case.objects.get(household=submitted).pk
    client = people.signed_in(Role.TOWNSHIP_CLERK)
    page = client.get(f"/declared/{number}/").content.decode()
    assert "母亲生病" in page
    assert "15,005.00" in page
    assert "王小明" not in page
    with acting_as(system("auditor")):
        assert Entry.objects.filter(
            action="case.declared", target=str(number), role=Role.TOWNSHIP_CLERK
        ).exists()


def test_the_means_check_can_read_what_was_declared_and_signed(
    submitted: Household, people: People, tmp_path: Path
):
    day = timezone.localdate()
    picture = clean(photo(), 1)
    with acting_as(system()):
        case = Case.objects.get(household=submitted)
        assert check_request(case, day) is None, "nobody has signed"
        head, wife, child = members(submitted)
        for person, signer in ((head, head), (wife, wife), (child, head)):
            signing.sign(
                submitted, person, signer, "paper", picture, people.user(Role.TOWNSHIP_CLERK), case=case
            )
        told_ = check_request(case, day)
    path = tmp_path / "request.json"
    path.write_text(json.dumps(told_, ensure_ascii=False), "utf-8")
    request = read_request(path)
    assert request.authorisation.refusals(request.declared.persons, day) == []
    assert [each.values["wage"] for each in request.declared.persons] == [1_500_500, 0, 0]
    assert [(each.kind, each.value, each.number) for each in request.declared.assets or ()] == [
        ("deposit", 200_000, "62220001")
    ]
    assert [(each.kind, each.person_id) for each in request.declared.expenses or ()] == [
        ("medical", wife.number)
    ]
    with acting_as(system()):
        signing.withdraw(submitted, [wife], ["tax"])
        path.write_text(json.dumps(check_request(case, day), ensure_ascii=False), "utf-8")
        asked = read_request(path).authorisation
        assert (asked.covers("tax"), asked.covers("vehicles")) == (False, True)
        signing.withdraw(submitted, [wife])
        path.write_text(json.dumps(check_request(case, day), ensure_ascii=False), "utf-8")
    refused = read_request(path).authorisation.refusals(request.declared.persons, day)
    assert [each.code for each in refused] == ["means.withdrawn"]


def test_a_duty_that_rests_on_a_condition_is_asked_of_such_kin_alone() -> None:
    [question] = [each for each in questions()["members"] if each.name == "duty_of_support"]
    companion = question.fact.companion
    assert companion is not None
    codes = Vocabulary.load().facts["relation"].codes
    assert codes is not None
    assert set(question.relations) == {codes.codes[code] for code in companion.codes}
    assert question.asked("dibao", 40, "sibling")
    assert question.asked("dibao", 40, "")
    assert not question.asked("dibao", 40, "child")
