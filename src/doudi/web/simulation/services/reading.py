"""The registry of a county read as a register: of each household what its file shows, and the law reads it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from doudi.facts.household import HouseholdFacts
from doudi.facts.register import Gathering, Register
from doudi.facts.vocabulary import engine_date
from doudi.rules.errors import DoudiError
from doudi.web.jobs.work import Work
from doudi.web.registry.determining import household_facts
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File, files_of

BLOCK = 500
"""Households that are read in one transaction."""


@dataclass
class Read:
    """The households that could be read: the register, and of each its key and its region. ``aside``: how many could not be."""

    register: Register
    keys: list[int] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    aside: int = 0


def homes_of(county: str) -> QuerySet:
    """The households of a county that are in the registry now."""
    return Household.objects.filter(county=county, ended_on__isnull=True, size__gt=0)


def read_county(county: str, day: date, work: Work) -> Read:
    """Every household of a county as known now, for the law of ``day``; from the beginning, however often the job begins.

    It counts ``read`` and ``aside``, which together are all households.

    Raises:
        Cancelled, Interrupted: between two blocks.
    """
    gathering, last = Gathering(engine_date(day)), 0
    found = Read(gathering.register())
    work.counts, work.step = {"read": 0, "aside": 0}, {}
    with work.batch():
        work.total = homes_of(county).count()
    while True:
        with work.batch():
            homes = list(homes_of(county).filter(pk__gt=last).order_by("pk")[:BLOCK])
            if not homes:
                break
            last = homes[-1].pk
            _take(files_of(homes), day, gathering, found)
            work.counts = {"read": len(found.keys), "aside": found.aside}
            work.total = max(work.total or 0, sum(work.counts.values()))
    found.register = gathering.register()
    return found


def _take(files: Sequence[File], day: date, gathering: Gathering, found: Read) -> None:
    facts = []
    for file in files:
        told = facts_of(file, day)
        if told is None:
            found.aside += 1
            continue
        facts.append(told)
        found.keys.append(file.household.pk)
        found.regions.append(str(file.household.region_id))
    gathering.add(facts)


def facts_of(file: File, day: Any) -> HouseholdFacts | None:
    """What the law reads of a household on a day; None where it cannot be read."""
    relations = {member.person.number: member.relation for member in file.members}
    try:
        return household_facts(file.known, relations, day)
    except DoudiError:
        return None
