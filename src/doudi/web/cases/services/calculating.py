"""Freezing a calculation (冻结测算): the determination is stored as it is, and the step ``calculate`` names it."""

from __future__ import annotations

import json
import uuid
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from doudi.assessment.determination import Determination
from doudi.assessment.discretion import discretion
from doudi.assessment.frozen import Replay, freeze, law_version, replay
from doudi.procedure.case import Plain
from doudi.web.audit import record
from doudi.web.cases.errors import CaseError, refused
from doudi.web.cases.models import Case, Frozen
from doudi.web.cases.models.frozen import PURPOSE
from doudi.web.cases.numbers import draw
from doudi.web.cases.selectors.calculating import Proposal, determination_of, proposal_of
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.cases import local_now
from doudi.web.cases.services.moving import take
from doudi.web.registry.sensitive import seal

SERIES = "测"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an officer puts in place of the machine's proposal, or where it has none: programme, members, fen, and why."""

    programme: str
    members_counted: int
    amount: int
    reason: str


@transaction.atomic
def calculate(
    case: Case,
    user: Any,
    chosen: Chosen | None = None,
    *,
    seen: int | None = None,
    token: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Done:
    """Freeze the determination of now and take the step ``calculate`` with its proposal.

    Where the machine has no proposal, what an officer has ``chosen`` stands in its place, and is recorded as overruling it.

    Raises:
        CaseError: the law cannot be applied, or leaves the programme open and nothing was chosen; or the step is refused.
    """
    now = at or local_now()
    found = determination_of(case, now.date())
    if not isinstance(found, Determination):
        raise CaseError(
            refused(
                "calculation.impossible", f"现在不能测算：{found.zh}", f"cannot be calculated: {found.en}"
            )
        )
    proposal = proposal_of(found, discretion(found))
    if chosen is None and (proposal.programme is None or proposal.amount is None):
        raise CaseError(
            refused(
                "calculation.open", "还缺少事实，机器不能提出建议", "facts are missing; the machine proposes nothing",
                "补充事实后再测算，或者由经办人写明项目、金额和理由", "complete the facts, or write programme, sum and reason",
            )
        )  # fmt: skip
    frozen = freeze_for(case, found, proposal, user, now)
    done = take(case, "calculate", user, _inputs(frozen, proposal, chosen), seen=seen, token=token, at=now)
    if done.again or chosen is None:
        return done
    return take(done.case, "overrule", user, {"reason": chosen.reason}, at=now)


def freeze_for(case: Case, found: Determination, proposal: Proposal, user: Any, at: datetime) -> Frozen:
    """Store a determination, sealed, under a number of its own."""
    number = f"{case.county}-{at.year}-{SERIES}{draw(case.county, at.year, SERIES):06}"
    text = json.dumps(freeze(found), ensure_ascii=False, sort_keys=True).encode()
    frozen = Frozen.objects.create(
        region_id=case.region_id, case=case, number=number, day=found.statute.day, law=law_version(found.statute),
        tier=found.tier or "", amount=found.amount(), counted=proposal.counted, turns_on=list(proposal.turns_on), by=user,
        sealed=seal(zlib.compress(text), PURPOSE, number),
    )  # fmt: skip
    record("case.freeze", case, details={"number": number})
    return frozen


def replayed(frozen: Frozen) -> Replay:
    """Compute a frozen determination again from its own facts and parameters; who asked is recorded.

    Raises:
        ReplayError: its content is not what was sealed.
    """
    found = replay(frozen.content())
    record("case.replay", frozen.case, details={"number": frozen.number, "identical": found.identical})
    return found


def _inputs(frozen: Frozen, proposal: Proposal, chosen: Chosen | None) -> dict[str, Plain]:
    programme = chosen.programme if chosen else proposal.programme
    amount = chosen.amount if chosen else proposal.amount
    inputs: dict[str, Plain] = {
        "determination": frozen.number, "programme": str(programme), "amount": int(amount or 0),
        "members_counted": chosen.members_counted if chosen else proposal.counted,
    }  # fmt: skip
    return inputs | ({"turns_on": proposal.turns_on} if proposal.turns_on else {})


@transaction.atomic
def conclude_as(
    case: Case,
    step: str,
    user: Any,
    inputs: dict[str, Plain],
    overruling: str = "",
    *,
    seen: int | None = None,
    token: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Done:
    """Take ``propose`` or ``conclude``; with a reason for ``overruling`` the machine's proposal is first set aside, both or
    neither.

    Raises:
        CaseError: every reason against it.
    """
    if not overruling:
        return take(case, step, user, inputs, seen=seen, token=token, at=at)
    at = at or local_now()
    first = take(case, "overrule", user, {"reason": overruling}, seen=seen, token=token, at=at)
    return first if first.again else take(first.case, step, user, inputs, at=at)
