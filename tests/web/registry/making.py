"""Households made at once, without a build."""

from __future__ import annotations

from doudi.web.accounts.models import Region
from doudi.web.registry.models import Household, Membership, Person


def member_of(region: Region, number: str = "h1", name: str = "王小明", relation: str = "head") -> Membership:
    """Somebody in a household of a region, both made unless they are there."""
    county = region.code[:6]
    household, _ = Household.objects.get_or_create(
        county=county, number=number, defaults={"region": region, "size": 1}
    )
    person, new = Person.objects.get_or_create(
        county=county, number=f"{number}.{name}",
        defaults={"region": region, "household": household, "name": name, "name_key": name},
    )  # fmt: skip
    if new:
        Membership.objects.create(
            region=region, household=household, person=person, relation=relation, why="test"
        )
        if relation == "head":
            Household.objects.filter(pk=household.pk).update(head=person)
    found: Membership = Membership.objects.get(person=person, until__isnull=True)
    return found
