"""Free basic electricity (居民用电优惠): so many kilowatt-hours for each family and month. Local rule. In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import per, round_half_up, where
from doudi.rules.quantities import Law, Money, Truth

book = Book("programmes/utilities")
LOCAL = ("gbf-2023-39:4.5", "demo-rules")
HUNDRED = 100


@book.test("household", zh="特困、低保家庭", en="is a family in basic living aid", ref=LOCAL)
def electricity_relief_due(is_basic_family: Truth) -> Truth:
    """特困供养 and 低保 families."""
    return is_basic_family


@book.formula("household", "money", zh="用电优惠", en="relief of electricity", ref=LOCAL)
def electricity_relief_amount(electricity_relief_due: Truth, p: Law) -> Money:
    """The free quantity at the price of the place."""
    return where(
        electricity_relief_due, round_half_up(per(p.electricity.price * p.electricity.free, HUNDRED)), 0
    )
