"""Issuing a document: its content is fixed on the day, numbered, and given a code by which anyone can verify it."""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from typing import Any

from django.utils import timezone

from doudi import procedure
from doudi.web.audit import record
from doudi.web.cases.models import Case, Paper, Step
from doudi.web.cases.models.paper import PURPOSE
from doudi.web.cases.numbers import paper_number
from doudi.web.cases.papers import compose
from doudi.web.registry.sensitive import seal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE = 12


def issue(
    case: Case, step: Step | None, kind: str, user: Any, to: str = "", known: procedure.Case | None = None
) -> Paper:
    """Issue a document of a case, within the transaction of the step that asks for it.

    ``to``: for whom this copy is, where two sides are told different things. ``known``: the case with its steps, if they
    have been read.

    Raises:
        KeyError: the procedure has no such document.
    """
    at = step.at if step else timezone.now()
    form = procedure.procedure().documents[kind]
    number = paper_number(form, case.county, timezone.localtime(at).year)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
    content = compose(case, step, form, number, code, to, known).as_data()
    text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    paper = Paper.objects.create(
        region_id=case.region_id, case=case, step=step, kind=kind, number=number, code=code, issued_at=at, by=user,
        digest=hashlib.sha256(text).hexdigest(), sealed=seal(zlib.compress(text), PURPOSE, number),
    )  # fmt: skip
    record("paper.issue", case, details={"kind": kind, "number": number})
    return paper
