"""Income that falls away and expenses that leap from one night to the next (收支骤变)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, lookup, not_, round_down, total, whole_years
from doudi.rules.quantities import Code, Day, Law, Money, Truth

book = Book("indicators/urgent")
TONGLING = "indicators-tongling-2025"


@book.formula("expense", "flag", zh="监测的支出", en="is an expense watched", ref=TONGLING)
def expense_is_watched(expense_kind: Code, expense_paid_on: Day, today: Day, p: Law) -> Truth:
    """A rigid kind, living cost apart, of the twelve months up to tonight, for whomever of the home: one night like the other."""
    within_a_year = all_of(expense_paid_on <= today, whole_years(expense_paid_on, today) < 1)
    kind = all_of(lookup(p.rigid.counts, expense_kind), expense_kind != "living")
    return all_of(kind, any_of(expense_paid_on == 0, within_a_year))


@book.formula("household", "money", zh="监测的刚性支出", en="rigid expenditure watched", ref=TONGLING)
def watched_expenditure(expense_amount: list[Money], expense_is_watched: list[Truth]) -> Money:
    """What the home is known to have borne; who counts in the family and when it applied is no matter here."""
    return total(expense_amount, where=expense_is_watched)


@book.test("household", zh="家庭支出骤增", en="expenses have leapt", ref=TONGLING)
def expenses_leapt(
    watched_expenditure: Money, before_watched_expenditure: Money, dibao_standard: Money, p: Law
) -> Truth:
    """Rigid expenditure of twelve months rose by more than the share, and by more than a year of the standard."""
    rise = round_down(before_watched_expenditure * p.watch.expense_rise)
    by_share = watched_expenditure > before_watched_expenditure + rise
    return all_of(by_share, watched_expenditure > before_watched_expenditure + dibao_standard * 12)


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
