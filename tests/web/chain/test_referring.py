"""One application goes to each office apart, and its answers come back by themselves."""

from __future__ import annotations

import pytest
from django.db import connection

from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case, Paper, Step
from doudi.web.cases.services.moving import take
from doudi.web.chain.errors import ChainError
from doudi.web.chain.models import Grant, Referral
from doudi.web.chain.services.referring import grant, refer
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from tests.web.chain.making import chain_of, referral_of
from tests.web.people import THERE, People


def test_a_referral_reaches_its_office_and_no_other(people: People):
    chain = chain_of(people)
    medical, charity = referral_of(people, chain), referral_of(people, chain, "charity", "hardship_fund")
    for role, mine in ((Role.DEPARTMENT, medical), (Role.ORGANISATION, charity)):
        with acting_as(people.user(role).scope), connection.cursor() as cursor:
            assert [each.pk for each in Referral.objects.all()] == [mine.pk]
            assert list(Case.objects.values_list("pk", flat=True)) == [mine.case_id]
            cursor.execute("SELECT id FROM cases_case")
            assert cursor.fetchall() == [(mine.case_id,)]
            cursor.execute("SELECT count(*) FROM cases_step WHERE case_id <> %s", [mine.case_id])
            assert cursor.fetchone() == (0,)
            assert not Household.objects.exists()


def test_the_same_office_in_another_county_sees_nothing(people: People):
    referral_of(people, chain_of(people))
    with acting_as(people.user(Role.DEPARTMENT, THERE).scope), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM chain_referral")
        assert cursor.fetchone() == (0,)


def test_an_office_receives_and_grants_and_the_chain_knows(people: People):
    chain = chain_of(people)
    medical, charity = referral_of(people, chain), referral_of(people, chain, "charity", "hardship_fund")
    officer, helper = people.user(Role.DEPARTMENT), people.user(Role.ORGANISATION)
    with acting_as(officer.scope):
        take(medical.case_id, "receive_referral", officer)
        done = grant(medical, {"inpatient_aid": 800_000}, "按比例救助", officer)
        assert done.case.stage == "granted"
        assert Grant.objects.get().amount == 800_000
    with acting_as(system()):
        assert Case.objects.get(pk=chain.pk).stage == "referred"
        assert Paper.objects.filter(case=medical.case_id, kind="referral_answer").exists()
    with acting_as(helper.scope):
        take(charity.case_id, "return_referral", helper, {"reason": "不属于本会项目"})
    with acting_as(system()):
        assert Case.objects.get(pk=chain.pk).stage == "answered"
        assert Step.objects.filter(case=chain, step="note_answer").count() == 2


def test_what_an_office_is_told_is_no_more_than_it_needs(people: People):
    told = referral_of(people, chain_of(people)).told()
    assert set(told) == {"household", "place", "members", "lines", "tier", "recognised_on"}
    assert {line["programme"] for line in told["lines"]} == {"inpatient_aid"}


@pytest.mark.parametrize(
    ("office", "programmes", "code"),
    [
        ("nobody", ["inpatient_aid"], "referral.office"),
        ("charity", ["inpatient_aid"], "referral.programme"),
        ("medical_insurance", [], "referral.programme"),
    ],
)
def test_only_an_office_with_such_programmes_is_asked(
    people: People, office: str, programmes: list[str], code: str
):
    chain, clerk = chain_of(people), people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope), pytest.raises(ChainError) as refused:
        refer(chain, office, programmes, clerk)
    assert refused.value.problems[0].code == code


def test_nobody_is_asked_twice_at_the_same_time(people: People):
    chain = chain_of(people)
    referral_of(people, chain)
    with pytest.raises(ChainError) as refused:
        referral_of(people, chain)
    assert refused.value.problems[0].code == "referral.twice"


def test_an_office_answers_only_for_what_it_was_asked(people: People):
    referral, officer = referral_of(people, chain_of(people)), people.user(Role.DEPARTMENT)
    with acting_as(officer.scope):
        take(referral.case_id, "receive_referral", officer)
        with pytest.raises(ChainError):
            grant(referral, {"hardship_fund": 100}, "不是我们的", officer)


def test_the_township_does_not_answer_for_an_office(people: People):
    referral, clerk = referral_of(people, chain_of(people)), people.user(Role.TOWNSHIP_CLERK)
    with acting_as(clerk.scope), pytest.raises(CaseError):
        take(referral.case_id, "receive_referral", clerk)
