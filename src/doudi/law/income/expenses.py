"""Expenses of the household (支出): whose they are, in which twelve months they fall, and of what kind."""

from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_member,
    any_of,
    is_in,
    lookup,
    month_number,
    not_,
    where,
    whole_years,
)
from doudi.rules.quantities import Code, Day, Law, Truth

book = Book("income")
PERIOD = ("mf-2024-57:4(4)", "doudi-reading:income-period")


@book.formula(
    "holding", "flag", zh="申请之后开始享受", en="began on or after the day of application", ref=PERIOD
)
def holding_follows_application(holding_is_any: Truth, holding_since: Day, applied_on: Day) -> Truth:
    """What was granted answers the application; aid held from before it does not."""
    return all_of(holding_is_any, holding_since >= applied_on)


@book.formula("household", "flag", zh="申请尚未办结", en="an application stands", ref=PERIOD)
def application_stands(
    applied_on: Day, today: Day, holding_follows_application: list[Truth], p: Law
) -> Truth:
    """Made by this day, answered by no aid since, and not older than ``income.application_months``."""
    made = all_of(applied_on > 0, applied_on <= today)
    fresh = month_number(today) - month_number(applied_on) <= p.income.application_months
    return all_of(made, fresh, not_(any_member(holding_follows_application)))


@book.formula(
    "household", "date", zh="十二个月计算期的截止日", en="day on which the twelve months end", ref=PERIOD
)
def period_ends_on(application_stands: Truth, applied_on: Day, today: Day) -> Day:
    """提出申请前十二个月: the day of the application that stands; without one, as in a review, the day of evaluation."""
    return where(application_stands, applied_on, today)


@book.formula("expense", "flag", zh="在计算期内", en="falls into the twelve months before", ref=PERIOD)
def expense_is_recent(expense_paid_on: Day, period_ends_on: Day) -> Truth:
    """Paid in the twelve months up to the end of the period; without a date it is taken to be."""
    within_a_year = all_of(
        expense_paid_on <= period_ends_on, whole_years(expense_paid_on, period_ends_on) < 1
    )
    return any_of(expense_paid_on == 0, within_a_year)


@book.formula(
    "expense",
    "flag",
    zh="为计入成员或者全家支出",
    en="is for a counted member or for all",
    ref="mf-2024-57:5",
)
def expense_is_ours(expense_has_owner: Truth, owner__is_counted: Truth) -> Truth:
    """共同生活家庭成员 only: for a member who counts, or for the household where nobody is named."""
    return any_of(not_(expense_has_owner), owner__is_counted)


@book.formula("expense", "flag", zh="医疗支出", en="is a medical expense", ref="mf-2024-57:5(2)")
def expense_is_medical(expense_kind: Code, expense_is_ours: Truth, expense_is_recent: Truth) -> Truth:
    """医疗支出 borne by the household after all insurance and aid."""
    return all_of(expense_kind == "medical", expense_is_ours, expense_is_recent)


@book.formula(
    "expense",
    "flag",
    zh="就读阶段的教育支出计入",
    en="is for a stage of study that counts",
    ref="mf-2024-57:5(3)",
)
def expense_stage_counts(
    expense_has_owner: Truth, owner__study: Code, owner__full_time: Truth, p: Law
) -> Truth:
    """幼儿园 to 全日制普通本科, by the stage of the member named; for the household as a whole it is taken as declared."""
    college = is_in(owner__study, "higher_vocational", "bachelor")
    regular = any_of(not_(college), owner__full_time)
    return any_of(not_(expense_has_owner), all_of(lookup(p.rigid.education_stage, owner__study), regular))


@book.formula("expense", "flag", zh="教育支出", en="is an expense for education", ref="mf-2024-57:5(3)")
def expense_is_education(
    expense_kind: Code, expense_is_ours: Truth, expense_stage_counts: Truth, expense_is_recent: Truth
) -> Truth:
    """教育支出 borne by the household."""
    return all_of(expense_kind == "education", expense_is_ours, expense_stage_counts, expense_is_recent)


@book.formula("expense", "flag", zh="生活支出", en="is an expense for living", ref="mf-2024-57:5(1)")
def expense_is_living(expense_kind: Code, expense_is_ours: Truth, expense_is_recent: Truth) -> Truth:
    """生活支出."""
    return all_of(expense_kind == "living", expense_is_ours, expense_is_recent)
