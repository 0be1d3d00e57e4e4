"""What an office answers comes back to the chain by itself."""

from __future__ import annotations

from typing import Any

from doudi.web.cases.effects import after
from doudi.web.cases.models import Case, Step
from doudi.web.cases.services.moving import take
from doudi.web.chain.models import Referral
from doudi.web.database.scope import acting_as, system

ANSWERS = ("answer_granted", "answer_refused", "return_referral")


def _answered(case: Case, step: Step, taken: Any, user: Any) -> None:
    """Note the answer on the case of the one door; when nobody is still asked, say so."""
    with acting_as(system()):
        referral = Referral.objects.filter(case=case).first()
        if referral is None:
            return
        chain = Case.objects.select_for_update(of=("self",)).get(pk=referral.chain_id)
        if chain.stage != "referred":
            return
        told = {"department": referral.office, "outcome": step.after}
        take(chain, "note_answer", None, told)
        if not Referral.objects.filter(chain=chain, case__closed_at__isnull=True).exists():
            take(chain, "all_answered", None)


for _step in ANSWERS:
    after("referral", _step)(_answered)
