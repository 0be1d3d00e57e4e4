"""What the pages of warnings and visits show in the walks over all pages."""

from __future__ import annotations

import io
import uuid
from datetime import date
from typing import Any

from django.utils import timezone
from PIL import Image

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.cases.services.cases import local_now
from doudi.web.database.scope import acting_as, system
from doudi.web.warnings.models import Duty, Lead, Photo, Sending, SurveyHome, Visit, Warning
from doudi.web.warnings.services.accepting import set_duty
from doudi.web.warnings.services.finding import Told, raise_found, report
from doudi.web.warnings.services.photos import picture
from doudi.web.warnings.services.surveying import ToSurvey, begin
from doudi.web.warnings.services.visiting import Answer, Sheet, receive
from tests.web.people import People
from tests.web.warnings.making import home


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    assistant = people.user(Role.VILLAGE_ASSISTANT, county)
    with acting_as(system()):
        view = access.view.partition(":")[2]
        if view == "duty_end":
            found = Duty.objects.filter(region=assistant.region, until__isnull=True).first()
            return (found or set_duty(assistant.region, assistant, timezone.localdate(), None, assistant)).pk
        if view in ("lead", "lead_told"):
            return _lead(people, county).pk
        if view in ("visited", "visit_settle", "photo"):
            visit = _visit(people, county)
            return Photo.objects.filter(visit=visit).get().pk if view == "photo" else visit.pk
        if view == "sending_recall":
            clerk = people.user(Role.TOWNSHIP_CLERK, county)
            return Sending.objects.create(region=clerk.region, by=clerk, planned=0, kept=0).pk
        if view == "survey_sheet":
            return _survey_home(people, county).pk
        warning = _warning(people, county)
        return warning.household_id if view in ("visit", "home") else warning.pk


def _survey_home(people: People, county: str) -> SurveyHome:
    """A household of the survey."""
    household = home(people, county=county)
    found = SurveyHome.objects.filter(household=household).order_by("pk").first()
    if found is None:
        asked = ToSurvey(household.number, household.region_id, household.pk, in_list=True)
        begin(people.regions[county], date(2026, 9, 1), date(2026, 9, 30), [asked], None)
        found = SurveyHome.objects.get(household=household)
    return found


def _warning(people: People, county: str) -> Warning:
    """A warning that the village has to look into."""
    household = home(people, county=county)
    return raise_found(household, "found.illness", "red", local_now())


def _lead(people: People, county: str) -> Lead:
    region = people.regions[f"{county}101201"]
    token = uuid.uuid5(uuid.NAMESPACE_OID, county)
    told = Told(token, region, "赵某", "hunger", "neighbour", "三天没有生火", True, "")
    return report(told, people.user(Role.VILLAGE_ASSISTANT, county))


def photo() -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(buffer, "JPEG")
    return buffer.getvalue()


def _visit(people: People, county: str) -> Visit:
    """A visit with a photo, and one that overtook it."""
    household = home(people, county=county)
    found = Visit.objects.filter(household=household).order_by("-pk").first()
    if found is not None:
        return found
    assistant = people.user(Role.VILLAGE_ASSISTANT, county)
    warning = _warning(people, county)
    answer = Answer(warning.pk, "in_order", ("home",), "家里都好")
    first = Sheet(uuid.uuid4(), 0, timezone.now(), True, {"health": "fine"}, "身体还好", (answer,))
    receive(household, first, assistant)
    second = Sheet(uuid.uuid4(), 0, timezone.now(), True, {}, "又去了一次", (answer,))
    shot = picture(photo(), uuid.uuid4(), {"latitude": 30.1, "longitude": 110.2})
    return receive(household, second, assistant, [shot]).visit
