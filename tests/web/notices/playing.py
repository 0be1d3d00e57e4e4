"""The cases of the procedure, played in the web application: the same steps, taken by accounts, with their documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from doudi.procedure.case import Actor, Plain
from doudi.procedure.case import Case as Known
from doudi.procedure.cases import ProcedureCase, read_cases
from doudi.procedure.cases.model import Done
from doudi.procedure.cases.running import HOUSEHOLD
from doudi.procedure.errors import MoveError
from doudi.procedure.moves import apply
from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.cases.fields import ACCOUNTS
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.means.services import STEPS as CHECKS
from doudi.web.registry.models import Household, Person
from tests.web.means.making import checked
from tests.web.notices.making import refusal
from tests.web.people import HERE, People

NOBODY = ("anyone", "system")
NAMES = {
    "township_clerk": "周明", "township_head": "吴敏", "county_clerk": "郑华", "county_head": "冯伟", "village_assistant": "褚芳",
    "reviewer": "卫强", "resident": "居民",
}  # fmt: skip


class Stage:
    """Whoever acts: one account for each name in the cases, ``role`` or ``role/2``."""

    def __init__(self, people: People) -> None:
        self.people = people
        self._users: dict[str, User] = {}

    def user(self, name: str) -> User | None:
        """The account; None for those who have none."""
        if name in NOBODY:
            return None
        if name not in self._users:
            role, _, number = name.partition("/")
            known = role if role in Role.values else Role.COUNTY_CLERK
            region = self.people.region_of(known, HERE)
            title = NAMES.get(role, "测试员") + ("二" if number else "")
            user = User(username=f"play.{name.replace('/', '.')}", name=title, role=known, region=region)
            user.set_unusable_password()
            user.password_changed_at = timezone.now()
            user.save()
            self._users[name] = user
        return self._users[name]

    def inputs(self, filled: Any) -> dict[str, Plain]:
        """What was filled in, with the numbers of accounts in place of their names."""
        return {name: self._accounts(value) if name in ACCOUNTS else value for name, value in filled.items()}

    def _accounts(self, value: Any) -> Plain:
        if isinstance(value, tuple):
            return tuple(self._number(each) for each in value)
        return self._number(value)

    def _number(self, name: str) -> str:
        user = self.user(
            name if name.partition("/")[0] in (*Role.values, "reviewer") else f"village_assistant/{name}"
        )
        return str(user.pk) if user else ""


def play(case: ProcedureCase, household: Household, stage: Stage) -> Case:
    """Play a case with a household, whose head is the resident."""
    resident = stage.user("resident")
    with acting_as(system()):
        Person.objects.filter(login=resident).update(login=None)
        Person.objects.filter(pk=household.head_id).update(login=resident)
        found = open_case(case.kind, household, None, at=timezone.make_aware(case.events[0].at))
    if case.kind == "appeal":
        found, case = _against_a_refusal(found, case, household, stage)
    for done in case.events:
        user = stage.user(done.actor.account)
        with acting_as(user.scope if user and user.role != Role.RESIDENT else system()):
            inputs = stage.inputs(done.inputs)
            if done.step in CHECKS:
                found = checked(found, done.step, user, done.at, **inputs).case
            else:
                found = take(found, done.step, user, inputs, at=done.at, role=done.actor.role).case
    return found


def _against_a_refusal(
    found: Case, case: ProcedureCase, household: Household, stage: Stage
) -> tuple[Case, ProcedureCase]:
    """The appeal and its steps, against a decision that there is."""
    refused = play(refusal(), household, stage)
    with acting_as(system()):
        Case.objects.filter(pk=found.pk).update(parent=refused)
        number = refused.papers.get(kind="refusal_decision").number
        events = tuple(
            replace(done, inputs={**done.inputs, "decision_number": number})
            if "decision_number" in done.inputs
            else done
            for done in case.events
        )
        return Case.objects.get(pk=found.pk), replace(case, events=events)


@cache
def by_document() -> dict[str, ProcedureCase]:
    """For each document a case in which it is issued, in as few cases as a simple choice comes to."""
    issued = {
        place: (case, _documents(case))
        for place, case in enumerate((*read_cases(), not_accepted()))
        if case.clock is None and case.region == HERE and case.kind != "referral"
    }
    found: dict[str, ProcedureCase] = {}
    while more := {
        place: names - found.keys() for place, (_, names) in issued.items() if names - found.keys()
    }:
        best = max(more, key=lambda place: (len(more[place]), -place))
        found |= dict.fromkeys(more[best], issued[best][0])
    return found


def not_accepted() -> ProcedureCase:
    """An application that is not accepted, which no written case shows."""
    known = next(case for case in read_cases() if case.kind == "application" and len(case.events) == 1)
    submitted = known.events[0]
    refusal = Done(
        "refuse_acceptance", submitted.at + timedelta(days=1), Actor("township_head", "township_head"),
        {"reason": "户籍不在本地，也没有居住满规定的时间", "remedies": ("reconsideration", "litigation")},
    )  # fmt: skip
    return replace(known, events=(submitted, refusal), refused=(), expected=None)


def _documents(case: ProcedureCase) -> set[str]:
    now = Known(case.kind, case.region, (), HOUSEHOLD, case.kin)
    try:
        for done in case.events:
            now = apply(now, done.step, done.actor, done.at, done.inputs).case
    except MoveError:
        return set()
    return {name for event in now.events for name in event.documents}
