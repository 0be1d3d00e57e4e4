"""Fields of the calculation sheet: every rule with its sides, what the law was applied to, what would change the result."""

from __future__ import annotations

from collections.abc import Iterator

from doudi.assessment.counterfactual import Changes, what_would_change
from doudi.assessment.explanation import Explanation
from doudi.assessment.explanation_tiers import Condition, TierEntry
from doudi.documents import Block, Cell, Column, Fields, Notice, Paragraph, Points, Table
from doudi.web.cases.papers.common import filled_word
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text, money
from doudi.web.cases.papers.writing import Part, writes

NOT_CALCULATED = "现有信息不足以测算，由经办人按调查情况填写。"
MARKS = {True: "符合", False: "不符合", None: "待定"}
TONES = {True: "good", False: "attention", None: "open"}
MOST, MOST_ROWS, MOST_PERSONS = 10, 24, 6
"""Rules shown of one tier, lines of the whole table, sums of single persons; how many are left over is told."""


@writes("rules")
def rules(draft: Draft) -> Part:
    """Each tier with the tests that decide it: what the household has, where the line is, how far apart."""
    told = draft.explained
    if told is None:
        return Part("逐项测算", (Paragraph(NOT_CALCULATED),))
    return Part("逐项测算", tuple(_tier_tables(draft, told)))


def _tier_tables(draft: Draft, told: Explanation) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    shown: set[str] = set()
    left = 0
    for entry in shown_tiers(told):
        tests = [test for test in deciding(entry) if test.sentence not in shown]
        shown.update(test.sentence for test in tests)
        whose = f"：{entry.whose}" if entry.row is not None else ""
        rows.append((Cell(f"{entry.label}{whose}——{MARKS[entry.holds]}"),))
        rows += [_row(draft, test) for test in tests[:MOST]]
        left += max(0, len(tests) - MOST)
    columns = (
        Column("规则", 7),
        Column("家庭的情况", 3, "right"),
        Column("界限", 3, "right"),
        Column("结果", 2, "center"),
    )
    yield Table(columns, tuple(rows[:MOST_ROWS]))
    left += max(0, len(rows) - MOST_ROWS)
    if left:
        yield Paragraph(f"另有 {left} 行，全部规则见系统中的测算页。", "faint")


def _row(draft: Draft, test: Condition) -> tuple[Cell, ...]:
    note = "；".join(_short(article) for article in test.articles[:2])
    return (
        Cell(name_of(draft, test), note=note), Cell(test.value_text or "—"), Cell(test.limit_text or "—"),
        Cell(MARKS[test.met], TONES[test.met], badge=True),  # type: ignore[arg-type]
    )  # fmt: skip


def _short(article: str) -> str:
    """An article without the number of its document, which stands in the law version."""
    title, _, rest = article.partition("（")
    return title + rest.partition("）")[2] if rest else article


def shown_tiers(told: Explanation) -> list[TierEntry]:
    """The tiers of the household, and those of persons that hold or are open."""
    return [entry for entry in told.tiers if entry.row is None or entry.holds is not False]


def deciding(entry: TierEntry) -> list[Condition]:
    """The innermost tests that decide a tier: what fails where it fails, what is open where it is open."""
    if entry.holds is True:
        return entry.reasons(True)
    return entry.reasons(False) or entry.reasons(None)


@writes("inputs")
def inputs(draft: Draft) -> Part:
    """What went in: members by their number, standards, and what was taken at its usual value."""
    told = draft.explained
    if told is None:
        return Part("测算所用的信息", (Paragraph(NOT_CALCULATED),))
    members = draft.file.members if draft.file else []
    named = "；".join(f"成员{place} {member.person.name}" for place, member in enumerate(members, start=1))
    pairs = [*((each.label, each.text) for each in told.standards), ("测算日期", day_text(told.day))]
    blocks: list[Block] = [Paragraph(named), Fields(tuple(pairs), 1)]
    if told.missing:
        blocks.append(Points(tuple(each.label for each in told.missing), lead="还需要知道：", tone="open"))
    return Part("测算所用的信息", tuple(blocks))


@writes("results", "calculation_sheet")
def results(draft: Draft) -> Part:
    """What it comes to, and what was proposed."""
    told = draft.explained
    proposed = Fields((
        ("拟定项目", filled_word(draft, "programme")), ("保障人数", f"{draft.filled('members_counted', '—')}"),
        ("金额", money(draft.filled("amount")) or "—"), ("测算记录", str(draft.filled("determination", ""))),
    ))  # fmt: skip
    if told is None:
        return Part("测算结果", (Paragraph(NOT_CALCULATED), proposed))
    single = [each for each in told.amounts if each.row is not None]
    left_out = single[MOST_PERSONS:]
    amounts = tuple((each.label, each.text) for each in told.amounts if each not in left_out)
    if left_out:
        amounts += (("其他成员", f"另有 {len(left_out)} 笔，已计入合计"),)
    return Part(
        "测算结果",
        (
            Notice("机器测算的建议，由人决定", told.proposal),
            proposed,
            *((Fields(amounts, 1),) if amounts else ()),
        ),
    )


@writes("what_would_change_it")
def what_would_change_it(draft: Draft) -> Part:
    """The smallest changes under which a deeper tier would hold."""
    found = what_would_change(draft.determination) if draft.determination else Changes()
    text = "没有找到改变一两项事实就会改变结果的情形。"
    blocks: list[Block] = [Points(tuple(change.zh for change in found)) if found else Paragraph(text)]
    if not found.complete:
        blocks.append(Paragraph(found.caveat(), "faint"))
    return Part("什么会改变结果", tuple(blocks))


@writes("law_version")
def law_version(draft: Draft) -> Part:
    """The law that was applied: place, day, and the hash over rules and parameters by which it can be computed again."""
    told = draft.explained
    if told is None:
        return Part("法律版本", (Paragraph(NOT_CALCULATED),))
    text = f"{told.region_name}，{day_text(told.day)}有效的规则和标准，版本 {told.law_version}。以此可以重算，结果相同。"
    return Part("法律版本", (Paragraph(text, "faint"),))


@writes("numbers")
def numbers(draft: Draft) -> Part:
    """Of a refusal: on which points the household lies outside, by how much."""
    told = draft.explained
    rows = [
        (
            Cell(entry.label),
            Cell(name_of(draft, test)),
            Cell(test.value_text),
            Cell(test.limit_text),
            Cell(test.distance_text or "—"),
        )
        for entry in (told.tiers if told else ())
        if entry.row is None and entry.holds is False
        for test in entry.reasons(False)
        if test.value_text and test.limit_text
    ]
    if not rows:
        return Part("测算的数字", (Paragraph("本次决定不取决于收入、财产的数字；事实和理由见上。"),))
    columns = (
        Column("救助项目", 4), Column("项目", 8), Column("您家的情况", 3, "right"), Column("标准", 3, "right"),
        Column("相差", 3, "right"),
    )  # fmt: skip
    return Part("测算的数字", (Table(columns, tuple(rows[:MOST])),))


def name_of(draft: Draft, test: Condition) -> str:
    """What a test looks at, without its numbers; whose it is where it is one member's."""
    variables = draft.determination.statute.graph.variables if draft.determination else {}
    if test.name not in variables:
        return test.sentence.partition("：")[0].rstrip("。")
    title = variables[test.name].formula.zh
    return title if test.row is None else f"{title}（第{test.row + 1}项）"


def failing_articles(told: Explanation) -> tuple[str, ...]:
    """The articles of the tests that fail in the tiers of the household, each once."""
    found = [
        article
        for entry in told.tiers
        if entry.row is None and entry.holds is False
        for test in entry.reasons(False)
        for article in test.articles
    ]
    return tuple(dict.fromkeys(found))
