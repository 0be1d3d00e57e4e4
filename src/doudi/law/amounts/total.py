"""What the household and its members get in a month, all together. In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import maximum, total
from doudi.rules.quantities import Money

book = Book("amounts")
BASIS = ("law-2026:15", "mf-2021-57:21")


@book.formula(
    "household", "money", zh="分类施保金合计", en="category supplements", ref=("law-2026:20", "mf-2021-57:27")
)
def supplements(supplement: list[Money]) -> Money:
    """Of all members."""
    return total(supplement)


@book.formula(
    "household",
    "money",
    zh="单人保合计",
    en="single-person dibao of all members",
    ref=("law-2026:21", "mf-2021-57:8"),
)
def single_amounts(single_dibao_amount: list[Money]) -> Money:
    """Of all members."""
    return total(single_dibao_amount)


@book.formula(
    "household",
    "money",
    zh="特困供养合计",
    en="tekun living and care",
    ref=("law-2026:17", "order-649:15 until 2026-06-30"),
)
def tekun_amounts(tekun_basic_amount: list[Money], tekun_care_amount: list[Money]) -> Money:
    """Of all members."""
    return total(tekun_basic_amount) + total(tekun_care_amount)


@book.formula(
    "household", "money", zh="因拒绝工作减发合计", en="reductions for refusing work", ref="mf-2021-57:34"
)
def refusal_reductions(refusal_reduction: list[Money]) -> Money:
    """Of all members."""
    return total(refusal_reduction)


@book.formula("household", "money", zh="每月合计", en="total per month", ref=BASIS)
def monthly_total(
    dibao_amount: Money,
    supplements: Money,
    single_amounts: Money,
    tekun_amounts: Money,
    refusal_reductions: Money,
    grace_amount: Money,
) -> Money:
    """All basic living aid of the household in a month."""
    family = maximum(dibao_amount - refusal_reductions, 0)
    return family + supplements + single_amounts + tekun_amounts + grace_amount
