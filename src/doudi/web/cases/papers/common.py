"""Fields that many documents share: whose case, when, until when, why, on which article, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from doudi import procedure
from doudi.procedure.conditions.decision import first_month
from doudi.rules.documents import Reference
from doudi.web.cases.papers.contacts import OFFICE, contact_of
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text, money, month_text, until_text
from doudi.web.cases.papers.writing import Line, Part, text_part, writes
from doudi.web.cases.words import value_word


@writes("case_number")
def case_number(draft: Draft) -> Line:
    """The number of the case."""
    return Line("办件编号", draft.case.number)


@writes("complaint_number")
def complaint_number(draft: Draft) -> Line:
    """The number of a complaint."""
    return Line("投诉编号", draft.case.number)


@writes("warning_number")
def warning_number(draft: Draft) -> Line:
    """The number of a warning."""
    return Line("预警编号", draft.case.number)


@writes("applicant")
def applicant(draft: Draft) -> Line:
    """Who applies for the household."""
    return Line("申请人", draft.applicant)


@writes("applicant_number")
def applicant_number(draft: Draft) -> Line:
    """Name and id number of the applicant; of the number only what identifies nobody elsewhere."""
    head = draft.case.household.head if draft.case.household_id else None
    return Line("申请人", f"{head.name} {head.masked_id}".strip() if head else "")


@writes("day")
def day(draft: Draft) -> Line:
    """The day of the document."""
    return Line("日期", day_text(draft.day))


@writes("accepted_on")
def accepted_on(draft: Draft) -> Line:
    """When the application was accepted."""
    return Line("受理日期", day_text(draft.day))


@writes("received_on")
def received_on(draft: Draft) -> Line:
    """When it was received."""
    return Line("收到日期", day_text(draft.day))


@writes("until")
def until(draft: Draft) -> Line:
    """Until when it has to be done: the limit that the step has set running, else the one that is running."""
    started = [
        each for each in draft.started() if each.run.clock.name not in ("reconsideration", "litigation")
    ]
    return Line(
        "办理期限", until_text(started[0] if started else draft.reading("urgent_papers", "give_back"))
    )


@writes("until", "missing_papers", "recovery_order", "hearing_invitation")
def until_for_household(draft: Draft) -> Line:
    """Until when the household has time."""
    return Line("请在此之前", until(draft).text)


@writes("answer_until")
def answer_until(draft: Draft) -> Line:
    """Until when it will be answered."""
    return Line("答复期限", until_text(draft.reading("appeal", "complaint")))


@writes("new_limit")
def new_limit(draft: Draft) -> Line:
    """Until when it has to be decided now."""
    return Line("延长至", until_text(draft.reading("whole")))


@writes("total_limit")
def total_limit(draft: Draft) -> Line:
    """The longest limit that runs from acceptance."""
    known = [each for each in draft.started() if each.due is not None]
    last = max(known, key=lambda each: each.due.at if each.due else draft.at, default=None)
    return Line("办结期限", until_text(last))


@writes("reason")
def reason(draft: Draft) -> Part:
    """The reason that was written."""
    return text_part("理由", str(draft.filled("reason", "")))


@writes("article")
def article(draft: Draft) -> Part:
    """The articles on which it rests."""
    return text_part("依据", "\n".join(cited(draft)))


@writes("articles")
def articles(draft: Draft) -> Part:
    """The same under its plural."""
    return article(draft)


@writes("contact")
def contact(draft: Draft) -> Line:
    """Whom to ask, where, by which telephone."""
    return Line("联系方式", contact_of(draft.township, OFFICE).sentence)


@writes("telephone")
def telephone(draft: Draft) -> Line:
    """Where objections are taken."""
    found = contact_of(draft.township, OFFICE)
    return Line("异议受理", f"{found.name}，电话 {found.telephone}" if found.telephone else found.name)


@writes("programme")
def programme(draft: Draft) -> Line:
    """Which aid."""
    found = str(draft.filled("programme", ""))
    return Line("救助项目", value_word("programme", found, "zh") if found else draft.standing.machine.zh)


@writes("members_counted")
def members_counted(draft: Draft) -> Line:
    """How many members it is for."""
    found = draft.filled("members_counted")
    size = draft.case.household.size if draft.case.household_id else 0
    return Line("保障人数", f"{found if found is not None else size} 人")


@writes("amount")
def amount(draft: Draft) -> Line:
    """The sum; nothing is paid where aid is only recognised."""
    found = draft.filled("amount")
    is_once = draft.case.kind in ("temporary_urgent", "temporary_spending", "commitment")
    label = "金额" if is_once else "每月金额"
    return Line(label, "不发放现金" if found == 0 else money(found) or "按测算结果另行确定")


@writes("amount", "recovery_order")
def amount_back(draft: Draft) -> Line:
    """The sum that has to be given back."""
    return Line("退回金额", money(draft.filled("amount")))


@writes("return_ground")
def return_ground(draft: Draft) -> Line:
    """On what ground of the law it has to be given back."""
    return Line("法定情形", filled_word(draft, "return_ground") or "承诺与核实的情况不符")


@writes("from_month")
def from_month(draft: Draft) -> Line:
    """The month from which it holds: as written, else the month after the decision."""
    told = draft.filled("effective_from")
    if draft.form.name == "grant_decision" and draft.filled("amount") == 0:
        return Line("生效", f"自{day_text(draft.day)}起")
    return Line("起始月份", f"自{month_text(str(told) if told else first_month(draft.day))}起")


def cited(draft: Draft) -> Iterator[str]:
    """The article of the step, of what it needs, and of the document, each once."""
    rule = draft.rule
    needs: list[Reference] = [need.reference for need in rule.needs if need.reference] if rule else []
    own = [rule.reference] if rule and rule.reference else []
    laws = [each for each in (*own, draft.form.reference, *needs) if each.document.kind not in INTERNAL]
    yield from dict.fromkeys(each.sentence("zh") for each in laws)


INTERNAL = frozenset({"reading"})
"""Kinds of sources that bind nobody outside the office."""


def filled_word(draft: Draft, name: str) -> str:
    """What was filled in, as people read it; empty if nothing was."""
    value = draft.filled(name)
    return "" if value is None else value_word(name, value, "zh")


def paper_titles(draft: Draft) -> list[str]:
    """Papers that were asked for, by their titles where the catalogue has them."""
    known = procedure.procedure().papers
    return [known[each].zh if each in known else str(each) for each in draft.filled("papers", ()) or ()]
