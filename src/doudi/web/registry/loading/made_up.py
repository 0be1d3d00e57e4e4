"""What a synthetic county lacks in a demonstration: villages in the table of divisions, and a resident with a household."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from django.db import transaction

from doudi.web.accounts.models import Region, User
from doudi.web.accounts.models.region import Level
from doudi.web.accounts.services.regions import store
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.loading.places import places
from doudi.web.registry.models import Household, Person

SOURCE, RESIDENT = "演示数据", "resident"
VALID_FROM = date(2020, 1, 1)
_TOWNSHIP = re.compile(r"^.+?(?:镇|乡|街道)")


def make_villages(folder: Path, county: str, day: date) -> int:
    """Add the townships and villages that the people of a build live in and the divisions lack; how many."""
    evidence = Evidence(folder)
    evidence.check()
    with acting_as(system()):
        known = set(places(county[:6], day)["village"])
        names = sorted(set(evidence.people["village"].drop_nulls()) - known)
        found = Region.objects.within(county[:6]).filter(level=Level.TOWNSHIP)
        townships = {each.name: each.code for each in found}
        made: list[Region] = []
        for name in names:
            township = _township(name)
            if township not in townships:
                townships[township] = _free(county[:6], set(townships.values()), 3, "000")
                made.append(_region(townships[township], township))
            taken = {each.code for each in Region.objects.within(townships[township][:9])}
            taken |= {each.code for each in made}
            made.append(_region(_free(townships[township][:9], taken, 3, ""), name.removeprefix(township)))
        return store(made)


def seat_resident(county: str) -> None:
    """Let the resident of the demonstration be the head of a household in aid, unless he has a household already."""
    with acting_as(system()), transaction.atomic():
        resident = User.objects.filter(username=RESIDENT, person__isnull=True).first()
        home = (
            Household.objects.filter(county=county[:6], head__isnull=False, held__len__gt=0)
            .order_by("pk")
            .first()
        )
        if resident is not None and home is not None:
            Person.objects.filter(pk=home.head_id).update(login=resident)


def _township(village: str) -> str:
    """The part of a name up to its township; a village without one gets a township of its own."""
    found = _TOWNSHIP.match(village)
    return found.group() if found and found.group() != village else f"{village}镇"


def _free(prefix: str, taken: set[str], width: int, end: str) -> str:
    """The first code within ``prefix``, from 200 on, that nobody has."""
    return next(code for number in range(200, 10**width) if (code := f"{prefix}{number}{end}") not in taken)


def _region(code: str, name: str) -> Region:
    return Region(code=code, name=name, valid_from=VALID_FROM, source=SOURCE)
