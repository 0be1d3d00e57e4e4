"""One household and all that its file shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone

from doudi.assessment.determination import Determination
from doudi.facts.household import HouseholdFacts
from doudi.programmes.standing import Standings, standings
from doudi.web.registry.beside import with_more
from doudi.web.registry.determining import Undeterminable, determine, household_facts
from doudi.web.registry.known import HOUSEHOLD, PERSON, Item, Known, Subject, read_subject
from doudi.web.registry.law import offer_for
from doudi.web.registry.models import Household, Mark, Membership, Person, Sheet, Tag
from doudi.web.registry.paid import with_paid
from doudi.web.registry.selectors.ledger import paid_to
from doudi.web.registry.tagging import TagKind, tag_kinds

STALE_DAYS = 62


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to the household on the day."""

    person: Person
    relation: str
    since: date | None


@dataclass
class File:
    """One household, one file (一户一档), as of ``day``; None: as known now.

    ``composed_on`` asks who belonged to it on another day than that of which it is asked what is known.
    """

    household: Household
    day: date | None = None
    composed_on: date | None = None

    @cached_property
    def members(self) -> list[Member]:
        """Who belongs to it, the head first, then by age."""
        rows = _on(self.household.memberships.select_related("person"), self.composed_on or self.day)
        found = [Member(row.person, row.relation, row.since) for row in rows]
        return sorted(
            found, key=lambda each: (each.relation != "head", each.person.born or date.max, each.person.pk)
        )

    @cached_property
    def former(self) -> list[Membership]:
        """Who belonged to it before."""
        ended = self.household.memberships.filter(
            until__isnull=False, until__lte=self.day or timezone.localdate()
        )
        return list(ended.select_related("person").order_by("-until", "person_id"))

    @cached_property
    def known(self) -> Known:
        """What is known of the household and its members.

        Raises:
            VaultError: a sheet cannot be opened.
        """
        people = {member.person.pk: member.person for member in self.members}
        about = Q(household=self.household, person__isnull=True) | Q(person__in=people)
        contents: dict[int | None, dict[str, Any]] = {}
        for sheet in _sheets(about, self.day):
            contents[sheet.person_id] = sheet.content()
        own = contents.get(None)
        members = {
            person.number: read_subject(PERSON, person.number, contents.get(number))
            for number, person in people.items()
        }
        items = [Item(row) for row in (own["items"] if own else ())]
        known = Known(self.day, read_subject(HOUSEHOLD, self.household.number, own), members, items)
        return with_more(self.household, known, list(people.values()))

    @cached_property
    def law_day(self) -> date:
        """The day whose law is applied: the day asked for, or that of the data."""
        return self.day or self.household.data_day or timezone.localdate()

    @cached_property
    def determination(self) -> Determination | Undeterminable:
        """The law applied to what is known."""
        relations = {member.person.number: member.relation for member in self.members}
        return determine(self.known, relations, self.household.county, self.law_day)

    @cached_property
    def facts(self) -> HouseholdFacts:
        """What is known as the law reads it, the members in their order, with what departments paid among the holdings.

        Raises:
            FactError: with all that cannot be read.
        """
        relations = {member.person.number: member.relation for member in self.members}
        known = with_paid(self.known, paid_to(self.household, self.law_day), self.law_day)
        return household_facts(known, relations, self.law_day)

    @cached_property
    def standings(self) -> Standings:
        """Every programme of the county for the household, on the day whose law is applied.

        Raises:
            FactError, LawError: the facts cannot be read, or the law cannot be had.
        """
        return standings(self.facts, offer_for(self.household.county, self.law_day))

    @cached_property
    def tags(self) -> list[tuple[Tag, TagKind]]:
        """Its tags."""
        kinds = tag_kinds()
        return [
            (tag, kinds[tag.code])
            for tag in _on(self.household.tags.order_by("code"), self.day)
            if tag.code in kinds
        ]

    @cached_property
    def marks(self) -> list[Mark]:
        """As what its members were listed elsewhere, the newest first."""
        rows = self.household.marks.select_related("person").order_by("-marked_on", "pk")
        return list(rows if self.day is None else rows.filter(marked_on__lte=self.day))

    @property
    def stale(self) -> bool:
        """Whether the data are older than two months."""
        day = self.household.data_day
        return day is None or (timezone.localdate() - day).days > STALE_DAYS

    def subject_of(self, member: Member) -> Subject:
        """What is known of a member."""
        return self.known.people[member.person.number]


def household(number: int) -> Household:
    """A household in scope.

    Raises:
        Http404: there is none, or none that may be seen.
    """
    found = Household.objects.select_related("region__parent", "head").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _on(rows: Any, day: date | None) -> Iterable[Any]:
    """Rows with ``since`` and ``until`` that hold on a day, or now."""
    if day is None:
        return rows.filter(until__isnull=True)
    return rows.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gt=day))


def _sheets(about: Q, day: date | None) -> Iterable[Sheet]:
    """The sheets that held on a day, or hold now; one that was superseded on the day it was known never held."""
    sheets = Sheet.objects.filter(about)
    if day is None:
        return sheets.filter(superseded_on__isnull=True)
    held = Q(superseded_on__isnull=True) | Q(superseded_on__gt=day)
    return sheets.filter(held, known_from__lte=day).exclude(superseded_on=F("known_from"))
