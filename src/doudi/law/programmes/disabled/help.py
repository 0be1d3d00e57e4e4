"""Rehabilitation of children, devices, barrier-free homes, fuel of wheelchair vehicles. By the cost of the calendar year, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, lookup, minimum, round_half_up, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/disabled")
CHILDREN = "disabled-children-2018:2.1"
LOCAL = ("gbf-2023-39:4.5", "demo-rules")


@book.test(
    "person", zh="0至6岁或者本地扩大的年龄", en="is of 6 or less, or of the age the place adds", ref=CHILDREN
)
def is_rehabilitation_age(age: Count, p: Law) -> Truth:
    """0—6岁: up to and with that age."""
    return age <= p.child_rehabilitation.age


@book.test("person", zh="残疾儿童家庭符合条件", en="the family of the child qualifies", ref=CHILDREN)
def is_rehabilitation_family(
    is_basic_person: Truth, other_scheme: Code, is_low_margin_person: Truth, p: Law
) -> Truth:
    """低保, 特困, 孤儿; other families as the place says."""
    added = all_of(is_low_margin_person, p.child_rehabilitation.low_margin)
    return any_of(is_basic_person, other_scheme != "none", added, p.child_rehabilitation.all)


@book.test("person", zh="有康复费用", en="has a cost of rehabilitation", ref="disabled-children-2018:2.2")
def has_rehabilitation_cost(rehabilitation_cost: Money) -> Truth:
    """In a designated institution."""
    return rehabilitation_cost > 0


@book.test("person", zh="可获残疾儿童康复救助", en="rehabilitation aid of a child is due", ref=CHILDREN)
def child_rehabilitation_due(
    has_disability_certificate: Truth,
    is_rehabilitation_age: Truth,
    is_rehabilitation_family: Truth,
    has_rehabilitation_cost: Truth,
) -> Truth:
    """Disability, age, family and a cost."""
    return all_of(
        has_disability_certificate, is_rehabilitation_age, is_rehabilitation_family, has_rehabilitation_cost
    )


@book.formula(
    "person",
    "money",
    zh="残疾儿童康复救助",
    en="rehabilitation aid of a child",
    ref="disabled-children-2018:2.2",
)
def child_rehabilitation_amount(
    child_rehabilitation_due: Truth, rehabilitation_cost: Money, deciding_disability: Code, p: Law
) -> Money:
    """The cost, up to the standard for the kind of disability."""
    return where(
        child_rehabilitation_due,
        minimum(rehabilitation_cost, lookup(p.child_rehabilitation.cap, deciding_disability)),
        0,
    )


@book.test("person", zh="有辅助器具费用", en="has a cost of devices", ref=LOCAL)
def has_device_cost(device_cost: Money) -> Truth:
    """By the local list of devices."""
    return device_cost > 0


@book.test("person", zh="可获辅助器具补贴", en="the subsidy for devices is due", ref=LOCAL)
def device_subsidy_due(has_disability_certificate: Truth, has_device_cost: Truth) -> Truth:
    """A certificate and a cost; means only change the share."""
    return all_of(has_disability_certificate, has_device_cost)


@book.formula("person", "money", zh="辅助器具补贴", en="subsidy for devices", ref=LOCAL)
def device_subsidy_amount(
    device_subsidy_due: Truth, device_cost: Money, is_basic_person: Truth, p: Law
) -> Money:
    """A share of the cost, higher in basic living aid, up to the cap of the year."""
    ratio = where(is_basic_person, p.device_subsidy.basic_ratio, p.device_subsidy.ratio)
    return where(device_subsidy_due, minimum(round_half_up(device_cost * ratio), p.device_subsidy.cap), 0)


@book.formula("household", "flag", zh="有重度残疾成员", en="has a severely disabled member", ref=LOCAL)
def has_severely_disabled(is_severely_disabled: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_severely_disabled)


@book.test(
    "household",
    zh="有重度残疾成员的低收入家庭",
    en="is a poor family with a severely disabled member",
    ref=LOCAL,
)
def is_adaptation_family(has_severely_disabled: Truth, is_poor_family: Truth) -> Truth:
    """特困, 低保 or 低保边缘."""
    return all_of(has_severely_disabled, is_poor_family)


@book.test("household", zh="有无障碍改造费用", en="has a cost of adaptation", ref=LOCAL)
def has_adaptation_cost(adaptation_cost: Money) -> Truth:
    """As assessed."""
    return adaptation_cost > 0


@book.test(
    "household", zh="可获家庭无障碍改造补贴", en="the subsidy for a barrier-free home is due", ref=LOCAL
)
def barrier_free_home_due(is_adaptation_family: Truth, has_adaptation_cost: Truth) -> Truth:
    """Such a family, and a cost."""
    return all_of(is_adaptation_family, has_adaptation_cost)


@book.formula("household", "money", zh="家庭无障碍改造补贴", en="subsidy for a barrier-free home", ref=LOCAL)
def barrier_free_home_amount(barrier_free_home_due: Truth, adaptation_cost: Money, p: Law) -> Money:
    """The cost, up to the cap."""
    return where(barrier_free_home_due, minimum(adaptation_cost, p.barrier_free_home.cap), 0)


@book.formula("asset", "flag", zh="残疾人机动轮椅车", en="is a motor wheelchair", ref=LOCAL)
def asset_is_wheelchair(asset_kind: Code, asset_purpose: Code) -> Truth:
    """A vehicle that serves the mobility of a disabled person."""
    return all_of(asset_kind == "vehicle", asset_purpose == "disability")


@book.test("household", zh="有残疾人机动轮椅车", en="has a motor wheelchair", ref=LOCAL)
def wheelchair_fuel_due(asset_is_wheelchair: list[Truth]) -> Truth:
    """Of a disabled member."""
    return any_member(asset_is_wheelchair)


@book.formula("household", "money", zh="机动轮椅车燃油补贴", en="fuel of motor wheelchairs", ref=LOCAL)
def wheelchair_fuel_amount(wheelchair_fuel_due: Truth, p: Law) -> Money:
    """A sum for the year."""
    return where(wheelchair_fuel_due, p.wheelchair_fuel.amount, 0)
