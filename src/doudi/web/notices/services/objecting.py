"""Objecting to a public notice: by anybody, named or not, from the page that shows it."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import transaction

from doudi.web.audit.context import Actor, deeds_of
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.papers import ALPHABET
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.errors import NoticeGoneError
from doudi.web.notices.models import Objection, Posting
from doudi.web.notices.models.objection import PURPOSE
from doudi.web.notices.selectors.public import notice_by
from doudi.web.registry.sensitive import seal

CODE = 12
STEPS = {"public_notice": "object", "ending_notice": "object_to_ending"}


@transaction.atomic
def object_to(key: str, text: str, name: str = "", contact: str = "", token: Any = None) -> Objection:
    """Take an objection: the notice is stopped, the case is heard again, and the objector keeps a code for the answer.

    Nothing that would tell who objects is recorded outside the sealed part: neither account nor address.

    Raises:
        NoticeGoneError: the notice does not hang any more.
    """
    shown = notice_by(key)
    if shown is None:
        raise NoticeGoneError(_gone())
    with acting_as(system("anyone")), deeds_of(Actor(region=shown.region)):
        posting = Posting.objects.select_related("case").get(key=key)
        try:
            done = take(
                posting.case_id, STEPS[posting.kind], None, {"objection": text}, role="anyone", token=token
            )
        except CaseError as error:
            raise NoticeGoneError(_gone()) from error
        if done.again:
            return Objection.objects.get(step=done.step)
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
        told = {label: value for label, value in (("name", name), ("contact", contact)) if value}
        sealed = seal(json.dumps(told, ensure_ascii=False).encode(), PURPOSE, code) if told else None
        return Objection.objects.create(
            region_id=posting.region_id, posting=posting, step=done.step, code=code, is_named=bool(name),
            received_at=done.step.at, sealed=sealed,
            receipt=next((paper for paper in done.papers if paper.kind == "objection_receipt"), None),
        )  # fmt: skip


def answer_for(code: str) -> Objection | None:
    """The objection to which a code belongs, with its receipt and answer; None if there is none."""
    with acting_as(system("anyone")):
        return Objection.objects.select_related("posting", "receipt", "answer").filter(code=code).first()


def _gone() -> Any:
    return refused(
        "notice.gone", "公示已经结束或者中止，现在不能在这里提出异议", "the notice has ended or was stopped",
        "仍有情况反映的，请联系乡镇（街道）社会救助窗口", "tell the office of the township",
    )  # fmt: skip
