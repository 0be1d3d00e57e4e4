"""Income of the household: what is deducted from it, and how it is divided."""

from doudi.rules.book import Book
from doudi.rules.functions import count, maximum, minimum, total, where
from doudi.rules.quantities import Law, Money, Truth

book = Book("income")
ARTICLE = "mf-2021-57:13"
MONTHS = 12


@book.formula(
    "household",
    "money",
    zh="扣减前家庭收入",
    en="family income before deductions",
    ref=(ARTICLE, "doudi-reading:income-period"),
)
def income_before_deductions(member_income: list[Money], is_counted: list[Truth]) -> Money:
    """Income of the members counted, in the twelve months before the application."""
    return maximum(total(member_income, where=is_counted), 0)


@book.formula(
    "household", "money", zh="家庭总收入", en="total family income", ref="doudi-reading:rigid-denominator"
)
def total_income(member_income: list[Money], employment_cost: list[Money], is_counted: list[Truth]) -> Money:
    """家庭总收入: what art. 13 counts, before deductions and before the cost of working; never below zero."""
    earned = total(member_income, where=is_counted) + total(employment_cost, where=is_counted)
    return maximum(earned, 0)


@book.formula("household", "money", zh="自付医疗支出", en="own medical expense", ref=ARTICLE)
def medical_expense(expense_amount: list[Money], expense_is_medical: list[Truth]) -> Money:
    """Medical expense of the members counted in twelve months."""
    return total(expense_amount, where=expense_is_medical)


@book.formula("household", "money", zh="重病扣减", en="deduction for grave illness", ref=ARTICLE)
def illness_deduction(
    medical_expense: Money, is_counted_gravely_ill: list[Truth], expenses_stated: Truth, p: Law
) -> Money:
    """因患重病增加的刚性支出: actual up to a cap for each person who is ill, or a fixed sum, by local rule.

    While expenses are not declared the actual one lies between what is known and the cap.
    """
    rule = p.deduction
    ill = count(is_counted_gravely_ill)
    most = rule.illness_cap * ill
    actual = where(expenses_stated, minimum(medical_expense, most), most)
    fixed = rule.illness_amount * ill * MONTHS
    return where(rule.illness_method == "actual", actual, where(rule.illness_method == "fixed", fixed, 0))


@book.formula("household", "money", zh="残疾扣减", en="deduction for severe disability", ref=ARTICLE)
def disability_deduction(is_counted_severely_disabled: list[Truth], p: Law) -> Money:
    """因残疾增加的刚性支出: a fixed sum for each severely disabled member, by local rule."""
    fixed = p.deduction.disability_amount * count(is_counted_severely_disabled) * MONTHS
    return where(p.deduction.disability_method == "fixed", fixed, 0)


@book.formula("household", "money", zh="可计入家庭收入", en="countable family income", ref=ARTICLE)
def countable_income(
    income_before_deductions: Money, illness_deduction: Money, disability_deduction: Money
) -> Money:
    """Never below zero."""
    return maximum(income_before_deductions - illness_deduction - disability_deduction, 0)
