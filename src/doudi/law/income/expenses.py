"""Expenses of the household by kind (支出)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, whole_years
from doudi.rules.quantities import Code, Day, Truth

book = Book("income")


@book.formula(
    "expense", "flag", zh="在计算期内", en="falls into the twelve months before", ref="mf-2024-57:4(4)"
)
def expense_is_recent(expense_paid_on: Day, today: Day) -> Truth:
    """提出申请前十二个月: paid in the twelve months up to the day of evaluation; without a date it is taken to be."""
    within_a_year = all_of(expense_paid_on <= today, whole_years(expense_paid_on, today) < 1)
    return any_of(expense_paid_on == 0, within_a_year)


@book.formula("expense", "flag", zh="医疗支出", en="is a medical expense", ref="mf-2024-57:5(2)")
def expense_is_medical(expense_kind: Code, expense_is_recent: Truth) -> Truth:
    """医疗支出 borne by the household after all insurance and aid."""
    return all_of(expense_kind == "medical", expense_is_recent)


@book.formula("expense", "flag", zh="教育支出", en="is an expense for education", ref="mf-2024-57:5(3)")
def expense_is_education(expense_kind: Code, expense_is_recent: Truth) -> Truth:
    """教育支出 borne by the household."""
    return all_of(expense_kind == "education", expense_is_recent)


@book.formula("expense", "flag", zh="生活支出", en="is an expense for living", ref="mf-2024-57:5(1)")
def expense_is_living(expense_kind: Code, expense_is_recent: Truth) -> Truth:
    """生活支出."""
    return all_of(expense_kind == "living", expense_is_recent)
