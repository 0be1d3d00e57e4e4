"""Festival allowance (节日慰问金): once a year before the Spring Festival, by the tier of the household. Local rule. In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/basic")
LOCAL = ("law-2026:15", "demo-rules")


@book.test(
    "household",
    zh="本地对该类家庭有节日慰问",
    en="the place gives families of the tier a festival allowance",
    ref=LOCAL,
)
def festival_is_given(tier: Code, p: Law) -> Truth:
    """A sum is set for the tier."""
    return lookup(p.festival.amount, tier) > 0


@book.test("household", zh="应发节日慰问金", en="the festival allowance is due", ref=LOCAL)
def festival_allowance_due(festival_is_given: Truth, belongs_here: Truth) -> Truth:
    """A family of such a tier, registered here."""
    return all_of(festival_is_given, belongs_here)


@book.formula("household", "money", zh="节日慰问金", en="festival allowance", ref=LOCAL)
def festival_allowance_amount(festival_allowance_due: Truth, tier: Code, p: Law) -> Money:
    """A sum for the year."""
    return where(festival_allowance_due, lookup(p.festival.amount, tier), 0)
