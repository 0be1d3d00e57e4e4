"""The authorisations of a household as they stand on a day, and the reports of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.web.applications.checking import newest_signed
from doudi.web.applications.models import Authorisation
from doudi.web.cases.models import Case, Paper
from doudi.web.means.models import Check
from doudi.web.registry.selectors.files import File, Member

VALID, WITHDRAWN, EXPIRED, UNSIGNED = "valid", "withdrawn", "expired", "unsigned"


@dataclass(frozen=True, slots=True)
class Signature:
    """A member and the newest authorisation: valid, withdrawn, expired or unsigned."""

    member: Member
    row: Authorisation | None
    state: str


def signatures(case: Case, day: date) -> list[Signature]:
    """Every member of the household of a case, with what the member has signed."""
    newest = newest_signed(case)
    rows = ((member, newest.get(member.person.pk)) for member in File(case.household).members)
    return [Signature(member, row, _state(row, day)) for member, row in rows]


def _state(row: Authorisation | None, day: date) -> str:
    if row is None:
        return UNSIGNED
    if row.withdrawn_at is not None:
        return WITHDRAWN
    return EXPIRED if day > row.valid_until else VALID


def checks_of(case: Case) -> list[tuple[Check, Paper]]:
    """The reports of a case with their documents, the newest first: every step that names a report issues one."""
    checks = Check.objects.filter(case=case).select_related("by", "earlier").order_by("-pk")
    papers = Paper.objects.filter(case=case, kind="check_report").order_by("-pk")
    return list(zip(checks, papers, strict=False))
