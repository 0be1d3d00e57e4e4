"""Cases in every stage: each is opened for a household of the county and walked through its steps like any other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.procedure.case import Inputs, Plain
from doudi.procedure.cases.model import Done
from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.cases.fields import ACCOUNTS
from doudi.web.cases.models import Case
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.committing import earlier_grade
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.chain.services.one_door import begin
from doudi.web.chain.services.referring import grant, refer
from doudi.web.demonstration.accounts import TOWNSHIP, VILLAGE
from doudi.web.demonstration.authorisations import sign_all
from doudi.web.demonstration.county import COUNTY
from doudi.web.demonstration.histories import History, histories
from doudi.web.jobs.work import Work
from doudi.web.means.services import STEPS as CHECKS
from doudi.web.means.services import report
from doudi.web.registry.models import Household, Person

SECOND = {
    "township_clerk/2": ("township.2", "蒋文", Role.TOWNSHIP_CLERK, TOWNSHIP, "清泉镇人民政府"),
    "township_head/2": ("township.head.2", "沈平", Role.TOWNSHIP_HEAD, TOWNSHIP, "清泉镇人民政府"),
    "reviewer": ("county.2", "韩雪", Role.COUNTY_CLERK, f"{COUNTY}000000", "演示县民政局"),
}
"""Second persons of a role, where four eyes are asked for; nobody can sign in as one of them."""
_USERNAMES = {
    "village_assistant": "village", "township_clerk": "township", "township_head": "township.head",
    "county_clerk": "county", "county_head": "county.head", "anyone": "township",
    "department": "department", "organisation": "organisation",
}  # fmt: skip
_HELD = {"review", "cut", "grace", "adjustment", "commitment"}
"""Kinds of case of households that are in aid."""
_MEASURED = {"application", "tekun"}
"""Kinds of case that end in what the law gives the household."""


REFERRAL = "referral"
_FINDINGS = "与入户调查一并认定"
_SUBMISSION = {"source": "on_behalf", "authorised": True, "check_authorised": True, "cause": "家庭成员患大病"}


def play(work: Work) -> None:
    """Play the histories one by one, each stored whole or not at all, from the first that was not played yet.

    Raises:
        CaseError: the procedure refuses a step.
    """
    now = datetime.fromisoformat(work.step.setdefault("now", local_now().isoformat()))
    every = histories(now)
    work.total = len(every)
    with transaction.atomic():
        homes, playing = _Homes(), users()
    for number in range(work.step.get("histories", 0), len(every)):
        with work.batch():
            _walk(every[number], homes.next(every[number]), playing)
            work.step["histories"] = number + 1
            work.count("cases")


def _walk(history: History, household: Household, users: dict[str, User]) -> None:
    """One case, step by step, each in the name of who takes it.

    Raises:
        CaseError: the procedure refuses a step.
    """
    cast = {**users, "resident": _resident(household)}
    if history.kind == REFERRAL:
        _refer(history, household, cast)
        return
    case = open_case(history.kind, household, at=timezone.make_aware(history.steps[0].at))
    for step in history.steps:
        _take(case.pk, history.kind, step, cast, household)


def _refer(history: History, household: Household, cast: dict[str, User]) -> None:
    """A referral hangs in a chain: the one door is opened, the office asked, and then goes its way."""
    sent, *later = history.steps
    clerk = cast[sent.actor.account]
    office, programmes = str(sent.inputs["department"]), [str(each) for each in _words(sent, "matters")]
    with deeds_of(actor_of(clerk)):
        chain = begin(household, clerk, _SUBMISSION, sent.at)
        referral = refer(chain, office, programmes, clerk, sent.at)
    for step in later:
        if step.step != "answer_granted":
            _take(referral.case_id, history.kind, step, cast, household)
            continue
        officer, amount = cast[step.actor.account], step.inputs["amount"]
        with deeds_of(actor_of(officer)):
            given = {programmes[0]: amount} if isinstance(amount, int) else {}
            grant(referral, given, str(step.inputs["reason"]), officer, at=step.at, role=step.actor.role)


def _take(case: int, kind: str, step: Done, cast: dict[str, User], household: Household) -> None:
    user = None if step.actor.role == "system" else cast[step.actor.account]
    inputs = _inputs(kind, step.inputs, cast, household)
    if "earlier_grade" in inputs:
        inputs["earlier_grade"] = earlier_grade(Case.objects.get(pk=case))
    with deeds_of(actor_of(user)):
        if step.step in CHECKS:
            sign_all(household, cast["township_clerk"], step.at)
            told = {"findings": _FINDINGS, **inputs}
            report(Case.objects.get(pk=case), step.step, user, told, at=step.at)
        else:
            take(case, step.step, user, inputs, at=step.at, role=step.actor.role)


def _words(step: Done, name: str) -> tuple[Any, ...]:
    found = step.inputs[name]
    return found if isinstance(found, tuple) else (found,)


def actor_of(user: User | None) -> Actor:
    """The account as the audit trail names it; None: the system."""
    if user is None:
        return Actor(role="system")
    return Actor(str(user.pk), user.username, user.role, user.region_id or "")


def _inputs(kind: str, inputs: Inputs, cast: dict[str, User], household: Household) -> dict[str, Plain]:
    """What is filled in, with real accounts, and with what the law gives this household."""
    found: dict[str, Plain] = {}
    for name, value in inputs.items():
        if name in ACCOUNTS:
            found[name] = (
                tuple(map(_account(cast), value)) if isinstance(value, tuple) else _account(cast)(value)
            )
        else:
            found[name] = value
    if kind in _MEASURED and found.get("programme") == household.tier and household.monthly:
        known = {"amount": household.monthly, "members_counted": household.size}
        found |= {name: value for name, value in known.items() if name in found}
    return found


def _account(cast: dict[str, User]) -> Callable[[Any], str]:
    """The number of the account that plays a part; parts without an account are played by the staff of the county."""
    staff = [cast[name] for name in ("county_clerk", "county_head", "township_head")]

    def number(part: Any) -> str:
        if part in cast:
            return str(cast[part].pk)
        digits = "".join(filter(str.isdigit, str(part)))
        return str(staff[int(digits or 1) % len(staff)].pk)

    return number


def users() -> dict[str, User]:
    """Who plays which part."""
    known = {user.username: user for user in User.objects.filter(username__in=_USERNAMES.values())}
    found = {part: known[username] for part, username in _USERNAMES.items()}
    for part, (username, name, role, region, organisation) in SECOND.items():
        user, new = User.objects.get_or_create(
            username=username,
            defaults={"name": name, "role": role, "region_id": region, "organisation": organisation},
        )
        if new:
            user.set_unusable_password()
            user.save()
        found[part] = user
    return found


def _resident(household: Household) -> User:
    """The account of the head of the household; made where there is none, and nobody can sign in with it."""
    head: Person = household.head
    if head.login is not None:
        return head.login
    user = User(username=f"resident.{household.pk}", name=head.name, role=Role.RESIDENT)
    user.set_unusable_password()
    user.save()
    head.login = user
    head.save(update_fields=["login"])
    return user


class _Homes:
    """Households of the village of the demonstration's accounts without a case that fit what a case is about, each used once."""

    def __init__(self) -> None:
        found = Household.objects.filter(county=COUNTY, head__isnull=False, ended_on__isnull=True, size__gt=0)
        found = found.filter(region__code__startswith=TOWNSHIP[:9], cases__isnull=True)
        rows = found.select_related("head__login", "region")
        self._rows = sorted(rows, key=lambda each: (each.region_id != VILLAGE, each.pk))

    def next(self, history: History) -> Household:
        """A household for a case; one of the kind that it is about where there is one."""
        chosen = next((each for each in self._rows if _fits(each, history)), self._rows[0])
        self._rows.remove(chosen)
        return chosen


def _fits(household: Household, history: History) -> bool:
    programme = history.input("programme")
    if history.kind in _HELD:
        return bool(household.held)
    if programme in ("dibao", "low_margin", "rigid", "tekun"):
        return household.tier == programme and not household.held
    return household.tier == "none"
