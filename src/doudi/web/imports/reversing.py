"""Reversing a merge: as long as nothing else has touched a household since. What was merged is ended, not deleted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F

from doudi.web.audit import record
from doudi.web.imports.merging import end, lock
from doudi.web.imports.models import PURPOSE, Batch, Home, HomeState, owner
from doudi.web.registry.models import Household, Membership, Person, State
from doudi.web.registry.sensitive import open_sealed

WHY = "reversal"
CHANGED, JOINED, USED = (
    "并入之后又有变更，未撤销",
    "有成员由别的家庭转入，请用变更办理",
    "已有其他记录引用这一户，未撤销",
)


def reverse(batch: Batch, homes: Sequence[Home], on: date) -> dict[str, int]:
    """Reverse some merged households in the open transaction; how many ended in each state."""
    lock(batch.county)
    households = Household.objects.in_bulk([home.household_id for home in homes if home.household_id])
    used = _used(list(households))
    for home in homes:
        household = households.get(home.household_id)
        before = _before(batch, home)
        why = _why_not(home, household, before, used)
        if why or household is None:
            home.state, home.faults = HomeState.KEPT, [*home.faults, why or CHANGED]
            continue
        if before.get("new"):
            _end(household, on)
        else:
            _restore(household, before, on)
        home.state = HomeState.REVERSED
        record("household.import_reversed", household, details={"import": batch.pk, "row": home.place})
    Home.objects.bulk_update(homes, ["state", "faults"])
    done = sum(home.state == HomeState.REVERSED for home in homes)
    return {"reversed": done, "kept": len(homes) - done}


def _why_not(home: Home, household: Household | None, before: dict[str, Any], used: set[int]) -> str:
    if household is None or household.version != home.version or household.ended_on is not None:
        return CHANGED
    if before.get("joined"):
        return JOINED
    return USED if before.get("new") and household.pk in used else ""


def _used(numbers: list[int]) -> set[int]:
    """Households or members to which rows of any room refer, beside those that an import makes itself."""
    found: set[int] = set()
    people = Person.objects.filter(household_id__in=numbers)
    for relation in Household._meta.related_objects:
        if relation.related_model not in (Membership, Person, Home):
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": numbers})
            found |= set(rows.values_list(relation.field.name, flat=True))
    for relation in Person._meta.related_objects:
        if relation.related_model._meta.app_label != "imports" and relation.related_model not in (
            Membership,
            Household,
        ):
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": people})
            found |= set(rows.values_list(f"{relation.field.name}__household_id", flat=True))
    return found


def _end(household: Household, on: date) -> None:
    """End a household that the import made: its people are registered and live nowhere, its number is free again."""
    for row in household.memberships.filter(until__isnull=True):
        end(row, on)
    household.people.update(household=None, state=State.UNPLACED, changed_on=on)
    Household.objects.filter(pk=household.pk).update(
        ended_on=on, size=0, head=None, changed_on=on, version=F("version") + 1,
        number=f"{household.number[:24]}~{household.pk}",
    )  # fmt: skip


def _restore(household: Household, before: dict[str, Any], on: date) -> None:
    """Put back what the import changed, from today on."""
    for person in Person.objects.filter(pk__in=before["added"]):
        for row in person.memberships.filter(household=household, until__isnull=True):
            end(row, on)
        Person.objects.filter(pk=person.pk).update(household=None, state=State.UNPLACED, changed_on=on)
    for person in Person.objects.filter(pk__in=[int(number) for number in before["people"]]):
        was = before["people"][str(person.pk)]
        for name, value in was.items():
            person.put(name, value)
        if "id_number" in was:
            person.id_index, person.id_tail = None, ""
        person.save()
    for number, relation in before["relations"].items():
        row = household.memberships.get(person_id=int(number), until__isnull=True)
        end(row, on)
        Membership.objects.create(
            region_id=household.region_id, household=household, person_id=int(number), relation=relation, since=on, why=WHY
        )  # fmt: skip
    Household.objects.filter(pk=household.pk).update(
        **before["fields"], changed_on=on, version=F("version") + 1, size=F("size") - len(before["added"])
    )


def _before(batch: Batch, home: Home) -> dict[str, Any]:
    if home.before is None:
        return {}
    opened = open_sealed(home.before, PURPOSE, owner(batch.pk, "before", home.place))
    found: dict[str, Any] = json.loads(opened)
    return found
