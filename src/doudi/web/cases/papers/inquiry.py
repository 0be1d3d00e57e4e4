"""Fields of applying and inquiry: papers, authorisation, visit, appraisal."""

from __future__ import annotations

from doudi.documents import Cell, Column, Paragraph, Points, Table
from doudi.feeds import contracts
from doudi.web.applications.checking import newest_signed
from doudi.web.applications.sources import left_out, source_word
from doudi.web.cases.models import Kinship
from doudi.web.cases.papers.common import filled_word, paper_titles
from doudi.web.cases.papers.composing import aid_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.writing import Line, Part, text_part, writes

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
    """The departments that may be asked, and what the household does not allow to be asked."""
    refused = {feed for each in newest_signed(draft.case).values() for feed in each.refused}
    named = dict.fromkeys(contracts()[feed].department_zh for feed in left_out(refused))
    told = [Paragraph("、".join(named) + "。")]
    if refused:
        told.append(
            Paragraph(f"不同意查询：{'、'.join(source_word(feed, 'zh') for feed in sorted(refused))}。")
        )
    return Part("可以查询的部门和机构", tuple(told))


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
