"""低保边缘家庭: income below the raised line, property within its limits, not in dibao."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, measured, minimum, not_, per, round_half_up, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("low_margin")
BASIS = ("law-2026:21", "gbf-2023-39:2", "mf-2021-57:8")
MONTHS = 12
YUAN = 100


@book.formula(
    "household", "money", zh="低保边缘标准（每人每月）", en="low-margin line per person and month", ref=BASIS
)
def low_margin_line(dibao_standard: Money, area: Code, p: Law) -> Money:
    """A multiple of the dibao standard (1.5), a share of the median disposable income (30–50 %), or a fixed line; local cap."""
    rule = p.low_margin
    by_multiple = round_half_up(dibao_standard * rule.multiple)
    by_ratio = round_half_up(per(lookup(p.stats.median_disposable, area) * rule.ratio, MONTHS), to=YUAN)
    line = where(
        rule.method == "multiple",
        by_multiple,
        where(rule.method == "ratio", by_ratio, lookup(rule.line, area)),
    )
    return where(rule.capped_by_minimum_wage, minimum(line, p.minimum_wage), line)


@book.test(
    "household",
    zh="家庭月人均收入低于低保边缘标准",
    en="monthly income per head below the low-margin line",
    ref=BASIS,
)
def low_margin_income(countable_income: Money, divisor_heads: Count, low_margin_line: Money, p: Law) -> Truth:
    """低于: strictly below, unless the region includes the line."""
    mean = per(countable_income, divisor_heads * MONTHS)
    below = where(p.low_margin.at_most, mean <= low_margin_line, mean < low_margin_line)
    return measured(below, mean, low_margin_line, "lt")


@book.formula("household", "flag", zh="收入财产符合低保边缘条件", en="means as low-margin demands", ref=BASIS)
def meets_low_margin(
    low_margin_income: Truth, low_margin_property: Truth, has_members: Truth, belongs_here: Truth
) -> Truth:
    """Whether or not the family qualifies for dibao."""
    return all_of(low_margin_income, low_margin_property, has_members, belongs_here)


@book.test("household", zh="符合低保边缘家庭条件", en="qualifies as low-margin", ref=BASIS)
def is_low_margin(meets_low_margin: Truth, is_dibao: Truth) -> Truth:
    """不符合最低生活保障条件的家庭."""
    return all_of(meets_low_margin, not_(is_dibao))
