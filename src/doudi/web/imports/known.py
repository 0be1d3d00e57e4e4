"""Where what is registered of imported people comes from: the file and its row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from doudi.evidence.schema import REGISTRY
from doudi.web.imports.models import Batch
from doudi.web.registry.known import Known, Told
from doudi.web.registry.models import Person

_NUMBER = re.compile(r"I(?P<batch>[0-9]+)-(?P<row>[0-9]+)")


def beside(household: Any, known: Known) -> Known:
    """What is known; what the registry says of somebody imported names the file and the row."""
    bare = [
        number for number, subject in known.people.items() if any(_is_bare(told) for told in subject.tellings)
    ]
    if not bare:
        return known
    origins = _origins(household.county, bare)
    for number, origin in origins.items():
        subject = known.people[number]
        subject.tellings = [
            replace(told, rows=(origin,)) if _is_bare(told) else told for told in subject.tellings
        ]
    return known


def _is_bare(told: Told) -> bool:
    return told.source == REGISTRY and not told.rows


def _origins(county: str, numbers: list[str]) -> dict[str, str]:
    """File and row of those of these people who were imported, by their numbers."""
    people = Person.objects.filter(county=county, number__in=numbers).values_list("number", "earlier_number")
    found = {number: _NUMBER.fullmatch(earlier or number) for number, earlier in people}
    rows = {number: match for number, match in found.items() if match is not None}
    files = dict(
        Batch.objects.filter(pk__in={int(match["batch"]) for match in rows.values()}).values_list(
            "pk", "name"
        )
    )
    return {
        number: f"导入 {match['batch']}《{files.get(int(match['batch']), '')}》第 {match['row']} 行"
        for number, match in rows.items()
    }
