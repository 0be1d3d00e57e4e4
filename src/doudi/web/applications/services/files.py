"""Files: taken in, taken away, shown; each recorded."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.applications.errors import FileError
from doudi.web.applications.models import Attachment, Draft
from doudi.web.applications.models.attachment import PURPOSE
from doudi.web.applications.pictures import MOST_BYTES, Clean, clean
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.registry.models import Household
from doudi.web.registry.sensitive import seal

MOST = 40
"""Files of one application."""
SIGNATURE = "signature"


@transaction.atomic
def add(
    household: Household,
    kind: str,
    upload: Any,
    by: Any,
    draft: Draft | None = None,
    case: Case | None = None,
) -> Attachment:
    """Take an uploaded file in.

    Raises:
        FileError: it is not taken; why, for the screen.
    """
    content = b"" if upload.size > MOST_BYTES else upload.read()
    return keep(household, kind, clean(content, upload.size), by, draft, case)


def keep(
    household: Household,
    kind: str,
    found: Clean,
    by: Any,
    draft: Draft | None = None,
    case: Case | None = None,
) -> Attachment:
    """Seal a file that was made safe. The same file again is kept once.

    Raises:
        FileError: there are as many as one application may have.
    """
    digest = hashlib.sha256(found.content).hexdigest()
    there = Attachment.objects.filter(household=household, draft=draft, case=case, removed_at__isnull=True)
    same = there.filter(kind=kind, digest=digest).first() if kind != SIGNATURE else None
    if same is not None:
        return same
    if there.count() >= MOST:
        raise FileError(_("文件太多了：一份申请最多 40 个。"))
    made = Attachment(
        region_id=household.region_id, household=household, draft=draft, case=case, kind=kind, media=found.media,
        size=len(found.content), digest=digest, unclear=found.unclear, by=by,
    )  # fmt: skip
    made.sealed = seal(found.content, PURPOSE, made.seal_owner)
    made.save()
    record("attachment.add", household, details={"attachment": made.pk, "kind": kind})
    return made


@transaction.atomic
def remove(attachment: Attachment) -> None:
    """Take a file of a draft away; its content is erased."""
    attachment.removed_at, attachment.sealed = timezone.now(), None
    attachment.save(update_fields=["removed_at", "sealed"])
    record("attachment.remove", attachment.household, details={"attachment": attachment.pk})


@transaction.atomic
def shown(attachment: Attachment) -> bytes:
    """The content, with the look recorded before anybody sees it.

    Raises:
        VaultError: it cannot be opened.
    """
    record(
        "attachment.view",
        attachment.household,
        details={"attachment": attachment.pk, "kind": attachment.kind},
    )
    return attachment.content()
