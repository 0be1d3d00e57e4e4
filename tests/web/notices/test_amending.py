"""What an appeal decides takes effect: the sum from the right month, the difference by somebody else, or the case decided again."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from doudi.procedure.cases import read_cases
from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.cases.errors import CaseError
from doudi.web.cases.models import Case, Entitlement, Paper
from doudi.web.cases.prefilling import initial
from doudi.web.cases.selectors.folders import Folder
from doudi.web.cases.services.carrying import Done
from doudi.web.cases.services.moving import take
from doudi.web.database.scope import acting_as, system
from doudi.web.notices.services.appealing import appeal_against
from tests.web.notices.making import refusal
from tests.web.notices.playing import Stage, play
from tests.web.people import HERE, People
from tests.web.registry.making import member_of

REMEDIES = ("reconsideration", "litigation")


@pytest.fixture
def stage(people: People) -> Stage:
    """Whoever acts."""
    return Stage(people)


def cut(stage: Stage, people: People) -> Paper:
    """The decision by which a household was cut from 2026-09 on, put into effect."""
    written = next(each for each in read_cases() if each.en == "In its month it takes effect")
    with acting_as(system()):
        home = member_of(people.regions[f"{HERE}101201"]).household
    case = play(written, home, stage)
    with acting_as(system()):
        return Paper.objects.select_related("case__household").get(case=case, kind="cut_decision")


def appealed(stage: Stage, people: People, decision: Paper) -> tuple[Case, User]:
    """An appeal of the household that was looked into by somebody who took no part."""
    resident, reviewer = stage.user("resident"), people.user(Role.COUNTY_CLERK)
    assert resident is not None
    with acting_as(resident.scope):
        appeal = appeal_against(decision, "收入没有增加", resident, uuid.uuid4())
    done(appeal, "look_into_appeal", reviewer, findings="工资已停发")
    return appeal, reviewer


def done(case: Case, step: str, user: User, **inputs: Any) -> Done:
    with acting_as(user.scope):
        return take(case, step, user, inputs)


def rows(case: Case) -> list[tuple[str, str | None, int, bool]]:
    """What the household is paid: first month, month in which it ends, fen, whether once."""
    with acting_as(system()):
        found = Entitlement.objects.filter(household=case.household).order_by("pk")
        return [
            (f"{each.since:%Y-%m}", f"{each.until:%Y-%m}" if each.until else None, each.amount, each.once)
            for each in found
        ]


def test_a_revoked_cut_is_undone_from_its_month_and_somebody_else_decides_on_the_difference(
    stage: Stage, people: People
):
    decision = cut(stage, people)
    lowered = rows(decision.case)
    appeal, reviewer = appealed(stage, people, decision)
    told = {"amount_before": lowered[0][2], "amount": 126_000, "effective_from": "2026-09-01"}
    decided = done(
        appeal,
        "revoke_decision",
        reviewer,
        verdict="revoked",
        reason="停减没有依据",
        remedies=REMEDIES,
        **told,
    )
    assert rows(appeal) == [("2026-09", "2026-09", lowered[0][2], False), ("2026-09", None, 126_000, False)]
    with acting_as(system()):
        assert "1,260.00" in str(decided.papers[0].content())
    head = people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        move = next(each for each in Folder(appeal, head).moves if each.step.name == "settle_difference")
        shown = initial(Folder(appeal, head), move.step)
        assert shown["settlement"] == "paid"
        assert shown["difference"] % (126_000 - lowered[0][2]) == 0
    with pytest.raises(CaseError, match="months already paid"):
        done(appeal, "deliver_appeal", reviewer, delivered_by="in_person")
    with pytest.raises(CaseError):
        done(appeal, "settle_difference", reviewer, settlement="paid", difference=200_000, reason="补发")
    done(appeal, "settle_difference", head, settlement="paid", difference=200_000, reason="补发")
    assert [(amount, once) for _since, _until, amount, once in rows(appeal)][-1] == (200_000, True)
    assert done(appeal, "deliver_appeal", reviewer, delivered_by="in_person").case.closed_at is not None


def test_a_cut_that_is_to_be_decided_again_is_paid_as_before_until_then(stage: Stage, people: People):
    decision = cut(stage, people)
    appeal, reviewer = appealed(stage, people, decision)
    done(appeal, "redo_decision", reviewer, verdict="again", reason="没有听取意见", remedies=REMEDIES)
    with acting_as(system()):
        original = Case.objects.get(pk=decision.case_id)
        before = next(row.inputs for row in original.taken.order_by("number") if row.step == "intend")
    assert (original.stage, original.closed_at) == ("proposed", None)
    assert rows(appeal)[-1] == ("2026-09", None, before["amount_before"], False)


def test_a_refusal_has_nothing_to_restore_but_can_become_a_sum(stage: Stage, people: People):
    with acting_as(system()):
        home = member_of(people.regions[f"{HERE}101201"]).household
    case = play(refusal(), home, stage)
    with acting_as(system()):
        decision = Paper.objects.select_related("case__household").get(case=case, kind="refusal_decision")
    appeal, reviewer = appealed(stage, people, decision)
    told: dict[str, Any] = {
        "amount_before": 0,
        "amount": 56_000,
        "effective_from": "2026-11-01",
        "remedies": REMEDIES,
    }
    with pytest.raises(CaseError, match="nothing that was received"):
        done(appeal, "revoke_decision", reviewer, verdict="revoked", reason="不当", **told)
    done(appeal, "change_decision", reviewer, verdict="changed", reason="赡养人已去世", **told)
    assert rows(appeal) == [("2026-11", None, 56_000, False)]
