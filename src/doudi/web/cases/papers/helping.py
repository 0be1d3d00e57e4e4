"""Fields of urgent aid, commitments, recovery and warnings."""

from __future__ import annotations

from doudi.documents import Points
from doudi.web.cases.papers.common import filled_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import money
from doudi.web.cases.papers.writing import Line, Part, text_part, writes

DUTIES = (
    "如实说明家庭成员、收入、支出和财产，不隐瞒、不编造。",
    "同意有关部门按授权核对家庭情况，配合入户调查。",
    "家庭情况变化后，按规定的期限主动报告。",
)
CONSEQUENCES = (
    "核实与承诺相符的，记为守信，以后办理照此简化。",
    "核实与承诺不符的，停止救助，退回多领的部分，记录承诺等级；情节严重的，以后不再适用承诺办理。",
    "不签署承诺的，按一般程序提交材料，不影响申请的权利。",
)


@writes("duties")
def duties(draft: Draft) -> Part:
    """What the law asks of the household."""
    return Part("告知的义务", (Points(DUTIES, ordered=True),))


@writes("promises")
def promises(draft: Draft) -> Part:
    """What the household promises."""
    return Part(
        "我（们）承诺", (Points(tuple(str(each) for each in draft.filled("promises", ())), ordered=True),)
    )


@writes("consequences")
def consequences(draft: Draft) -> Part:
    """What follows, either way."""
    return Part("后果", (Points(CONSEQUENCES, ordered=True),))


@writes("grade")
def grade(draft: Draft) -> Line:
    """How the commitment was kept."""
    return Line("核实等级", filled_word(draft, "grade"))


@writes("findings")
def findings(draft: Draft) -> Part:
    """What was found."""
    return text_part("核实情况", str(draft.filled("findings", "")))


@writes("cause")
def cause(draft: Draft) -> Part:
    """Why help was needed."""
    return text_part("救助事由", str(draft.filled("cause", "")))


@writes("how_paid")
def how_paid(draft: Draft) -> Line:
    """By which payment."""
    return Line("发放记录", str(draft.filled("pay_record", "")))


@writes("amount", "aid_record")
def aid(draft: Draft) -> Line:
    """The sum of aid given at once."""
    return Line("救助金额", money(draft.filled("amount")))


@writes("officers")
def officers(draft: Draft) -> Line:
    """Who decided it."""
    return Line("经办和批准", draft.names((draft.event.actor.account,)) if draft.event else "")


@writes("indicator")
def indicator(draft: Draft) -> Line:
    """Which indicator."""
    return Line("预警指标", str(draft.filled("indicator", "")))


@writes("level")
def level(draft: Draft) -> Line:
    """How urgent."""
    return Line("预警等级", filled_word(draft, "level"))


@writes("result", "warning_result")
def result(draft: Draft) -> Line:
    """What came of it."""
    return Line("处置结果", filled_word(draft, "result"))


@writes("evidence")
def evidence(draft: Draft) -> Part:
    """What it rests on."""
    items = tuple(str(each) for each in draft.filled("evidence", ()))
    return Part("依据和核查情况", (Points(items, lead=str(draft.filled("findings", ""))),))
