"""The dibao standard of the place, and the household's income against it."""

from doudi.law.dibao.by_area import standard_by
from doudi.rules.book import Book
from doudi.rules.functions import lookup, per, round_half_up
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("dibao")
MONTHS = 12


@book.formula(
    "household",
    "money",
    zh="最低生活保障标准（每人每月）",
    en="dibao standard per person and month",
    ref=("law-2026:19", "order-649:10 until 2026-06-30"),
)
def dibao_standard(area: Code, p: Law) -> Money:
    """That of the household's area: urban, rural, or one for both."""
    return standard_by(lambda table: lookup(table, area), p)


@book.test(
    "household",
    zh="家庭月人均收入低于低保标准",
    en="monthly income per head below the dibao standard",
    ref=("law-2026:18", "order-649:9 until 2026-06-30"),
)
def dibao_income(countable_income: Money, divisor_heads: Count, dibao_standard: Money) -> Truth:
    """家庭人均收入低于当地最低生活保障标准: strictly below, compared exactly."""
    return per(countable_income, divisor_heads * MONTHS) < dibao_standard


@book.formula(
    "household", "money", zh="家庭月人均收入", en="monthly income per head", ref="doudi-reading:per-head"
)
def income_per_head(countable_income: Money, divisor_heads: Count) -> Money:
    """For showing only, to the fen."""
    return round_half_up(per(countable_income, divisor_heads * MONTHS))
