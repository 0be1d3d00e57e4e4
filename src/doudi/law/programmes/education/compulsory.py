"""Living aid of pupils in compulsory education (义务教育家庭经济困难学生生活补助, law art. 25). For the school year, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, is_in, lookup, round_half_up, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/education")
AID = ("law-2026:25", "law-2026:38", "order-649:34 until 2026-06-30")


@book.test("person", zh="在义务教育阶段就读", en="is in compulsory education", ref=AID)
def is_in_compulsory_school(study: Code) -> Truth:
    """小学 or 初中."""
    return is_in(study, "primary", "junior")


@book.test("person", zh="属于教育救助对象", en="is of those whom education aid serves", ref=AID)
def is_education_aided(is_low_income_person: Truth, other_scheme: Code) -> Truth:
    """特困, 低保, 低保边缘, 刚性支出困难, other hardship, monitored; orphans and unattended children."""
    return any_of(is_low_income_person, other_scheme != "none")


@book.test("person", zh="应享义务教育生活补助", en="living aid of pupils is due", ref=AID)
def pupil_living_due(is_in_compulsory_school: Truth, is_education_aided: Truth) -> Truth:
    """At school, and of those served."""
    return all_of(is_in_compulsory_school, is_education_aided)


@book.formula("person", "money", zh="义务教育生活补助", en="living aid of pupils", ref=AID)
def pupil_living_amount(pupil_living_due: Truth, study: Code, boards_at_school: Truth, p: Law) -> Money:
    """The standard of the stage for boarders, a share of it for others."""
    standard = lookup(p.pupil_living.standard, study)
    return where(
        pupil_living_due,
        where(boards_at_school, standard, round_half_up(standard * p.pupil_living.day_share)),
        0,
    )
