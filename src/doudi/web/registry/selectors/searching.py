"""One box: a name, first letters, the last four or all of an id number, a household's number, a village, or a tag."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from doudi.linkage.names import with_names
from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level
from doudi.web.database.scope import current
from doudi.web.registry.models import Household, Person
from doudi.web.registry.sensitive import blind
from doudi.web.registry.tagging import TagKind, tag_kinds

PAGE = 20
LONGEST = 50
ID, TAIL, LETTERS, NUMBER, WORDS = "id", "tail", "letters", "number", "words"
_SHAPES = (
    (ID, re.compile(r"\d{17}[\dX]")),
    (TAIL, re.compile(r"\d{3}[\dX]")),
    (LETTERS, re.compile(r"[A-Z]{2,20}")),
    (NUMBER, re.compile(r"[A-Z][0-9A-F]{5,38}(-\d+)?")),
)
_LAST = "\U0010ffff"


@dataclass
class Asked:
    """What was typed, and how it is understood."""

    text: str

    @cached_property
    def clean(self) -> str:
        """In one form, without spaces."""
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", self.text)).upper()[:LONGEST]

    @cached_property
    def kind(self) -> str:
        """``id``, ``tail``, ``letters``, ``number`` or ``words``."""
        return next((kind for kind, shape in _SHAPES if shape.fullmatch(self.clean)), WORDS)


@dataclass
class Answer:
    """``people`` a page at a time; ``after`` leads to the next page, None when there is none."""

    asked: Asked
    people: list[Person] = field(default_factory=list)
    after: str | None = None
    households: list[Household] = field(default_factory=list)
    villages: list[Region] = field(default_factory=list)
    tags: list[TagKind] = field(default_factory=list)


def search(text: str, after: str = "") -> Answer:
    """Look for what was typed among what may be seen. ``after``: where the page before ended."""
    answer = Answer(Asked(text))
    clean, kind = answer.asked.clean, answer.asked.kind
    if not clean:
        return answer
    if kind == ID:
        _fill(answer, after, Q(id_index=blind(clean, "id_number")))
    elif kind == TAIL:
        _fill(answer, after, Q(id_tail=clean))
    elif kind == LETTERS:
        letters = clean.lower()
        _fill(answer, after, Q(initials=letters), Q(initials_2=letters))
    elif kind == NUMBER:
        answer.households = list(
            Household.objects.filter(number=clean.lower()).select_related("region", "head")[:PAGE]
        )
    else:
        _words(answer, clean, after)
    return answer


def _words(answer: Answer, clean: str, after: str) -> None:
    key = name_key(clean)
    _fill(answer, after, Q(name_key=key))
    if not answer.people and not after and len(key) > 1:
        _fill(answer, after, Q(name_key__gte=key, name_key__lt=key + _LAST))
    if not after:
        scope = current()
        here = Region.objects.within(None if scope.prefix is None else scope.prefix)
        villages = here.filter(level=Level.VILLAGE, name__contains=clean).select_related("parent")
        answer.villages = list(villages.order_by("code")[:PAGE])
        answer.tags = [kind for kind in tag_kinds().values() if clean in (kind.zh, kind.en.upper())]


def name_key(name: str) -> str:
    """A name as it is compared: without separators and spaces, in one form."""
    import polars as pl

    found = with_names(pl.DataFrame({"written": [name]}), "written")["name"][0]
    return found or ""


def _fill(answer: Answer, after: str, *conditions: Q) -> None:
    """A page of persons who meet one of the conditions, each by its own index, by region and number."""
    place = _place(after)
    found: list[QuerySet] = []
    for condition in conditions:
        rows = Person.objects.filter(condition).order_by("region_id", "pk")
        if place is not None:
            region, number = place
            rows = rows.filter(
                Q(region_id__gt=region) | Q(region_id=region, pk__gt=number), region_id__gte=region
            )
        found.append(rows.select_related("household", "region__parent")[: PAGE + 1])
    people = list(islice(_once(merge(*found, key=lambda person: (person.region_id, person.pk))), PAGE + 1))
    answer.people = people[:PAGE]
    last = people[PAGE - 1] if len(people) > PAGE else None
    answer.after = f"{last.region_id}-{last.pk}" if last else None


def _once(people: Any) -> Any:
    last = None
    for person in people:
        if person.pk != last:
            yield person
        last = person.pk


def _place(after: str) -> tuple[str, int] | None:
    """Where a page ended; None for anything that is no such place."""
    match = re.fullmatch(r"(\d{12})-(\d{1,18})", after)
    return (match[1], int(match[2])) if match else None
