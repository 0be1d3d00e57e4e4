"""Temporary subsidy for rising prices (价格临时补贴, law art. 32). For each person and month, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, maximum, round_up, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/basic")
JIAO = 10
LINKED = ("law-2026:32", "price-linkage")


@book.test(
    "person", zh="消费价格涨幅达到启动条件", en="the rise of consumer prices reaches its trigger", ref=LINKED
)
def price_rise_reached(p: Law) -> Truth:
    """单月居民消费价格指数同比涨幅: at least the trigger."""
    return p.price.cpi_rise >= p.price.cpi_trigger


@book.test(
    "person", zh="食品价格涨幅达到启动条件", en="the rise of food prices reaches its trigger", ref=LINKED
)
def food_rise_reached(p: Law) -> Truth:
    """单月食品价格同比涨幅: at least the trigger."""
    return p.price.food_rise >= p.price.food_trigger


@book.test("person", zh="价格联动机制启动", en="the link to prices is in force", ref=LINKED)
def price_link_runs(price_rise_reached: Truth, food_rise_reached: Truth) -> Truth:
    """One of the two triggers suffices."""
    return any_of(price_rise_reached, food_rise_reached)


@book.test("person", zh="属于价格补贴对象", en="is of those who receive the price subsidy", ref=LINKED)
def is_price_group(
    is_basic_person: Truth, other_scheme: Code, unemployment_benefit: Money, entitled_compensation: Money
) -> Truth:
    """特困人员, 低保对象, orphans and unattended children, the unemployed on benefit, those who receive 优待抚恤金."""
    on_benefit = any_of(unemployment_benefit > 0, entitled_compensation > 0)
    return any_of(is_basic_person, other_scheme != "none", on_benefit)


@book.test("person", zh="应发价格临时补贴", en="the price subsidy is due", ref=LINKED)
def price_subsidy_due(price_link_runs: Truth, is_price_group: Truth) -> Truth:
    """Prices have risen, and the person is of the groups."""
    return all_of(price_link_runs, is_price_group)


@book.formula("person", "money", zh="价格临时补贴", en="price subsidy", ref=LINKED)
def price_subsidy_amount(price_subsidy_due: Truth, dibao_standard: Money, p: Law) -> Money:
    """The dibao standard times the rise (of food, where that is what triggers and the place says so), up to the jiao."""
    rise = where(p.price.by_food, maximum(p.price.cpi_rise, p.price.food_rise), p.price.cpi_rise)
    return where(price_subsidy_due, round_up(dibao_standard * maximum(rise, 0), to=JIAO), 0)
