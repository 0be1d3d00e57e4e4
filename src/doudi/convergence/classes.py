"""The places a person of the list may come to, the reasons, and the columns of the table that says so."""

from __future__ import annotations

import polars as pl

from doudi.assessment.results import Column
from doudi.rules.codes import CodeSet

CLASSES = CodeSet(
    "place",
    {
        "covered": ("已在低收入人口库", "covered already"),
        "new": ("新符合条件", "newly qualifying"),
        "exit": ("低于救助需求（拟退出监测）", "below a need for help (to leave monitoring)"),
        "open": ("待定", "open"),
        "repeated": ("名单中重复", "listed twice"),
    },
)
PLACED = ("covered", "new", "exit", "open")
"""The places of persons; a repeated row is no person of its own."""

REASONS = CodeSet(
    "why",
    {
        "in_base": ("低收入人口库中有", "listed in the low-income base"),
        "qualifies": ("按现行规定符合条件", "qualifies under the law in force"),
        "below": ("不符合任何类别", "qualifies for no tier"),
        "fact_missing": ("缺少影响结论的信息", "facts that decide are missing"),
        "match_in_review": ("身份待复核", "the match is in review"),
        "base_in_review": ("低收入人口库中可能有，身份待复核", "may be listed in the base; that match is in review"),
        "not_found": ("本县登记中找不到此人", "nobody known here"),
        "died": ("已死亡", "has died"),
        "left": ("已迁出", "has moved away"),
        "unplaced": ("不清楚在哪一户", "the household is not known"),
        "set_aside": ("家庭数据有错误，已搁置", "the household's data are at fault and set aside"),
        "not_counted": ("不计入共同生活家庭成员，须单独了解", "does not count as a member of the household: to be asked about alone"),
        "urgent": ("正面临突发急难，先行救助后再定", "in a sudden event: aid first, then this"),
        "same_person": ("与名单中另一行为同一人", "the same person as another row of the list"),
    },
)  # fmt: skip
OPEN_REASONS = (
    "fact_missing", "match_in_review", "base_in_review", "not_found", "died", "left", "unplaced", "set_aside", "not_counted",
    "urgent",
)  # fmt: skip
TIERS = ("tekun", "dibao", "single_dibao", "low_margin", "rigid", "other")
"""From the deepest aid up."""


COLUMNS = (
    Column("row_id", "编号", "number of the row of the list: landing, place and row of the file"),
    Column("household_number", "监测户编号", "number of the household in the list"),
    Column("name", "姓名", "as in the list"),
    Column("id_masked", "公民身份号码", "masked"),
    Column("village", "村居", "as in the list, else as known"),
    Column("relation", "与户主关系", "as in the list"),
    Column("monitored", "监测类别代码", "kind of risk group: unstable, edge, sudden"),
    Column("monitored_zh", "监测类别", "its label"),
    Column("risk", "风险代码", "risk as in the list"),
    Column("risk_zh", "致贫返贫风险", "its label"),
    Column("identified_on", "识别日期", "since when the label stands"),
    Column("risk_removed", "风险已消除", "as in the list"),
    Column("person_id", "人员编号", "person of the evidence; base:… for one whom only the base knows; empty while not matched"),
    Column("household_id", "家庭编号", "household of the evidence"),
    Column("zone", "匹配", "link, review or none"),
    Column("matched_by", "匹配依据", "rule, weights, clerical or remembered"),
    Column("probability", "匹配概率", "of the match"),
    Column("place", "归类代码", "covered, new, exit, open or repeated"),
    Column("place_zh", "拟归类", "its label: a proposal"),
    Column("tier", "救助类别代码", "covered: as held; new: as qualified for; otherwise empty"),
    Column("tier_zh", "救助类别", "its label"),
    Column("reason", "理由代码", "why the person is placed there"),
    Column("reason_zh", "理由", "its label"),
    Column("sentence", "说明", "the tests that decide, in sentences"),
    Column("articles", "依据", "articles, by ；"),
    Column("missing", "缺少的信息代码", "names of facts and parameters to ask for, by comma"),
    Column("missing_zh", "缺少的信息", "the same in Chinese, by 、"),
    Column("watch_until", "跟踪至", "for those who leave: the last day of being watched"),
    Column("held_since", "救助起始日期", "for those covered"),
    Column("route", "优先通道代码", "route of the hardship index of the household"),
    Column("route_zh", "优先通道", "its label"),
)  # fmt: skip
"""The table of persons: a row for each row of the list, in its order."""


def labelled(codes: CodeSet, column: str) -> pl.Expr:
    """The Chinese label of a column of codes; empty stays empty."""
    labels = {code: codes.label(code) for code in codes.codes}
    return pl.col(column).replace_strict(labels, default=None, return_dtype=pl.String())
