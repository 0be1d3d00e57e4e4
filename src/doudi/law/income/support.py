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


@book.formula("person", "flag", zh="缺乏劳动能力", en="is past work or severely disabled", ref=ARTICLE)
def is_past_work(age: Count, is_severely_disabled: Truth) -> Truth:
    """60 or more, or severely disabled."""
    return any_of(age >= ELDER, is_severely_disabled)


@book.formula(
    "person",
    "flag",
    zh="未成年或者不能独立生活",
    en="is a minor or cannot live independently",
    ref=ARTICLE,
)
def is_dependent_on_parents(
    is_minor: Truth, is_severely_disabled: Truth, cannot_live_independently: Truth
) -> Truth:
    """未成年子女或者不能独立生活的成年子女 (民法典 art. 1067): a minor, severely disabled, or found so."""
    return any_of(is_minor, is_severely_disabled, cannot_live_independently)


@book.formula("person", "flag", zh="依法应受赡养、抚养或者扶养", en="is owed support", ref=ARTICLE)
def is_owed_support(is_past_work: Truth, is_dependent_on_parents: Truth) -> Truth:
    """By age or condition, whoever it may be that owes it."""
    return any_of(is_past_work, is_dependent_on_parents)


@book.formula("supporter", "flag", zh="对本人依法负有义务", en="owes this person support", ref=ARTICLE)
def owes_support(
    supporter_relation: Code, is_minor: Truth, is_past_work: Truth, is_dependent_on_parents: Truth
) -> Truth:
    """By 民法典 art. 1059, 1067, 1074, 1075, each relation under its own condition.

    Spouses owe it to each other, and children to a parent in hardship: where the fee decides, the parent is in it.
    """
    return any_of(
        is_in(supporter_relation, "spouse", "child"),
        all_of(supporter_relation == "parent", is_dependent_on_parents),
        all_of(supporter_relation == "grandparent", is_minor),
        all_of(supporter_relation == "grandchild", is_past_work),
        all_of(supporter_relation == "sibling", any_of(is_minor, is_past_work)),
    )


@book.formula("supporter", "money", zh="义务人应付费用", en="fee of one supporter", ref=ARTICLE)
def supporter_fee(
    is_released: Truth,
    owes_support: Truth,
    supporter_agreed_fee: Money,
    supporter_family_income: Money,
    supporter_free_income: Money,
    supporter_supported_persons: Count,
    supporter_count: Count,
    p: Law,
) -> Money:
    """Agreed, or the surplus of the supporter's family times a rate, shared among those supported; the higher of the two.

    What was agreed or adjudged is owed by that title; a share of the surplus only by somebody who owes support by law.
    """
    rule = p.support_fee
    surplus = maximum(supporter_family_income - supporter_free_income, 0)
    rate = where(supporter_count >= MANY, rule.rate_many, rule.rate)
    share = round_half_up(per(round_half_up(surplus * rate), supporter_supported_persons))
    computed = where(owes_support, share, 0)
    due = where(rule.method == "surplus", maximum(computed, supporter_agreed_fee), supporter_agreed_fee)
    return where(any_of(is_released, rule.method == "none"), 0, due)


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
