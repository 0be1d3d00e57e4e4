"""Signing the authorisation of the means check, and taking it back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.evidence.precedence import Order
from doudi.verification.catalogue import checkable_feeds
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Authorisation, Draft
from doudi.web.applications.models.authorisation import How
from doudi.web.applications.pictures import Clean
from doudi.web.applications.services.files import SIGNATURE, keep
from doudi.web.applications.sources import source_word
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.registry.models import Household, Person

TEXT = (
    "我同意民政部门为办理社会救助，向有关部门和金融机构查询、核对我的户籍、婚姻、收入、社会保险、住房公积金、车辆、不动产、"
    "市场主体和金融资产等信息；所得信息只用于社会救助。我可以随时撤回。"
)
"""What is signed (民发〔2021〕57号第九条第（三）项，《社会救助法》第四十条). The signature is bound to it by its hash."""


def text_of(refused: Collection[str]) -> str:
    """What is signed where some sources are not to be asked."""
    named = "、".join(source_word(feed, "zh") for feed in checkable_feeds() if feed in refused)
    return f"{TEXT}我不同意查询：{named}。" if named else TEXT


@transaction.atomic
def sign(
    household: Household, person: Person, signer: Person | None, how: str, picture: Clean, by: Any, *,
    draft: Draft | None = None, case: Case | None = None, at: datetime | None = None, refused: Collection[str] = (),
) -> Authorisation:  # fmt: skip
    """Keep the signature of one person, or of the guardian ``signer``; None: a guardian from outside the household. ``at``: the
    moment, now if it is not given. ``refused``: the sources that are not to be asked.

    Raises:
        ApplyError: there is no such way of signing, or no source is left.
        FileError: the picture is not taken.
    """
    if how not in How.values:
        raise ApplyError(_("没有这种签署方式。"))
    left = set(checkable_feeds()) - set(refused)
    if not left:
        raise ApplyError(_("至少同意查询一个来源；都不同意的，不用签署。"))
    kind = SIGNATURE if how == How.SCREEN else "check_authorisation"
    attachment = keep(household, kind, picture, by, draft, case)
    moment, digest = at or timezone.now(), hashlib.sha256(text_of(refused).encode()).hexdigest()
    made = Authorisation.objects.create(
        region_id=household.region_id, household=household, draft=draft, case=case, person=person, signer=signer, how=how,
        attachment=attachment, digest=digest, by=by, refused=sorted(refused), signed_at=moment,
        valid_until=last_day(timezone.localdate(moment)),
    )  # fmt: skip
    record(
        "authorisation.sign",
        household,
        subject=person.pk,
        details={"authorisation": made.pk, "how": how, "refused": made.refused},
    )
    return made


@transaction.atomic
def withdraw(household: Household, people: list[Person], sources: Collection[str] | None = None) -> int:
    """Take back what these people signed, or what was signed for them; how many authorisations change.

    ``sources``: only for these the authorisation ends, None: for all. One that allows nothing any more is withdrawn.
    """
    rows = list(
        Authorisation.objects.select_for_update(of=("self",)).filter(
            household=household, person__in=people, withdrawn_at__isnull=True
        )
    )
    taken = set(checkable_feeds()) if sources is None else set(sources) & set(checkable_feeds())
    changed = [row for row in rows if taken - set(row.refused)]
    for row in changed:
        row.refused = sorted(taken | set(row.refused))
        row.withdrawn_at = None if set(checkable_feeds()) - set(row.refused) else timezone.now()
        row.save(update_fields=["refused", "withdrawn_at"])
    if changed:
        details = {"authorisations": [row.pk for row in changed], "sources": sorted(taken)}
        record("authorisation.withdraw", household, details=details)
    return len(changed)


def last_day(day: date) -> date:
    """Until when an authorisation that is signed on a day holds: the months for which a declaration holds."""
    months = day.year * 12 + day.month - 1 + Order.load().declaration_months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, 28))
