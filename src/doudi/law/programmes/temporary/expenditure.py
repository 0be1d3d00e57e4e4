"""Temporary aid for essential expenditure (支出型), the common cap of a year, and help to those without shelter. In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, lookup, minimum, round_half_up, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/temporary")
EXPENDITURE = ("law-2026:29", "temporary-aid-2018:2.1")
STANDARD = "temporary-aid-2018:2.3"


@book.formula(
    "household", "money", zh="必需支出缺口", en="essential expenditure that is not met", ref=EXPENDITURE
)
def expenditure_need(family_medical_left: Money, essential_shortfall: Money) -> Money:
    """What insurance and medical aid leave of treatment, and the shortfall of education and other essentials."""
    return family_medical_left + essential_shortfall


@book.test("household", zh="必需支出缺口超过起助线", en="the shortfall exceeds the line", ref=EXPENDITURE)
def is_expenditure_high(expenditure_need: Money, p: Law) -> Truth:
    """超出家庭承受能力: strictly above the line of the place."""
    return expenditure_need > p.expenditure_aid.line


@book.test(
    "household",
    zh="低收入家庭，或者收入财产符合规定",
    en="is low-income, or income and property are within the rule",
    ref=EXPENDITURE,
)
def is_expenditure_family(is_tier_family: Truth, rigid_income: Truth, rigid_property: Truth) -> Truth:
    """人均可支配收入低于当地上年度人均可支配收入且财产符合规定; recognised families are not examined again."""
    return any_of(is_tier_family, all_of(rigid_income, rigid_property))


@book.test("household", zh="可获支出型临时救助", en="temporary aid for expenditure is due", ref=EXPENDITURE)
def expenditure_aid_due(is_expenditure_high: Truth, is_expenditure_family: Truth, may_repeat: Truth) -> Truth:
    """A high shortfall, means within the rule, and not too often."""
    return all_of(is_expenditure_high, is_expenditure_family, may_repeat)


@book.formula("household", "money", zh="支出型临时救助", en="temporary aid for expenditure", ref=STANDARD)
def expenditure_aid_amount(
    expenditure_aid_due: Truth,
    expenditure_need: Money,
    tier: Code,
    dibao_standard: Money,
    persons_in_file: Count,
    p: Law,
) -> Money:
    """The shortfall above the line, at most so many months' dibao standard for each person, by tier."""
    most = round_half_up(dibao_standard * lookup(p.expenditure_aid.multiple, tier)) * persons_in_file
    return where(expenditure_aid_due, minimum(expenditure_need - p.expenditure_aid.line, most), 0)


@book.formula("household", "money", zh="临时救助年度限额", en="cap of temporary aid in a year", ref=STANDARD)
def temporary_aid_cap(dibao_standard: Money, persons_in_file: Count, p: Law) -> Money:
    """So many months' dibao standard for each person, all kinds together."""
    return round_half_up(dibao_standard * p.temporary_aid.year_multiple) * persons_in_file


@book.test("household", zh="生活无着的流散人员", en="is without shelter", ref=("law-2026:31", "law-2026:52"))
def shelter_aid_due(without_shelter: Truth) -> Truth:
    """照料服务、急病救治、身份查询、协助返回、寻亲安置, at the place where they are."""
    return without_shelter
