"""What is read of the law for everybody; kept for each county, day and language, since no two readers see anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.utils import timezone

from doudi.programmes.catalogue import GROUPS
from doudi.programmes.law import all_parameters
from doudi.programmes.people import people
from doudi.programmes.policy import RECOGNISED, Policy, policy
from doudi.web.accounts.models import Region
from doudi.web.registry.law import offer_for

DEMONSTRATION = "999901"
TIERS = "tiers"
"""The group of what is recognised without being paid, before those of the catalogue."""


@dataclass(frozen=True, slots=True)
class Place:
    """A county whose policies can be read; ``code`` has six digits."""

    code: str
    name: str


def places() -> list[Place]:
    """The counties of today; the demonstration county where no divisions were brought in."""
    found = Region.objects.on(timezone.localdate()).filter(level="county").order_by("code")
    known = [Place(region.code[:6], region.name) for region in found]
    return known or [Place(DEMONSTRATION, all_parameters().region(DEMONSTRATION).zh)]


def default_place(known: list[Place], own: str = "") -> str:
    """The county of whoever reads, else the demonstration county, else the first."""
    codes = [each.code for each in known]
    return next((code for code in (own, DEMONSTRATION) if code in codes), codes[0])


@lru_cache(maxsize=256)
def told(county: str, day: date, name: str, language: str) -> Policy | None:
    """One policy; None where the county has no such programme or tier.

    Raises:
        LawError: there is no law on that day.
    """
    return policy(offer_for(county, day), name, language)


@lru_cache(maxsize=32)
def listing(county: str, day: date, language: str) -> tuple[Policy, ...]:
    """All tiers and programmes of a county on a day, in the order of the catalogue.

    Raises:
        LawError: there is no law on that day.
    """
    offer = offer_for(county, day)
    names = (*RECOGNISED, *(one.id for one in offer.programmes))
    return tuple(found for name in names if (found := told(county, day, name, language)) is not None)


def chosen(found: tuple[Policy, ...], group: str = "", office: str = "", whom: str = "") -> list[Policy]:
    """Those of a matter, of a department, and for some people; empty text asks for nothing."""
    return [
        one
        for one in found
        if (not group or _group(one) == group)
        and (not office or (one.programme is not None and one.programme.organisation == office))
        and (
            not whom
            or (one.programme is not None and people()[whom].meant_by(one.programme, one.offer.statute.graph))
        )
    ]


def by_group(found: list[Policy]) -> Iterator[tuple[str, list[Policy]]]:
    """Those of each matter together."""
    for group, policies in groupby(found, _group):
        yield group, list(policies)


def _group(one: Policy) -> str:
    return one.programme.group if one.programme else TIERS


MATTERS = {TIERS: ("类别认定", "recognition of tiers"), **GROUPS}
"""What policies are about, by code, in Chinese and English."""
