"""A comparison in words: what was changed, and a table for each question, in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from doudi.programmes.catalogue import catalogue
from doudi.rules.parameters import Change, ParameterDefinition
from doudi.simulation.comparison import MOVES, Comparison, Figures
from doudi.simulation.figures import LEVELS
from doudi.simulation.reach import Reached

LEVEL_NAMES = {
    "central": ("中央", "centre"), "province": ("省", "province"), "prefecture": ("市", "prefecture"),
    "county": ("县", "county"), "own": ("单位自筹", "own means"),
}  # fmt: skip
SETS = {
    "basic": ("按月发的合计", "all that are paid monthly"),
    "any": ("各类合计", "any tier"),
    "open": ("待定", "undetermined"),
}
WAN = 1_000_000
"""Fen in ten thousand yuan."""
MONTHS = 12
NEAR = (0.5, 1.5)
"""Shares of the standard between which aid around the line is told."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its first column says what stands in a row, the others hold numbers; ``notes`` stand below it."""

    name: str
    heads: Row
    rows: tuple[Row, ...]
    notes: Row = ()


def heading(comparison: Comparison, reached: Reached | None, language: str) -> list[str]:
    """Where, when, on whom, and which parameters differ."""
    return _Teller(comparison, language).heading(reached)


def tables(comparison: Comparison, language: str) -> tuple[Table, ...]:
    """Coverage, cost, poverty, errors, moves, and aid around the line."""
    told = _Teller(comparison, language)
    return told.coverage(), told.cost(), told.poverty(), told.errors(), told.moves(), told.bands()


def tier_name(comparison: Comparison, tier: str, language: str) -> str:
    """The name of a tier or of several."""
    codes = comparison.before.statute.variable("tier").kind.codes
    assert codes is not None
    return SETS[tier][language != "zh"] if tier in SETS else codes.label(tier, language)


def parameter_name(definition: ParameterDefinition, code: str | None, language: str) -> str:
    """What a parameter is called, with the code of its table."""
    label = definition.zh if language == "zh" else definition.en
    if code is None or definition.by is None:
        return label
    named = definition.by.label(code, language)
    return label + (f"（{named}）" if language == "zh" else f" ({named})")


def change_line(change: Change, language: str) -> str:
    """A parameter and its value now and then."""
    name = parameter_name(change.definition, change.code, language)
    before, after = (change.definition.format(cell.value, language) for cell in (change.before, change.after))
    return f"{name}{'：' if language == 'zh' else ': '}{before} → {after}"


def place_line(comparison: Comparison, language: str) -> str:
    """Where, when, and on whom."""
    return _Teller(comparison, language).place()


def reached_line(reached: Reached, language: str) -> str:
    """How much is covered at the line that was found."""
    if not reached.moved:
        return (
            f"要覆盖 {reached.wanted:.2%}：现在的值已经覆盖 {reached.share:.2%}，没有找到别的界线"
            if language == "zh"
            else f"{reached.wanted:.2%} wanted: today's value covers {reached.share:.2%}, and no other line was found"
        )
    return (
        f"要覆盖 {reached.wanted:.2%}：离现在最近的界线覆盖 {reached.share:.2%}（试了 {reached.tries} 次）"
        if language == "zh"
        else f"{reached.wanted:.2%} wanted: the nearest line covers {reached.share:.2%} ({reached.tries} tries)"
    )


class _Teller:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.before, self.after = comparison.figures

    def _say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def _table(self, name: str, zh: str, en: str, rows: Iterable[Row], notes: Iterable[str] = ()) -> Table:
        return Table(name, tuple(self._say(zh, en).split("|")), tuple(rows), tuple(notes))

    def place(self) -> str:
        """Where, when, and on whom."""
        side = self.comparison.before
        region, day = side.statute.resolved.region, side.statute.day
        return self._say(
            f"{region.zh} {region.code}，{day}：{side.households:,} 户，{side.persons:,} 人",
            f"{region.en} {region.code}, {day}: {side.households:,} households, {side.persons:,} persons",
        )

    def heading(self, reached: Reached | None) -> list[str]:
        """Where, when, on whom, and which parameters differ."""
        assumed = self._say(
            "假定应享的都享受了，不是现在实际发的。",
            "As if everybody got what is due, not as it is paid today.",
        )
        found = [self.place(), assumed]
        if reached is not None:
            settings = self._say("，", ", ").join(f"{key}={value}" for key, value in reached.settings.items())
            found.append(f"{reached_line(reached, self.language)}{self._say('：', ': ')}{settings}")
        floors = self.comparison.after.statute.resolved.faults
        found += [fault.sentence(self.language) for fault in floors]
        return [*found, *(change_line(each, self.language) for each in self.comparison.changes)]

    def coverage(self) -> Table:
        """Persons by tier, and their share of all."""
        rows = [
            (
                tier_name(self.comparison, one.tier, self.language), f"{one.persons:,}", f"{one.share:.2%}",
                f"{two.persons:,}", f"{two.share:.2%}", f"{two.persons - one.persons:+,}",
            )
            for one, two in zip(self.before.coverage, self.after.coverage, strict=True)
            if one.tier != "none"
        ]  # fmt: skip
        return self._table(
            "coverage", "覆盖|现行规定（人）|占全部|改后（人）|占全部|相差",
            "coverage|the law now (persons)|of all|then (persons)|of all|difference", rows,
        )  # fmt: skip

    def cost(self) -> Table:
        """What programmes cost in a year, and who pays."""
        rows = [
            self._money(catalogue().programmes[one.programme].name(self.language), one.yearly, two.yearly)
            for one, two in zip(self.before.costs, self.after.costs, strict=True)
            if one.yearly or two.yearly
        ]
        rows.append(self._money(self._say("合计", "total"), self.before.yearly, self.after.yearly))
        for level in LEVELS:
            amounts = [figures.levels.get(level, 0) for figures in (self.before, self.after)]
            if any(amounts):
                rows.append(
                    self._money(self._say("其中 ", "of it ") + self._say(*LEVEL_NAMES[level]), *amounts)
                )
        return self._table(
            "cost", "一年支出|现行规定（万元）|改后（万元）|相差",
            "cost of a year|the law now (10,000 CNY)|then (10,000 CNY)|difference", rows, self._of_cost(),
        )  # fmt: skip

    def _money(self, label: str, one: int, two: int) -> Row:
        return label, f"{one / WAN:,.1f}", f"{two / WAN:,.1f}", f"{(two - one) / WAN:+,.1f}"

    def _of_cost(self) -> Iterable[str]:
        paid = [each for side in (self.before, self.after) for each in side.costs if each.yearly]
        if not all(each.verified for each in paid):
            yield self._say("分级负担的比例未核对原文。", "The shares of the levels are not verified.")
        now, every = self.comparison.left_out
        if every:
            yield self._say(
                f"金额待定的 {every:,} 户两边都没有算在内（其中现行规定下就待定的 {now:,} 户）。",
                f"{every:,} households whose money is open are on neither side ({now:,} of them under the law now).",
            )

    def poverty(self) -> Table:
        """Headcount, depth and severity without aid, now and then."""
        stages = (
            (self._say("没有救助", "without aid"), self.comparison.without_aid),
            (self._say("现行规定", "the law now"), self.before.poverty),
            (self._say("改后", "then"), self.after.poverty),
        )
        rows = [
            (
                label, f"{each.poor:,}", f"{each.headcount:.2%}", f"{each.depth:.2%}", f"{each.severity:.2%}",
                f"{each.gap * MONTHS / WAN:,.1f}",
            )
            for label, each in stages
        ]  # fmt: skip
        persons, line = self.before.poverty.persons, self.comparison.line
        usual = self._say("低保标准（现在的）", "the dibao standard as it is")
        by = usual if line is None else self._say(f"{line / 100:,.2f} 元", f"{line / 100:,.2f} CNY")
        note = self._say(
            f"贫困线：{by}；按现行规定计算的收入。算在内的 {persons:,} 人；待定的和不计入家庭的（如特困人员）没有算。",
            f"Line: {by}; income as the law now counts it. {persons:,} persons, without those who are open or not counted in a family.",
        )
        return self._table(
            "poverty", "贫困|人|发生率|深度|强度|一年缺口（万元）",
            "poverty|persons|headcount|depth|severity|gap of a year (10,000 CNY)", rows, [note],
        )  # fmt: skip

    def errors(self) -> Table:
        """Who is due and holds nothing, who holds what is not due."""

        def row(zh: str, en: str, of: Callable[[Figures], str]) -> Row:
            return self._say(zh, en), of(self.before), of(self.after)

        rows = (
            row("应享未享", "due and not held", lambda each: f"{each.errors.excluded:,} ({each.errors.exclusion:.1%})"),
            row("不应享而享", "held and not due", lambda each: f"{each.errors.included:,} ({each.errors.inclusion:.1%})"),
            row("待定", "undetermined", lambda each: f"{each.errors.open:,}"),
        )  # fmt: skip
        notes = () if "holdings" in self.comparison.register.rows_read else (self._say(
            "登记册没有写现在享受什么，看不出漏保和错保。", "The register does not say what is held, so these cannot be told.",
        ),)  # fmt: skip
        return self._table(
            "errors", "漏保和错保（户）|现行规定|改后", "errors (households)|the law now|then", rows, notes
        )

    def moves(self) -> Table:
        """How households move."""
        rows = [
            (self._say(*MOVES[each.move]), f"{each.households:,}", f"{each.persons:,}", f"{each.monthly / 100:+,.0f}")
            for each in self.comparison.moves
            if each.households
        ]  # fmt: skip
        return self._table("moves", "变化|户|人|每月（元）", "move|households|persons|CNY a month", rows)

    def bands(self) -> Table:
        """Mean aid a head around the standard: where it falls at once, there is the cliff."""
        rows = [
            (f"{one.start:.1f}–{one.end:.1f}", f"{one.households:,}", f"{one.aid_per_head / 100:,.0f}", f"{two.aid_per_head / 100:,.0f}")
            for one, two in zip(self.before.bands, self.after.bands, strict=True)
            if NEAR[0] <= one.start < NEAR[1]
        ]  # fmt: skip
        return self._table(
            "bands", "人均收入是低保标准的几倍|户|现行规定人均月救助（元）|改后（元）",
            "income a head as a multiple of the standard|households|mean aid a head and month, the law now (CNY)|then (CNY)",
            rows,
        )  # fmt: skip
