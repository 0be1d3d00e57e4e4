"""Conditions on opinions, public notices, decisions and payment."""

from __future__ import annotations

from datetime import date

from doudi.procedure.calendar import add_months
from doudi.procedure.case import Event
from doudi.procedure.conditions.registry import Conditions, View

conditions = Conditions()
REMEDIES = ("reconsideration", "litigation")


@conditions.add(
    "意见为同意", "the opinion is to grant",
    "拟不同意的申请不作公示", "an opinion to refuse is not put on public notice",
    "直接报送", "report it without notice",
)  # fmt: skip
def opinion_is_to_grant(view: View) -> bool:
    """Only what is to be granted is announced (谁救助谁公示)."""
    return view.fact("opinion") == "grant"


@conditions.add(
    "意见为不同意", "the opinion is to refuse",
    "拟同意的申请须先公示", "an opinion to grant goes on public notice first",
    "先公示", "post the notice first",
)  # fmt: skip
def opinion_is_to_refuse(view: View) -> bool:
    """Without notice only what is to be refused."""
    return view.fact("opinion") == "refuse"


@conditions.add(
    "尚未公示", "no notice was posted",
    "已经公示过", "a notice was posted already",
    "由县级负责人确认", "the head of the county confirms",
)  # fmt: skip
def notice_is_missing(view: View) -> bool:
    """A grant against the township's opinion has not been announced yet (M57 art. 19)."""
    return not view.standing.has("post_notice")


@conditions.add(
    "本地由乡镇（街道）确认", "the township confirms here",
    "本地没有规定由乡镇（街道）确认", "the township does not confirm here",
    "报县级民政部门确认；2026-07-01 起须由省级规定下放", "report to the county; from 2026-07-01 only the province can move it",
)  # fmt: skip
def township_confirms(view: View) -> bool:
    """Confirmation has been moved to the township (M57 art. 2; LAW art. 44)."""
    return view.ground.delegated


@conditions.add(
    "本地由县级确认", "the county confirms here",
    "本地由乡镇（街道）确认", "the township confirms here",
    "由乡镇（街道）负责人确认", "the head of the township confirms",
)  # fmt: skip
def county_confirms(view: View) -> bool:
    """Confirmation lies with the county."""
    return not view.ground.delegated


@conditions.add(
    "项目、人数、金额齐全", "programme, members and sum",
    "给予救助没有写明项目、人数或金额", "programme, members or sum are missing",
    "写明项目、人数、金额", "write programme, number of members and sum", asks_inputs=True,
)  # fmt: skip
def grant_is_complete(view: View) -> bool:
    """A grant names the programme, the number of members and the sum; recognition alone has the sum 0."""
    facts = (view.fact("programme"), view.fact("members_counted"), view.fact("amount"))
    return all(fact is not None for fact in facts) and isinstance(facts[1], int) and facts[1] > 0


@conditions.add(
    "已告知复议和诉讼", "remedies are told",
    "没有告知行政复议和行政诉讼", "the remedies are not told",
    "写明行政复议、行政诉讼的途径和期限", "tell reconsideration and litigation, with their periods", asks_inputs=True,
)  # fmt: skip
def remedies_are_told(view: View) -> bool:
    """A refusal tells reconsideration and litigation (M57 art. 38, LAW art. 76)."""
    return set(REMEDIES) <= set(view.words("remedies"))


@conditions.add(
    "已测算", "calculated",
    "机器的建议没有人提出，也没有改判理由", "nobody has calculated the case",
    "先测算", "calculate first",
)  # fmt: skip
def proposal_stands(view: View) -> bool:
    """A calculation is on record: a person proposes, after it or against it with a reason."""
    return view.standing.has("calculate")


@conditions.add(
    "与测算一致或者有改判理由", "as calculated, or overruled with a reason",
    "意见与测算不同，没有写改判理由", "the opinion differs from the calculation without a reason",
    "先记录不采用测算结果的理由", "record why the calculation is not followed", asks_inputs=True,
)  # fmt: skip
def departure_has_reason(view: View) -> bool:
    """An opinion against the machine's proposal follows a recorded reason (人工改判): another outcome, programme or sum."""
    calculated = _standing_proposal(view)
    if calculated is None:
        return True
    if calculated.inputs.get("programme") == "none":
        return view.inputs.get("opinion") == "refuse"
    said = {
        name: view.inputs[name] for name in ("programme", "members_counted", "amount") if name in view.inputs
    }
    proposed = calculated.inputs
    return view.inputs.get("opinion") == "grant" and all(
        proposed.get(name, said[name]) == said[name] for name in said
    )


@conditions.add(
    "结论与测算一致或者有改判理由", "concluded as calculated, or overruled with a reason",
    "核查结论与测算不同，没有写改判理由", "the conclusion differs from the calculation without a reason",
    "先记录不采用测算结果的理由", "record why the calculation is not followed", asks_inputs=True,
)  # fmt: skip
def conclusion_has_reason(view: View) -> bool:
    """A review ends as calculated, or against the calculation with a recorded reason."""
    calculated = _standing_proposal(view)
    if calculated is None:
        return True
    is_out, new, old = (
        calculated.inputs.get("programme") == "none",
        calculated.inputs.get("amount"),
        view.fact("amount_before"),
    )
    change = view.inputs.get("change")
    if is_out or change in ("stop", "steps"):
        return is_out and change in ("stop", "steps")
    if change == "none":
        return new is None or old is None or new == old
    return view.inputs.get("amount") == new


def _standing_proposal(view: View) -> Event | None:
    """The calculation that nobody has overruled since; None when there is none."""
    calculated, overruled = view.last("calculate"), view.last("overrule")
    is_overruled = calculated and overruled and overruled.number > calculated.number
    return None if is_overruled else calculated


@conditions.add(
    "异议已重新调查或者评议", "the objection was heard again",
    "异议后没有重新调查，也没有民主评议", "after the objection nothing was investigated or appraised anew",
    "重新组织调查，或者开展民主评议", "investigate anew, or hold a democratic appraisal",
)  # fmt: skip
def objection_was_heard(view: View) -> bool:
    """An objection leads to a new inquiry or a democratic appraisal (M57 art. 19)."""
    objected = view.last("object")
    again = (view.last("rehear"), view.last("appraise_objection"))
    return objected is not None and any(event and event.number > objected.number for event in again)


@conditions.add(
    "异议不成立", "not upheld",
    "异议成立，须重新提出初审意见", "the objection was upheld: a new opinion is needed",
    "重新提出初审意见", "propose anew",
)  # fmt: skip
def objection_was_not_upheld(view: View) -> bool:
    """The notice goes on only when the opinion stands."""
    return view.fact("upheld") is not True


@conditions.add(
    "确认之日的下月起", "from the month after the confirmation",
    "还没有到开始发放的月份", "payment begins in a later month",
    "从确认之日的下月起发放", "pay from the month after the confirmation",
)  # fmt: skip
def month_after_confirmation(view: View) -> bool:
    """Paid from the month after the confirmation (M57 art. 21, M43 art. 17)."""
    confirmed = view.last("confirm") or view.last("confirm_delegated")
    return confirmed is not None and view.day >= first_month(confirmed.at.date())


@conditions.add(
    "有发放金额", "a sum is payable",
    "不发放的认定没有发放环节", "recognition without a sum is not paid",
    "按认定结果转介专项救助", "refer to the programmes that the recognition opens",
)  # fmt: skip
def something_is_payable(view: View) -> bool:
    """A sum was granted."""
    amount = view.fact("amount")
    return isinstance(amount, int) and not isinstance(amount, bool) and amount > 0


@conditions.add(
    "没有发放金额", "no sum is payable",
    "有金额的决定要发放", "a sum was granted: it is to be paid",
    "按发放环节办理", "take the step with payment",
)  # fmt: skip
def nothing_is_payable(view: View) -> bool:
    """Recognition without a sum: low-margin, rigid-expenditure hardship."""
    return not something_is_payable(view)


@conditions.add(
    "复核人未参与原办件", "the reviewer took no part",
    "复核人参与过原办件", "the reviewer took part in the earlier case",
    "换由未参与原办件的人复核", "let somebody review who took no part",
)  # fmt: skip
def reviewer_took_no_part(view: View) -> bool:
    """An appeal is heard by somebody else."""
    earlier = view.standing.facts.get("earlier_accounts", ())
    return not isinstance(earlier, tuple) or view.actor.account not in earlier


@conditions.add(
    "变更了金额", "a sum was amended",
    "复核没有变更金额，没有差额可以处理", "no sum was amended, so there is no difference",
    "直接送达复核决定", "hand over the decision",
)  # fmt: skip
def sum_was_amended(view: View) -> bool:
    """An appeal changed what is paid."""
    return view.standing.has("change_decision") or view.standing.has("revoke_decision")


@conditions.add(
    "差额已有决定", "the difference is settled",
    "金额已变更，已发月份的差额还没有决定", "the sum was amended, and nobody has decided on months already paid",
    "由没有参与复核的县级负责人决定补发、追回或者不补不追", "let a head of the county who took no part decide on it",
)  # fmt: skip
def difference_is_settled(view: View) -> bool:
    """Where an appeal changed a sum, somebody has decided on the months that were paid already."""
    return not sum_was_amended(view) or view.standing.has("settle_difference")


@conditions.add(
    "写明理由", "reasons are given",
    "与家庭的书面答复缺少理由", "the answer lacks its reasons",
    "写明事实、依据和理由", "write facts, articles and reasons", asks_inputs=True,
)  # fmt: skip
def answer_has_reasons(view: View) -> bool:
    """Decisions give reasons."""
    return bool(view.inputs.get("reason"))


def first_month(confirmed: date) -> date:
    """The first day of the month after a day."""
    return add_months(confirmed.replace(day=1), 1)
