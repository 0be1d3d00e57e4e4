"""What the pages of notices show in the walks over all pages."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Paper
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case
from doudi.web.cases.services.papers import issue
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.models import Authority, Objection, Photo, Posting
from doudi.web.notices.services.objecting import object_to
from doudi.web.registry.models import Household, Person
from doudi.web.registry.sensitive import seal
from tests.web.notices.making import on_notice, posting_of
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

DECISION = "refusal_decision"


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    with acting_as(system()):
        if access.view == "notices:authority":
            return _authority(county, people)
        household = _household(county, people, role)
        if access.view == "notices:appeal":
            return _decision(household, county, people)
        posting = _posting(household, county, people)
        if access.view == "notices:object":
            return posting.key
        if access.view == "notices:photo":
            return _photo(posting, people, county)
        return _objection(household, county, people) if access.view == "notices:objector" else posting.pk


def _household(county: str, people: People, role: str) -> Household:
    household = member_of(people.regions[f"{county}101201"]).household
    if role == Role.RESIDENT and county == HERE:
        Person.objects.filter(pk=household.head_id).update(login=people.user(role, HERE))
    return household


def _posting(household: Household, county: str, people: People) -> Posting:
    found = Posting.objects.filter(case__household=household, stopped_at__isnull=True).first()
    return found or posting_of(on_notice(people, household, timezone.make_naive(timezone.now()), county))


def _photo(posting: Posting, people: People, county: str) -> int:
    found = Photo.objects.filter(posting=posting).first()
    if found is None:
        by, digest = people.user(Role.TOWNSHIP_CLERK, county), "0" * 64
        found = Photo.objects.create(
            region_id=posting.region_id, posting=posting, digest=digest, by=by, at=timezone.now(),
            sealed=seal(_picture(), "notice photo", digest),
        )  # fmt: skip
    return found.pk


def _picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "grey").save(kept, "JPEG")
    return kept.getvalue()


def _objection(household: Household, county: str, people: People) -> int:
    found = Objection.objects.filter(posting__case__household=household).first()
    if found is None:
        case = on_notice(people, household, timezone.make_naive(timezone.now()), county)
        found = object_to(posting_of(case).key, "有一辆货车没有申报", "赵某", "13900000000")
    return found.pk


def _decision(household: Household, county: str, people: People) -> int:
    found = Paper.objects.filter(case__household=household, kind=DECISION).first()
    if found is None:
        head = people.user(Role.TOWNSHIP_HEAD, county)
        case = open_case("application", household, head)
        submitted = take(
            case, "submit", people.user(Role.TOWNSHIP_CLERK, county),
            {"source": "on_behalf", "authorised": True, "check_authorised": True},
        )  # fmt: skip
        found = issue(submitted.case, submitted.step, DECISION, head)
    return found.pk


def _authority(county: str, people: People) -> int:
    region = people.regions[county]
    found, _ = Authority.objects.get_or_create(
        region=region, kind="court", defaults={"name": f"{region.name}人民法院"}
    )
    return found.pk
