"""The page of documents and papers."""

from __future__ import annotations

from doudi.procedure.pages.words import cited, role, table
from doudi.procedure.procedure import Procedure


def documents_page(rules: Procedure) -> str:
    """Every document that the procedure issues, and every paper that may or may not be asked for."""
    documents = [
        (
            f"`{each.name}`",
            f"{each.zh}<br>{each.en}",
            each.number("999901", 2026, 1),
            "、".join(f"`{name}`" for name in each.fields),
            "、".join(role(rules, name) for name in each.signs),
            str(each.pages),
            cited(each.reference),
        )
        for each in rules.documents.values()
    ]
    papers = [
        (
            f"`{each.name}`",
            f"{each.zh}<br>{each.en}",
            "可以要求 may be asked for"
            if each.held_from is None
            else f"{each.held_from} 起不得要求 not asked for from then on",
            cited(each.reference),
        )
        for each in rules.papers.values()
    ]
    parts = [
        "# 文书和材料 Documents and papers",
        "## 文书 Documents",
        "文号由地区代码、字号、年份和序号组成，序号在同一地区、字号、年份内从 1 起。Numbers count from 1 within region, series and year.",
        table(
            ("document", "文书", "文号样例 number", "必备内容 fields", "签署 signs", "页 pages", "依据 law"),
            documents,
        ),
        "## 材料 Papers",
        "部门可以查得的材料不得要求申请家庭提交。What a department shows is not asked of the household.",
        table(("paper", "材料", "能否要求", "依据 law"), papers),
    ]
    return "\n\n".join(parts)
