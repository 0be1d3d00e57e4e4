"""Indicators of the hardship index (T7), two for each of six dimensions. Each holds where the household is deprived."""

from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_member,
    any_of,
    count,
    entry,
    is_in,
    measured,
    not_,
    per,
    total,
)
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("hardship")
OURS = ("gbf-2023-39:3.1", "doudi-reading:hardship-index")
MONTHS = 12


@book.test(
    "household",
    zh="月人均收入低于收入困难线",
    en="monthly income per head below the line of low income",
    ref=OURS,
)
def income_low(countable_income: Money, divisor_heads: Count, dibao_standard: Money, p: Law) -> Truth:
    """收入: strictly below a multiple of the dibao standard of the place."""
    mean, line = per(countable_income, divisor_heads * MONTHS), dibao_standard * p.hardship.income_multiple
    return mean < line


@book.formula("person", "flag", zh="有稳定收入来源", en="has a steady income", ref=OURS)
def has_steady_income(lives_in_household: Truth, works: Truth, pension: Money) -> Truth:
    """Works, or draws a pension beyond the central part of the residents' basic pension."""
    return all_of(lives_in_household, any_of(works, pension > 0))


@book.test("household", zh="没有成员有稳定收入来源", en="no member has a steady income", ref=OURS)
def no_earner(has_steady_income: list[Truth]) -> Truth:
    """收入: nobody works or draws a pension."""
    return not_(any_member(has_steady_income))


@book.test(
    "household",
    zh="医疗支出占收入比例超出医疗支出负担线",
    en="medical expenditure above the share of income from which it is heavy",
    ref=OURS,
)
def medical_burden(medical_expense: Money, total_income: Money, expenses_stated: Truth, p: Law) -> Truth:
    """医疗: strictly above; without income any expenditure is. Open while expenses are not stated and known ones stay below."""
    share = per(medical_expense, total_income)
    limit = p.hardship.medical_share
    return measured(any_of(share > limit, not_(expenses_stated)), share, limit, "gt")


@book.formula("person", "flag", zh="在户且患重病", en="lives here and is gravely ill", ref=OURS)
def is_gravely_ill_here(lives_in_household: Truth, is_gravely_ill: Truth) -> Truth:
    """Of those who live in the household."""
    return all_of(lives_in_household, is_gravely_ill)


@book.test("household", zh="有患重病的成员", en="a member is gravely ill", ref=OURS)
def grave_illness(is_gravely_ill_here: list[Truth]) -> Truth:
    """医疗: whether or not the illness is on the local list."""
    return any_member(is_gravely_ill_here)


@book.formula("household", "money", zh="教育支出", en="expenditure on education", ref=OURS)
def education_expense(expense_amount: list[Money], expense_is_education: list[Truth]) -> Money:
    """Borne by the household, of the twelve months before."""
    return total(expense_amount, where=expense_is_education)


@book.test(
    "household",
    zh="教育支出占收入比例超出教育支出负担线",
    en="expenditure on education above the share of income from which it is heavy",
    ref=OURS,
)
def education_burden(education_expense: Money, total_income: Money, expenses_stated: Truth, p: Law) -> Truth:
    """教育: as for medical expenditure."""
    share = per(education_expense, total_income)
    limit = p.hardship.education_share
    return measured(any_of(share > limit, not_(expenses_stated)), share, limit, "gt")


@book.formula("person", "flag", zh="适龄而未在校", en="is of school age and not at school", ref=OURS)
def is_out_of_school(lives_in_household: Truth, age: Count, study: Code, p: Law) -> Truth:
    """Of the age of compulsory school, in no school."""
    of_age = all_of(age >= p.hardship.school_from, age < p.hardship.school_until)
    return all_of(lives_in_household, of_age, is_in(study, "none", "kindergarten"))


@book.test("household", zh="有适龄儿童未在校", en="a child of school age is not at school", ref=OURS)
def out_of_school(is_out_of_school: list[Truth]) -> Truth:
    """教育."""
    return any_member(is_out_of_school)


@book.test("household", zh="住房安全没有保障", en="the home is not safe", ref=OURS)
def unsafe_home(safe_housing: Truth, dangerous_home: Code) -> Truth:
    """住房: found unsafe, or of a grade of danger."""
    return any_of(dangerous_home != "none", not_(safe_housing))


@book.test("household", zh="饮水安全没有保障", en="the water is not safe", ref=OURS)
def unsafe_water(safe_water: Truth) -> Truth:
    """住房."""
    return not_(safe_water)


@book.formula("person", "flag", zh="需要照料", en="is in need of care", ref=OURS)
def is_in_need_of_care(lives_in_household: Truth, is_severely_disabled: Truth, age: Count, p: Law) -> Truth:
    """Severely disabled, or of great age."""
    return all_of(lives_in_household, any_of(is_severely_disabled, age >= p.hardship.care_age))


@book.test("household", zh="有需要照料的成员", en="a member needs care", ref=OURS)
def care_need(is_in_need_of_care: list[Truth]) -> Truth:
    """照料."""
    return any_member(is_in_need_of_care)


@book.formula("person", "flag", zh="健全劳力", en="is an able adult", ref=OURS)
def is_able_adult(
    lives_in_household: Truth,
    is_minor: Truth,
    is_severely_disabled: Truth,
    is_gravely_ill: Truth,
    age: Count,
    p: Law,
) -> Truth:
    """An adult below the age, neither severely disabled nor gravely ill."""
    sound = all_of(not_(is_severely_disabled), not_(is_gravely_ill))
    return all_of(lives_in_household, not_(is_minor), age < p.hardship.able_until, sound)


@book.test("household", zh="没有健全劳力", en="there is no able adult", ref=OURS)
def no_able_adult(is_able_adult: list[Truth]) -> Truth:
    """照料: nobody who can work and care."""
    return not_(any_member(is_able_adult))


@book.formula("person", "flag", zh="在户的未成年人", en="is a minor who lives here", ref=OURS)
def is_minor_here(lives_in_household: Truth, is_minor: Truth) -> Truth:
    """For the burden of a single parent."""
    return all_of(lives_in_household, is_minor)


@book.formula("person", "flag", zh="在户的成年人", en="is an adult who lives here", ref=OURS)
def is_adult_here(lives_in_household: Truth, is_minor: Truth) -> Truth:
    """For the burden of a single parent."""
    return all_of(lives_in_household, not_(is_minor))


@book.test("household", zh="一名成年人独自抚养未成年人", en="one adult alone raises minors", ref=OURS)
def single_parent(is_minor_here: list[Truth], is_adult_here: list[Truth]) -> Truth:
    """家庭负担."""
    return all_of(any_member(is_minor_here), count(is_adult_here) == 1)


@book.formula("person", "flag", zh="精神或智力障碍", en="has a mental or intellectual impairment", ref=OURS)
def is_mentally_impaired(lives_in_household: Truth, deciding_disability: Code, illness: Code) -> Truth:
    """By certificate, or a severe mental disorder."""
    by_certificate = is_in(deciding_disability, "mental", "intellectual")
    return all_of(lives_in_household, any_of(by_certificate, illness == "severe_mental"))


@book.test(
    "household",
    zh="有精神或智力障碍的成员",
    en="a member has a mental or intellectual impairment",
    ref=OURS,
)
def mental_illness(is_mentally_impaired: list[Truth]) -> Truth:
    """家庭负担."""
    return any_member(is_mentally_impaired)


@book.formula(None, "count", zh="全部权重", en="parts of all indicators", ref=OURS)
def hardship_parts_of_all(p: Law) -> Count:
    """What the parts of a household are taken to."""
    names = (
        "income_low", "no_earner", "medical_burden", "grave_illness", "education_burden", "out_of_school", "unsafe_home",
        "unsafe_water", "care_need", "no_able_adult", "single_parent", "mental_illness",
    )  # fmt: skip
    return sum((entry(p.hardship.weight, name) for name in names[1:]), entry(p.hardship.weight, names[0]))
