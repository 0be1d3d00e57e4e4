"""A resident's own pages: cases, missing papers, benefits, changes, authorisations, corrections, own data."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from doudi.verification.catalogue import checkable_feeds
from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Attachment, Authorisation, Report
from doudi.web.applications.pictures import clean
from doudi.web.applications.services import signing
from doudi.web.audit.models import Entry
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Benefit, Household
from tests.web.applications.making import family, members, photo
from tests.web.cases.making import SUBMISSION, application, moved
from tests.web.people import HERE, THERE, People, opened


@pytest.fixture
def home(people: People) -> Household:
    """The resident's household."""
    return family(people)


def returned(people: People) -> Case:
    """An application that was sent back for two papers."""
    clerk = people.user(Role.TOWNSHIP_CLERK)
    return moved(
        application(people), "return_papers", clerk, papers=("medical_receipts", "bank_account")
    ).case


def test_missing_papers_are_told_at_once_and_brought_in_one_go(home: Household, people: People):
    case = returned(people)
    client = people.signed_in(Role.RESIDENT)
    page = opened(client, f"/my/cases/{case.pk}/")
    for shown in ("医保以外的医疗票据", "收款账户", "补材料", "个工作日"):
        assert shown in page
    where = f"/my/cases/{case.pk}/papers/"
    from django.core.files.uploadedfile import SimpleUploadedFile

    for kind in ("medical_receipts", "bank_account"):
        client.post(where, {"kind": kind, "file": SimpleUploadedFile("a.jpg", photo())})
    assert opened(client, where).count("已上传") >= 2
    refused = client.post(where, {"kind": "vehicle_record", "file": SimpleUploadedFile("a.jpg", photo())})
    assert refused.status_code == 200
    client.post(where, {"finish": "1"})
    with acting_as(system()):
        case.refresh_from_db()
        assert case.stage == "submitted"
        assert Attachment.objects.filter(case=case).count() == 2


def test_an_application_is_withdrawn_by_the_household_alone(home: Household, people: People):
    case = application(people)
    assert people.signed_in(Role.RESIDENT, THERE).post(f"/my/cases/{case.pk}/withdraw/").status_code == 404
    client = people.signed_in(Role.RESIDENT)
    assert "撤回申请" in opened(client, f"/my/cases/{case.pk}/")
    client.post(f"/my/cases/{case.pk}/withdraw/")
    with acting_as(system()):
        case.refresh_from_db()
        assert case.stage == "withdrawn"


def test_benefits_are_listed_by_year_with_their_total(home: Household, people: People):
    with acting_as(system()):
        for month, amount in ((1, 81_000), (2, 81_050)):
            Benefit.objects.create(
                region_id=home.region_id, county=HERE, household=home, person=home.head, programme="dibao",
                month=date(2026, month, 1), amount=amount, source="aid_roll", row=f"r{month}",
            )  # fmt: skip
    page = opened(people.signed_in(Role.RESIDENT), "/my/benefits/")
    assert "1,620.50" in page
    assert "2026-02" in page
    assert "1,620.50" not in opened(people.signed_in(Role.RESIDENT, THERE), "/my/benefits/")


def test_a_change_opens_a_review_once_and_is_kept_sealed(home: Household, people: People):
    client = people.signed_in(Role.RESIDENT)
    data = {"what": "income", "on": str(timezone.localdate()), "text": "儿子开始打工，每月三千。"}
    assert "没有在享的救助" in client.post("/my/report/", data).content.decode()
    with acting_as(system()):
        Household.objects.filter(pk=home.pk).update(held=["dibao"])
    first = client.post("/my/report/", data)
    second = client.post("/my/report/", {**data, "what": "hospital", "text": "母亲住院。"})
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    future = client.post("/my/report/", {**data, "on": "2099-01-01"})
    assert "日期还没有到" in future.content.decode()
    with acting_as(system()):
        case = Case.objects.get(household=home, kind="review")
        assert case.stage == "inquiry"
        assert [each.text() for each in Report.objects.order_by("pk")] == [data["text"], "母亲住院。"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM applications_report LIMIT 1")
            assert "打工".encode() not in bytes(cursor.fetchone()[0])


def test_a_death_is_reported_with_its_day(home: Household, people: People):
    with acting_as(system()):
        Household.objects.filter(pk=home.pk).update(held=["dibao"])
    client = people.signed_in(Role.RESIDENT)
    client.post("/my/report/", {"what": "death", "on": str(timezone.localdate()), "text": "父亲去世。"})
    with acting_as(system()):
        step = Case.objects.get(household=home, kind="review").taken.get(step="open_review")
        assert step.inputs["review_cause"] == "death"
        assert step.inputs["died_on"] == str(timezone.localdate())


def test_a_withdrawn_authorisation_stops_the_check(home: Household, people: People):
    clerk = people.user(Role.TOWNSHIP_CLERK)
    case = moved(application(people), "accept", clerk, papers_complete=True).case
    picture = clean(photo(), 1)
    with acting_as(system()):
        for person in members(home):
            signing.sign(home, person, person, "paper", picture, clerk, case=case)
    client = people.signed_in(Role.RESIDENT)
    assert "撤回我的授权" in opened(client, "/my/privacy/")
    client.post("/my/privacy/withdraw/", {"some": "1", "source": ["tax", "vehicles"]})
    with acting_as(system()):
        row = Authorisation.objects.get(person=home.head_id)
        assert (row.refused, row.withdrawn_at) == (["tax", "vehicles"], None)
    assert "不查询：" in opened(client, "/my/privacy/")
    client.post("/my/privacy/withdraw/", {"some": "1"})
    client.post("/my/privacy/withdraw/")
    with acting_as(system()):
        assert Authorisation.objects.filter(withdrawn_at__isnull=False).get().person_id == home.head_id
    with pytest.raises(CaseError) as refused:
        moved(case, "request_check", clerk)
    assert [each.code for each in refused.value.problems] == ["case.authorisation_withdrawn"]
    with acting_as(system()):
        signing.sign(home, members(home)[0], members(home)[0], "paper", picture, clerk, case=case)
    assert moved(case, "request_check", clerk).step.step == "request_check"


def test_a_correction_is_a_case_that_somebody_answers(home: Household, people: People):
    client = people.signed_in(Role.RESIDENT)
    answer = client.post("/my/privacy/correct/", {"claims": "车不是我家的，早就卖了。"})
    assert answer.status_code == 302
    with acting_as(system()):
        case = Case.objects.get(household=home, kind="complaint")
        assert case.stage == "received"
        assert case.owner == "county_clerk"


@pytest.mark.usefixtures("chinese_font")
def test_a_household_downloads_what_is_held_about_it_and_that_is_recorded(home: Household, people: People):
    application(people)
    client = people.signed_in(Role.RESIDENT)
    told = json.loads(client.get("/my/data/json/").content)
    assert [each["name"] for each in told["members"]] == ["王小明", "李秀兰", "王天天"]
    assert told["cases"][0]["stage"] == "submitted"
    paper = client.get("/my/data/pdf/")
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"].startswith("attachment")
    assert client.get("/my/data/exe/").status_code == 404
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="household.download").count() == 2


def test_a_server_without_chinese_fonts_says_so_instead_of_breaking(
    home: Household, people: People, monkeypatch: pytest.MonkeyPatch
):
    for fonts in ("_SANS", "_SERIF"):
        monkeypatch.setattr(f"doudi.documents.pdf.{fonts}", ())
    answer = people.signed_in(Role.RESIDENT).get("/my/data/pdf/")
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "暂时不能生成 PDF" in page
    assert answer["X-Request-Number"] in page
    assert "fonts-noto-cjk" not in page


def test_the_queries_of_the_list_do_not_grow_with_the_cases(home: Household, people: People):
    client = people.signed_in(Role.RESIDENT)
    counts = []
    for _more in range(3):
        application(people)
        client.get("/my/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/my/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 16


def test_an_account_without_a_household_is_told_where_to_turn(people: People):
    client = people.signed_in(Role.RESIDENT)
    for where in ("/apply/", "/my/", "/my/benefits/", "/my/report/", "/my/privacy/", "/my/privacy/correct/"):
        page = opened(client, where)
        assert "还没有和家庭档案联系起来" in page, where
    assert client.get("/my/data/json/").status_code == 404


def test_large_text_is_switched_on_and_off_and_leads_nowhere_else(people: People):
    client = people.signed_in(Role.RESIDENT)
    assert "大字版" in opened(client, "/")
    assert "大字版" in opened(Client(), "/login/")
    assert "large.css" not in opened(client, "/my/")
    assert client.post("/large/", {"next": "/my/"}).url == "/my/"
    assert "large.css" in opened(client, "/my/")
    assert client.post("/large/", {"next": "https://example.org/"}).url == "/"
    assert "large.css" not in opened(client, "/my/")


def test_a_signature_that_was_missing_is_given_later_and_the_case_goes_on(home: Household, people: People):
    clerk = people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope):
        case = take(
            open_case("application", home, clerk), "submit", clerk, {**SUBMISSION, "check_authorised": False}
        ).case
    with pytest.raises(CaseError):
        moved(case, "accept", clerk, papers_complete=True)
    moved(case, "return_papers", clerk, papers=("check_authorisation",))
    client = people.signed_in(Role.RESIDENT)
    assert "还没有签署授权的" in opened(client, f"/my/cases/{case.pk}/")
    head, wife, child = members(home)
    signature = "data:image/png;base64," + base64.b64encode(photo((600, 220), "PNG")).decode()
    for person in (head, wife):
        assert (
            client.post(
                f"/cases/{case.pk}/sign/{person.pk}/", {"drawn": signature, "allowed": checkable_feeds()}
            ).status_code
            == 302
        )
    alone = client.post(
        f"/cases/{case.pk}/sign/{child.pk}/", {"drawn": signature, "allowed": checkable_feeds()}
    )
    assert alone.status_code == 200, "a minor does not sign alone"
    assert (
        client.post(
            f"/cases/{case.pk}/sign/{child.pk}/",
            {"drawn": signature, "signer": head.pk, "allowed": checkable_feeds()},
        ).status_code
        == 302
    )
    client.post(f"/my/cases/{case.pk}/papers/", {"finish": "1"})
    assert moved(case, "accept", clerk, papers_complete=True).case.stage == "inquiry"
    other = people.signed_in(Role.RESIDENT, THERE)
    assert other.get(f"/cases/{case.pk}/sign/{head.pk}/").status_code == 404
