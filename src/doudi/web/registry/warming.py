"""What every page of the registry needs and what takes a second or two to read: done once, when a process begins to serve."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from doudi.assessment.ready import make_ready
from doudi.facts.vocabulary import Vocabulary
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.law import NATION, law_for, offer_for
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.searching import name_key
from doudi.web.registry.tagging import tag_kinds
from doudi.web.registry.tiering import tier_codes

MOST = 4


def warm() -> None:
    """Read law, vocabulary, tags and the readings of names."""
    Vocabulary.load()
    tier_codes()
    law_for(NATION, timezone.localdate())
    offer_for(NATION, timezone.localdate())
    tag_kinds()
    name_key("王")
    for county, day in _assessed():
        make_ready(law_for(county, day))


def _assessed() -> list[tuple[str, date]]:
    """Counties and the days of their newest data, under whose law most households of a process are looked at."""
    with acting_as(system()), transaction.atomic():
        newest = Household.objects.order_by().values_list("county").annotate(day=Max("data_day"))
        return [(county, day) for county, day in newest if day is not None][:MOST]
