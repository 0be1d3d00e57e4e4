"""The task list: filled in part by part, checked, submitted; on behalf of others as well."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from doudi.web.accounts.roles import Role
from doudi.web.applications.declared import declaration_of
from doudi.web.applications.models import Answer, Draft, DraftState
from doudi.web.applications.questions import is_of_age
from doudi.web.applications.selectors.dossiers import dossier
from doudi.web.applications.services.drafts import KEPT_DAYS, expire
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household, Person
from doudi.web.registry.selectors.files import File
from doudi.web.registry.sensitive import VaultError
from tests.web.applications.making import BEHALF, DIFFICULTY, answers, draft, family, members, photo
from tests.web.people import HERE, THERE, People, opened
from tests.web.registry.conftest import LONG
from tests.web.registry.county import id_number


def filled(client: Client, number: int, told: dict[str, dict[str, str]]) -> None:
    """Send every section; each must be taken."""
    for where, data in told.items():
        answer = client.post(f"/apply/{number}/{where}", data)
        assert answer.status_code == 302, (where, faults(answer))


def faults(answer: Any) -> Any:
    """What a form complains of."""
    form = answer.context and answer.context.get("form")
    return (
        getattr(form, "errors", None)
        or getattr(form, "fault", None)
        or getattr(getattr(form, "rows", None), "errors", None)
    )


def test_a_resident_fills_in_every_section_and_submits(people: People):
    household = family(people)
    client = people.signed_in(Role.RESIDENT)
    begun = client.post("/apply/", {"kind": "application"})
    number = int(begun.url.split("/")[2])
    page = opened(client, f"/apply/{number}/")
    assert page.count("未开始") == 8
    assert "还不能提交" in page
    filled(client, number, answers(household))
    page = opened(client, f"/apply/{number}/review/")
    for shown in ("1500.50", "母亲生病", "12000", "更改"):
        assert shown in page
    assert "没有签署授权的，受理前要补签" in page
    sent = client.post(f"/apply/{number}/review/", {"true": "on"})
    assert sent.status_code == 302, sent.context["problems"]
    page = opened(client, sent.url)
    with acting_as(system()):
        case = Case.objects.get(household=household)
        assert case.stage == "submitted"
        assert case.number in page
        told = declaration_of(case)
        assert told is not None
        assert told["persons"][members(household)[0].number]["wage"] == "15005.00"
        assert Draft.objects.get(pk=number).state == DraftState.SUBMITTED


def test_a_village_assistant_applies_on_behalf_with_the_authorisation(people: People):
    household = family(people, resident=False)
    client = people.signed_in(Role.VILLAGE_ASSISTANT)
    begun = client.post(f"/apply/?household={household.pk}", {"kind": "tekun", "source": "on_behalf"})
    number = int(begun.url.split("/")[2])
    told = answers(household)
    told["applicant/"] = {**told["applicant/"], **BEHALF}
    ability = dict.fromkeys(
        ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe"), "true"
    )
    told |= {
        where: {**data, **ability}
        for where, data in told.items()
        if where.startswith("members/") and "can_work" in data
    }
    filled(client, number, told)
    refused = client.post(f"/apply/{number}/papers/", {"done": "on"})
    assert "委托书" in str(refused.context["form"].errors)
    client.post(
        f"/apply/{number}/upload/",
        {"kind": "power_of_attorney", "file": SimpleUploadedFile("a.jpg", photo())},
    )
    assert client.post(f"/apply/{number}/papers/", {"done": "on"}).status_code == 302
    assert "王小明" not in opened(client, f"/apply/{number}/review/")
    sent = client.post(f"/apply/{number}/review/", {"true": "on"})
    assert sent.status_code == 302, sent.context["problems"]
    with acting_as(system()):
        case = Case.objects.get(household=household)
        assert (case.kind, case.stage, case.source) == ("tekun", "submitted", "on_behalf")
        told_ = declaration_of(case)
        assert told_ is not None
        assert told_["applicant"]["speaker_name"] == "赵春生"
        assert case.taken.get().inputs["authorised"] is True
    assert opened(client, sent.url).count("<svg") > 1


def test_in_an_emergency_two_sections_are_enough(people: People):
    household = family(people)
    client = people.signed_in(Role.RESIDENT)
    number = int(client.post("/apply/", {"kind": "temporary_urgent"}).url.split("/")[2])
    assert client.get(f"/apply/{number}/income/").status_code == 404
    told = answers(household)
    filled(client, number, {where: told[where] for where in ("applicant/", "difficulty/")})
    assert client.post(f"/apply/{number}/review/", {"true": "on"}).status_code == 302
    with acting_as(system()):
        case = Case.objects.get(household=household)
        assert (case.kind, case.stage) == ("temporary_urgent", "reported")
        assert case.due_clock in ("first_aid", "small_aid")


def test_nothing_is_submitted_that_is_not_finished_and_nothing_twice(people: People):
    household = family(people)
    client = people.signed_in(Role.RESIDENT)
    number = int(client.post("/apply/", {"kind": "application"}).url.split("/")[2])
    page = client.post(f"/apply/{number}/review/", {"true": "on"})
    assert "还没有填完" in page.content.decode()
    filled(client, number, answers(household))
    assert client.post(f"/apply/{number}/review/", {}).status_code == 200
    first = client.post(f"/apply/{number}/review/", {"true": "on"})
    second = client.post(f"/apply/{number}/review/", {"true": "on"})
    assert first.url == second.url
    assert client.get(f"/apply/{number}/").status_code == 404
    with acting_as(system()):
        assert Case.objects.filter(household=household).count() == 1


def test_every_version_is_kept_sealed_until_it_is_submitted(people: People):
    household = family(people)
    client = people.signed_in(Role.RESIDENT)
    number = int(client.post("/apply/", {"kind": "application"}).url.split("/")[2])
    told = answers(household)
    filled(client, number, {"difficulty/": {**told["difficulty/"], "cause": "先写的话，后来改了。"}})
    filled(client, number, told)
    with acting_as(system()):
        rows = Answer.objects.filter(draft=number, section="difficulty").order_by("version")
        assert [row.raw()["cause"] for row in rows] == ["先写的话，后来改了。", told["difficulty/"]["cause"]]
        assert all("母亲".encode() not in bytes(row.sealed) for row in rows)
        first = rows[0]
        first.sealed = rows[1].sealed
        with pytest.raises(VaultError):
            first.raw()
    client.post(f"/apply/{number}/review/", {"true": "on"})
    with acting_as(system()):
        assert Answer.objects.filter(draft=number, section="difficulty").count() == 1


def test_a_page_saves_by_itself_and_goes_on_where_it_was(people: People):
    number = draft(people).pk
    client = people.signed_in(Role.RESIDENT)
    where = f"/apply/{number}/difficulty/"
    for text in ("雨", "雨下得很大"):
        saved = client.post(where, {"cause": text, "alone": "1"}).json()
        assert "已自动保存" in saved["text"]
    page = opened(client, where)
    assert "雨下得很大" in page
    assert "未完成" in opened(client, f"/apply/{number}/")
    with acting_as(system()):
        assert Answer.objects.filter(draft=number).count() == 1


def test_two_who_write_the_same_part_are_told(people: People):
    begun = draft(people)
    resident, assistant = people.signed_in(Role.RESIDENT), people.signed_in(Role.VILLAGE_ASSISTANT)
    where = f"/apply/{begun.pk}/difficulty/"
    assert resident.post(where, {**DIFFICULTY, "seen": "0"}).status_code == 302
    late = assistant.post(where, {**DIFFICULTY, "cause": "协理员写的困难", "seen": "0"})
    page = late.content.decode()
    assert "保存过这一部分" in page
    assert "协理员写的困难" in page
    seen = late.context["seen"]
    assert assistant.post(where, {**DIFFICULTY, "cause": "协理员写的困难", "seen": seen}).status_code == 302


def test_a_forgotten_draft_lapses_and_nothing_of_it_is_left(people: People):
    begun = draft(people)
    client = people.signed_in(Role.RESIDENT)
    client.post(f"/apply/{begun.pk}/difficulty/", DIFFICULTY)
    client.post(
        f"/apply/{begun.pk}/upload/",
        {"kind": "medical_receipts", "file": SimpleUploadedFile("a.jpg", photo())},
    )
    with acting_as(system()):
        assert expire() == 0
        Draft.objects.filter(pk=begun.pk).update(saved_at=timezone.now() - timedelta(days=KEPT_DAYS + 1))
        assert expire() == 1
        assert expire() == 0
        begun.refresh_from_db()
        assert begun.state == DraftState.EXPIRED
        assert not begun.answers.exists()
        assert begun.attachments.get().sealed is None
    assert client.get(f"/apply/{begun.pk}/").status_code == 404


def test_one_begins_the_same_application_once_and_gives_it_up(people: People):
    family(people)
    client = people.signed_in(Role.RESIDENT)
    first, second = (client.post("/apply/", {"kind": "application"}) for _ in range(2))
    assert first.url == second.url
    client.post(f"{first.url}discard/")
    assert client.post("/apply/", {"kind": "application"}).url != first.url


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE applications_draft; --",
        "𠮷䶮㼆",
        "一" * 1000,
        "a\x00b，零字节",
    ],
)
def test_whatever_is_written_comes_back_as_text(people: People, text: str):
    number = draft(people).pk
    client = people.signed_in(Role.RESIDENT)
    client.post(f"/apply/{number}/difficulty/", {**DIFFICULTY, "cause": text})
    answer = client.get(f"/apply/{number}/review/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert escape(text.replace("\x00", "")) in page


def test_forged_addresses_are_not_there_and_are_recorded(people: People):
    number = draft(people, THERE, role=Role.TOWNSHIP_CLERK).pk
    client = people.signed_in(Role.RESIDENT)
    family(people)
    for where in (
        f"/apply/{number}/",
        f"/apply/{number}/difficulty/",
        f"/apply/{number}/review/",
        "/apply/987654321/",
    ):
        assert client.get(where).status_code == 404, where
    own = int(client.post("/apply/", {"kind": "application"}).url.split("/")[2])
    for where in (
        "nothing/",
        "members/0/",
        "members/nobody/",
        "sign/0/",
        "authorisation/1/",
        "difficulty/x/",
    ):
        assert client.get(f"/apply/{own}/{where}").status_code == 404, where
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="page.missing", target__startswith="applications:").count() == 10


def test_income_is_made_a_yearly_sum_and_must_fit_together(people: People):
    begun = draft(people)
    client = people.signed_in(Role.RESIDENT)
    who = members(family(people))[0]
    where = f"/apply/{begun.pk}/income/{who.pk}/"
    for wrong, said in (
        ({"has": "some"}, "请在下面写出来"),
        ({"has": "nothing", "wage": "5"}, "请选“有”"),
        ({"has": "some", "wage": "100", "wage_per": "day"}, "做了几天"),
        ({"has": "some", "wage": "100", "wage_per": "month", "wage_times": "13"}, "没有这么多次"),
        ({"has": "some", "wage": "-1"}, ""),
        ({"has": "some", "wage": "1.005"}, ""),
    ):
        answer = client.post(where, wrong)
        assert answer.status_code == 200, wrong
        assert said in answer.content.decode()
    good = {
        "has": "some",
        "wage": "100.50",
        "wage_per": "day",
        "wage_times": "20",
        "pension": "300",
        "pension_per": "quarter",
    }
    assert client.post(where, good).status_code == 302
    with acting_as(people.user(Role.RESIDENT).scope):
        found = dossier(begun.pk, people.user(Role.RESIDENT))
        form = found.section("income").form(found, str(who.pk), found.data("income", str(who.pk)))
        assert form.is_valid()
        yearly = form.yearly()
    assert (yearly["wage"], yearly["pension"], yearly["gifts"]) == (201_000, 120_000, 0)


def test_a_family_that_is_not_registered_is_searched_for_and_then_registered(people: People):
    client = people.signed_in(Role.TOWNSHIP_CLERK)
    born = date(1980, 2, 3)
    number = id_number(born, 11)
    data = {
        "region": f"{HERE}101201000"[:12], "address": "2组5号", "area": "rural", "phone": "13900000002",
        "people-TOTAL_FORMS": "2", "people-INITIAL_FORMS": "0", "people-MIN_NUM_FORMS": "1", "people-MAX_NUM_FORMS": "20",
        "people-0-name": LONG, "people-0-id_number": number, "people-1-name": "𠮷䶮", "people-1-relation": "child",
        "people-1-born": "2026-01-02", "people-1-sex": "female",
    }  # fmt: skip
    assert people.regions
    assert (
        client.post("/apply/newcomers/", {**data, "people-0-id_number": number[:-1] + "0"}).status_code == 200
    )
    made = client.post("/apply/newcomers/", data)
    assert made.status_code == 302, made.context["form"].errors
    again = client.post("/apply/newcomers/", {**data, "checked": "on"})
    assert "身份证号相同" in again.content.decode()
    alike = client.post("/apply/newcomers/", {**data, "people-0-id_number": id_number(born, 12)})
    assert alike.status_code == 200
    with acting_as(system()):
        household = Household.objects.get(number__startswith="n")
        assert household.size == 2
        assert household.head.name == LONG
        assert household.head.masked_id.endswith(number[-4:])
        assert household.head.plain("id_number") == number
        assert Person.objects.filter(id_index=household.head.id_index).count() == 1
    assert number not in opened(client, made.url)
    with acting_as(people.user(Role.TOWNSHIP_CLERK).scope):
        file = File(household)
        assert file.known.household.value("area") == "rural"
        assert file.known.people[household.head.number].value("born") == "1980-02-03"


def test_a_row_that_nobody_touched_counts_as_not_there(people: People):
    begun = draft(people)
    client = people.signed_in(Role.RESIDENT)
    for where in ("members/supporters/", "members/unlisted/", "expenses/", "property/"):
        page = opened(client, f"/apply/{begun.pk}/{where}")
        sent = as_a_browser_sends_it(page)
        assert any(name.startswith("rows-0-") for name in sent)
        refused = client.post(f"/apply/{begun.pk}/{where}", sent)
        assert refused.context["form"].fault, where
        assert client.post(f"/apply/{begun.pk}/{where}", {**sent, "nothing": "on"}).status_code == 302, where


def as_a_browser_sends_it(page: str) -> dict[str, str]:
    """The fields of the form of a part, as they stand."""
    form = page.partition('<form method="post" novalidate')[2].partition("</form>")[0]
    told = dict.fromkeys(re.findall(r'<input type="(?:text|number|date)" name="([^"]+)"', form), "")
    told |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        told[name] = chosen[1] if chosen else ""
    return told


def test_a_child_in_its_first_year_is_not_of_age():
    assert not is_of_age(date(2026, 3, 1), date(2026, 7, 1))
    assert not is_of_age(date(2008, 7, 2), date(2026, 7, 1))
    assert is_of_age(date(2008, 7, 1), date(2026, 7, 1))
    assert is_of_age(None, date(2026, 7, 1))
