"""Fields of appeals, corrections and complaints."""

from __future__ import annotations

from doudi.documents import Fields
from doudi.web.cases.papers.common import filled_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text
from doudi.web.cases.papers.writing import Line, Part, text_part, writes


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
