"""What 特困 and 低保 pay, as programmes: the rules of the tiers, and tests that say what is due. Monthly, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, maximum, not_
from doudi.rules.quantities import Money, Share, Truth

book = Book("programmes/basic")
DIBAO = ("law-2026:18", "mf-2021-57:23")


@book.test(
    "household", zh="符合低保条件，且没有全部减发", en="dibao is due and not all of it is withheld", ref=DIBAO
)
def dibao_due(is_dibao: Truth, dibao_has_amount: Truth) -> Truth:
    """The family qualifies and something is left to pay."""
    return all_of(is_dibao, dibao_has_amount)


@book.test("household", zh="低保金大于零", en="there is an amount of dibao", ref=DIBAO)
def dibao_has_amount(dibao_paid: Money) -> Truth:
    """After reductions for refusing work."""
    return dibao_paid > 0


@book.formula("household", "money", zh="低保金", en="dibao paid", ref=("mf-2021-57:23", "mf-2021-57:34"))
def dibao_paid(dibao_amount: Money, refusal_reductions: Money) -> Money:
    """The household's amount less reductions for refusing work."""
    return maximum(dibao_amount - refusal_reductions, 0)


@book.test(
    "person", zh="可获分类施保金", en="a category supplement is due", ref=("law-2026:20", "mf-2021-57:27")
)
def dibao_supplement_due(may_have_supplement: Truth, has_supplement_ground: Truth) -> Truth:
    """In dibao, with a ground that the place pays for."""
    return all_of(may_have_supplement, has_supplement_ground)


@book.test(
    "person", zh="有分类施保事由", en="has a ground for a supplement", ref=("law-2026:20", "mf-2021-57:27")
)
def has_supplement_ground(supplement_rate: Share) -> Truth:
    """老年人、未成年人、重度残疾人、重病患者 and others the place names."""
    return not_(supplement_rate == 0)


@book.test("person", zh="应发照料护理费", en="care is due", ref=("law-2026:17", "mf-2021-43:20"))
def tekun_care_due(is_tekun: Truth, has_care_amount: Truth) -> Truth:
    """特困人员 whose level of care has an amount in the place."""
    return all_of(is_tekun, has_care_amount)


@book.test(
    "person",
    zh="本地该档照料护理标准大于零",
    en="the place pays for that level of care",
    ref=("law-2026:17", "mf-2021-43:20"),
)
def has_care_amount(tekun_care_amount: Money) -> Truth:
    """By the level of ability to look after oneself."""
    return tekun_care_amount > 0
