"""The report of a means check as a document of the case, and what the household is told of it."""

from __future__ import annotations

from doudi.documents import Block, Cell, Column, Fields, Heading, Paragraph, Table
from doudi.verification import blocks_of, footer_of
from doudi.verification.document_results import result_row
from doudi.web.cases.papers.common import filled_word
from doudi.web.cases.papers.composing import composes
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.writing import Part, writes
from doudi.web.means.services import STEPS, check_named

MOST = 10
"""Differences that a letter shows; how many are left over is told."""


@composes("check_report")
def check_report(draft: Draft) -> tuple[Block, ...]:
    """The frozen report, with what the officer concludes from it.

    Raises:
        CaseError: the step names no report.
    """
    report = check_named(draft.case, draft.event.inputs if draft.event else {}).report()
    number = Fields((("核对报告编号", report.number), ("核对结果", filled_word(draft, "check_result"))), 2)
    findings = str(draft.filled("findings", ""))
    said = (Heading("经办人意见"), Paragraph(findings)) if findings else ()
    return (number, *said, *blocks_of(report, "zh", draft.day), Paragraph(footer_of(report), "faint"))


@writes("what_does_not_fit")
def what_does_not_fit(draft: Draft) -> Part:
    """What the household is told about differences: item by item, declared and found."""
    checked = draft.last(*STEPS)
    report = check_named(draft.case, checked.inputs if checked else {}).report()
    names = {each["person_id"]: each["name"] for each in report.data["members"]}
    apart = [each for each in report.results if each.disagrees]
    rows = [(Cell(names.get(each.person_id) or "家庭"), *result_row(each, "zh")) for each in apart[:MOST]]
    columns = (
        Column("成员", 2), Column("项目", 3), Column("申报", 2, "right"), Column("查到", 2, "right"),
        Column("相差", 2, "right"), Column("结果", 3),
    )  # fmt: skip
    told = [Paragraph(str(checked.inputs["findings"]))] if checked and checked.inputs.get("findings") else []
    table = [Table(columns, tuple(rows))] if rows else [Paragraph("申报与查到的各项没有不一致。")]
    left = (
        [Paragraph(f"另有 {len(apart) - MOST} 项，见核对报告 {report.number}。", "faint")]
        if len(apart) > MOST
        else []
    )
    return Part("核对发现的不一致", (*told, *table, *left))
