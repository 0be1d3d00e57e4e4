"""Funds for grave illness: what they pay of the cost that insurance, medical and temporary aid leave. For the calendar year, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, maximum, minimum, round_half_up, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/charity")
CHARITY = ("law-2026:57", "gbf-2023-39:4.6")


@book.formula(
    "household", "money", zh="临时救助后医疗负担", en="medical cost left after temporary aid", ref=CHARITY
)
def medical_left_after_temporary(family_medical_left: Money, expenditure_aid_amount: Money) -> Money:
    """Temporary aid is set against treatment first."""
    return maximum(family_medical_left - expenditure_aid_amount, 0)


@book.test(
    "household",
    zh="医疗负担超过急难重特基金起助线",
    en="medical cost left above the line of the fund",
    ref=CHARITY,
)
def is_hardship_cost(medical_left_after_temporary: Money, p: Law) -> Truth:
    """Strictly above."""
    return medical_left_after_temporary > p.hardship_fund.line


@book.test("household", zh="四类低收入家庭", en="is in one of the four tiers", ref=CHARITY)
def is_hardship_family(is_tier_family: Truth) -> Truth:
    """特困, 低保, 低保边缘 or 刚性支出困难."""
    return is_tier_family


@book.test(
    "household",
    zh="可获急难重特专项基金",
    en="the fund for urgent, hard, grave and special need is due",
    ref=CHARITY,
)
def hardship_fund_due(is_hardship_cost: Truth, is_hardship_family: Truth) -> Truth:
    """Such a family, with a burden above the line."""
    return all_of(is_hardship_cost, is_hardship_family)


@book.formula(
    "household",
    "money",
    zh="急难重特专项基金",
    en="fund for urgent, hard, grave and special need",
    ref=CHARITY,
)
def hardship_fund_amount(hardship_fund_due: Truth, medical_left_after_temporary: Money, p: Law) -> Money:
    """A share of what lies above the line, up to the cap."""
    share = round_half_up(
        maximum(medical_left_after_temporary - p.hardship_fund.line, 0) * p.hardship_fund.ratio
    )
    return where(hardship_fund_due, minimum(share, p.hardship_fund.cap), 0)


@book.formula(
    "household", "money", zh="专项基金后医疗负担", en="medical cost left after the fund", ref=CHARITY
)
def medical_left_after_fund(medical_left_after_temporary: Money, hardship_fund_amount: Money) -> Money:
    """Never below 0."""
    return medical_left_after_temporary - hardship_fund_amount


@book.formula(
    "person", "flag", zh="14周岁以下患白血病", en="a child of at most 14 with leukaemia", ref=CHARITY
)
def is_child_with_leukaemia(age: Count, illness: Code, p: Law) -> Truth:
    """小天使基金: up to and with the age of the fund."""
    return all_of(age <= p.leukaemia_fund.age, illness == "leukaemia")


@book.test("household", zh="有患白血病的儿童", en="has a child with leukaemia", ref=CHARITY)
def has_child_with_leukaemia(is_child_with_leukaemia: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_child_with_leukaemia)


@book.test("household", zh="专项基金后仍有医疗负担", en="a medical cost is left after the fund", ref=CHARITY)
def is_medical_cost_left(medical_left_after_fund: Money) -> Truth:
    """Something is left to pay."""
    return medical_left_after_fund > 0


@book.test(
    "household", zh="可获红十字白血病儿童基金", en="the leukaemia fund of the red cross is due", ref=CHARITY
)
def leukaemia_fund_due(has_child_with_leukaemia: Truth, is_medical_cost_left: Truth) -> Truth:
    """A child with leukaemia, and a cost that is left."""
    return all_of(has_child_with_leukaemia, is_medical_cost_left)


@book.formula(
    "household", "money", zh="红十字白血病儿童基金", en="leukaemia fund of the red cross", ref=CHARITY
)
def leukaemia_fund_amount(leukaemia_fund_due: Truth, medical_left_after_fund: Money, p: Law) -> Money:
    """A sum, never more than what is left."""
    return where(leukaemia_fund_due, minimum(medical_left_after_fund, p.leukaemia_fund.amount), 0)


@book.formula(
    "household",
    "money",
    zh="白血病基金后医疗负担",
    en="medical cost left after the leukaemia fund",
    ref=CHARITY,
)
def medical_left_after_leukaemia(medical_left_after_fund: Money, leukaemia_fund_amount: Money) -> Money:
    """Never below 0."""
    return medical_left_after_fund - leukaemia_fund_amount


@book.formula("person", "flag", zh="患重病的未成年人", en="is a gravely ill minor", ref=CHARITY)
def is_gravely_ill_minor(is_minor: Truth, is_gravely_ill: Truth) -> Truth:
    """Any grave illness."""
    return all_of(is_minor, is_gravely_ill)


@book.test("household", zh="有患重病的未成年人", en="has a gravely ill minor", ref=CHARITY)
def has_gravely_ill_minor(is_gravely_ill_minor: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_gravely_ill_minor)


@book.test(
    "household",
    zh="医疗负担超过儿童大病基金起助线",
    en="medical cost left above the line of the children's fund",
    ref=CHARITY,
)
def is_children_fund_cost(medical_left_after_leukaemia: Money, p: Law) -> Truth:
    """Strictly above."""
    return medical_left_after_leukaemia > p.children_fund.line


@book.test("household", zh="可获儿童大病慈善基金", en="the children's charity fund is due", ref=CHARITY)
def children_fund_due(
    has_gravely_ill_minor: Truth, is_children_fund_cost: Truth, is_hardship_family: Truth
) -> Truth:
    """A gravely ill minor of a family in hardship, and a burden above the line."""
    return all_of(has_gravely_ill_minor, is_children_fund_cost, is_hardship_family)


@book.formula("household", "money", zh="儿童大病慈善基金", en="children's charity fund", ref=CHARITY)
def children_fund_amount(children_fund_due: Truth, medical_left_after_leukaemia: Money, p: Law) -> Money:
    """A share of what is left, up to the cap."""
    return where(
        children_fund_due,
        minimum(round_half_up(medical_left_after_leukaemia * p.children_fund.ratio), p.children_fund.cap),
        0,
    )
