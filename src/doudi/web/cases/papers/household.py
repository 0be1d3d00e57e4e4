"""Fields about the household: members, home, income, expenses, property, as the registry knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from doudi.documents import Block, Cell, Column, Paragraph, Table
from doudi.facts.vocabulary import Vocabulary
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.words import day_text
from doudi.web.cases.papers.writing import UNKNOWN, Line, Part, writes
from doudi.web.registry.known import Item
from doudi.web.registry.selectors.means import means

DECLARED = "declared"
HOMES = ("home", "other_home")
MOST = 8
"""Rows of a table that a document shows; what is left over is counted."""
HOUSING = ("safe_housing", "safe_water", "rent_paid", "dangerous_home", "disaster_home")
NOTHING_DECLARED = "没有单独的书面申报；以核对和入户调查所得为准，由家庭签字确认。"


@writes("area")
def area(draft: Draft) -> Line:
    """Where the household lives, and whether urban or rural standards hold."""
    household = draft.case.household if draft.case.household_id else None
    if household is None:
        return Line("住址", "")
    place = f"{draft.township.name}{household.address or household.village or draft.case.region.name}"
    return Line("住址", f"{place}（{household.get_area_display()}）" if household.area else place)


@writes("members")
@writes("household")
def members(draft: Draft) -> Part:
    """Who belongs to the household; of id numbers only what identifies nobody elsewhere."""
    if draft.file is None:
        return Part("家庭成员", (Paragraph(UNKNOWN),))
    relations = Vocabulary.load().codes["relation"].entries
    rows = [
        (
            Cell(member.person.name, "strong"), Cell(relations[member.relation][0] if member.relation in relations else ""),
            Cell(member.person.get_sex_display()), Cell(day_text(member.person.born)), Cell(member.person.masked_id),
        )
        for member in draft.file.members
    ]  # fmt: skip
    columns = (
        Column("姓名", 3),
        Column("与户主关系", 3),
        Column("性别", 2),
        Column("出生日期", 4),
        Column("证件号", 5),
    )
    return Part("家庭成员", tuple(_table(columns, rows)))


@writes("housing")
def housing(draft: Draft) -> Part:
    """The home: safety, rent, what is owned."""
    if draft.file is None:
        return Part("住房", (Paragraph(UNKNOWN),))
    facts, own = Vocabulary.load().entities["household"].facts, draft.file.known.household
    pairs = [(facts[name].zh, told[0].shown("zh")) for name in HOUSING if (told := own.by_fact.get(name))]
    text = "；".join(f"{label}：{value}" for label, value in pairs)
    homes = [
        item for item in draft.file.known.items_of("asset") if item.used and item.columns["kind"] in HOMES
    ]
    owned = "；".join(f"{item.kind('zh')} {_sums(item)}" for item in homes[:3])
    return Part("住房", (Paragraph("；".join(filter(None, (text, owned))) or "没有登记，由调查人员填写。"),))


@writes("income")
def income(draft: Draft) -> Part:
    """The income of each member, as it counts."""
    rows, without = [], 0
    for each in means(draft.file).incomes if draft.file else ():
        told = [line.used for line in each.lines if line.used is not None]
        text = "；".join(f"{one.fact.zh} {one.shown('zh')}" for one in told)
        open_kinds = f"另有 {each.unknown} 项不清楚" if each.unknown else ""
        if text or open_kinds:
            rows.append((Cell(each.member.person.name), Cell("；".join(filter(None, (text, open_kinds))))))
        else:
            without += 1
    table = _table((Column("成员", 1), Column("收入", 5)), rows) if rows else ()
    rest = (Paragraph(f"{'其余 ' if rows else ''}{without} 人没有登记收入。", "faint"),) if without else ()
    return Part("收入（每年）", (*table, *rest))


@writes("expenses")
def expenses(draft: Draft) -> Part:
    """What the household has to spend, as it counts."""
    items = [item for item in (draft.file.known.items_of("expense") if draft.file else ()) if item.used]
    told = "；".join(f"{item.kind('zh')} {_sums(item)}" for item in items[:MOST])
    left = f"；另有 {len(items) - MOST} 项，见家庭档案" if len(items) > MOST else ""
    return Part("支出（每年）", (Paragraph(f"{told or '没有登记需要说明的支出'}{left}。"),))


@writes("declared_income")
def declared_income(draft: Draft) -> Part:
    """What the household itself said of its income."""
    rows = []
    file = draft.file
    for member, subject in [(each, file.subject_of(each)) for each in file.members] if file else ():
        told = [each for each in subject.tellings if each.source == DECLARED]
        group = Vocabulary.load().entities["person"].groups["income"].facts
        lines = [f"{each.fact.zh} {each.shown('zh')}" for each in told if each.fact.column in group]
        if lines:
            rows.append((Cell(member.person.name), Cell("；".join(lines))))
    blocks = (
        tuple(_table((Column("成员", 1), Column("申报收入", 5)), rows))
        if rows
        else (Paragraph(NOTHING_DECLARED),)
    )
    return Part("申报的收入", blocks)


@writes("declared_property")
def declared_property(draft: Draft) -> Part:
    """What the household itself said of its property."""
    found = [
        item
        for item in (draft.file.known.items_of("asset") if draft.file else ())
        if item.columns.get("source") == DECLARED
    ]
    lines = [(Cell(item.kind("zh")), Cell(_sums(item))) for item in found]
    blocks = (
        tuple(_table((Column("财产", 1), Column("价值", 3)), lines))
        if lines
        else (Paragraph(NOTHING_DECLARED),)
    )
    return Part("申报的财产", blocks)


def _sums(item: Item) -> str:
    return "，".join(f"{name} {value}" for name, value in item.sums("zh")) or "没有金额"


def _table(columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> Iterable[Block]:
    """A table of the first rows; how many are left over is told."""
    yield Table(columns, tuple(rows[:MOST]))
    if len(rows) > MOST:
        yield Paragraph(f"另有 {len(rows) - MOST} 项，见家庭档案。", "faint")
