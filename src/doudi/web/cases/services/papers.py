"""Issuing documents: their content is fixed on the day, numbered, and given a code by which anyone can verify it."""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from doudi import procedure
from doudi.documents import Document
from doudi.web.audit import record_all
from doudi.web.audit.recording import Deed
from doudi.web.cases.models import Case, Paper, Step
from doudi.web.cases.models.paper import PURPOSE
from doudi.web.cases.numbers import paper_numbers
from doudi.web.cases.papers import Draft, compose, numbered
from doudi.web.registry.sensitive import seal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE = 12


def issue(case: Case, step: Step | None, kind: str, user: Any, to: str = "") -> Paper:
    """Issue a document of a case, within the transaction of the step that asks for it.

    ``to``: for whom this copy is, where two sides are told different things.

    Raises:
        KeyError: the procedure has no such document.
    """
    return issue_all([Draft.of(case, step, procedure.procedure().documents[kind], to)], user)[0]


def issue_all(drafts: Iterable[Draft], user: Any) -> list[Paper]:
    """Issue many documents. Their numbers, for which others wait, are drawn when all are composed."""
    composed = [(draft, compose(draft)) for draft in drafts]
    numbers = _numbers([draft for draft, _ in composed])
    papers = Paper.objects.bulk_create(
        _paper(draft, document, number, user)
        for (draft, document), number in zip(composed, numbers, strict=True)
    )
    record_all(
        "paper.issue",
        (Deed(each.case, details={"kind": each.kind, "number": each.number}) for each in papers),
    )
    return list(papers)


def _numbers(drafts: list[Draft]) -> list[str]:
    """The number of each, drawn at once for all of one kind, place and year; always in the same order of these."""
    wanted = Counter((each.form.name, each.case.county, each.at.year) for each in drafts)
    forms = {each.form.name: each.form for each in drafts}
    drawn = {
        key: iter(paper_numbers(forms[key[0]], key[1], key[2], count))
        for key, count in sorted(wanted.items())
    }
    return [next(drawn[each.form.name, each.case.county, each.at.year]) for each in drafts]


def _paper(draft: Draft, document: Document, number: str, user: Any) -> Paper:
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
    content = numbered(document, number, code).as_data()
    text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    case, step = draft.case, draft.step
    return Paper(
        region_id=case.region_id, case=case, step=step, kind=draft.form.name, number=number, code=code,
        issued_at=step.at if step else timezone.now(), by=user,
        digest=hashlib.sha256(text).hexdigest(), sealed=seal(zlib.compress(text), PURPOSE, number),
    )  # fmt: skip
