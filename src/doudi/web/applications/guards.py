"""What the authorisations forbid: no data are asked about a household that has taken its authorisation back (LAW art. 40)."""

from __future__ import annotations

from typing import Any

from doudi.web.applications.models import Authorisation
from doudi.web.cases.effects import ANY, after
from doudi.web.cases.errors import CaseError, refused


@after(ANY, "request_check")
@after(ANY, "start_check")
def authorisation_stands(case: Any, step: Any, taken: Any, user: Any) -> None:
    """Refuse a step that asks departments where somebody's newest authorisation was withdrawn.

    Raises:
        CaseError: it was.
    """
    newest: dict[int, bool] = {}
    for person, withdrawn in (
        Authorisation.objects.filter(household_id=case.household_id)
        .order_by("pk")
        .values_list("person", "withdrawn_at")
    ):
        newest[person] = withdrawn is not None
    if any(newest.values()):
        raise CaseError(
            refused(
                "case.authorisation_withdrawn", "家庭成员撤回了核对授权，不得向部门查询",
                "a member has withdrawn the authorisation: departments may not be asked",
                "请家庭成员重新签署授权书，或者由其撤回申请", "have it signed anew, or let the household withdraw",
            )
        )  # fmt: skip
