"""Grace period (渐退期): who starts work and passes the line keeps aid for some months, step by step (T6)."""

from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_member,
    any_of,
    highest,
    lookup_at,
    maximum,
    minimum,
    month_number,
    not_,
    per,
    round_half_up,
    total,
    where,
)
from doudi.rules.quantities import Count, Day, Law, Money, Share, Truth

book = Book("amounts")
BASIS = ("mf-2021-57:33", "widening-notice-2022:1.3", "reform-opinion-2020:11")
LONGEST = 36
MONTHS = 12


@book.formula("household", "count", zh="渐退期第几个月", en="month of the grace period", ref=BASIS)
def grace_month(grace_from: Day, today: Day) -> Count:
    """1 in the month from which income passed the line; 0 or less before it."""
    month = month_number(today) - month_number(grace_from) + 1
    return where(grace_from > 0, month, 0)


@book.formula("holding", "flag", zh="渐退期开始时享受的低保", en="dibao held when grace began", ref=BASIS)
def holding_reaches_grace(
    holding_was_family_dibao: Truth, holding_until: Day, holding_runs: Truth, grace_from: Day
) -> Truth:
    """Dibao that runs, or was paid last in the month before grace began or later: 最低生活保障家庭 when income passed."""
    last_month, begun = month_number(holding_until), grace_from > 0
    recent = all_of(begun, holding_until > 0, last_month >= month_number(grace_from) - 1)
    return all_of(holding_was_family_dibao, any_of(holding_runs, recent))


@book.formula("household", "flag", zh="渐退期开始时为低保家庭", en="held dibao when grace began", ref=BASIS)
def held_dibao_into_grace(holding_reaches_grace: list[Truth]) -> Truth:
    """Still held, or ended because of the job: what ended long before opens nothing."""
    return any_member(holding_reaches_grace)


@book.formula("household", "money", zh="渐退前的月低保金", en="dibao per month before grace", ref=BASIS)
def held_dibao_amount(
    household_holds_dibao: Truth,
    holding_monthly: list[Money],
    holding_is_family_dibao: list[Truth],
    holding_reaches_grace: list[Truth],
) -> Money:
    """What the household receives now, or what it received when dibao ended."""
    running = total(holding_monthly, where=holding_is_family_dibao)
    return where(household_holds_dibao, running, total(holding_monthly, where=holding_reaches_grace))


@book.formula("holding", "count", zh="低保起始距今", en="how long ago dibao began", ref=BASIS)
def dibao_reaches_back(holding_was_family_dibao: Truth, holding_since: Day, today: Day) -> Count:
    """The greater, the earlier (a difference of dates as written, only for comparing); 0 for what is no dibao."""
    return where(holding_was_family_dibao, maximum(today - holding_since + 1, 0), 0)


@book.formula("household", "count", zh="最早的低保起始距今", en="how long ago dibao first began", ref=BASIS)
def first_dibao_reaches_back(dibao_reaches_back: list[Count]) -> Count:
    """Of all rows of the file: an amount that was set anew begins a row, not dibao."""
    return highest(dibao_reaches_back)


@book.formula("person", "flag", zh="享受低保后就业的成员", en="has started work while in dibao", ref=BASIS)
def has_started_work(
    started_work_on: Day, first_dibao_reaches_back: Count, is_counted: Truth, today: Day
) -> Truth:
    """低保家庭成员积极就业: a counted member whose work began on or after the day on which dibao began."""
    return all_of(started_work_on > 0, today - started_work_on < first_dibao_reaches_back, is_counted)


@book.formula("household", "flag", zh="有成员就业", en="a member has started work", ref=BASIS)
def has_new_worker(has_started_work: list[Truth]) -> Truth:
    """At least one, since the family has been in dibao."""
    return any_member(has_started_work)


@book.formula("person", "money", zh="就业收入", en="income from work", ref=BASIS)
def work_income(wage_income: Money, business_income: Money) -> Money:
    """Wages after the cost of working, and net business income."""
    return wage_income + business_income


@book.formula(
    "household", "money", zh="不计新就业收入的家庭收入", en="income without the new jobs", ref=BASIS
)
def income_without_new_work(
    countable_income: Money, work_income: list[Money], has_started_work: list[Truth]
) -> Money:
    """What the family would have in twelve months without what those who have started work earn."""
    return countable_income - total(work_income, where=has_started_work)


@book.test(
    "household",
    zh="不计新就业收入则人均收入低于低保标准",
    en="income per head below the standard but for the new jobs",
    ref=BASIS,
)
def lifted_by_work(income_without_new_work: Money, divisor_heads: Count, dibao_standard: Money) -> Truth:
    """对就业后家庭人均收入超过……的: the job has lifted it, not a pension or rent beside."""
    return per(income_without_new_work, divisor_heads * MONTHS) < dibao_standard


@book.test("household", zh="处于渐退期", en="is within the grace period", ref=BASIS)
def is_in_grace(
    held_dibao_into_grace: Truth,
    has_new_worker: Truth,
    lifted_by_work: Truth,
    dibao_income: Truth,
    is_dibao_but_for_income: Truth,
    grace_month: Count,
    p: Law,
) -> Truth:
    """A dibao family, a job that has lifted income over the line, nothing else fails, and the months are not over."""
    within_months = all_of(grace_month >= 1, grace_month <= p.grace.months)
    by_work = all_of(has_new_worker, lifted_by_work, not_(dibao_income))
    return all_of(held_dibao_into_grace, by_work, is_dibao_but_for_income, within_months)


@book.formula("household", "rate", zh="渐退期发放比例", en="share paid in this month of grace", ref=BASIS)
def grace_share(grace_month: Count, p: Law) -> Share:
    """The region's share for the month."""
    position = minimum(maximum(grace_month, 1), LONGEST) - 1
    return lookup_at(p.grace.share, position)


@book.formula("household", "money", zh="渐退期月保障金", en="amount in the grace period", ref=BASIS)
def grace_amount(is_in_grace: Truth, held_dibao_amount: Money, grace_share: Share) -> Money:
    """A share of what was held before, to the fen."""
    return where(is_in_grace, round_half_up(held_dibao_amount * grace_share), 0)
