"""What a household of a file means for the registry: a new household, or what differs from the one that is there.

An empty cell tells nothing: what is registered stays. A member who is not in the file stays a member.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from doudi.web.imports.models import Decision, Home, Member
from doudi.web.registry.models import Household, Membership, Person

FIELDS = ("address", "area")
SEALED = ("phone", "account")


@dataclass(slots=True)
class Planned:
    """One member: the row, what it says, and the person of the registry, if there is one."""

    row: Member
    content: dict[str, Any]
    person: Person | None


@dataclass(slots=True)
class Plan:
    """One household of the file beside that of the registry, whose memberships are by person."""

    home: Home
    content: dict[str, Any]
    household: Household | None
    members: list[Planned] = field(default_factory=list)
    memberships: dict[int, Membership] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        """Columns of the household that are told and differ."""
        return {
            name: self.content[name]
            for name in FIELDS
            if self.content.get(name) and self.content[name] != getattr(self.household, name)
        }

    def added(self) -> list[Planned]:
        """Members whom the registry does not have in this household."""
        return [
            each for each in self.members if each.person is None or each.person.pk not in self.memberships
        ]

    def others(self) -> Iterator[tuple[Planned, dict[str, str]]]:
        """Members of the registry of whom something else is told, and what."""
        for each in self.members:
            if each.person is not None and each.person.pk in self.memberships:
                told = _different(each, self.memberships[each.person.pk])
                if told:
                    yield each, told

    @property
    def differs(self) -> bool:
        """Whether the registry would change."""
        return bool(self.household is None or self.fields() or self.added() or next(self.others(), None))


def plans(homes: Sequence[Home]) -> list[Plan]:
    """The plans of some households, with a fixed number of queries.

    Raises:
        VaultError: a row cannot be opened.
    """
    numbers = [home.household_id for home in homes if home.household_id]
    households = Household.objects.in_bulk(numbers)
    found = {home.pk: Plan(home, home.content(), households.get(home.household_id)) for home in homes}
    open_rows = Membership.objects.filter(household_id__in=numbers, until__isnull=True)
    by_household: dict[int, dict[int, Membership]] = defaultdict(dict)
    for row in open_rows.order_by("pk"):
        by_household[row.household_id][row.person_id] = row
    members = (
        Member.objects.filter(home_id__in=list(found)).select_related("person", "possible").order_by("place")
    )
    for member in members:
        plan = found[member.home_id]
        plan.members.append(Planned(member, member.content(), _person(member, plan.home)))
    for plan in found.values():
        plan.memberships = by_household[plan.home.household_id] if plan.home.household_id else {}
    return list(found.values())


def _person(member: Member, home: Home) -> Person | None:
    if member.person is not None:
        return member.person
    return member.possible if home.decision == Decision.JOIN else None


def _different(each: Planned, membership: Membership) -> dict[str, str]:
    assert each.person is not None
    told = {
        name: each.content[name]
        for name in SEALED
        if each.content.get(name) and each.content[name] != each.person.plain(name)
    }
    if each.row.id_index is not None and each.person.id_index is None:
        told["id_number"] = each.content["id_number"]
    if each.row.relation and each.row.relation != membership.relation:
        told["relation"] = each.row.relation
    return told
