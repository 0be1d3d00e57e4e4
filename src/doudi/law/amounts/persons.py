"""Money that belongs to a person: single-person dibao, 特困 basic living and care. Monthly, in fen."""

from functools import partial

from doudi.law.amounts.rounding import rounded_by
from doudi.law.dibao.by_area import standard_by
from doudi.rules.book import Book
from doudi.rules.functions import entry, lookup, maximum, minimum, per, round_half_up, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("amounts")
MONTHS = 12


@book.formula(
    "person",
    "money",
    zh="单人保月保障金",
    en="single-person dibao per month",
    ref=("law-2026:21", "mf-2021-57:8"),
)
def single_dibao_amount(
    is_single_dibao: Truth, own_income: Money, income_per_head: Money, dibao_standard: Money, p: Law
) -> Money:
    """The gap to the person's own income, to the family's income per head, a share of the standard, or all of it: by local rule."""
    method = p.single.amount_method
    own_gap = rounded_by(p.amounts.rounding, per(dibao_standard * MONTHS - own_income, MONTHS))
    family_gap = rounded_by(p.amounts.rounding, dibao_standard - income_per_head)
    share = rounded_by(p.amounts.rounding, dibao_standard * p.single.share)
    by_share = where(method == "share", share, dibao_standard)
    due = where(method == "gap_own", own_gap, where(method == "gap_family", family_gap, by_share))
    return where(is_single_dibao, minimum(maximum(due, 0), dibao_standard), 0)


@book.formula("person", "count", zh="不能自理的项数", en="abilities that are lost", ref="mf-2021-43:21")
def abilities_lost(
    can_eat: Truth,
    can_dress: Truth,
    can_leave_bed: Truth,
    can_use_toilet: Truth,
    can_walk_indoors: Truth,
    can_bathe: Truth,
) -> Count:
    """自主吃饭、穿衣、上下床、如厕、室内行走、洗澡: how many of the six are not met."""
    abilities = (can_eat, can_dress, can_leave_bed, can_use_toilet, can_walk_indoors, can_bathe)
    lost = [where(ability, 0, 1) for ability in abilities]
    return sum(lost[1:], lost[0])


@book.formula(
    "person", "code:care", zh="生活自理能力", en="ability to look after oneself", ref="mf-2021-43:22"
)
def care_level(abilities_lost: Count) -> Code:
    """None lost: 具备; one to three: 部分丧失; four and more: 完全丧失."""
    return where(abilities_lost == 0, "self", where(abilities_lost <= 3, "partial", "full"))


@book.formula(
    "household",
    "money",
    zh="特困基本生活标准",
    en="tekun basic living per month",
    ref=("law-2026:17", "order-649:15 until 2026-06-30"),
)
def tekun_basic(area: Code, dibao_standard: Money, p: Law) -> Money:
    """A sum, or a multiple of the dibao standard (1.3)."""
    return _basic(dibao_standard, lookup(p.tekun.basic, area), p)


def _basic(dibao_standard: Money, published: Money, p: Law) -> Money:
    """By the method of the place."""
    by_multiple = round_half_up(dibao_standard * p.tekun.basic_multiple)
    return where(p.tekun.basic_method == "amount", published, by_multiple)


@book.formula(
    "person",
    "money",
    zh="特困基本生活标准（按承包地和搬迁）",
    en="tekun basic living per month by land and resettlement",
    ref="mf-2021-43:19",
)
def own_tekun_basic(land_tie: Code, tekun_basic: Money, p: Law) -> Money:
    """The rural one for those who contract land or share in the village's income, the urban one for those resettled to a
    town, else that of the household's area; always the latter where the place does not follow art. 19."""
    urban, rural = (
        _basic(standard_by(partial(entry, code=area), p), entry(p.tekun.basic, area), p)
        for area in ("urban", "rural")
    )
    by_tie = where(land_tie == "land", rural, where(land_tie == "resettled", urban, tekun_basic))
    return where(p.tekun.standard_by_land, by_tie, tekun_basic)


@book.formula(
    "person",
    "money",
    zh="特困基本生活费",
    en="tekun basic living",
    ref=("law-2026:17", "order-649:15 until 2026-06-30"),
)
def tekun_basic_amount(is_tekun: Truth, own_tekun_basic: Money) -> Money:
    """The full standard: means are not deducted."""
    return where(is_tekun, own_tekun_basic, 0)


@book.formula("person", "money", zh="特困照料护理费", en="tekun care", ref=("law-2026:17", "mf-2021-43:20"))
def tekun_care_amount(is_tekun: Truth, care_level: Code, p: Law) -> Money:
    """By the level of care: a sum, or a share of the minimum wage."""
    by_share = round_half_up(p.minimum_wage * lookup(p.tekun.care_share, care_level))
    due = where(p.tekun.care_method == "amount", lookup(p.tekun.care, care_level), by_share)
    return where(is_tekun, due, 0)
