"""Signing the authorisation of the means check, and taking it back."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.evidence.precedence import Order
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Authorisation, Draft
from doudi.web.applications.models.authorisation import How
from doudi.web.applications.pictures import Clean
from doudi.web.applications.services.files import SIGNATURE, keep
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.registry.models import Household, Person

TEXT = (
    "我同意民政部门为办理社会救助，向有关部门和金融机构查询、核对我的户籍、婚姻、收入、社会保险、住房公积金、车辆、不动产、"
    "市场主体和金融资产等信息；所得信息只用于社会救助。我可以随时撤回。"
)
"""What is signed (民发〔2021〕57号第九条第（三）项，《社会救助法》第四十条). The signature is bound to it by its hash."""
VERSION = hashlib.sha256(TEXT.encode()).hexdigest()


@transaction.atomic
def sign(
    household: Household, person: Person, signer: Person | None, how: str, picture: Clean, by: Any, *,
    draft: Draft | None = None, case: Case | None = None, at: datetime | None = None,
) -> Authorisation:  # fmt: skip
    """Keep the signature of one person, or of the guardian ``signer``; None: a guardian from outside the household. ``at``: the
    moment, now if it is not given.

    Raises:
        ApplyError: there is no such way of signing.
        FileError: the picture is not taken.
    """
    if how not in How.values:
        raise ApplyError(_("没有这种签署方式。"))
    kind = SIGNATURE if how == How.SCREEN else "check_authorisation"
    attachment = keep(household, kind, picture, by, draft, case)
    moment = at or timezone.now()
    made = Authorisation.objects.create(
        region_id=household.region_id, household=household, draft=draft, case=case, person=person, signer=signer, how=how,
        attachment=attachment, digest=VERSION, by=by, signed_at=moment, valid_until=last_day(timezone.localdate(moment)),
    )  # fmt: skip
    record("authorisation.sign", household, subject=person.pk, details={"authorisation": made.pk, "how": how})
    return made


@transaction.atomic
def withdraw(household: Household, people: list[Person]) -> int:
    """Take back what these people signed, or what was signed for them; how many authorisations end."""
    rows = Authorisation.objects.filter(household=household, person__in=people, withdrawn_at__isnull=True)
    numbers = list(rows.values_list("pk", flat=True))
    rows.update(withdrawn_at=timezone.now())
    if numbers:
        record("authorisation.withdraw", household, details={"authorisations": numbers})
    return len(numbers)


def last_day(day: date) -> date:
    """Until when an authorisation that is signed on a day holds: the months for which a declaration holds."""
    months = day.year * 12 + day.month - 1 + Order.load().declaration_months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, 28))
