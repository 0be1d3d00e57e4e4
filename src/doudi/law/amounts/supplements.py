"""Category supplements (分类施保): elders, minors, severely disabled, critically ill. Monthly, in fen, for each person."""

from doudi.law.amounts.rounding import rounded_by
from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, entry, is_in, lookup, maximum, not_, where
from doudi.rules.quantities import Code, Count, Law, Money, Share, Truth

book = Book("amounts")
BASIS = ("law-2026:20", "order-649:12 until 2026-06-30", "mf-2021-57:27")


@book.formula("person", "rate", zh="老年人增发比例", en="supplement rate for elders", ref=BASIS)
def elder_rate(age: Count, p: Law) -> Share:
    """Of the lines reached (60, 70, 80) the highest."""
    rates = p.supplement.rate
    sixty = where(age >= 60, entry(rates, "elder_60"), 0)
    seventy = where(age >= 70, entry(rates, "elder_70"), 0)
    return maximum(sixty, seventy, where(age >= 80, entry(rates, "elder_80"), 0))


@book.formula("household", "flag", zh="单亲家庭", en="a single parent heads the household", ref=BASIS)
def is_single_parent_family(has_counted_spouse: Truth, has_unmarried_head: Truth) -> Truth:
    """The head is not married and no spouse lives there."""
    return all_of(has_unmarried_head, not_(has_counted_spouse))


@book.formula("household", "flag", zh="户内有配偶", en="a spouse lives there", ref=BASIS)
def has_counted_spouse(is_counted_spouse: list[Truth]) -> Truth:
    """A member counted as the head's spouse."""
    return any_member(is_counted_spouse)


@book.formula("person", "flag", zh="计入的配偶", en="is a counted spouse", ref=BASIS)
def is_counted_spouse(relation: Code, is_counted: Truth) -> Truth:
    """Of the head."""
    return all_of(relation == "spouse", is_counted)


@book.formula(
    "household", "flag", zh="户主未婚丧偶或离异", en="the head is single, widowed or divorced", ref=BASIS
)
def has_unmarried_head(is_unmarried_head: list[Truth]) -> Truth:
    """By the civil registry."""
    return any_member(is_unmarried_head)


@book.formula("person", "flag", zh="未婚丧偶或离异的户主", en="is an unmarried head", ref=BASIS)
def is_unmarried_head(relation: Code, marital: Code) -> Truth:
    """未婚, 丧偶 or 离婚."""
    return all_of(relation == "head", is_in(marital, "single", "widowed", "divorced"))


@book.formula("person", "rate", zh="未成年人增发比例", en="supplement rate for minors", ref=BASIS)
def minor_rate(is_minor: Truth, is_single_parent_family: Truth, relation: Code, p: Law) -> Share:
    """For a minor, or more for the minor child of a single parent."""
    rates = p.supplement.rate
    single = where(
        all_of(is_single_parent_family, relation == "child"), entry(rates, "single_parent_child"), 0
    )
    return where(is_minor, maximum(entry(rates, "minor"), single), 0)


@book.formula("person", "rate", zh="学生增发比例", en="supplement rate for students", ref=BASIS)
def student_rate(study: Code, p: Law) -> Share:
    """非义务教育阶段学生."""
    beyond = is_in(study, "senior", "vocational_secondary", "higher_vocational", "bachelor")
    return where(beyond, entry(p.supplement.rate, "student"), 0)


@book.formula("person", "rate", zh="残疾人增发比例", en="supplement rate for disability", ref=BASIS)
def disability_rate(is_severely_disabled: Truth, disability_grade: Count, p: Law) -> Share:
    """一、二级 or 三级."""
    rates = p.supplement.rate
    third = where(disability_grade == 3, entry(rates, "grade_three_disability"), 0)
    return where(is_severely_disabled, entry(rates, "severe_disability"), third)


@book.formula("person", "rate", zh="重病患者增发比例", en="supplement rate for critical illness", ref=BASIS)
def illness_rate(illness: Code, p: Law) -> Share:
    """By the local list."""
    return where(lookup(p.illness.critical, illness), entry(p.supplement.rate, "critical_illness"), 0)


@book.formula("person", "rate", zh="增发比例", en="supplement rate", ref=BASIS)
def supplement_rate(
    elder_rate: Share,
    minor_rate: Share,
    student_rate: Share,
    disability_rate: Share,
    illness_rate: Share,
    p: Law,
) -> Share:
    """就高不就低, or all together, as the region says."""
    highest = maximum(elder_rate, minor_rate, student_rate, disability_rate, illness_rate)
    together = elder_rate + minor_rate + student_rate + disability_rate + illness_rate
    return where(p.supplement.rule == "highest", highest, together)


@book.formula("person", "flag", zh="可以增发", en="may have a supplement", ref=BASIS)
def may_have_supplement(shares_dibao: Truth, is_dibao: Truth, is_single_dibao: Truth) -> Truth:
    """Who has a share in the family's dibao, and persons in single-person dibao; not 特困人员, who have no dibao."""
    return any_of(all_of(shares_dibao, is_dibao), is_single_dibao)


@book.formula("person", "money", zh="分类施保金", en="category supplement", ref=BASIS)
def supplement(may_have_supplement: Truth, supplement_rate: Share, dibao_standard: Money, p: Law) -> Money:
    """A share of the standard, rounded as amounts are."""
    return where(may_have_supplement, rounded_by(p.amounts.rounding, dibao_standard * supplement_rate), 0)
