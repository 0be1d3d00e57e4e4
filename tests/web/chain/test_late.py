"""An office that does not answer in time: whoever is to be told is told, once."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case, Escalation
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.escalating import escalate
from doudi.web.cases.services.moving import take
from doudi.web.database.scope import acting_as, system
from tests.web.chain.making import chain_of, referral_of
from tests.web.people import People


def test_a_referral_that_no_office_receives_is_told_to_the_county_once(people: People):
    referral = referral_of(people, chain_of(people))
    late = local_now() + timedelta(days=14)
    with acting_as(system()):
        assert escalate(late).told == 1
        assert escalate(late).told == 0
        found = Escalation.objects.get(case=referral.case_id)
    assert (found.clock, found.bound, found.told) == ("referral_receive", "department", "county_clerk")


def test_what_an_office_does_after_all_is_late_no_more(people: People):
    referral, officer = referral_of(people, chain_of(people)), people.user(Role.DEPARTMENT)
    with acting_as(system()):
        escalate(local_now() + timedelta(days=14))
    with acting_as(officer.scope):
        take(referral.case_id, "receive_referral", officer)
    with acting_as(system()):
        assert not Escalation.objects.filter(case=referral.case_id, ended_at__isnull=True).exists()


def test_an_office_finds_what_is_late_among_what_was_sent_to_it(people: People):
    chain = chain_of(people)
    late, good = referral_of(people, chain), referral_of(people, chain, programme="outpatient_aid")
    with acting_as(system()):
        Case.objects.filter(pk=late.case_id).update(due=timezone.now() - timedelta(days=1))
    page = people.signed_in(Role.DEPARTMENT)
    numbers = {each: page.get("/office/", asked).content.decode() for each, asked in ASKED.items()}
    for asked, text in numbers.items():
        assert late.case.number in text
        assert (good.case.number in text) == (asked == "all")


ASKED = {"all": {}, "late": {"late": "on"}}
