"""The written authorisation 核对授权书: who allows which departments to be asked, about whom, for what, and until when.

Without it nobody may be asked: 《社会救助法》 arts. 40 and 41, 民发〔2021〕57号 art. 9(3). To look further than it allows is
unlawful (《社会救助法》 art. 70(6)).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from doudi.rules.errors import Problem
from doudi.verification.declared import DeclaredPerson

ADULT = 18
"""《民法典》 art. 17: an adult is 18 or older."""
EARNER = 16
"""《民法典》 art. 18: from 16 on, who lives on their own work acts like an adult."""
SELF = "self"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature for one person: by ``self``, or by a guardian named by ``person_id`` or, from outside, by name."""

    person_id: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Consent:
    """What a supporter outside the household answered; one who refuses is recorded and never asked about."""

    supporter_id: str
    relation: str
    agreed: bool
    on: date | None
    name: str = ""
    person_id: str | None = None
    own_income: int | None = None


@dataclass(frozen=True, slots=True)
class Authorisation:
    """An authorisation as signed. ``sources`` are the feeds that may be asked; days are inclusive."""

    number: str
    purpose: str
    sources: tuple[str, ...]
    signed: tuple[Signed, ...]
    signed_on: date
    valid_until: date
    withdrawn_on: date | None = None
    supporters: tuple[Consent, ...] = ()

    def covers(self, feed: str) -> bool:
        """Whether the feed may be asked."""
        return feed in self.sources

    def refusals(self, members: Iterable[DeclaredPerson], day: date) -> list[Problem]:
        """Everything that forbids a check of these members on this day; empty if nothing does."""
        members = list(members)
        found = self._of_days(day)
        signatures = {each.person_id: each for each in self.signed}
        for place, member in enumerate(members):
            signature = signatures.get(member.person_id)
            problem = (
                _unsigned(place)
                if signature is None
                else self._of_signature(place, member, signature, members)
            )
            found += [problem] if problem else []
            if signature and signature.on > day:
                found.append(_signed_later(place))
        return found

    def _of_days(self, day: date) -> list[Problem]:
        found = []
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            found.append(Problem(
                "means.withdrawn", "授权已撤回，不得再核对", "the authorisation was withdrawn",
                "由家庭成员重新签署授权书；《社会救助法》第四十条、民发〔2021〕57号第九条第（三）项",
                "have a new authorisation signed (Social Assistance Law art. 40)", value=self.withdrawn_on.isoformat(),
            ))  # fmt: skip
        if day > self.valid_until:
            found.append(Problem(
                "means.expired", "授权已过有效期，不得核对", "the authorisation has expired",
                "由家庭成员重新签署授权书；《社会救助法》第四十条、民发〔2021〕57号第九条第（三）项",
                "have a new authorisation signed (Social Assistance Law art. 40)", value=self.valid_until.isoformat(),
            ))  # fmt: skip
        if day < self.signed_on:
            found.append(Problem(
                "means.too_early", "核对日期早于授权签署日期", "the check lies before the authorisation was signed",
                "改正日期，先授权、后核对", "correct the date: first the authorisation, then the check", value=self.signed_on.isoformat(),
            ))  # fmt: skip
        return found

    def _of_signature(
        self, place: int, member: DeclaredPerson, signature: Signed, members: list[DeclaredPerson]
    ) -> Problem | None:
        """What is wrong with a signature: somebody signed for an adult, a minor for himself, or a guardian who cannot."""
        capacity = capacity_of(member, signature.on)
        if signature.by == SELF:
            return _needs_guardian(place) if capacity == "none" else None
        if capacity == "full":
            return _must_sign(place)
        guardian = next((each for each in members if each.person_id == signature.by), None)
        unable = guardian is not None and capacity_of(guardian, signature.on) == "none"
        return _unable_guardian(place) if unable or signature.by == member.person_id else None


def capacity_of(person: DeclaredPerson, on: date) -> Literal["full", "none", "unknown"]:
    """Whether someone may sign for themselves on a day; ``unknown`` without a date of birth."""
    if person.values.get("no_civil_capacity"):
        return "none"
    if person.born is None:
        return "unknown"
    age = on.year - person.born.year - ((on.month, on.day) < (person.born.month, person.born.day))
    earns = age >= EARNER and bool(person.values.get("works"))
    return "full" if age >= ADULT or earns else "none"


def _unsigned(place: int) -> Problem:
    return Problem(
        "means.unsigned", "成员没有签署授权，不得核对", "a member has not signed the authorisation",
        "由本人签署；未成年人和无民事行为能力人由监护人签署（民发〔2021〕57号第九条第（三）项）",
        "have it signed, by a guardian for minors (Ministry of Civil Affairs 2021 no. 57 art. 9)", column=f"persons[{place}]",
    )  # fmt: skip


def _signed_later(place: int) -> Problem:
    return Problem(
        "means.too_early", "成员的签署日期晚于核对日期", "a member signed after the day of the check",
        "改正日期，先授权、后核对", "correct the date: first the authorisation, then the check", column=f"persons[{place}]",
    )  # fmt: skip


def _must_sign(place: int) -> Problem:
    return Problem(
        "means.signed_for_adult", "成年成员须本人签署", "an adult must sign for themselves",
        "由本人签署；无民事行为能力的，在申报中写明 no_civil_capacity: true",
        "have it signed by the person, or declare no_civil_capacity: true", column=f"persons[{place}]",
    )  # fmt: skip


def _needs_guardian(place: int) -> Problem:
    return Problem(
        "means.needs_guardian", "未成年人和无民事行为能力人须由监护人签署",
        "a guardian must sign for minors and for people without civil capacity",
        "写明 signed_by: 监护人的成员编号或姓名", "write signed_by: the guardian's id or name", column=f"persons[{place}]",
    )  # fmt: skip


def _unable_guardian(place: int) -> Problem:
    return Problem(
        "means.unable_guardian", "监护人本人不能签署", "the guardian cannot sign",
        "由有完全民事行为能力的监护人签署", "have it signed by a guardian who is able to", column=f"persons[{place}]",
    )  # fmt: skip
