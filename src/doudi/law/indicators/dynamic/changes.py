"""Members, marriage, liberty, property and terms of households that hold aid (家庭情况和期限变化)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, month_number, not_, round_down
from doudi.rules.quantities import Code, Count, Day, Law, Money, Truth

book = Book("indicators/dynamic")
OURS = "doudi-reading:indicators"
XIAN = "indicators-xian-2024"
ITEMS = ("mf-2021-57:17", XIAN)


@book.formula("person", "flag", zh="前一夜不在本户", en="was not there the night before", ref=OURS)
def has_joined(person_there_before: Truth) -> Truth:
    """New among the members."""
    return not_(person_there_before)


@book.test("household", zh="新增共同生活成员", en="the household has a new member", ref=ITEMS)
def member_joined(
    has_joined: list[Truth], births_is_new: list[Truth], household_there_before: Truth, holds_aid: Truth
) -> Truth:
    """Somebody who was not there the night before, or a birth newly registered."""
    new = any_of(any_member(has_joined), any_member(births_is_new))
    return all_of(new, household_there_before, holds_aid)


@book.formula("marriages", "flag", zh="新报来的婚姻变化", en="a change of marriage that is new", ref=ITEMS)
def marriage_is_new(marriages_is_new: Truth, marriages_event: Code) -> Truth:
    """A certificate issued anew is none."""
    return all_of(marriages_is_new, is_in(marriages_event, "marriage", "divorce", "annulled"))


@book.test("household", zh="结婚离婚登记变化", en="a marriage or divorce", ref=ITEMS)
def marriage_changed(marriage_is_new: list[Truth], holds_aid: Truth) -> Truth:
    """Of any member."""
    return all_of(any_member(marriage_is_new), holds_aid)


@book.test("departed", zh="家庭成员户籍迁出", en="a member moved away", ref=ITEMS)
def member_left(departed_is_new: Truth, departed_state: Code, holds_aid: Truth) -> Truth:
    """Known since last night."""
    return all_of(departed_is_new, departed_state == "left", holds_aid)


@book.formula("custody", "flag", zh="新报来的羁押服刑", en="custody that is new", ref=XIAN)
def custody_began(custody_is_new: Truth, custody_absence: Code) -> Truth:
    """Prison, detoxification, detention."""
    return all_of(custody_is_new, custody_absence != "released")


@book.test("person", zh="家庭成员服刑、强制戒毒或者羁押", en="a member is held", ref=("mf-2021-57:7", XIAN))
def taken_into_custody(by_person__custody_began: list[Truth], holds_aid: Truth) -> Truth:
    """In a household that holds aid."""
    return all_of(any_member(by_person__custody_began), holds_aid)


@book.formula("custody", "flag", zh="已释放或者将释放", en="released, or soon to be", ref=XIAN)
def release_is_near(
    custody_is_new: Truth,
    custody_absence: Code,
    written_custody_until: Truth,
    days_since_custody_until: Count,
    p: Law,
) -> Truth:
    """A release newly told, or the last day within the notice."""
    released = all_of(custody_is_new, custody_absence == "released")
    left = 0 - days_since_custody_until
    near = all_of(written_custody_until, left >= 0, left <= p.watch.term_days)
    return any_of(released, near)


@book.test("person", zh="家庭成员刑满释放或者解除强戒", en="a member is released", ref=XIAN)
def released_from_custody(by_person__release_is_near: list[Truth], holds_aid: Truth) -> Truth:
    """In a household that holds aid."""
    return all_of(any_member(by_person__release_is_near), holds_aid)


@book.formula("real_estate", "flag", zh="新登记的不动产", en="real estate newly registered", ref=ITEMS)
def estate_is_new(real_estate_is_new: Truth, days_since_real_estate_registered_on: Count, p: Law) -> Truth:
    """The row is new, and the registration too."""
    return all_of(real_estate_is_new, days_since_real_estate_registered_on <= p.watch.registration_days)


@book.test("person", zh="新增不动产", en="real estate was acquired", ref=ITEMS)
def estate_acquired(by_person__estate_is_new: list[Truth], holds_aid: Truth) -> Truth:
    """In a household that holds aid."""
    return all_of(any_member(by_person__estate_is_new), holds_aid)


@book.formula("market_entities", "flag", zh="新登记的市场主体", en="a business newly registered", ref=ITEMS)
def entity_is_new(
    market_entities_is_new: Truth,
    market_entities_role: Code,
    days_since_market_entities_established_on: Count,
    p: Law,
) -> Truth:
    """A member of a cooperative is no owner."""
    young = days_since_market_entities_established_on <= p.watch.registration_days
    return all_of(market_entities_is_new, market_entities_role != "member", young)


@book.test("person", zh="新增市场主体登记", en="a business was registered", ref=ITEMS)
def business_registered(by_person__entity_is_new: list[Truth], holds_aid: Truth) -> Truth:
    """In a household that holds aid."""
    return all_of(any_member(by_person__entity_is_new), holds_aid)


@book.test("household", zh="金融资产大幅变化", en="money property has risen much", ref=ITEMS)
def money_risen(
    money_property: Money, before_money_property: Money, dibao_standard: Money, holds_aid: Truth, p: Law
) -> Truth:
    """By more than the share, and by more than a month of the standard."""
    much = money_property > before_money_property + round_down(before_money_property * p.watch.money_rise)
    return all_of(much, money_property > before_money_property + dibao_standard, holds_aid)


@book.formula("holding", "flag", zh="认定将满一年", en="a recognition nears its end", ref="mf-2024-57:10")
def recognition_is_old(holding_is_outer: Truth, holding_since: Day, today: Day, p: Law) -> Truth:
    """In the last month of its validity, or beyond it."""
    months = month_number(today) - month_number(holding_since)
    return all_of(holding_is_outer, months >= p.watch.validity_months - p.watch.lead_months)


@book.test(
    "household", zh="低保边缘、刚性支出认定将到期", en="a recognition is about to lapse", ref="mf-2024-57:10"
)
def recognition_ends(recognition_is_old: list[Truth]) -> Truth:
    """Until it is renewed, from when it counts anew."""
    return any_member(recognition_is_old)


@book.test(
    "household", zh="渐退期即将到期", en="the grace period is about to end", ref="widening-notice-2022:1.3"
)
def grace_ends(grace_month: Count, household_holds_dibao: Truth, p: Law) -> Truth:
    """In its last month."""
    return all_of(grace_month == p.grace.months, household_holds_dibao)


@book.test("household", zh="退出救助后回访", en="has left assistance", ref="mhh-2024-31")
def left_aid(before_holds_aid: Truth, holds_aid: Truth) -> Truth:
    """Held aid the night before and does not any more."""
    return all_of(before_holds_aid, not_(holds_aid))
