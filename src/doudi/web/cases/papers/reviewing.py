"""Fields of reviews, hearings, cuts, exits by steps, and the assessment of ability."""

from __future__ import annotations

from typing import Any

from doudi.documents import Cell, Column, Fields, Paragraph, Signature, Signatures, Table
from doudi.facts.vocabulary import Vocabulary
from doudi.web.cases.papers.calculation import failing_articles
from doudi.web.cases.papers.common import cited, filled_word
from doudi.web.cases.papers.contacts import OFFICE, contact_of
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.inquiry import BY_HAND
from doudi.web.cases.papers.words import day_text, money, month_text
from doudi.web.cases.papers.writing import Line, Part, text_part, writes

ABILITIES = ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe")


@writes("changes")
def changes(draft: Draft) -> Part:
    """Why it was reviewed, and what was found otherwise."""
    pairs = [
        ("核查原因", filled_word(draft, "review_cause")), ("死亡日期", day_text(draft.filled("died_on"))),
        ("变化日期", day_text(draft.filled("changed_on"))), ("原月金额", money(draft.filled("amount_before"))),
        ("调查情况", str(draft.filled("findings", ""))),
    ]  # fmt: skip
    return Part("变化情况", (Fields(tuple(pair for pair in pairs if pair[1]) or (("变化", "没有变化"),), 1),))


@writes("conclusion")
def conclusion(draft: Draft) -> Part:
    """What the review comes to."""
    amount = draft.event.inputs.get("amount") if draft.event else None
    pairs = (("核查结论", filled_word(draft, "change")), ("拟定月金额", money(amount) or "不变或者另案确定"))
    return Part("结论", (Fields(pairs), Paragraph(str(draft.filled("reason", "")))))


@writes("investigators", "review_form")
def reviewers(draft: Draft) -> Line:
    """Who visited, where somebody did."""
    return Line("调查人员", draft.names(draft.filled("investigators", ())) or "本次以信息核对为主，没有入户")


@writes("intended")
def intended(draft: Draft) -> Part:
    """What is intended: the sum before, the sum after, from when."""
    steps = draft.filled("steps")
    if steps and draft.case.kind == "grace":
        return Part("拟作的决定", (Paragraph("因家庭成员就业增收，救助金拟按月递减："), _steps_table(steps)))
    if draft.case.kind == "tekun_end":
        return Part(
            "拟作的决定",
            (Paragraph(f"拟终止特困人员救助供养。终止情形：{filled_word(draft, 'ending_ground')}。"),),
        )
    after = draft.filled("amount")
    what = "拟停发" if after == 0 else f"拟减为每月 {money(after)}"
    text = f"原每月 {money(draft.filled('amount_before')) or '—'}，{what}，自{month_text(draft.filled('effective_from'))}起。"
    return Part(
        "拟作的决定", (Paragraph(text), Fields((("法定事由", filled_word(draft, "ground_for_cut")),), 1))
    )


@writes("how", "hearing_invitation")
def how_to_speak(draft: Draft) -> Part:
    """How one is heard; that nothing is decided before."""
    here = contact_of(draft.township, OFFICE).sentence
    text = (
        f"可以到{here}当面说，可以打电话或者写下来，也可以请家人、村（居）民委员会或者委托的人代说；行动不便的，我们上门听取。"
        "听取您的意见之前，不作出决定，也不停发。"
    )
    return text_part("怎样说", text)


@writes("speaker")
def speaker(draft: Draft) -> Line:
    """Who spoke."""
    return Line("陈述人", filled_word(draft, "speaks_for"))


@writes("said")
def said(draft: Draft) -> Part:
    """What was said."""
    return text_part("陈述的意见", str(draft.filled("said", "")))


@writes("answer")
def answer(draft: Draft) -> Part:
    """Room for what the officer answers."""
    return text_part("经办人说明", f"意见将全文附卷，决定书写明是否采纳和理由。\n当场说明：{BY_HAND}")


@writes("signatures", "hearing_record")
def heard(draft: Draft) -> Part:
    """Both sides sign that it was written down rightly."""
    return Part("核对无误签字", (Signatures((Signature("陈述人"), Signature("记录人"))),))


@writes("before")
def before(draft: Draft) -> Line:
    """The sum so far."""
    return Line("原金额", money(draft.filled("amount_before")))


@writes("after")
def after(draft: Draft) -> Line:
    """The sum from now on."""
    amount = draft.filled("amount")
    return Line("调整后", "停发" if amount == 0 else money(amount))


@writes("reason", "cut_decision")
def reason(draft: Draft) -> Part:
    """The ground, the reason, what the household said against it and that it was weighed."""
    spoken = draft.last("hear")
    heard_text = (
        f"您（家庭）陈述：{spoken.inputs.get('said', '')}" if spoken else "通知期限内没有收到陈述意见。"
    )
    text = f"法定事由：{filled_word(draft, 'ground_for_cut')}。\n{draft.filled('reason', '')}\n{heard_text}"
    return text_part("事实和理由", text)


@writes("article", "cut_decision", "hearing_invitation")
def cut_on(draft: Draft) -> Part:
    """The articles of the procedure, and those of the conditions that are not met any more."""
    told = draft.explained
    found = dict.fromkeys((*cited(draft), *(failing_articles(told) if told else ())))
    return text_part("依据", "\n".join(list(found)[:6]))


@writes("reason", "hearing_invitation")
def intended_because(draft: Draft) -> Part:
    """The reason why it is intended."""
    return text_part("理由", str(draft.filled("reason", "")))


@writes("steps")
def steps(draft: Draft) -> Part:
    """Each step with its month and sum."""
    return Part("渐退安排", (_steps_table(draft.filled("steps", ())),))


def _steps_table(found: Any) -> Table:
    rows = tuple(
        (Cell(month_text(f"{str(month)[:7]}-01")), Cell(money(amount))) for month, amount in found or ()
    )
    return Table((Column("月份", 1), Column("发放金额", 1, "right")), rows)


@writes("six_items")
def six_items(draft: Draft) -> Part:
    """The six abilities, as known of the person, to be ticked."""
    facts = Vocabulary.load().entities["person"].facts
    person = next(iter(draft.file.known.people.values()), None) if draft.file else None
    words = {"true": "能", "false": "不能"}
    rows = tuple(
        (
            Cell(str(place)),
            Cell(facts[name].zh),
            Cell(words.get((person.value(name) if person else None) or "", "□ 能　□ 不能")),
        )
        for place, name in enumerate(ABILITIES, start=1)
    )
    return Part("六项指标", (Table((Column("序号", 1), Column("指标", 4), Column("能否", 3)), rows),))


@writes("result", "ability_assessment")
def ability(draft: Draft) -> Line:
    """Able, partly, or not able to look after oneself."""
    return Line("自理能力", filled_word(draft, "ability"))


@writes("assessors")
def assessors(draft: Draft) -> Line:
    """Who assessed."""
    return Line("评估人员", draft.names(draft.filled("investigators", ())))
