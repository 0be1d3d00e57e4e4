"""Heating allowance (取暖补助): once for each heating season, by family. Local rule (国办发〔2023〕39号 part 4). In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/utilities")
LOCAL = ("gbf-2023-39:4.5", "demo-rules")


@book.test("household", zh="当地有冬季取暖补助", en="the place gives a heating allowance", ref=LOCAL)
def heating_is_given(p: Law) -> Truth:
    """Where winters are cold."""
    return p.heating.given


@book.test("household", zh="特困、低保或者低保边缘家庭", en="is in basic living aid or low-margin", ref=LOCAL)
def is_heating_family(is_poor_family: Truth) -> Truth:
    """By the tier of the household."""
    return is_poor_family


@book.test("household", zh="符合取暖补助条件", en="heating allowance is due", ref=LOCAL)
def heating_allowance_due(heating_is_given: Truth, is_heating_family: Truth) -> Truth:
    """A cold place and a family in hardship."""
    return all_of(heating_is_given, is_heating_family)


@book.formula("household", "money", zh="取暖补助", en="heating allowance", ref=LOCAL)
def heating_allowance_amount(heating_allowance_due: Truth, tier: Code, p: Law) -> Money:
    """A sum for the season by the tier of the household."""
    return where(heating_allowance_due, lookup(p.heating.amount, tier), 0)
