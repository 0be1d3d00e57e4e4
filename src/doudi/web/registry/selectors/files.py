"""One household and all that its file shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
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
from doudi.web.registry.sensitive import VaultError
from doudi.web.registry.tagging import TagKind, tag_kinds

STALE_DAYS = 62
Content = Mapping[str, Any]
"""What a sheet holds."""


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
        return in_order(rows)

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
        contents: dict[int | None, Content] = {}
        for sheet in _sheets(about, self.day):
            contents[sheet.person_id] = sheet.content()
        known = told_by(self.household, list(people.values()), contents, self.day)
        return with_more([(self.household, known, list(people.values()))])[0]

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


def in_order(rows: Iterable[Membership]) -> list[Member]:
    """The members, the head first, then by age."""
    found = [Member(row.person, row.relation, row.since) for row in rows]
    return sorted(
        found, key=lambda each: (each.relation != "head", each.person.born or date.max, each.person.pk)
    )


def told_by(
    household: Household, people: Sequence[Person], contents: Mapping[int | None, Content], day: date | None
) -> Known:
    """What the sheets of a household (None) and of its members (by their keys) tell."""
    own = contents.get(None)
    members = {
        person.number: read_subject(PERSON, person.number, contents.get(person.pk)) for person in people
    }
    items = [Item(row) for row in (own["items"] if own else ())]
    return Known(day, read_subject(HOUSEHOLD, household.number, own), members, items)


def files_of(households: Sequence[Household]) -> list[File]:
    """The files of many households as known now, in the order of these. Few queries, however many they are.

    What is known of a household of which a sheet cannot be opened is not there; asked for, it says why.
    """
    members: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(household__in=households, until__isnull=True)
    for row in rows.select_related("person"):
        members[row.household_id].append(row)
    files = [File(one) for one in households]
    for file in files:
        file.members = in_order(members[file.household.pk])
    people = {member.person.pk: file.household.pk for file in files for member in file.members}
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    for about in (Q(household__in=households, person__isnull=True), Q(person__in=people)):
        for sheet in _sheets(about, None):
            sheets[people[sheet.person_id] if sheet.person_id else sheet.household_id].append(sheet)
    _tell(files, sheets)
    return files


def _tell(files: Iterable[File], sheets: Mapping[int, list[Sheet]]) -> None:
    opened: list[tuple[File, Known]] = []
    for file in files:
        people = [member.person for member in file.members]
        with suppress(VaultError):
            contents = {sheet.person_id: sheet.content() for sheet in sheets.get(file.household.pk, ())}
            opened.append((file, told_by(file.household, people, contents, None)))
    homes = [(file.household, known, [member.person for member in file.members]) for file, known in opened]
    for (file, _known), known in zip(opened, with_more(homes), strict=True):
        file.known = known


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
