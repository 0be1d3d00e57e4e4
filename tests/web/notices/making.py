"""Cases on public notice, made at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.procedure.cases import ProcedureCase, read_cases
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.models import Posting
from doudi.web.registry.models import Household
from tests.web.means.making import checked
from tests.web.people import HERE, People

SUM, MEMBERS = 126_000, 3
PROGRAMME = {"programme": "dibao", "members_counted": MEMBERS, "amount": SUM}


def on_notice(people: People, household: Household, at: datetime, county: str = HERE) -> Case:
    """An application that goes on public notice at a moment (local), all steps before it in the days before."""
    clerk, head = people.user(Role.TOWNSHIP_CLERK, county), people.user(Role.TOWNSHIP_HEAD, county)
    official = people.user(Role.COUNTY_CLERK, county)
    assistant = people.user(Role.VILLAGE_ASSISTANT, county)
    two = (str(clerk.pk), str(assistant.pk))
    steps: list[tuple[str, Any, dict[str, Any]]] = [
        ("submit", clerk, {"source": "on_behalf", "authorised": True, "check_authorised": True}),
        ("accept", clerk, {"papers_complete": True}),
        ("request_check", clerk, {}), ("start_check", official, {}), ("report_check", official, {"check_result": "fits"}),
        ("visit", clerk, {"investigators": two, "manner": "on_site", "signed_by_both": True, "findings": "与申报一致"}),
        ("calculate", clerk, {"determination": "D1", **PROGRAMME}),
        ("propose", clerk, {"opinion": "grant", **PROGRAMME, "reason": "人均收入低于标准"}),
        ("sign_opinion", head, {}), ("post_notice", assistant, {"posted_at": "村务公开栏"}),
    ]  # fmt: skip
    with acting_as(system()):
        case = open_case("application", household, clerk, at=timezone.make_aware(at - timedelta(days=1)))
        for place, (step, user, inputs) in enumerate(steps):
            moment = at - timedelta(minutes=len(steps) - 1 - place)
            taking = checked if step == "report_check" else _taken
            case = taking(case, step, user, moment, **inputs).case
    return case


def _taken(case: Case, step: str, user: Any, at: datetime, **inputs: Any) -> Done:
    return take(case, step, user, inputs, at=at)


def posting_of(case: Case) -> Posting:
    """The newest notice of a case."""
    with acting_as(system()), transaction.atomic():
        return Posting.objects.filter(case=case).order_by("-pk")[0]


@cache
def refusal() -> ProcedureCase:
    """The written case of a refusal that is told."""
    cases = [
        each
        for each in read_cases()
        if each.kind == "application" and each.clock is None and each.region == HERE
    ]
    return next(each for each in cases if each.events and each.events[-1].step == "deliver_refusal")
