"""Own findings: warnings that no rule raised. Somebody told of a household, or nobody has been there for long."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from doudi.linkage.names import with_names
from doudi.web.accounts.models import Region
from doudi.web.audit import record
from doudi.web.cases.services.cases import local_now
from doudi.web.registry.models import Household, Person
from doudi.web.registry.sensitive import seal
from doudi.web.warnings.models import Lead, State, Warning
from doudi.web.warnings.models.lead import PURPOSE as LEAD
from doudi.web.warnings.models.warning import PURPOSE
from doudi.web.warnings.selectors.watched import unvisited
from doudi.web.warnings.services.dispatching import dispatch_urgent
from doudi.web.warnings.services.raising import raise_cases
from doudi.web.warnings.words import FOUND, UNVISITED

_NO_SIDES = {"value": None, "limit": None, "worst": None, "kind": ""}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of a household in hardship; ``reason`` and ``reporter`` are those of a lead."""

    token: uuid.UUID
    region: Region
    name: str
    reason: str
    reporter: str
    text: str
    urgent: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Who may be meant: persons of the village whose name sounds alike, and what was told of such a name before."""

    people: Sequence[Person]
    leads: Sequence[Lead]


def sound_of(name: str) -> str:
    """A name as it sounds, without tones; empty where nothing of it has a reading."""
    return _sounds([name])[name]


def _sounds(names: Sequence[str]) -> dict[str, str]:
    table = with_names(pl.DataFrame({"name": sorted(set(names))}).with_columns(written="name"), "written")
    sound = pl.concat_str("surname_sound", "given_sound", separator=" ", ignore_nulls=True)
    return {name: heard or "" for name, heard in table.select("written", sound.alias("sound")).iter_rows()}


def alike(region: Region, name: str) -> Alike:
    """Who in a village may be meant by a name."""
    wanted = sound_of(name)
    letters = "".join(syllable[:1].lower() for syllable in wanted.split())
    near = Person.objects.filter(
        region=region, initials=letters, state="present", household__isnull=False
    ).select_related("household")
    heard = _sounds([one.name for one in near]) if near else {}
    people = [one for one in near if one.name == name or heard.get(one.name) == wanted]
    leads = Lead.objects.filter(region=region, sound=wanted[:60]).select_related("warning__case", "by")
    return Alike(people, list(leads.order_by("-pk")[:5]))


@transaction.atomic
def report(told: Told, user: Any, household: Household | None = None, same_as: Lead | None = None) -> Lead:
    """Take in a lead; the same token once. Of a known household it raises a warning, red if it is urgent, unless one of the same reason
    is open; without a household the township finds out who is meant.

    Raises:
        CaseError: the procedure refuses the warning.
    """
    earlier = Lead.objects.filter(token=told.token).first()
    if earlier is not None:
        return earlier
    content = {"name": told.name, "text": told.text, "phone": told.phone}
    lead = Lead(
        region=told.region, token=told.token, reason=told.reason, reporter=told.reporter, urgent=told.urgent,
        sound=sound_of(told.name)[:60], by=user, same_as=same_as,
        sealed=seal(json.dumps(content, ensure_ascii=False).encode(), LEAD, str(told.token)),
    )  # fmt: skip
    lead.save()
    record("lead.report", lead, details={"reason": told.reason, "again": same_as is not None})
    if same_as is not None:
        lead.household, lead.warning = same_as.household, same_as.warning
        lead.save(update_fields=["household", "warning"])
    elif household is not None:
        identify(lead, household, user)
    return lead


@transaction.atomic
def identify(lead: Lead, household: Household, user: Any) -> Warning:
    """Say whom a lead means, and raise its warning."""
    level = "red" if lead.urgent else "yellow"
    warning = raise_found(household, f"{FOUND}{lead.reason}", level, local_now(), user)
    lead.household, lead.warning = household, warning
    lead.save(update_fields=["household", "warning"])
    return warning


@transaction.atomic
def outcome_told(lead: Lead, user: Any) -> None:
    """Say that whoever reported was thanked and told what came of it."""
    if lead.told_at is None:
        lead.told_at = timezone.now()
        lead.save(update_fields=["told_at"])
        record("lead.told", lead, details={"by": user.pk})


def raise_found(household: Household, indicator: str, level: str, at: datetime, by: Any = None) -> Warning:
    """A warning of a household that no rule raised; the one that is open, if there is one."""
    day = at.date()
    key = {
        "county": household.county, "indicator": indicator, "subject": "household", "subject_number": household.number,
    }  # fmt: skip
    found = Warning.objects.select_related("case").filter(**key).first()
    if found is not None and found.case is not None and found.case.closed_at is None:
        return found
    if found is None:
        found = Warning(
            **key, region_id=household.region_id, household=household, level=level, state=State.RAISED, raised_on=day,
            held_on=day,
        )  # fmt: skip
        found.sealed = seal(json.dumps(_NO_SIDES).encode(), PURPOSE, found.seal_owner)
    else:
        found.spells, found.nights, found.level = found.spells + 1, 1, level
        found.state, found.raised_on, found.held_on = State.RAISED, day, day
    found.save()
    dispatch_urgent(raise_cases([found], at, by), at)
    return found


def raise_unvisited(county: str, day: date, at: datetime) -> int:
    """Warn of watched households where nobody was for half a year; how many are new."""
    new = 0
    for household in unvisited(county):
        known = Warning.objects.filter(
            county=county, indicator=UNVISITED, subject="household", subject_number=household.number
        ).first()
        if known is not None and (day - known.raised_on).days < 180:
            continue
        raise_found(household, UNVISITED, "blue", at)
        new += 1
    return new
