"""Authorisations of the demonstration: every member has signed on paper, a guardian for those who are not of age."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from typing import Any

from django.utils import timezone
from PIL import Image

from doudi.web.applications.models import Authorisation
from doudi.web.applications.models.authorisation import How
from doudi.web.applications.pictures import Clean, clean
from doudi.web.applications.questions import is_of_age
from doudi.web.applications.services import signing
from doudi.web.registry.models import Household
from doudi.web.registry.selectors.files import File, Member

_SIZE = (620, 877)
"""A small sheet of A4."""


def sign_all(household: Household, by: Any, at: datetime) -> None:
    """Let everybody sign who has not, at a local moment."""
    members = File(household).members
    signed = set(Authorisation.objects.filter(household=household).values_list("person_id", flat=True))
    for member in members:
        if member.person.pk not in signed:
            signing.sign(
                household,
                member.person,
                _signer(member, members, at),
                How.PAPER,
                _sheet(),
                by,
                at=timezone.make_aware(at),
            )


def _signer(member: Member, members: list[Member], at: datetime) -> Any:
    """The member, or for a child the first adult of the household; None: a guardian who lives elsewhere."""
    if is_of_age(member.person.born, at.date()):
        return member.person
    return next((each.person for each in members if is_of_age(each.person.born, at.date())), None)


@cache
def _sheet() -> Clean:
    """A blank sheet, as a photo of the signed one."""
    kept = io.BytesIO()
    Image.new("RGB", _SIZE, "white").save(kept, "JPEG")
    return clean(kept.getvalue(), kept.tell())
