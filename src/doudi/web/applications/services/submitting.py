"""Submitting an application: what was declared is fixed, the case begins, earlier versions are erased; all in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.procedure.case import Plain
from doudi.web.accounts.roles import Role
from doudi.web.applications.declaring import SECTION, declaration
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Answer, Attachment, Authorisation, Draft, DraftState
from doudi.web.applications.selectors.dossiers import Dossier
from doudi.web.audit import record
from doudi.web.cases.models import Case
from doudi.web.cases.services.moving import take
from doudi.web.cases.services.opening import open_case


@transaction.atomic
def submit(dossier: Dossier, by: Any) -> Case:
    """Submit; the same draft submitted again gives the same case.

    Raises:
        ApplyError: sections are missing, or the draft was given up.
        CaseError: the procedure does not allow it; every reason.
    """
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=dossier.draft.pk)
    if locked.state == DraftState.SUBMITTED and locked.case_id is not None:
        return Case.objects.get(pk=locked.case_id)
    if locked.state != DraftState.WRITING:
        raise ApplyError(_("这份申请已经提交或者放弃，不能再改。"))
    if dossier.lacking:
        names = "、".join(str(task.section.title) for task in dossier.lacking)
        raise ApplyError(_("还没有填完：%(names)s。") % {"names": names})
    case = open_case(locked.kind, dossier.household, by)
    _fix(dossier, locked, by)
    locked.state, locked.case, locked.submitted_at = DraftState.SUBMITTED, case, timezone.now()
    locked.save(update_fields=["state", "case", "submitted_at"])
    _erase_earlier(locked)
    Attachment.objects.filter(draft=locked, removed_at__isnull=True).update(case=case)
    Authorisation.objects.filter(draft=locked).update(case=case)
    record("draft.submit", dossier.household, details={"draft": locked.pk, "case": case.pk})
    return _first_step(dossier, case, by)


def _first_step(dossier: Dossier, case: Case, by: Any) -> Case:
    if case.kind == "temporary_urgent":
        return take(case, "report_need", by, {"cause": dossier.answered("difficulty")["cause"]}).case
    inputs: dict[str, Plain] = {
        "source": dossier.draft.source, "check_authorised": not dossier.unsigned,
        "kin_of_staff": dossier.answered("applicant")["kin_of_staff"] == "true",
    }  # fmt: skip
    if by.role != Role.RESIDENT:
        inputs["authorised"] = True
    return take(case, "submit", by, inputs).case


def _fix(dossier: Dossier, draft: Draft, by: Any) -> None:
    answer = Answer(
        region_id=draft.region_id, draft=draft, section=SECTION, part="", version=1, complete=True, by=by,
        saved_at=timezone.now(),
    )  # fmt: skip
    answer.put(declaration(dossier))
    answer.save()


def _erase_earlier(draft: Draft) -> None:
    newest = (
        draft.answers.order_by("section", "part", "-version")
        .distinct("section", "part")
        .values_list("pk", flat=True)
    )
    draft.answers.exclude(pk__in=list(newest)).delete()
