"""Fields of the one door: what is asked of whom, what offices gave, and what is left for the household to pay."""

from __future__ import annotations

from doudi.documents import Cell, Column, Paragraph, Table
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import money
from doudi.web.cases.papers.writing import Line, Part, writes
from doudi.web.chain.selectors.chains import Chain

MOST = 12
NO_COST = "没有需要逐项扣减的大额支出。"


@writes("programmes")
def programmes(draft: Draft) -> Part:
    """What may be due, by office; each office decides itself."""
    found = Chain(draft.case).proposals if draft.case.household_id else []
    rows = [
        (Cell(each.office.zh), Cell("、".join(dict.fromkeys(one.programme.zh for one in each.standings))))
        for each in found[:MOST]
    ]
    if not rows:
        return Part("可能符合的救助", (Paragraph("由经办人按家庭情况确定转办的部门。"),))
    note = "由各部门按规定决定；您不需要分别去跑。"
    return Part("可能符合的救助", (Table((Column("部门", 2), Column("救助项目", 5)), tuple(rows), note),))


@writes("measures")
def measures(draft: Draft) -> Part:
    """What each office answered."""
    rows = [
        (
            Cell(column.office.zh),
            Cell(measure.programme.zh),
            Cell("未给予" if measure.granted is None else money(measure.granted)),
        )
        for column in Chain(draft.case).columns
        for measure in column.measures
    ]
    if not rows:
        return Part("各部门的办理结果", (Paragraph(str(draft.filled("findings", ""))),))
    columns = (Column("部门", 3), Column("救助项目", 4), Column("给予金额", 3, "right"))
    return Part(
        "各部门的办理结果", (Table(columns, tuple(rows)), Paragraph(str(draft.filled("findings", ""))))
    )


@writes("cost_waterfall")
def cost_waterfall(draft: Draft) -> Part:
    """From the whole cost to what is left, step by step, as the rules say."""
    made = Chain(draft.case).waterfall
    if made is None:
        return Part("费用逐项扣减", (Paragraph(NO_COST),))
    rows = [(Cell("总费用", "strong"), Cell(""), Cell(money(made.cost)))]
    for each in made.steps:
        named = "、".join(programme.zh for programme, _paid in each.programmes) or "补充和商业保险"
        rows.append(
            (
                Cell(named),
                Cell(f"－{money(each.paid)}" if each.paid is not None else "待定"),
                Cell(money(each.left)),
            )
        )
    columns = (Column("项目", 5), Column("支付", 3, "right"), Column("还剩", 3, "right"))
    return Part("费用逐项扣减", (Table(columns, tuple(rows)),))


@writes("left_to_pay")
def left_to_pay(draft: Draft) -> Line:
    """What is left for the household."""
    made = Chain(draft.case).waterfall
    return Line("个人负担", (money(made.left) or "有项目待定，暂不能确定") if made else "没有")
