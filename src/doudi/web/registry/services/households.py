"""What happens to households: move, split, merge, death, another head. Each keeps what was, with its days.

These functions change rows; that somebody else has agreed is the business of ``services.changes``, which calls them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.models import Household, Membership, Person, State

HEAD = "head"


@transaction.atomic
def move(household: Household, to: Region, address: str, on: date) -> None:
    """The whole household moves to another village in scope."""
    if to.level != Level.VILLAGE or not to.valid_on(on):
        raise ChangeError(_("迁入地不是当日有效的村（社区）。"))
    household.village, household.address = to.name, address
    _place(household, to.code, on)


@transaction.atomic
def split(household: Household, people: Sequence[Person], head: Person, on: date) -> Household:
    """Some members found a household of their own, with ``head``; returns it."""
    staying = [
        row.person_id for row in _members(household) if row.person_id not in {each.pk for each in people}
    ]
    if head not in people or not staying:
        raise ChangeError(_("新户要有户主，原户至少留下一人。"))
    if household.head_id not in staying:
        raise ChangeError(_("户主留在原户；户主要分出的，先变更户主。"))
    new = Household.objects.create(
        region_id=household.region_id, county=household.county, number=_free_number(household), village=household.village,
        address=household.address, area=household.area, data_day=household.data_day, changed_on=on,
    )  # fmt: skip
    for person in people:
        _join(person, new, HEAD if person == head else "other", on, "split")
    _settle(new, on)
    _settle(household, on)
    return new


@transaction.atomic
def merge(household: Household, other: Household, on: date) -> None:
    """Everybody of ``other`` joins ``household``; ``other`` ends."""
    if other.pk == household.pk or other.ended_on is not None or other.county != household.county:
        raise ChangeError(_("并入的家庭不对：须是本县另一个未销户的家庭。"))
    for row in _members(other):
        _join(row.person, household, "other", on, "merge")
    other.ended_on = on
    _settle(other, on)
    _settle(household, on)


@transaction.atomic
def die(household: Household, person: Person, on: date, successor: Person | None = None) -> None:
    """A member has died; if he was the head, ``successor`` becomes it, unless nobody is left."""
    row = _membership(household, person, on)
    row.until = on
    row.save(update_fields=["until"])
    person.state, person.ended_on, person.changed_on = State.DIED, on, on
    person.save(update_fields=["state", "ended_on", "changed_on"])
    left = _members(household)
    if row.relation == HEAD and left:
        if successor is None:
            raise ChangeError(_("死亡的是户主，要写明由谁继任户主。"))
        succeed(household, successor, on)
    if not left:
        household.ended_on = on
    _settle(household, on)


@transaction.atomic
def succeed(household: Household, head: Person, on: date) -> None:
    """Another member becomes the head; how the others are related to him is asked anew, and stands as other till then."""
    _membership(household, head, on)
    for row in _members(household):
        wanted = HEAD if row.person_id == head.pk else _towards_the_new_head(row)
        if wanted != row.relation:
            _join(row.person, household, wanted, on, "head")
    _settle(household, on)


@transaction.atomic
def contact(person: Person, phone: str | None, account: str | None, on: date) -> None:
    """Another phone number or bank account; None leaves what is there."""
    for field, value in (("phone", phone), ("account", account)):
        if value is not None:
            person.put(field, value)
    person.changed_on = on
    person.save(update_fields=["phone_sealed", "account_sealed", "changed_on"])


def _towards_the_new_head(row: Membership) -> str:
    return "other" if row.relation in (HEAD, "spouse", "child", "parent") else row.relation


def _members(household: Household) -> list[Membership]:
    return list(household.memberships.filter(until__isnull=True).select_related("person").order_by("pk"))


def _membership(household: Household, person: Person, on: date) -> Membership:
    row = household.memberships.filter(person=person, until__isnull=True).first()
    if row is None or (row.since is not None and row.since > on):
        raise ChangeError(_("这一天此人不是本户成员。"))
    return row


def _join(person: Person, household: Household, relation: str, on: date, why: str) -> None:
    """End where the person belongs now, and begin anew."""
    before = person.memberships.filter(until__isnull=True).first()
    if before is not None:
        if before.since is not None and before.since > on:
            raise ChangeError(_("日期早于此人加入现在家庭的日期。"))
        before.until = on
        before.save(update_fields=["until"])
    Membership.objects.create(
        region_id=household.region_id,
        household=household,
        person=person,
        relation=relation,
        since=on,
        why=why,
    )
    person.household, person.region_id, person.changed_on = household, household.region_id, on
    person.save(update_fields=["household", "region", "changed_on"])
    person.sheets.filter(superseded_on__isnull=True).update(
        household=household, region_id=household.region_id
    )


def _place(household: Household, region: str, on: date) -> None:
    """Let the household, and what is present of it, lie in a region."""
    household.region_id = region
    present = [row.person_id for row in _members(household)]
    Membership.objects.filter(household=household, until__isnull=True).update(region_id=region)
    Person.objects.filter(pk__in=present).update(region_id=region, changed_on=on)
    for rows in (
        household.sheets.filter(superseded_on__isnull=True),
        household.tags,
        household.benefits,
        household.notes,
    ):
        rows.update(region_id=region)
    _settle(household, on)


def _settle(household: Household, on: date) -> None:
    """Head and size follow from the members."""
    rows = _members(household)
    head = next((row.person for row in rows if row.relation == HEAD), None)
    household.size, household.head, household.changed_on = len(rows), head, on
    household.version += 1
    household.save()


def _free_number(household: Household) -> str:
    """A number for a household that comes out of another one."""
    taken = Household.objects.filter(
        county=household.county, number__startswith=f"{household.number}-"
    ).count()
    return f"{household.number}-{taken + 1}"
