"""Grace period (渐退期): who starts work and passes the line keeps aid for some months, step by step (T6)."""

from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_member,
    is_in,
    lookup_at,
    maximum,
    minimum,
    month_number,
    not_,
    round_half_up,
    total,
    where,
)
from doudi.rules.quantities import Code, Count, Day, Law, Money, Share, Truth

book = Book("amounts")
BASIS = ("mf-2021-57:33", "widening-notice-2022:1.3", "reform-opinion-2020:11")
LONGEST = 36


@book.formula("holding", "flag", zh="现享受低保", en="is dibao now held", ref=BASIS)
def holding_is_dibao(holding_programme: Code) -> Truth:
    """低保 of the family or 单人保."""
    return is_in(holding_programme, "dibao", "single_dibao")


@book.formula("holding", "flag", zh="现享受家庭低保", en="is family dibao now held", ref=BASIS)
def holding_is_family_dibao(holding_programme: Code) -> Truth:
    """低保 of the family."""
    return holding_programme == "dibao"


@book.formula("household", "flag", zh="现为低保家庭", en="holds dibao now", ref=BASIS)
def household_holds_dibao(holding_is_family_dibao: list[Truth]) -> Truth:
    """By what is paid now."""
    return any_member(holding_is_family_dibao)


@book.formula("household", "money", zh="现领低保金", en="dibao held per month", ref=BASIS)
def held_dibao_amount(holding_monthly: list[Money], holding_is_family_dibao: list[Truth]) -> Money:
    """What the household receives now."""
    return total(holding_monthly, where=holding_is_family_dibao)


@book.formula("household", "count", zh="渐退期第几个月", en="month of the grace period", ref=BASIS)
def grace_month(grace_from: Day, today: Day) -> Count:
    """1 in the month from which income passed the line; 0 or less before it."""
    month = month_number(today) - month_number(grace_from) + 1
    return where(grace_from > 0, month, 0)


@book.formula("person", "flag", zh="已就业成员", en="has started work", ref=BASIS)
def has_started_work(started_work_on: Day, is_counted: Truth) -> Truth:
    """A counted member with a date of starting work."""
    return all_of(started_work_on > 0, is_counted)


@book.formula("household", "flag", zh="有成员就业", en="a member has started work", ref=BASIS)
def has_new_worker(has_started_work: list[Truth]) -> Truth:
    """The grace period follows a job, not other income."""
    return any_member(has_started_work)


@book.test("household", zh="处于渐退期", en="is within the grace period", ref=BASIS)
def is_in_grace(
    household_holds_dibao: Truth,
    has_new_worker: Truth,
    dibao_income: Truth,
    is_dibao_but_for_income: Truth,
    grace_month: Count,
    p: Law,
) -> Truth:
    """Dibao is held, a job has lifted income over the line, nothing else fails, and the months are not over."""
    within_months = all_of(grace_month >= 1, grace_month <= p.grace.months)
    return all_of(
        household_holds_dibao, has_new_worker, not_(dibao_income), is_dibao_but_for_income, within_months
    )


@book.formula("household", "rate", zh="渐退期发放比例", en="share paid in this month of grace", ref=BASIS)
def grace_share(grace_month: Count, p: Law) -> Share:
    """The region's share for the month."""
    position = minimum(maximum(grace_month, 1), LONGEST) - 1
    return lookup_at(p.grace.share, position)


@book.formula("household", "money", zh="渐退期月保障金", en="amount in the grace period", ref=BASIS)
def grace_amount(is_in_grace: Truth, held_dibao_amount: Money, grace_share: Share) -> Money:
    """A share of what was held before, to the fen."""
    return where(is_in_grace, round_half_up(held_dibao_amount * grace_share), 0)
