"""Authorisations signed and checks reported at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from doudi.web.applications.models import Attachment, Authorisation
from doudi.web.applications.questions import is_of_age
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import Done
from doudi.web.means.services import report
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File


def signed(household: Household, by: Any, at: datetime) -> None:
    """Every member of a household has signed on paper; for those who are not of age an adult, or a guardian who lives elsewhere."""
    members = [each.person for each in File(household).members]
    adults = [each for each in members if is_of_age(each.born, at.date())]
    file = Attachment.objects.create(
        region_id=household.region_id, household=household, kind="check_authorisation", media="application/pdf", size=1,
        digest="0" * 64, by=by,
    )  # fmt: skip
    moment = timezone.make_aware(at)
    Authorisation.objects.bulk_create(
        Authorisation(
            region_id=household.region_id, household=household, person=person,
            signer=person if person in adults else next(iter(adults), None), how="paper", attachment=file,
            digest="0" * 64, by=by, signed_at=moment, valid_until=at.date() + timedelta(days=365),
        )
        for person in members
    )  # fmt: skip


def checked(case: Case, step: str, user: Any, at: datetime, **inputs: Any) -> Done:
    """The report of a check, on authorisations signed for it, concluded as told."""
    assert case.household is not None
    signed(case.household, user, at)
    return report(case, step, user, {"findings": "按核对报告和入户情况", **inputs}, at=at)
