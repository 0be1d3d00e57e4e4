"""What departments say of a household, as the registry holds it, in the form in which a means check compares it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doudi.verification import Found, Known, assembled
from doudi.verification.found import NO_FINDING
from doudi.web.database.scope import Scope, acting_as
from doudi.web.registry.known import Subject, Told
from doudi.web.registry.models import Load
from doudi.web.registry.selectors.files import File, Member


def found_of(file: File) -> Found:
    """The findings about the members of a household. What no build has told of is known of nobody: then there is no answer."""
    load = _newest_load(file.household.county)
    people = {
        member.person.number: _known(file, member) for member in file.members if _was_looked_for(file, member)
    }
    return assembled(
        load.day.isoformat() if load else "", load.sources if load else {}, _received(file), people,
        [_row(told) for subject in file.known.people.values() for told in subject.tellings],
        [{**item.columns, "household_id": file.household.number} for item in file.known.items],
        {file.household.number},
    )  # fmt: skip


def _newest_load(county: str) -> Load | None:
    """The newest build of the county: what each source has answered, which townships may know too."""
    with acting_as(Scope("system", county)):
        return Load.objects.filter(region_id=county.ljust(12, "0")).order_by("-day", "-id").first()


def _was_looked_for(file: File, member: Member) -> bool:
    """Whether a build has linked rows of departments to the person: it tells of everyone, even that nothing is listed."""
    return next(_departments(file.subject_of(member)), None) is not None


def _departments(subject: Subject) -> Iterator[Told]:
    return (told for told in subject.tellings if told.source not in NO_FINDING)


def _known(file: File, member: Member) -> Known:
    person = member.person
    return Known(
        person.number, person.name, person.plain("id_number"), person.state,
        person.ended_on.isoformat() if person.ended_on else None, household_id=file.household.number,
    )  # fmt: skip


def _row(told: Told) -> Mapping[str, Any]:
    return {
        "subject_id": told.subject, "fact": told.fact.column, "value": told.value, "source": told.source,
        "row_ids": told.rows, "period": told.period, "received_at": told.received, "used": told.used, "rule": told.rule,
    }  # fmt: skip


def _received(file: File) -> dict[str, str]:
    """When the newest row of each feed came that anything told of the household rests on."""
    newest: dict[str, str] = {}
    told = [(each.source, each.received) for subject in file.known.subjects() for each in subject.tellings]
    told += [(str(item.columns["source"]), item.columns["received_at"]) for item in file.known.items]
    for source, received in told:
        for feed in source.split("+") if received else ():
            newest[feed] = max(newest.get(feed, ""), str(received))
    return newest
