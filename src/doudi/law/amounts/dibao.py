"""Dibao money of the household per month (民发〔2021〕57号 art. 23, law art. 18): the gap, or bands. Amounts in fen."""

from doudi.law.amounts.rounding import rounded_by
from doudi.rules.book import Book
from doudi.rules.functions import all_of, count, entry, lookup, maximum, minimum, not_, per, round_down, where
from doudi.rules.quantities import Code, Count, Law, Money, Share, Truth

book = Book("amounts")
BASIS = ("law-2026:18", "order-649:12 until 2026-06-30", "mf-2021-57:23")
ONCE = ("order-649:15.3", "gbf-2023-39:3.1")
MONTHS = 12


@book.formula("person", "flag", zh="领取家庭低保金", en="has a share in the family's dibao", ref=ONCE)
def shares_dibao(is_counted: Truth, is_tekun: Truth) -> Truth:
    """A member counted. 特困人员 who count in the mean are provided for already (避免重复救助)."""
    return all_of(is_counted, not_(is_tekun))


@book.formula("household", "count", zh="领取低保人口", en="members who have a share in the dibao", ref=ONCE)
def dibao_heads(shares_dibao: list[Truth]) -> Count:
    """The members counted without those who are 特困."""
    return count(shares_dibao)


@book.formula(
    "household", "count", zh="全年人月数", en="months of the year for each head of the mean", ref=BASIS
)
def person_months(divisor_heads: Count) -> Count:
    """By which a year's income is divided to have that of a head in a month."""
    return divisor_heads * MONTHS


@book.formula("household", "money", zh="按差额计算的月保障金", en="monthly amount by the gap", ref=BASIS)
def gap_amount(
    countable_income: Money, dibao_heads: Count, person_months: Count, dibao_standard: Money, p: Law
) -> Money:
    """人均收入与标准的差额 × 人数, rounded once on the household or on each person, as the region says."""
    gap_in_year = dibao_standard * person_months - countable_income
    by_household = rounded_by(p.amounts.rounding, per(gap_in_year * dibao_heads, person_months))
    by_person = rounded_by(p.amounts.rounding, per(gap_in_year, person_months)) * dibao_heads
    return maximum(where(p.amounts.rounded_on == "household", by_household, by_person), 0)


@book.formula(
    "household", "money", zh="最接近差额的档次（每人）", en="band nearest to the gap, per person", ref=BASIS
)
def nearest_band(countable_income: Money, divisor_heads: Count, dibao_standard: Money, p: Law) -> Money:
    """Of the bands in use (above 0) the one nearest to the gap per head; of two equally near the higher."""
    gap = maximum(
        round_down(per(dibao_standard * divisor_heads * MONTHS - countable_income, divisor_heads * MONTHS)), 0
    )
    best = entry(p.amounts.bands, "a")
    for code in ("b", "c", "d"):
        band = entry(p.amounts.bands, code)
        nearer = _distance(band, gap) < _distance(best, gap)
        best = where(all_of(band > 0, nearer), band, best)
    return best


def _distance(one: Money, two: Money) -> Money:
    return maximum(one - two, two - one)


@book.formula("household", "money", zh="按档次计算的月保障金", en="monthly amount by bands", ref=BASIS)
def band_amount(nearest_band: Money, dibao_class: Code, area: Code, dibao_heads: Count, p: Law) -> Money:
    """分档定额: the nearest band, or the band of the class that was assigned."""
    of_class = lookup(p.amounts.bands, dibao_class)
    return where(lookup(p.amounts.method, area) == "nearest_band", nearest_band, of_class) * dibao_heads


@book.formula("household", "money", zh="月最高保障金", en="most the household can get in a month", ref=BASIS)
def dibao_cap(dibao_standard: Money, dibao_heads: Count) -> Money:
    """The standard for each member who has a share."""
    return dibao_standard * dibao_heads


@book.formula("household", "money", zh="家庭月低保金", en="dibao of the household per month", ref=BASIS)
def dibao_amount(
    is_dibao: Truth, gap_amount: Money, band_amount: Money, dibao_cap: Money, area: Code, p: Law
) -> Money:
    """Nothing unless the household qualifies; never above the standard for all."""
    by_method = where(lookup(p.amounts.method, area) == "gap", gap_amount, band_amount)
    return where(is_dibao, minimum(maximum(by_method, 0), dibao_cap), 0)


@book.formula("person", "money", zh="本人应得份额", en="own share of the dibao", ref=BASIS)
def dibao_share(dibao_amount: Money, dibao_heads: Count, shares_dibao: Truth) -> Money:
    """The household's amount by head, cut to the fen; for reductions that concern one person."""
    return where(shares_dibao, round_down(per(dibao_amount, maximum(dibao_heads, 1))), 0)


@book.formula(
    "person",
    "flag",
    zh="连续拒绝适当工作达到次数",
    en="has refused suitable work too often",
    ref="mf-2021-57:34",
)
def has_refused_work(job_refusals: Count, p: Law) -> Truth:
    """无正当理由，连续3次拒绝接受介绍的工作."""
    return job_refusals >= p.refusal.times


@book.formula("person", "money", zh="因拒绝工作减发", en="reduction for refusing work", ref="mf-2021-57:34")
def refusal_reduction(has_refused_work: Truth, dibao_share: Money, p: Law) -> Money:
    """Of the person's own share only: stopped, or reduced by a local part."""
    stopped = p.refusal.method == "stop"
    reduced = _part(dibao_share, p.refusal.share)
    return where(all_of(has_refused_work, not_(dibao_share == 0)), where(stopped, dibao_share, reduced), 0)


def _part(amount: Money, share: Share) -> Money:
    """A share of an amount, cut to the fen."""
    return round_down(amount * share)
