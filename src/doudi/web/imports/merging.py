"""Merging what was agreed: some hundred households in one transaction, in which each is marked as merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q

from doudi.web.accounts.models import Region
from doudi.web.audit.recording import Deed, record_all
from doudi.web.imports.models import PURPOSE, Batch, Decision, Home, HomeState, owner
from doudi.web.imports.plans import FIELDS, SEALED, Plan, Planned, plans
from doudi.web.imports.writing import add_households, add_memberships, add_persons, store_homes
from doudi.web.registry.models import Household, Membership, Person, State
from doudi.web.registry.sensitive import seal

BATCH = 500
WHY = "import"
CHANGED_SINCE = "检查之后登记有变化，未并入"
UNDECIDED = "没有决定，未并入"
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('doudi load'), %s)"
_HEADS = """
UPDATE registry_household h SET size = found.size, head_id = found.head, version = h.version + 1
FROM (SELECT household_id, count(*) AS size, min(person_id) FILTER (WHERE relation = 'head') AS head
      FROM registry_membership WHERE household_id = ANY(%s) AND until IS NULL GROUP BY household_id) found
WHERE h.id = found.household_id"""
OPEN = Q(state__in=(HomeState.NEW, HomeState.CHANGED)) | Q(
    state=HomeState.DECIDE, decision__in=(Decision.JOIN, Decision.OTHER)
)


def lock(county: str) -> None:
    """Let nobody else load or merge into a county until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [int(county)])


def merge(batch: Batch, homes: Sequence[Home], on: date) -> dict[str, int]:
    """Merge some households in the open transaction; how many ended in each state."""
    lock(batch.county)
    found = plans(homes)
    late = _late(batch, found)
    good = [plan for plan in found if plan.home.pk not in late]
    _add(batch, [plan for plan in good if plan.household is None], on)
    for plan in good:
        if plan.home.state != HomeState.MERGED:
            _change(batch, plan, on)
    _settle([plan.household for plan in good if plan.household is not None])
    for plan in found:
        if plan.home.pk in late:
            _leave(plan.home, CHANGED_SINCE)
    store_homes([plan.home for plan in found])
    record_all(
        "household.import",
        (Deed(plan.household, details={"import": batch.pk, "row": plan.home.place}) for plan in good),
    )
    return {"merged": len(good), "left": len(found) - len(good)}


def _late(batch: Batch, found: Sequence[Plan]) -> set[int]:
    """Households of which the registry has become another since the check."""
    fresh = {plan.home.key: plan.home.pk for plan in found if plan.home.household_id is None}
    taken = Household.objects.filter(county=batch.county, number__in=list(fresh)).values_list(
        "number", flat=True
    )
    late = {fresh[number] for number in taken}
    new_ids = {
        bytes(each.row.id_index): plan.home.pk
        for plan in found for each in plan.members if each.row.person_id is None and each.row.id_index is not None
    }  # fmt: skip
    known = Person.objects.filter(county=batch.county, id_index__in=list(new_ids)).values_list(
        "id_index", flat=True
    )
    late |= {new_ids[bytes(index)] for index in known}
    for plan in found:
        gone = plan.home.household_id is not None and (
            plan.household is None
            or plan.household.version != plan.home.version
            or plan.household.ended_on is not None
        )
        if gone or any(
            each.person is not None and each.person.state in (State.DIED, State.LEFT) for each in plan.members
        ):
            late.add(plan.home.pk)
    return late


def _add(batch: Batch, fresh: Sequence[Plan], on: date) -> None:
    """Add new households and their members."""
    codes = {plan.home.village_code for plan in fresh}
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    for plan in fresh:
        code = plan.home.village_code
        plan.household = Household(
            region_id=code, county=batch.county, number=plan.home.key, village=names[code], changed_on=on,
            **{name: plan.content.get(name) or "" for name in FIELDS},
        )  # fmt: skip
    add_households([plan.household for plan in fresh if plan.household is not None])
    joined = {plan.home.pk: _joined(plan.members) for plan in fresh}
    known = [(plan, each) for plan in fresh for each in plan.members if each.person is not None]
    people = [(plan, each) for plan in fresh for each in plan.members if each.person is None]
    for plan, each in people:
        each.person = new_person(batch, plan, each, on)
    add_persons([each.person for _plan, each in people if each.person is not None])
    for plan, each in known:
        _take_in(plan, each, on)
    add_memberships([membership(plan, each, on) for plan in fresh for each in plan.members])
    for plan in fresh:
        plan.home.state, plan.home.household, plan.home.version = HomeState.MERGED, plan.household, 1
        _remember(batch, plan, {"new": True, "joined": joined[plan.home.pk]})


def _joined(members: Iterable[Planned]) -> int:
    """How many of them come out of another household."""
    return sum(each.person is not None and each.person.household_id is not None for each in members)


def _change(batch: Batch, plan: Plan, on: date) -> None:
    """Change a household that is registered, and remember what was."""
    household = plan.household
    assert household is not None
    fields = plan.fields()
    before: dict[str, Any] = {
        "fields": {name: getattr(household, name) for name in fields}, "people": {}, "relations": {}, "added": [],
        "joined": _joined(plan.added()),
    }  # fmt: skip
    for name, value in fields.items():
        setattr(household, name, value)
    for each, told in list(plan.others()):
        _tell(plan, each, told, before, on)
    for each in plan.added():
        if each.person is None:
            each.person = new_person(batch, plan, each, on)
            each.person.save()
        else:
            _take_in(plan, each, on)
        before["added"].append(each.person.pk)
        membership(plan, each, on).save()
    household.changed_on = on
    household.save(update_fields=[*FIELDS, "changed_on"])
    assert plan.home.version is not None
    plan.home.state, plan.home.version = HomeState.MERGED, plan.home.version + 1
    _remember(batch, plan, before)


def _tell(plan: Plan, each: Planned, told: dict[str, str], before: dict[str, Any], on: date) -> None:
    person = each.person
    assert person is not None
    was = {name: person.plain(name) for name in SEALED if name in told}
    for name in was:
        person.put(name, told[name])
    if "id_number" in told:
        was["id_number"] = ""
        identify(person, told["id_number"], bytes(each.row.id_index or b""))
    if was:
        person.changed_on = on
        person.save(
            update_fields=["phone_sealed", "account_sealed", "id_sealed", "id_index", "id_tail", "changed_on"]
        )
        before["people"][str(person.pk)] = was
    if "relation" in told:
        row = plan.memberships[person.pk]
        before["relations"][str(person.pk)] = row.relation
        end(row, on)
        membership(plan, each, on).save()


def new_person(batch: Batch, plan: Plan, each: Planned, on: date) -> Person:
    """A person whom the registry does not have yet."""
    row, content = each.row, each.content
    person = Person(
        region_id=_region(plan), county=batch.county, number=f"I{batch.pk}-{row.place}", household=plan.household,
        name=content["name"], name_key=row.name_key, initials=row.initials, initials_2=row.initials_2,
        sex=content.get("sex") if content.get("sex") in ("male", "female") else "", born=row.born, changed_on=on,
    )  # fmt: skip
    for name in SEALED:
        person.put(name, content.get(name) or "")
    if row.id_index is not None:
        identify(person, content["id_number"], bytes(row.id_index))
    return person


def identify(person: Person, number: str, index: bytes) -> None:
    """Give a person his id number."""
    person.put("id_number", number)
    person.id_index, person.id_tail = index or None, number[-4:]


def membership(plan: Plan, each: Planned, on: date) -> Membership:
    """The belonging of a member from a day on."""
    assert plan.household is not None
    assert each.person is not None
    return Membership(
        region_id=_region(plan), household=plan.household, person=each.person, relation=each.row.relation, since=on, why=WHY
    )  # fmt: skip


def end(row: Membership, on: date) -> None:
    """End a belonging on a day, or on the day on which it began if that lies later."""
    row.until = max(on, row.since) if row.since else on
    row.save(update_fields=["until"])


def _take_in(plan: Plan, each: Planned, on: date) -> None:
    """Take a person whom the registry has out of the household in which he was, and into this one."""
    person = each.person
    assert person is not None
    other, row = person.household, person.memberships.filter(until__isnull=True).first()
    if row is not None:
        end(row, on)
    for name in SEALED:
        if each.content.get(name):
            person.put(name, each.content[name])
    if person.id_index is None and each.row.id_index is not None:
        identify(person, each.content["id_number"], bytes(each.row.id_index))
    person.household, person.region_id, person.state = plan.household, _region(plan), State.PRESENT
    person.ended_on, person.changed_on = None, on
    person.save()
    person.sheets.filter(superseded_on__isnull=True).update(
        household=plan.household, region_id=person.region_id
    )
    if other is not None and row is not None:
        Household.objects.filter(pk=other.pk).update(
            version=F("version") + 1, changed_on=on, size=F("size") - 1
        )
        if not other.memberships.filter(until__isnull=True).exists():
            Household.objects.filter(pk=other.pk).update(ended_on=on, head=None)


def _settle(households: Iterable[Household]) -> None:
    """Size and head follow from the members; the version counts the change."""
    numbers = [household.pk for household in households]
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [numbers])


def _leave(home: Home, why: str) -> None:
    home.state = HomeState.LEFT
    home.faults = [*home.faults, why]


def _remember(batch: Batch, plan: Plan, before: dict[str, Any]) -> None:
    plan.home.before = seal(json.dumps(before).encode(), PURPOSE, owner(batch.pk, "before", plan.home.place))


def _region(plan: Plan) -> str:
    assert plan.household is not None
    return plan.household.region_id


def leave_undecided(batch: Batch) -> int:
    """Mark what nobody decided, or what was decided against, as left out; how many."""
    rest = Home.objects.filter(batch=batch, state=HomeState.DECIDE).exclude(OPEN)
    return rest.update(state=HomeState.LEFT, faults=[UNDECIDED])
