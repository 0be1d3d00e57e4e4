"""最低生活保障家庭: whether the household as a whole qualifies."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, not_
from doudi.rules.quantities import Law, Truth

book = Book("dibao")
BASIS = ("law-2026:18", "order-649:9 until 2026-06-30", "mf-2021-57:21")


@book.test(
    "household",
    zh="住房、饮水安全已核实",
    en="housing and water have been looked at",
    ref="doudi-reading:local-conditions",
)
def dibao_home_checked(safe_housing: Truth, safe_water: Truth, p: Law) -> Truth:
    """Where the region asks for it the state of housing and water must be known; whichever it is, it never refuses."""
    housing_known = any_of(safe_housing, not_(safe_housing))
    water_known = any_of(safe_water, not_(safe_water))
    return all_of(
        any_of(not_(p.dibao.needs_safe_housing), housing_known),
        any_of(not_(p.dibao.needs_safe_water), water_known),
    )


@book.test("household", zh="符合最低生活保障条件", en="qualifies for dibao", ref=BASIS)
def is_dibao(
    dibao_income: Truth,
    dibao_property: Truth,
    has_members: Truth,
    belongs_here: Truth,
    dibao_home_checked: Truth,
) -> Truth:
    """Income and property as demanded, for the family as a whole: no half families (2022 notice, 1.1)."""
    return all_of(dibao_income, dibao_property, has_members, belongs_here, dibao_home_checked)
