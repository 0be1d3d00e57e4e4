"""Expenses of the household by kind (支出)."""

from doudi.rules.book import Book
from doudi.rules.quantities import Code, Truth

book = Book("income")


@book.formula("expense", "flag", zh="医疗支出", en="is a medical expense", ref="mf-2024-57:5(2)")
def expense_is_medical(expense_kind: Code) -> Truth:
    """医疗支出 borne by the household after all insurance and aid."""
    return expense_kind == "medical"


@book.formula("expense", "flag", zh="教育支出", en="is an expense for education", ref="mf-2024-57:5(3)")
def expense_is_education(expense_kind: Code) -> Truth:
    """教育支出 borne by the household."""
    return expense_kind == "education"


@book.formula("expense", "flag", zh="生活支出", en="is an expense for living", ref="mf-2024-57:5(1)")
def expense_is_living(expense_kind: Code) -> Truth:
    """生活支出."""
    return expense_kind == "living"
