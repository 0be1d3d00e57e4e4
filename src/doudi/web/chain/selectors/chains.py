"""A chain as its page shows it: by office, with states, clocks and answers, and the waterfall of cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from doudi import procedure
from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Organisation, Programme
from doudi.programmes.standing import Standing, Standings
from doudi.programmes.waterfall import Waterfall, waterfall
from doudi.rules.errors import DoudiError
from doudi.web.cases.models import Case, Paper
from doudi.web.cases.services.cases import as_procedure, local_now
from doudi.web.chain.models import Grant, Referral
from doudi.web.chain.selectors.proposing import Proposal, propose
from doudi.web.registry.selectors.files import File

ANSWERS = ("asked", "granted", "refused", "returned")
"""Stages of a referral in which the office has said something."""
ANSWER = "referral_answer"


@dataclass(frozen=True, slots=True)
class Measure:
    """One programme at an office: what the rules say, and what the office gave (fen; None: no answer yet)."""

    programme: Programme
    standings: tuple[Standing, ...]
    granted: int | None

    @property
    def due(self) -> int | None:
        """What is due for one period, of all members; None when it is open for one of them."""
        sums = [one.due for one in self.standings]
        known = [each for each in sums if each is not None]
        return sum(known) if len(known) == len(sums) else None


@dataclass(frozen=True, slots=True)
class Column:
    """One referral: the office, how its case stands, its clock, and the programmes asked for."""

    referral: Referral
    office: Organisation
    reading: procedure.Reading | None
    measures: tuple[Measure, ...]

    @property
    def answer(self) -> str:
        """``waiting``, ``asked`` for more, ``granted``, ``refused`` or ``returned``."""
        stage = self.referral.case.stage
        return stage if stage in ANSWERS else "waiting"

    @property
    def papers(self) -> list[Paper]:
        """Its answers on paper."""
        return list(self.referral.case.papers.filter(kind=ANSWER).order_by("pk"))

    @property
    def granted(self) -> int:
        """All that the office gave, in fen."""
        return sum(each.granted or 0 for each in self.measures)


@dataclass
class Chain:
    """One chain and all that its page shows."""

    case: Case

    @cached_property
    def file(self) -> File:
        """The file of the household."""
        return File(self.case.household)

    @cached_property
    def found(self) -> Standings | None:
        """What the rules say of every programme; None when the facts cannot be read."""
        try:
            return self.file.standings
        except DoudiError:
            return None

    @cached_property
    def referrals(self) -> list[Referral]:
        """The referrals in the order in which they were sent."""
        return list(referrals(self.case))

    @cached_property
    def columns(self) -> list[Column]:
        """Each referral with its measures."""
        return [self._column(each) for each in self.referrals]

    @cached_property
    def waterfall(self) -> Waterfall | None:
        """From the cost of illness to what is left, as the rules say; None when there is no cost."""
        if self.found is None:
            return None
        made = waterfall(self.found)
        return made if made.cost else None

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What is worth asking, by office, without what is being asked already."""
        if self.found is None:
            return []
        asked = {name for each in self.referrals if each.case.closed_at is None for name in each.programmes}
        return list(_without(propose(self.found), asked))

    @property
    def granted(self) -> int:
        """All that offices gave so far, in fen."""
        return sum(grant.amount for each in self.referrals for grant in each.grants.all())

    @property
    def waiting(self) -> int:
        """How many offices have not answered."""
        return sum(each.case.closed_at is None for each in self.referrals)

    def _column(self, referral: Referral) -> Column:
        given = {grant.programme: grant.amount for grant in referral.grants.all()}
        found = self.found.standings if self.found else ()
        measures = tuple(
            Measure(
                catalogue().programmes[name],
                tuple(one for one in found if one.programme.id == name),
                given.get(name),
            )
            for name in referral.programmes
        )
        return Column(referral, catalogue().organisations[referral.office], running(referral.case), measures)


def referrals(chain: Case) -> QuerySet:
    """The referrals of a chain with their cases and grants."""
    found = Referral.objects.filter(chain=chain).select_related("case", "region")
    return found.prefetch_related(Prefetch("grants", Grant.objects.order_by("pk"))).order_by("pk")


def running(case: Case) -> procedure.Reading | None:
    """The limit that binds an office now; None when none runs."""
    if case.closed_at is not None:
        return None
    found = procedure.readings(procedure.procedure(), as_procedure(case), local_now())
    return next((each for each in found if each.state != "stopped"), None)


def _without(proposals: list[Proposal], asked: set[str]) -> Iterator[Proposal]:
    for each in proposals:
        left = tuple(one for one in each.standings if one.programme.id not in asked)
        if left:
            yield Proposal(each.office, left)


def board(wanted: dict[str, Any]) -> QuerySet:
    """Referrals in scope with their households, by ``stage``, ``office`` and ``late``; the soonest deadline first."""
    return sent(wanted).select_related("chain__household__head")


def sent(wanted: dict[str, Any]) -> QuerySet:
    """The same without the households, of which an office sees nothing."""
    found = Referral.objects.select_related("case", "region")
    if wanted.get("stage"):
        found = found.filter(case__stage=wanted["stage"])
    if wanted.get("office"):
        found = found.filter(office=wanted["office"])
    if wanted.get("late"):
        found = found.filter(case__closed_at__isnull=True, case__due__lt=timezone.now())
    return found.order_by(F("case__due").asc(nulls_last=True), "pk")
