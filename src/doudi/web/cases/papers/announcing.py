"""Fields of public notices and objections. Of a household only what ``procedure.public_notice`` permits leaves this module."""

from __future__ import annotations

from doudi import procedure
from doudi.procedure.public_notice import Line as NoticeLine
from doudi.procedure.public_notice import Subject, line_of, manner_of
from doudi.web.applications.questions import is_of_age
from doudi.web.cases.papers.common import cited
from doudi.web.cases.papers.composing import PUBLIC
from doudi.web.cases.papers.draft import TO_OBJECTOR, Draft
from doudi.web.cases.papers.words import day_text, money
from doudi.web.cases.papers.writing import Line, Part, text_part, writes

_GRAVE = frozenset({"none", "", None})


def notice_line(draft: Draft) -> NoticeLine:
    """The line of the household as the place allows it: name, members, sum, the name masked as its rule says."""
    head = draft.case.household.head if draft.case.household_id else None
    is_minor = head is not None and not is_of_age(head.born, draft.day)
    members, amount = draft.filled("members_counted"), draft.filled("amount")
    size = draft.case.household.size if draft.case.household_id else 1
    subject = Subject(
        draft.applicant or "某", int(members or size or 1), int(amount or 0), is_minor, _has_illness(draft)
    )
    return line_of(subject, manner_of(draft.ground))


def _has_illness(draft: Draft) -> bool:
    """Whether a member is gravely ill or disabled; it is never shown, and only masks the name."""
    if draft.file is None:
        return False
    subjects = draft.file.known.people.values()
    return any(
        subject.value(fact) not in _GRAVE for subject in subjects for fact in ("illness", "disability")
    )


@writes("applicant", *PUBLIC)
@writes("person")
def shown_name(draft: Draft) -> Line:
    """The name as it may be shown."""
    return Line("姓名", notice_line(draft).name)


@writes("members_counted", *PUBLIC)
def shown_members(draft: Draft) -> Line:
    """How many."""
    return Line("保障人数", f"{notice_line(draft).members} 人")


@writes("amount", *PUBLIC)
def shown_amount(draft: Draft) -> Line:
    """The sum."""
    found = notice_line(draft).monthly
    is_once = draft.case.kind == "temporary_spending"
    return Line("金额" if is_once else "每月金额", money(found) if found else "不发放现金")


@writes("from")
def shown_from(draft: Draft) -> Line:
    """The first day of the notice."""
    return Line("公示自", day_text(draft.day))


@writes("to")
def shown_to(draft: Draft) -> Line:
    """The last day of the notice."""
    found = draft.reading("public_notice", "ending_notice")
    return Line("公示至", day_text(found.due.day) if found and found.due else "")


@writes("objection")
def objection(draft: Draft) -> Part:
    """What was said; never by whom."""
    return text_part("异议内容", str(draft.filled("objection", "")))


@writes("to_whom")
def to_whom(draft: Draft) -> Line:
    """To which side this copy goes."""
    return Line("答复对象", "提出异议的居民" if draft.to == TO_OBJECTOR else f"申请人 {draft.applicant}")


@writes("facts")
def facts(draft: Draft) -> Part:
    """What each side is told. The objector learns what was looked into, not what is known of the household."""
    name = "to_objector" if draft.to == TO_OBJECTOR else "to_household"
    again = draft.last("rehear", "appraise_objection")
    how = {"rehear": "重新组织了调查", "appraise_objection": "开展了民主评议"}.get(
        again.step if again else "", "作了复核"
    )
    return text_part("复核情况", f"收到异议后，我们{how}。\n{draft.filled(name, '')}")


@writes("result", "objection_answer")
def answered(draft: Draft) -> Line:
    """Whether it was upheld, and what follows."""
    if draft.filled("upheld"):
        return Line("结论", "异议成立；原初审意见不再有效，重新调查后提出意见，拟给予救助的重新公示")
    after = "原公示按剩余天数继续" if draft.case.kind != "tekun" else "重新提出意见并重新公示"
    return Line("结论", f"异议不成立；{after}")


@writes("articles", "objection_answer")
def answered_on(draft: Draft) -> Part:
    """The articles on objections."""
    return text_part("依据", "\n".join(cited(draft)))


@writes("ground")
def ground(draft: Draft) -> Line:
    """The lawful ground of an ending."""
    word = procedure.procedure().inputs["ending_ground"].codes.get(str(draft.filled("ending_ground", "")))
    return Line("终止情形", word[0] if word else "")


@writes("ground", "ending_notice")
def shown_ground(draft: Draft) -> Line:
    """On a public notice only that there is one: what befell somebody is nobody else's business."""
    return Line("事由", "不再符合特困人员救助供养条件")
