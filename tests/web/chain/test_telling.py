"""The catalogue of the county for the staff, and the chain for the household in plain words."""

from __future__ import annotations

import fastexcel

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.cases.services.moving import take
from doudi.web.chain.services.referring import grant
from doudi.web.database.scope import acting_as, system
from tests.web.applications.making import family
from tests.web.chain.making import chain_of, referral_of
from tests.web.people import THERE, People, opened


def test_the_catalogue_lists_unit_programme_standard_and_who_pays_and_goes_out_as_filtered(people: People):
    client = people.signed_in(Role.COUNTY_CLERK)
    whole = client.get("/chain/catalogue/")
    assert len(whole.context["found"]) >= 75
    assert whole.context["offices"] >= 20
    asked = {"office": "red_cross"}
    page = opened(client, "/chain/catalogue/", **asked)
    for told in (
        "红十字会",
        "红十字白血病儿童基金",
        "白血病儿童基金金额（10000.00 元）",
        "/policies/leukaemia_fund/",
        "自有资金 100%",
    ):
        assert told in page
    answer = client.get("/chain/catalogue/export/", asked)
    sheet = fastexcel.read_excel(answer.content).load_sheet(0, header_row=1).to_polars()
    assert sheet["项目"].to_list() == ["红十字博爱送温暖", "红十字白血病儿童基金"]
    assert sheet["单位"].unique().to_list() == ["红十字会"]
    with acting_as(system("auditor")):
        assert Entry.objects.get(action="catalogue.export").details == '{"rows": 2}'


def test_an_office_reads_the_catalogue_and_nothing_more(people: People):
    client = people.signed_in(Role.DEPARTMENT)
    assert client.get("/chain/catalogue/").status_code == 200
    assert client.get("/chain/").status_code == 403


def test_a_resident_reads_what_was_asked_what_was_answered_and_what_was_given(people: People):
    home = family(people, resident=True)
    chain = chain_of(people, household=home)
    medical, charity = referral_of(people, chain), referral_of(people, chain, "charity", "hardship_fund")
    officer, helper = people.user(Role.DEPARTMENT), people.user(Role.ORGANISATION)
    with acting_as(officer.scope):
        take(medical.case_id, "receive_referral", officer)
        grant(medical, {"inpatient_aid": 800_000}, "按比例救助", officer)
    client = people.signed_in(Role.RESIDENT)
    page = opened(client, f"/my/chains/{chain.pk}/")
    for told in ("问了 2 个部门或者组织。", "还在等 1 个的答复。", "8,000.00", "住院医疗救助", "正在看。"):
        assert told in page
    assert f"/my/chains/{chain.pk}/" in opened(client, f"/my/cases/{chain.pk}/")
    with acting_as(helper.scope):
        take(charity.case_id, "return_referral", helper, {"reason": "不属于本会项目"})
    page = opened(client, f"/my/chains/{chain.pk}/")
    assert "都答复了。" in page
    assert "说不归他们办" in page
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="case.view", role="resident").exists()


def test_a_resident_reads_no_other_chain_and_no_other_kind_of_case(people: People):
    family(people, resident=True)
    other = chain_of(people, THERE)
    assert people.signed_in(Role.RESIDENT).get(f"/my/chains/{other.pk}/").status_code == 404
