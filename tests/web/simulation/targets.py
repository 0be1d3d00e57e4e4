"""What the pages of simulations show in the walks over all pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from doudi.facts.register import Gathering
from doudi.facts.vocabulary import engine_date
from doudi.simulation.comparison import Comparison
from doudi.simulation.telling import as_kept
from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.determining import household_facts
from doudi.web.registry.known import Known, Subject
from doudi.web.registry.law import law_for, law_with
from doudi.web.simulation.models import Move, Simulation, State
from tests.web.people import People
from tests.web.registry.making import member_of

DAY = date(2026, 8, 1)


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    region = people.regions[county]
    with acting_as(system()):
        found = Simulation.objects.filter(region=region).first()
    return found.pk if found else _made(people, county).pk


def _made(people: People, county: str) -> Simulation:
    """One of a single household, which moves."""
    with acting_as(system()):
        member = member_of(people.regions[f"{county}101201"], "s1")
        known = Known(None, Subject("household", "s1"), {"p1": Subject("person", "p1")}, [])
        gathering = Gathering(engine_date(DAY))
        gathering.add([household_facts(known, {"p1": "head"}, DAY)])
        laws = law_for(county, DAY), law_with(county, DAY, {"dibao.standard.rural": "700"})
        kept = as_kept(Comparison.of(gathering.register(), *laws), None)
        place = {
            "place": people.regions[f"{county}101"].code,
            "households": 1,
            "enters": 1,
            "leaves": 0,
            "more": 0,
            "less": 0,
            "opens": 0,
        }
        found: Simulation = Simulation.objects.create(
            region=people.regions[county], title="农村低保标准", day=DAY, settings={"dibao.standard.rural": "700"},
            changes=[{"zh": kept["zh"]["changes"][0], "en": kept["en"]["changes"][0]}], state=State.DONE, done_at=timezone.now(), read=1,
            by=people.user(Role.COUNTY_CLERK, county), result={**kept, "townships": [{**place, "monthly": 70_000}]},
        )  # fmt: skip
        Move.objects.create(
            simulation=found, region_id=member.region_id, household=member.household, move="enters", tier_before="none",
            tier_after="dibao", monthly_before=0, monthly_after=70_000,
        )  # fmt: skip
        return found
