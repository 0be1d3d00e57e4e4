"""A simulation on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from doudi.cli.manner import say
from doudi.cli.output import table
from doudi.programmes.catalogue import catalogue
from doudi.simulation.comparison import MOVES
from doudi.simulation.figures import LEVELS

if TYPE_CHECKING:
    from doudi.simulation.comparison import Comparison, Figures
    from doudi.simulation.figures import Poverty
    from doudi.simulation.reach import Reached

_LEVELS = {
    "central": ("中央", "centre"), "province": ("省", "province"), "prefecture": ("市", "prefecture"),
    "county": ("县", "county"), "own": ("单位自筹", "own means"),
}  # fmt: skip
_SETS = {
    "basic": ("按月发的合计", "all that are paid monthly"), "any": ("各类合计", "any tier"), "open": ("待定", "undetermined"),
}  # fmt: skip
_WAN = 1_000_000
"""Fen in ten thousand yuan."""
NEAR = (0.5, 1.5)
"""Shares of the standard between which the bands are told."""


def lines(comparison: Comparison, reached: Reached | None, language: str) -> Iterator[str]:
    """What changes, coverage, money, poverty, errors, and aid around the line."""
    told = _Told(comparison, language)
    yield from told.heading(reached)
    for part in (told.coverage, told.cost, told.poverty, told.errors, told.moves, told.bands):
        yield ""
        yield from part()


class _Told:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.before, self.after = comparison.figures

    def _say(self, zh: str, en: str) -> str:
        return say(self.language, zh, en)

    def _heads(self, zh: str, en: str) -> list[str]:
        return self._say(zh, en).split("|")

    def heading(self, reached: Reached | None) -> Iterator[str]:
        """Where, when, on whom, and which parameters differ."""
        side = self.comparison.before
        region = side.statute.resolved.region
        yield self._say(
            f"{region.zh} {region.code}，{side.statute.day}：{side.households:,} 户，{side.persons:,} 人",
            f"{region.en} {region.code}, {side.statute.day}: {side.households:,} households, {side.persons:,} persons",
        )
        if reached is not None:
            settings = self._say("，", ", ").join(f"{key}={value}" for key, value in reached.settings.items())
            yield self._say(
                f"覆盖 {reached.share:.2%} 的最小调整（试了 {reached.tries} 次）：{settings}",
                f"least change that covers {reached.share:.2%} ({reached.tries} tries): {settings}",
            )
        for each in self.comparison.changes:
            definition, code = each.definition, each.code
            label = self._say(definition.zh, definition.en)
            if code is not None and definition.by is not None:
                label += self._say(
                    f"（{definition.by.label(code)}）", f" ({definition.by.label(code, 'en')})"
                )
            values = [definition.format(cell.value, self.language) for cell in (each.before, each.after)]
            yield f"{label}{self._say('：', ': ')}{values[0]} → {values[1]}"

    def coverage(self) -> Iterator[str]:
        """Persons by tier, and their share of all."""
        codes = self.comparison.before.statute.variable("tier").kind.codes
        assert codes is not None
        rows = []
        for one, two in zip(self.before.coverage, self.after.coverage, strict=True):
            if one.tier == "none":
                continue
            label = self._say(*_SETS[one.tier]) if one.tier in _SETS else codes.label(one.tier, self.language)
            rows.append(
                [
                    label,
                    f"{one.persons:,}",
                    f"{one.share:.2%}",
                    f"{two.persons:,}",
                    f"{two.share:.2%}",
                    _more(two.persons - one.persons),
                ]
            )
        yield table(
            self._heads(
                "覆盖|现在（人）|占全部|改后（人）|占全部|相差",
                "coverage|now (persons)|of all|then (persons)|of all|difference",
            ),
            rows,
            range(1, 6),
        )

    def cost(self) -> Iterator[str]:
        """What programmes cost in a year, and who pays."""
        rows = []
        for one, two in zip(self.before.costs, self.after.costs, strict=True):
            if one.yearly or two.yearly:
                rows.append(
                    self._money(
                        catalogue().programmes[one.programme].name(self.language), one.yearly, two.yearly
                    )
                )
        rows.append(self._money(self._say("合计", "total"), self.before.yearly, self.after.yearly))
        now, then = self.before.levels, self.after.levels
        for level in LEVELS:
            if now.get(level) or then.get(level):
                label = self._say("其中 ", "of it ") + self._say(*_LEVELS[level])
                rows.append(self._money(label, now.get(level, 0), then.get(level, 0)))
        yield table(
            self._heads(
                "一年支出|现在（万元）|改后（万元）|相差",
                "cost of a year|now (10,000 CNY)|then (10,000 CNY)|difference",
            ),
            rows,
            range(1, 4),
        )
        if not all(each.verified for each in self.before.costs if each.yearly):
            yield self._say("分级负担的比例未核对原文。", "The shares of the levels are not verified.")
        opened = [max(each.undetermined for each in side.costs) for side in (self.before, self.after)]
        if any(opened):
            yield self._say(
                f"金额待定、没有算在内的家庭：现在最多 {opened[0]:,}，改后最多 {opened[1]:,}。",
                f"households whose amount is open and not in it: {opened[0]:,} at most now, {opened[1]:,} then.",
            )

    def _money(self, label: str, one: int, two: int) -> list[str]:
        return [label, f"{one / _WAN:,.1f}", f"{two / _WAN:,.1f}", f"{(two - one) / _WAN:+,.1f}"]

    def poverty(self) -> Iterator[str]:
        """Headcount, depth and severity without aid, now and then."""
        stages: Sequence[tuple[str, Poverty]] = (
            (self._say("没有救助", "without aid"), self.comparison.without_aid),
            (self._say("现在", "now"), self.before.poverty),
            (self._say("改后", "then"), self.after.poverty),
        )
        rows = [
            [
                label,
                f"{each.poor:,}",
                f"{each.headcount:.2%}",
                f"{each.depth:.2%}",
                f"{each.severity:.2%}",
                f"{each.gap * 12 / _WAN:,.1f}",
            ]
            for label, each in stages
        ]
        line = self.comparison.line
        by = (
            self._say("低保标准（现在的）", "the dibao standard as it is")
            if line is None
            else f"{line / 100:,.2f}"
        )
        yield table(
            self._heads(
                "贫困|人|发生率|深度|强度|一年缺口（万元）",
                "poverty|persons|headcount|depth|severity|gap of a year (10,000 CNY)",
            ),
            rows,
            range(1, 6),
        )
        yield self._say(
            f"贫困线：{by}；按现行规定计算的收入，{self.before.poverty.persons:,} 人的收入和金额两边都确定。",
            f"Line: {by}; income as the law as it is counts it, of {self.before.poverty.persons:,} persons for whom all is certain.",
        )

    def errors(self) -> Iterator[str]:
        """Who is due and holds nothing, who holds what is not due."""

        def row(label: str, of: Callable[[Figures], str]) -> list[str]:
            return [label, of(self.before), of(self.after)]

        yield table(
            self._heads("漏保和错保（户）|现在|改后", "errors (households)|now|then"),
            [
                row(self._say("应享未享", "due and not held"), lambda each: f"{each.errors.excluded:,} ({each.errors.exclusion:.1%})"),
                row(self._say("不应享而享", "held and not due"), lambda each: f"{each.errors.included:,} ({each.errors.inclusion:.1%})"),
                row(self._say("待定", "undetermined"), lambda each: f"{each.errors.open:,}"),
            ],
            (1, 2),
        )  # fmt: skip

    def moves(self) -> Iterator[str]:
        """How households move."""
        rows = [
            [
                self._say(*MOVES[each.move]),
                f"{each.households:,}",
                f"{each.persons:,}",
                f"{each.monthly / 100:+,.0f}",
            ]
            for each in self.comparison.moves
            if each.households
        ]
        yield table(
            self._heads("变化|户|人|每月（元）", "move|households|persons|CNY a month"), rows, (1, 2, 3)
        )

    def bands(self) -> Iterator[str]:
        """Mean aid a head around the standard: where it falls at once, there is the cliff."""
        rows = [
            [f"{one.start:.1f}–{one.end:.1f}", f"{one.households:,}", f"{one.aid_per_head / 100:,.0f}", f"{two.aid_per_head / 100:,.0f}"]
            for one, two in zip(self.before.bands, self.after.bands, strict=True)
            if NEAR[0] <= one.start < NEAR[1]
        ]  # fmt: skip
        yield table(
            self._heads(
                "人均收入是低保标准的几倍|户|现在人均月救助（元）|改后（元）",
                "income a head as a multiple of the standard|households|mean aid a head and month now (CNY)|then (CNY)",
            ),
            rows,
            (1, 2, 3),
        )


def _more(number: int) -> str:
    return f"{number:+,}"
