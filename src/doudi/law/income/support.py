"""Support fees of legal supporters outside the household (赡养费、抚养费、扶养费), 民发〔2021〕57号 art. 13(4)."""

from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_of,
    how_many,
    is_in,
    maximum,
    per,
    round_half_up,
    total,
    where,
)
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("income")
ARTICLE = "mf-2021-57:13(4)"
MONTHS = 12
MANY = 3
ELDER = 60
STANDARDS_BEYOND_ALL = 50_000
"""So many times the monthly dibao standard is more than all supporters of anybody give in a year (5 million yuan at least)."""


@book.formula(
    "supporter",
    "flag",
    zh="不再承担给付",
    en="owes nothing",
    ref=(ARTICLE, "doudi-reading:support-ended", "widening-notice-2022:1.1"),
)
def is_released(
    supporter_support_ended: Truth,
    supporter_status: Code,
    supporter_absence: Code,
    supporter_no_civil_capacity: Truth,
    support_waived: Truth,
    supporter_relation: Code,
    supporter_age: Count,
    is_jobless_severely_disabled: Truth,
    p: Law,
) -> Truth:
    """In assistance, away or incapable; or support has in fact ended, with evidence, where the place accepts that.

    Siblings and people of 60 or more are let off for a jobless severely disabled adult where the region says so.
    """
    ended = all_of(any_of(supporter_support_ended, support_waived), p.support_fee.ended_waives)
    away = is_in(supporter_absence, "prison", "detox", "declared_missing")
    spared = all_of(
        is_jobless_severely_disabled,
        any_of(supporter_relation == "sibling", supporter_age >= ELDER),
        p.single.elder_support_waived,
    )
    aided = is_in(supporter_status, "tekun", "dibao")
    return any_of(ended, aided, away, supporter_no_civil_capacity, spared)


@book.formula(
    "supporter", "money", zh="义务人家庭留用收入", en="income left to the supporter's family", ref=ARTICLE
)
def supporter_free_income(supporter_family_size: Count, dibao_standard: Money, p: Law) -> Money:
    """Per head of the supporter's family: a multiple of the dibao standard, or a sum (Ningbo)."""
    rule = p.support_fee
    by_multiple = round_half_up(dibao_standard * rule.free_multiple) * MONTHS
    return where(rule.free_by == "multiple", by_multiple, rule.free_amount) * supporter_family_size


@book.formula("person", "count", zh="户外义务人人数", en="supporters outside", ref=ARTICLE)
def supporter_count(supporter_relation: list[Code]) -> Count:
    """How many legal supporters outside the household are named for this person."""
    return how_many(supporter_relation)


@book.formula("supporter", "money", zh="义务人应付费用", en="fee of one supporter", ref=ARTICLE)
def supporter_fee(
    is_released: Truth,
    supporter_agreed_fee: Money,
    supporter_family_income: Money,
    supporter_free_income: Money,
    supporter_supported_persons: Count,
    supporter_count: Count,
    p: Law,
) -> Money:
    """Agreed, or the surplus of the supporter's family times a rate, shared among those supported; the higher of the two."""
    rule = p.support_fee
    surplus = maximum(supporter_family_income - supporter_free_income, 0)
    rate = where(supporter_count >= MANY, rule.rate_many, rule.rate)
    computed = round_half_up(per(round_half_up(surplus * rate), supporter_supported_persons))
    due = where(rule.method == "surplus", maximum(computed, supporter_agreed_fee), supporter_agreed_fee)
    return where(any_of(is_released, rule.method == "none"), 0, due)


@book.formula("person", "flag", zh="依法应受赡养、抚养或者扶养", en="is owed support", ref=ARTICLE)
def is_owed_support(age: Count, is_minor: Truth, is_severely_disabled: Truth) -> Truth:
    """By age or condition: 60 or more, a minor, severely disabled."""
    return any_of(age >= ELDER, is_minor, is_severely_disabled)


@book.formula("person", "money", zh="户外义务人费用合计", en="support fees due", ref=ARTICLE)
def support_fees(
    supporter_fee: list[Money],
    supporters_stated: Truth,
    is_owed_support: Truth,
    dibao_standard: Money,
    p: Law,
) -> Money:
    """What all supporters outside together are taken to give in twelve months.

    While supporters are not declared it is open for somebody who is owed support, unless such fees are not counted.
    """
    known = total(supporter_fee)
    counted = all_of(is_owed_support, p.support_fee.method != "none")
    most = where(counted, maximum(known, dibao_standard * STANDARDS_BEYOND_ALL), known)
    return where(supporters_stated, known, most)
