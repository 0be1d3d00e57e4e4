"""Fields of applying and inquiry: papers, authorisation, check, visit, appraisal."""

from __future__ import annotations

from doudi.documents import Block, Cell, Column, Fields, Paragraph, Points, Table
from doudi.feeds import contracts
from doudi.procedure.calendar import add_months
from doudi.verification.catalogue import checkable_feeds
from doudi.web.cases.models import Kinship
from doudi.web.cases.papers.common import filled_word, paper_titles
from doudi.web.cases.papers.composing import aid_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text
from doudi.web.cases.papers.writing import UNKNOWN, Line, Part, text_part, writes
from doudi.web.registry.known import source_name
from doudi.web.registry.selectors.checks import AGREES, DIFFERS, report
from doudi.web.registry.selectors.checks import Cell as Answer
from doudi.web.registry.selectors.means import means

MOST = 10
"""Differences that a document shows; how many are left over is told."""
BY_HAND = "______________________________"


@writes("programme_wishes")
def programme_wishes(draft: Draft) -> Line:
    """What is applied for."""
    return Line("申请事项", aid_word(draft))


@writes("papers")
def papers(draft: Draft) -> Part:
    """Papers that are missing, all of them at once."""
    titles = tuple(paper_titles(draft))
    again = draft.event.inputs.get("supervisor_reason") if draft.event else None
    lead = f"还缺以下 {len(titles)} 项。这是全部，以后不再因为已有的情形要求别的材料。"
    if again:
        lead = f"再次请您补充以下 {len(titles)} 项。负责人说明的原因：{again}"
    return Part("需要补充的材料", (Points(titles, ordered=True, lead=lead),))


@writes("papers", "papers_reminder")
def papers_late(draft: Draft) -> Part:
    """Papers of urgent aid that are still due."""
    titles = tuple(paper_titles(draft)) or ("救助申请书和身份信息", "急难情况说明", "经办人员和受助人签字")
    return Part("需要补齐的手续", (Points(titles, ordered=True),))


@writes("institutions")
def institutions(draft: Draft) -> Part:
    """The departments that may be asked."""
    named = dict.fromkeys(contracts()[feed].department_zh for feed in checkable_feeds())
    return Part("可以查询的部门和机构", (Paragraph("、".join(named) + "。"),))


@writes("purpose")
def purpose(draft: Draft) -> Part:
    """What it is asked for, and nothing else."""
    text = f"只用于办理本家庭的{aid_word(draft)}和享受救助期间的核查；不用于其他目的，不向无关的人提供。"
    return text_part("用途", text)


@writes("until", "check_authorisation")
def authorised_until(draft: Draft) -> Line:
    """How long an authorisation holds."""
    return Line("有效期", "自签署之日起，到本次申请办结；给予救助的，到停止救助之日。可以随时书面撤回。")


@writes("relation")
def relation(draft: Draft) -> Line:
    """How a member of the staff is related."""
    account = str(draft.filled("kin_account", ""))
    known = Kinship.objects.filter(
        household_id=draft.case.household_id, user_id=account or None, until__isnull=True
    ).first()
    return Line("关系", known.relation if known else "近亲属（关系由申报人在下方写明）")


@writes("account")
def account(draft: Draft) -> Line:
    """Who steps aside."""
    return Line("回避人员", draft.names((draft.filled("kin_account", ""),)))


@writes("sources")
def sources(draft: Draft) -> Part:
    """What each source answered of each member: agrees, differs, silent."""
    if draft.file is None:
        return Part("核对来源", (Paragraph(UNKNOWN),))
    rows = [
        (
            Cell(source_name(row.source, "zh")),
            Cell(row.period or "—"),
            Cell(row.received or "—"),
            *_answer(row.cells),
        )
        for row in report(draft.file.known)
    ]
    columns = (
        Column("来源", 4),
        Column("数据截至", 3),
        Column("收到日期", 3),
        Column("结果", 2),
        Column("不一致项数", 2, "right"),
    )
    return Part(
        "核对来源",
        (Table(columns, tuple(rows), "“一致”指该来源与采用的信息没有出入；没有列出的来源没有答复。"),),
    )


def _answer(cells: list[Answer]) -> tuple[Cell, Cell]:
    differing = sum(cell.differing for cell in cells)
    states = {cell.state for cell in cells}
    if DIFFERS in states:
        return Cell("不一致", "attention", badge=True), Cell(str(differing))
    return (
        Cell("一致", "good", badge=True) if AGREES in states else Cell("没有信息", "faint", badge=True)
    ), Cell("0")


@writes("results")
def results(draft: Draft) -> Part:
    """The result of the check, with every difference."""
    blocks: list[Block] = [Fields((("核对结果", filled_word(draft, "check_result")),), 1)]
    if draft.filled("findings"):
        blocks.append(Paragraph(str(draft.filled("findings"))))
    return Part("核对结果", (*blocks, *_differences(draft)))


@writes("what_does_not_fit")
def what_does_not_fit(draft: Draft) -> Part:
    """What the household is told about differences."""
    checked = draft.last("report_check")
    told = str(checked.inputs.get("findings", "")) if checked else ""
    blocks = [Paragraph(told)] if told else []
    return Part("核对发现的不一致", (*blocks, *_differences(draft)))


def _differences(draft: Draft) -> tuple[Block, ...]:
    found = means(draft.file).conflicts if draft.file else []
    if not found:
        return (Paragraph("各来源之间没有不一致。"),)
    rows = [
        (
            Cell(line.member.person.name if line.member else "家庭"), Cell(line.fact.zh),
            Cell("；".join(f"{source_name(each.source, 'zh')}：{each.shown('zh')}" for each in line.told)),
        )
        for line in found[:MOST]
    ]  # fmt: skip
    left = (Paragraph(f"另有 {len(found) - MOST} 项，见家庭档案。", "faint"),) if len(found) > MOST else ()
    return (Table((Column("成员", 2), Column("项目", 2), Column("各来源的说法", 6)), tuple(rows)), *left)


@writes("valid_until")
def valid_until(draft: Draft) -> Line:
    """Until when the report may decide."""
    months = draft.ground.value("choice.check_report_months")
    text = (
        f"{day_text(add_months(draft.day, months))}（{months} 个月）"
        if months
        else "当地没有规定；作出决定时以最新的为准"
    )
    return Line("报告有效期", text)


@writes("how_to_object")
def how_to_object(draft: Draft) -> Part:
    """What the household can do."""
    text = (
        "信息不对的，请告诉我们哪一项、实际是什么，有证明的附上证明；没有证明的也可以说明情况。我们会向提供信息的部门复查。"
        "复查有结果之前，不会因为这一项作出对您不利的决定。"
    )
    return text_part("不同意怎么办", text)


@writes("needs")
def needs(draft: Draft) -> Part:
    """What the investigators found, and room for what the household says."""
    return text_part("调查情况和家庭的困难、需要", f"{draft.filled('findings', '')}\n家庭补充：{BY_HAND}")


@writes("investigators")
def investigators(draft: Draft) -> Line:
    """Who investigated, two or more."""
    return Line("调查人员", draft.names(draft.filled("investigators", ())) or BY_HAND[:12])


@writes("member_present")
def member_present(draft: Draft) -> Line:
    """How, and whether both sides signed."""
    signed = "双方已签字" if draft.filled("signed_by_both") else "没有双方签字"
    return Line("方式和签字", f"{filled_word(draft, 'manner')}，{signed}")


@writes("participants")
def participants(draft: Draft) -> Part:
    """Who took part in an appraisal, to be signed by hand."""
    rows = tuple((Cell(str(place)), Cell(""), Cell(""), Cell("")) for place in range(1, 8))
    columns = (
        Column("序号", 1),
        Column("姓名", 3),
        Column("身份（村民代表、党员、干部等）", 4),
        Column("签字", 3),
    )
    return Part("参加人", (Table(columns, rows),))


@writes("points")
def points(draft: Draft) -> Part:
    """What was looked at."""
    return text_part("评议情况", str(draft.filled("findings", "")))


@writes("result", "appraisal_record")
def appraised(draft: Draft) -> Part:
    """What the appraisal came to."""
    return text_part("评议结果", str(draft.filled("outcome", "")))
