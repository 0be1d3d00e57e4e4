"""Households and persons who are not registered yet: entered by staff, once it is sure that they are nobody who is."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level
from doudi.web.audit import record
from doudi.web.database.scope import acting_as, current, system
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.identity import identity_of
from doudi.web.registry.models import Household, Membership, Person
from doudi.web.registry.sensitive import blind

HEAD = "head"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be registered. ``id_number`` may be empty for a newborn; then ``born`` and ``sex`` are told."""

    name: str
    relation: str
    id_number: str = ""
    born: date | None = None
    sex: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody registered who may be a newcomer. ``certain``: the same id number. ``household`` None: it lies outside the scope."""

    place: int
    certain: bool
    household: Household | None


def doubles(county: str, people: Sequence[Newcomer]) -> list[Double]:
    """Those registered in the county with the same id number, or the same name and day of birth.

    The whole county is looked through; of what lies outside the scope only that it is there is told.
    """
    found: list[Double] = []
    scope = current()
    with acting_as(system()):
        for place, each in enumerate(people):
            certain = Q(id_index=blind(each.id_number, "id_number")) if each.id_number else Q(pk__in=())
            born = identity_of(each.id_number).born if each.id_number else each.born
            alike = Q(name_key=_keys(each.name)["name_key"], born=born) if born else Q(pk__in=())
            rows = Person.objects.filter(certain | alike, county=county).select_related("household__region")
            index = blind(each.id_number, "id_number") if each.id_number else None
            for row in rows.order_by("pk")[:20]:
                seen = row.household if row.household and scope.covers(row.household.region_id) else None
                same = index is not None and row.id_index is not None and bytes(row.id_index) == index
                if same or index is None or row.id_index is None:
                    found.append(Double(place, same, seen))
    return found


@transaction.atomic
def found_household(
    region: Region, people: Sequence[Newcomer], address: str, area: str, by: Any
) -> Household:
    """Register a household; the first of its people is the head.

    Raises:
        ChangeError: the place is no village of today, nobody is named, or somebody is registered already.
    """
    today = timezone.localdate()
    if region.level != Level.VILLAGE or not region.valid_on(today):
        raise ChangeError(_("选择一个现在有效的村（社区）。"))
    if not people:
        raise ChangeError(_("至少登记一个人。"))
    county = region.code[:6]
    _refuse_doubles(county, people)
    household = Household.objects.create(
        region=region, county=county, number=f"n{secrets.token_hex(6)}", village=region.name, address=address, area=area,
        changed_on=today,
    )  # fmt: skip
    for place, each in enumerate(people):
        _enter(household, each, HEAD if place == 0 else each.relation, today)
    _settle(household)
    record("household.found", household, details={"people": len(people)})
    return household


@transaction.atomic
def join(household: Household, newcomer: Newcomer, by: Any) -> Person:
    """Register somebody into a household that is there.

    Raises:
        ChangeError: the person is registered already, or the household has ended.
    """
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if locked.ended_on is not None:
        raise ChangeError(_("这一户已经销户。"))
    _refuse_doubles(locked.county, [newcomer])
    person = _enter(locked, newcomer, newcomer.relation, timezone.localdate())
    _settle(locked)
    record("household.join", locked, subject=person.pk)
    return person


def _refuse_doubles(county: str, people: Sequence[Newcomer]) -> None:
    numbers = [each.id_number for each in people if each.id_number]
    if len(numbers) != len(set(numbers)):
        raise ChangeError(_("两个人填了同一个身份证号。"))
    _hold(numbers)
    if any(each.certain for each in doubles(county, people)):
        raise ChangeError(_("身份证号已经登记在册，不能重复登记。"))


def _hold(numbers: Sequence[str]) -> None:
    """Let nobody else register these people until this transaction ends."""
    keys = sorted(int.from_bytes(blind(each, "id_number")[:8], "big", signed=True) for each in numbers)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _enter(household: Household, newcomer: Newcomer, relation: str, on: date) -> Person:
    identity = identity_of(newcomer.id_number) if newcomer.id_number else None
    person = Person(
        region_id=household.region_id, county=household.county, number=f"n{secrets.token_hex(7)}", household=household,
        name=newcomer.name, sex=identity.sex if identity else newcomer.sex,
        born=identity.born if identity else newcomer.born, changed_on=on, **_keys(newcomer.name),
    )  # fmt: skip
    if identity:
        person.put("id_number", identity.number)
        person.id_index, person.id_tail = blind(identity.number, "id_number"), identity.number[-4:]
    if newcomer.phone:
        person.put("phone", newcomer.phone)
    person.save()
    Membership.objects.create(
        region_id=household.region_id,
        household=household,
        person=person,
        relation=relation,
        since=on,
        why="found",
    )
    return person


def _settle(household: Household) -> None:
    rows = list(household.memberships.filter(until__isnull=True).select_related("person"))
    household.size = len(rows)
    household.head = next((row.person for row in rows if row.relation == HEAD), None)
    household.version += 1
    household.changed_on = timezone.localdate()
    household.save()


def _keys(name: str) -> dict[str, str]:
    """The name as it is compared, and its first letters."""
    import polars as pl

    from doudi.web.registry.loading.names import with_keys

    row = with_keys(pl.DataFrame({"name": [name]})).row(0, named=True)
    return {key: row[key] for key in ("name_key", "initials", "initials_2")}
