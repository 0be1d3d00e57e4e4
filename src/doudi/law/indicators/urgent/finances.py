"""Income that falls away and expenses that leap from one night to the next (收支骤变)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, not_, round_down
from doudi.rules.quantities import Law, Money, Truth

book = Book("indicators/urgent")
TONGLING = "indicators-tongling-2025"


@book.test("household", zh="家庭支出骤增", en="expenses have leapt", ref=TONGLING)
def expenses_leapt(
    rigid_expenditure: Money, before_rigid_expenditure: Money, dibao_standard: Money, p: Law
) -> Truth:
    """Rigid expenditure of twelve months rose by more than the share, and by more than a year of the standard."""
    rise = round_down(before_rigid_expenditure * p.watch.expense_rise)
    by_share = rigid_expenditure > before_rigid_expenditure + rise
    return all_of(by_share, rigid_expenditure > before_rigid_expenditure + dibao_standard * 12)


@book.test("household", zh="家庭收入骤减", en="income has fallen away", ref=TONGLING)
def income_fell(
    total_income: Money,
    before_total_income: Money,
    before_low_margin_income: Truth,
    low_margin_income: Truth,
    p: Law,
) -> Truth:
    """By the share or more, from above the low-margin line to below it."""
    fall = total_income <= before_total_income - round_down(before_total_income * p.watch.income_fall)
    return all_of(fall, not_(before_low_margin_income), low_margin_income)
