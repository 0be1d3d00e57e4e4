"""Where what is registered of imported people comes from: the file and its row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from doudi.evidence.schema import REGISTRY
from doudi.web.imports.models import Batch
from doudi.web.registry.known import Known, Subject, Told
from doudi.web.registry.models import Person

_NUMBER = re.compile(r"I(?P<batch>[0-9]+)-(?P<row>[0-9]+)")


def besides(homes: Sequence[tuple[Any, Known]]) -> list[Known]:
    """What is known of each household; what the registry says of somebody imported names the file and the row."""
    bare: dict[str, list[Subject]] = defaultdict(list)
    for household, known in homes:
        bare[household.county] += [
            subject for subject in known.people.values() if any(_is_bare(told) for told in subject.tellings)
        ]
    for county, subjects in bare.items():
        origins = _origins(county, [subject.number for subject in subjects]) if subjects else {}
        for subject in subjects:
            _name(subject, origins.get(subject.number))
    return [known for _household, known in homes]


def _name(subject: Subject, origin: str | None) -> None:
    if origin is not None:
        subject.tellings = [
            replace(told, rows=(origin,)) if _is_bare(told) else told for told in subject.tellings
        ]


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
