"""Fields of appeals, corrections and complaints."""

from __future__ import annotations

from doudi.documents import Fields
from doudi.web.cases.papers.common import filled_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text, money
from doudi.web.cases.papers.writing import Line, Part, text_part, writes

_UNPAID = {
    "redo_decision": "原决定撤销，案件退回作出决定的环节重新作出", "uphold_decision": "原决定不变",
    "correct_record": "更正有误的信息，待遇金额不变",
}  # fmt: skip


@writes("decision_number")
def decision_number(draft: Draft) -> Line:
    """The decision that is contested."""
    return Line("原决定文号", str(draft.filled("decision_number", "")))


@writes("claims")
def claims(draft: Draft) -> Part:
    """What is asked for."""
    return text_part("申诉请求", str(draft.filled("claims", "")))


@writes("verdict")
def verdict(draft: Draft) -> Line:
    """What the reviewer decided."""
    return Line("复核结果", filled_word(draft, "verdict"))


@writes("amended")
def amended(draft: Draft) -> Line:
    """What becomes of the contested decision."""
    decided = draft.last(
        "change_decision", "revoke_decision", "redo_decision", "uphold_decision", "correct_record"
    )
    if decided is None or "effective_from" not in decided.inputs:
        return Line("原决定的处理", _UNPAID[decided.step] if decided else "")
    told = decided.inputs
    month = str(told["effective_from"])[:7]
    before, now = (money(int(str(told[name]))) for name in ("amount_before", "amount"))
    return Line("原决定的处理", f"自 {month} 起，每月 {before}改为每月 {now}")


@writes("settlement")
def settlement(draft: Draft) -> Line:
    """What becomes of months already paid."""
    return Line(
        "已发月份的差额", f"{money(int(draft.filled('difference', 0)))}，{filled_word(draft, 'settlement')}"
    )


@writes("reason", "appeal_decision", "correction_notice")
def reason(draft: Draft) -> Part:
    """What was claimed, what was found, why it is decided so."""
    looked = draft.last("look_into_appeal")
    found = str(looked.inputs.get("findings", "")) if looked else ""
    text = (
        f"您的请求：{draft.filled('claims', '')}\n复核查明：{found}\n复核意见：{draft.filled('reason', '')}"
    )
    return text_part("事实和理由", text)


@writes("corrected")
def corrected(draft: Draft) -> Part:
    """What is put right."""
    pairs = (("更正对象", str(draft.filled("decision_number", ""))), ("更正日期", day_text(draft.day)))
    return Part("更正", (Fields(pairs, 1),))


@writes("result", "complaint_answer")
def result(draft: Draft) -> Part:
    """What was decided on a complaint."""
    return text_part("处理结果", f"{draft.filled('outcome', '')}\n{draft.filled('reason', '')}")
