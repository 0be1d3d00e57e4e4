"""Drafts made at once, and filled in."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.db import transaction
from PIL import Image, ImageDraw

from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Draft
from doudi.web.applications.services import drafts
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household, Membership, Person
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

NAMES = (
    ("王小明", "head", date(1975, 3, 2)),
    ("李秀兰", "spouse", date(1978, 5, 6)),
    ("王天天", "child", date(2015, 7, 8)),
)


def family(people: People, county: str = HERE, resident: bool = True) -> Household:
    """A couple with a child in the village of a county; the head has the resident's account."""
    region = people.regions[f"{county}101201"]
    with acting_as(system()):
        rows = [member_of(region, name=name, relation=relation) for name, relation, _born in NAMES]
        for row, (_name, _relation, born) in zip(rows, NAMES, strict=True):
            Person.objects.filter(pk=row.person_id).update(born=born)
        household = Household.objects.get(pk=rows[0].household_id)
        household.size, household.area, household.address = len(rows), "rural", "1组2号"
        household.save()
        if resident:
            Person.objects.filter(pk=household.head_id).update(login=people.user(Role.RESIDENT, county))
    return household


def members(household: Household) -> list[Person]:
    """The members, the head first."""
    with acting_as(system()), transaction.atomic():
        rows = Membership.objects.filter(household=household, until__isnull=True).select_related("person")
        return [row.person for row in rows.order_by("pk")]


def draft(people: People, county: str = HERE, kind: str = "application", role: str = Role.RESIDENT) -> Draft:
    """A draft that was just begun."""
    household = family(people, county)
    user = people.user(role, county)
    with acting_as(user.scope):
        return drafts.begin(household, kind, "self" if role == Role.RESIDENT else "on_behalf", user)


MEMBER = {
    "shares_means": "true", "can_work": "true", "works": "false", "illness": "none", "absence": "none",
    "cannot_live_independently": "false", "no_civil_capacity": "false",
}  # fmt: skip
DIFFICULTY = {
    "cause": "母亲生病，家里的收入不够看病。", "safe_housing": "true", "safe_water": "true", "rent_paid": "0",
    "essential_shortfall": "3000", "urgent_event": "none",
}  # fmt: skip
APPLICANT = {"phone": "13900000000", "address": "村口 1 号", "kin_of_staff": "false"}
BEHALF = {
    "speaker": "assistant",
    "speaker_name": "赵春生",
    "speaker_phone": "13900000001",
    "why": "本人行动不便",
}
NONE = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "nothing": "on"}


def rows(*each: dict[str, str]) -> dict[str, str]:
    """Rows as a form sends them."""
    told = {"rows-TOTAL_FORMS": str(len(each)), "rows-INITIAL_FORMS": "0"}
    return told | {
        f"rows-{place}-{name}": value for place, row in enumerate(each) for name, value in row.items()
    }


def photo(size: tuple[int, int] = (320, 240), form: str = "JPEG", **more: Any) -> bytes:
    """A picture with lines on it."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for place in range(0, size[0], 8):
        pen.line((place, 0, size[0] - place, size[1]), fill="black", width=2)
    target = io.BytesIO()
    picture.save(target, form, **more)
    return target.getvalue()


def answers(household: Household) -> dict[str, dict[str, str]]:
    """The address of every section that must be answered, with good answers."""
    people = members(household)
    told: dict[str, dict[str, str]] = {"applicant/": {**APPLICANT, "who": str(people[0].pk)}}
    for person in people:
        told[f"members/{person.pk}/"] = MEMBER
        told[f"income/{person.pk}/"] = {"has": "nothing"}
    told[f"income/{people[0].pk}/"] = {
        "has": "some",
        "wage": "1500.50",
        "wage_per": "month",
        "wage_times": "10",
    }
    told["members/supporters/"] = NONE
    told["expenses/"] = rows({"kind": "medical", "whose": str(people[1].pk), "amount": "12000"})
    told["property/"] = rows(
        {"kind": "deposit", "whose": str(people[0].pk), "value": "2000", "number": "62220001"}
    )
    told["difficulty/"] = DIFFICULTY
    return told
