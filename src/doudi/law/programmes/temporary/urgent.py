"""Sudden need: small quick aid (小额快救) and urgent temporary aid (急难型). For each event of the calendar year, in fen."""

from doudi.law.programmes.status.status import in_year
from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, maximum, minimum, not_, round_half_up, where
from doudi.rules.quantities import Code, Count, Day, Law, Money, Truth

book = Book("programmes/temporary")
URGENT = ("law-2026:29", "law-2026:50", "temporary-aid-2018:2.1")
QUICK = ("law-2026:50", "temporary-aid-2026")


@book.test("household", zh="本年度遭遇急难", en="met an urgent event this year", ref=URGENT)
def has_urgent_event(urgent_event: Code, urgent_event_on: Day, this_year: Count) -> Truth:
    """An event with a date in the year; where it happened, not where the household is registered (law art. 37)."""
    return all_of(urgent_event != "none", in_year(urgent_event_on, this_year))


@book.formula("household", "money", zh="急难所需", en="what the event costs", ref=URGENT)
def event_need(has_urgent_event: Truth, urgent_need: Money) -> Money:
    """Nothing without an event."""
    return where(has_urgent_event, urgent_need, 0)


@book.test("household", zh="当地实行小额快救", en="the place gives small quick aid", ref=QUICK)
def quick_aid_given(p: Law) -> Truth:
    """Since 2026, as places put it into force."""
    return p.quick_aid.given


@book.test("household", zh="急难事由属于小额快救范围", en="the event is one for small quick aid", ref=QUICK)
def is_quick_event(urgent_event: Code, p: Law) -> Truth:
    """突发意外、受伤、急病 and the like; means are not examined."""
    return lookup(p.quick_aid.events, urgent_event)


@book.test("household", zh="有急难费用需要承担", en="the event costs something", ref=URGENT)
def has_event_need(event_need: Money) -> Truth:
    """A cost that nobody else bears."""
    return event_need > 0


@book.test("household", zh="可获小额快救", en="small quick aid is due", ref=QUICK)
def quick_aid_due(
    quick_aid_given: Truth, has_urgent_event: Truth, is_quick_event: Truth, has_event_need: Truth
) -> Truth:
    """Paid first, papers after; without a check of means and without notice."""
    return all_of(quick_aid_given, has_urgent_event, is_quick_event, has_event_need)


@book.formula("household", "money", zh="小额快救", en="small quick aid", ref=QUICK)
def quick_aid_amount(quick_aid_due: Truth, event_need: Money, dibao_standard: Money, p: Law) -> Money:
    """What is needed, at most a multiple of one month's dibao standard."""
    most = round_half_up(dibao_standard * p.quick_aid.multiple)
    return where(quick_aid_due, minimum(event_need, most), 0)


@book.formula("household", "money", zh="小额快救后所需", en="what quick aid leaves to be met", ref=URGENT)
def need_after_quick(event_need: Money, quick_aid_amount: Money) -> Money:
    """Of the cost of the event."""
    return event_need - quick_aid_amount


@book.test("household", zh="小额快救后仍有急难费用", en="a cost is left after quick aid", ref=URGENT)
def is_need_left(need_after_quick: Money) -> Truth:
    """Something remains to be met."""
    return need_after_quick > 0


@book.test(
    "household",
    zh="本年度临时救助次数未满",
    en="temporary aid has not been given too often this year",
    ref="temporary-aid-2018:2.3",
)
def may_repeat(temporary_aid_times: Count, p: Law) -> Truth:
    """Below the number of times that the place allows in a year."""
    return temporary_aid_times < p.temporary_aid.times


@book.test("household", zh="可获急难型临时救助", en="urgent temporary aid is due", ref=URGENT)
def urgent_aid_due(has_urgent_event: Truth, is_need_left: Truth, may_repeat: Truth) -> Truth:
    """Families and persons alike, wherever registered."""
    return all_of(has_urgent_event, is_need_left, may_repeat)


@book.formula("household", "money", zh="急难型临时救助", en="urgent temporary aid", ref=URGENT)
def urgent_aid_amount(
    urgent_aid_due: Truth,
    need_after_quick: Money,
    urgent_event: Code,
    dibao_standard: Money,
    persons_in_file: Count,
    p: Law,
) -> Money:
    """What is left to be met, at most so many months' dibao standard for each person, by the kind of event."""
    most = round_half_up(dibao_standard * lookup(p.urgent_aid.multiple, urgent_event)) * persons_in_file
    return where(urgent_aid_due, minimum(need_after_quick, most), 0)


@book.formula("household", "flag", zh="由乡镇审批", en="the township decides", ref="temporary-aid-2018:2.2")
def township_decides(quick_aid_amount: Money, urgent_aid_amount: Money, p: Law) -> Truth:
    """县级民政部门委托乡镇审批: up to the local limit."""
    return not_(maximum(quick_aid_amount, urgent_aid_amount) > p.temporary_aid.township_limit)
