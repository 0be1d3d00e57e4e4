"""Fields of opinions, collective review and decisions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from doudi.assessment.citations import citations, tier_articles
from doudi.assessment.conditions import TIERS
from doudi.assessment.statute import all_parameters, graph_of
from doudi.documents import Cell, Column, Fields, Paragraph, Signature, Signatures, Table
from doudi.web.cases.models import Paper
from doudi.web.cases.papers.calculation import failing_articles
from doudi.web.cases.papers.common import cited, filled_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text
from doudi.web.cases.papers.writing import Line, Part, text_part, writes
from doudi.web.cases.words import paper_word

DECISIONS = (
    "grant_decision", "refusal_decision", "cut_decision", "ending_decision", "appeal_decision", "steps_announcement",
    "recovery_order", "non_acceptance", "ended_notice",
)  # fmt: skip
"""Documents against which there are remedies, and whose delivery sets their limits running."""


@writes("opinion")
def opinion(draft: Draft) -> Line:
    """What the township proposes."""
    return Line("初审意见", filled_word(draft, "opinion"))


@writes("article", "refusal_decision")
def refused_on(draft: Draft) -> Part:
    """The articles of the decision, and those of the conditions that are not met."""
    told = draft.explained
    return _articles((*(failing_articles(told) if told else ()), *cited(draft)))


@writes("article", "grant_decision")
def granted_on(draft: Draft) -> Part:
    """The articles of the decision, and that of the tier that holds."""
    frozen = draft.frozen
    if frozen is not None:
        return _articles((*_tier_articles(frozen.tier, frozen.day), *cited(draft)))
    holding = tier_articles(draft.determination) if draft.determination else []
    return _articles((*holding, *cited(draft)))


@lru_cache
def _tier_articles(tier: str, day: date) -> tuple[str, ...]:
    """Those of a tier that was found on a day, without applying the law once more; none where none was found."""
    if tier not in TIERS:
        return ()
    rule = graph_of(day).variables[TIERS[tier]].formula
    return tuple(each.sentence("zh") for each in citations(rule, day))


def _articles(found: tuple[str, ...]) -> Part:
    return text_part("依据", "；".join(tuple(dict.fromkeys(found))[:8]) + "。")


@writes("agenda")
def agenda(draft: Draft) -> Part:
    """What was discussed."""
    return text_part("议题", str(draft.filled("agenda", "")))


@writes("members", "conference_minutes")
def called(draft: Draft) -> Line:
    """Who was called."""
    return Line("应到成员", draft.names(draft.filled("members", ())))


@writes("present")
def present(draft: Draft) -> Line:
    """Who was there."""
    return Line("到会成员", draft.names(draft.filled("present", ())))


@writes("readings")
def readings(draft: Draft) -> Part:
    """The readings in the order in which they were discussed, the one most favourable to the household marked."""
    favourable, chosen = draft.filled("most_favourable", ""), draft.filled("chosen", "")
    rows = tuple(
        (
            Cell(str(place)), Cell(str(each)), Cell("最有利于家庭" if each == favourable else ""),
            Cell("采用" if each == chosen else "", "strong"),
        )
        for place, each in enumerate(draft.filled("readings", ()), start=1)
    )  # fmt: skip
    columns = (Column("次序", 1, "center"), Column("理解", 6), Column("说明", 3), Column("结果", 2, "center"))
    return Part("讨论的理解（从最有利于家庭的开始）", (Table(columns, rows),))


@writes("decision")
def decision(draft: Draft) -> Part:
    """What was chosen, and what it settles."""
    settled = "、".join(parameter_word(str(each)) for each in draft.filled("settles", ()))
    pairs = (
        ("采用的理解", str(draft.filled("chosen", ""))),
        ("解决的事项", settled),
        ("纪要编号", str(draft.filled("minutes", ""))),
    )
    return Part("决定", (Fields(pairs, 1),))


def parameter_word(path: str) -> str:
    """What a parameter of the law is called; the path where it is none."""
    known = all_parameters().definitions
    found = known.get(path) or known.get(path.rpartition(".")[0])
    return found.zh if found else path


@writes("reason", "refusal_decision")
def refused_because(draft: Draft) -> Part:
    """The reason, and where the machine had proposed something else, why that was not followed."""
    lines = [str(draft.filled("reason", ""))]
    overruled = draft.last("overrule")
    if overruled is not None:
        lines.append(f"没有采用测算建议的理由：{overruled.inputs.get('reason', '')}")
    return text_part("理由", "\n".join(lines))


@writes("reasons")
def reasons(draft: Draft) -> Part:
    """Why, which matters most where the reading chosen is not the most favourable."""
    is_favourable = draft.filled("chosen") == draft.filled("most_favourable")
    usual = "采用了最有利于家庭的理解。" if is_favourable else "见会议记录。"
    own = draft.event.inputs.get("reason") if draft.event else None
    return text_part("理由", str(own or usual))


@writes("signatures")
def signatures(draft: Draft) -> Part:
    """Those who signed."""
    names = draft.names(draft.filled("signed_by", ())).split("、")
    return Part("签字", (Signatures(tuple(Signature("成员", name) for name in names[:5])),))


@writes("document_number")
def document_number(draft: Draft) -> Part:
    """The decision that is handed over."""
    found = delivered(draft)
    title = f"《{paper_word(found.kind, 'zh')}》" if found else ""
    return Part("送达的文书", (Paragraph(f"{title}{found.number if found else '（本件没有出具决定书）'}"),))


def delivered(draft: Draft) -> Paper | None:
    """The newest decision of the case."""
    return draft.case.papers.filter(kind__in=DECISIONS).order_by("-pk").first()


@writes("receiver")
def receiver(draft: Draft) -> Line:
    """Who receives it."""
    return Line("受送达人", draft.applicant)


@writes("how", "delivery_receipt")
def how(draft: Draft) -> Line:
    """How it was handed over."""
    return Line("送达方式", filled_word(draft, "delivered_by"))


@writes("day", "delivery_receipt")
def delivered_on(draft: Draft) -> Line:
    """The day from which the remedies count."""
    return Line("送达日期", f"{day_text(draft.day)}（复议、诉讼期限自次日起算）")
