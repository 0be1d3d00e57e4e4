"""Allowance of advanced age, service and care subsidies of elders (老年人福利补贴). Monthly, in fen. Local rules."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, entry, lookup, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/elders")
LOCAL = ("law-2026:20", "demo-rules")


@book.test("person", zh="达到高龄津贴年龄", en="has reached the age of the allowance", ref=LOCAL)
def age_allowance_due(age: Count, p: Law) -> Truth:
    """Means are not asked."""
    return age >= p.age_allowance.age


@book.formula("person", "money", zh="高龄津贴", en="allowance of advanced age", ref=LOCAL)
def age_allowance_amount(age_allowance_due: Truth, age: Count, p: Law) -> Money:
    """A sum by age: below 90, from 90, from 100."""
    amounts = p.age_allowance.amount
    band = where(
        age >= 100,
        entry(amounts, "from_100"),
        where(age >= 90, entry(amounts, "from_90"), entry(amounts, "from_80")),
    )
    return where(age_allowance_due, band, 0)


@book.test("person", zh="经济困难老年人", en="is an elder in hardship", ref=LOCAL)
def is_poor_elder(is_dibao_person: Truth, is_low_margin_person: Truth) -> Truth:
    """低保 or 低保边缘; 特困人员 receive care of their own."""
    return any_of(is_dibao_person, is_low_margin_person)


@book.test("person", zh="达到养老服务补贴年龄", en="has reached the age of the service subsidy", ref=LOCAL)
def is_service_age(age: Count, p: Law) -> Truth:
    """By local rule."""
    return age >= p.elder_service.age


@book.test("person", zh="应享养老服务补贴", en="the service subsidy is due", ref=LOCAL)
def elder_service_due(is_poor_elder: Truth, is_service_age: Truth) -> Truth:
    """In hardship and old."""
    return all_of(is_poor_elder, is_service_age)


@book.formula("person", "money", zh="养老服务补贴", en="service subsidy of elders", ref=LOCAL)
def elder_service_amount(elder_service_due: Truth, p: Law) -> Money:
    """A sum for services."""
    return where(elder_service_due, p.elder_service.amount, 0)


@book.test("person", zh="60周岁以上", en="is 60 or more", ref=LOCAL)
def is_elder(age: Count) -> Truth:
    """老年人: the Law on the Rights of Elders."""
    return age >= 60


@book.test(
    "person",
    zh="部分或者完全丧失自理能力",
    en="is partly or fully unable to look after oneself",
    ref="mf-2021-43:22",
)
def is_dependent_elder(care_level: Code) -> Truth:
    """By the six abilities."""
    return care_level != "self"


@book.test("person", zh="应享失能老年人护理补贴", en="the care subsidy is due", ref=LOCAL)
def elder_care_due(is_elder: Truth, is_poor_elder: Truth, is_dependent_elder: Truth) -> Truth:
    """Old, in hardship, and dependent."""
    return all_of(is_elder, is_poor_elder, is_dependent_elder)


@book.formula("person", "money", zh="失能老年人护理补贴", en="care subsidy of elders", ref=LOCAL)
def elder_care_amount(elder_care_due: Truth, care_level: Code, p: Law) -> Money:
    """By the level of ability."""
    return where(elder_care_due, lookup(p.elder_care.amount, care_level), 0)
