"""People whom this application registered under numbers of its own, and whom a build now tells of: the same id number, one person.

They take the number of the build and keep theirs as the earlier one. Their household takes its number too where the build puts
all of them into one that is not registered yet, so that its cases stay with it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl
from django.db.models import F, Q

from doudi.web.registry.models import SEALED, Household, Membership, Person

OWN = Q(number__gte="I", number__lt="J") | Q(number__gte="n", number__lt="o")
"""Numbers that imports (``I12-3``) and registrations (``n5f…``) give."""


def recognise(people: pl.DataFrame, county: str) -> dict[int, Household]:
    """Renumber whoever is told of by ``people`` (``person_id``, ``household_id``, ``id_number``); the households they lived in.

    Raises:
        VaultError: an id number cannot be opened.
    """
    own = Person.objects.filter(OWN, county=county, id_index__isnull=False).select_related("household")
    known = set(people["person_id"])
    mine = {person.plain("id_number"): person for person in own.iterator() if person.number not in known}
    told = people.filter(pl.col("id_number").is_in(list(mine))).unique("id_number", keep="none")
    taken = set(_numbers(Person, county, told["person_id"].to_list()))
    homes: dict[int, Household] = {}
    moved: dict[int, dict[int, str]] = defaultdict(dict)
    for number, household, id_number in told.select("person_id", "household_id", "id_number").iter_rows():
        person = mine[id_number]
        if number in taken:
            continue
        renumber(person, number)
        if person.household is not None:
            homes[person.household.pk] = person.household
            moved[person.household.pk][person.pk] = household
    for pk, numbers in moved.items():
        _follow(homes[pk], numbers)
    return homes


def renumber(person: Person, number: str) -> None:
    """Give a person another number; what is sealed for the one before is sealed anew."""
    plain = {field: person.plain(field) for field in SEALED}
    person.earlier_number, person.number = person.number, number
    for field, value in plain.items():
        person.put(field, value)
    person.save(update_fields=["number", "earlier_number", *SEALED.values()])


def _follow(home: Household, numbers: dict[int, str]) -> None:
    """The household takes the number under which the build knows all who live in it, if nobody has that number."""
    members = set(
        Membership.objects.filter(household=home, until__isnull=True).values_list("person_id", flat=True)
    )
    targets = {numbers.get(person) for person in members}
    target = targets.pop() if len(targets) == 1 else None
    if home.data_day is None and target and not _numbers(Household, home.county, [target]):
        home.number = target
        home.save(update_fields=["number"])


def leave(homes: dict[int, Household], day: date) -> None:
    """Households out of which a load has taken people: counted anew, ended where nobody is left."""
    for home in homes.values():
        rows = Membership.objects.filter(household=home, until__isnull=True)
        head = rows.filter(relation="head").values_list("person_id", flat=True).first()
        changed = Household.objects.filter(pk=home.pk)
        changed.update(size=rows.count(), head=head, version=F("version") + 1)
        if head is None and not rows.exists():
            changed.update(ended_on=day)


def _numbers(model: type[Person] | type[Household], county: str, numbers: list[str]) -> list[str]:
    return list(model.objects.filter(county=county, number__in=numbers).values_list("number", flat=True))
