"""刚性支出困难家庭 (民发〔2024〕57号 art. 4 and 5, law art. 22). Amounts are for the twelve months before."""

from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_member,
    any_of,
    entry,
    lookup,
    measured,
    minimum,
    not_,
    per,
    total,
    where,
)
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("rigid")
BASIS = ("law-2026:22", "mf-2024-57:4", "gbf-2023-39:2")
ESSENTIAL = ("law-2026:22", "shanghai-ordinance-2024:12(1)")
MONTHS = 12


@book.formula("expense", "flag", zh="计入的刚性支出", en="counts as rigid expenditure", ref="mf-2024-57:5")
def expense_counts(
    expense_kind: Code,
    expense_is_ours: Truth,
    expense_stage_counts: Truth,
    expense_is_recent: Truth,
    p: Law,
) -> Truth:
    """A kind that counts in the place, living cost apart; education by the stage of study."""
    kind = all_of(lookup(p.rigid.counts, expense_kind), expense_kind != "living")
    stage = any_of(expense_kind != "education", expense_stage_counts)
    return all_of(kind, expense_is_ours, stage, expense_is_recent)


@book.formula("household", "money", zh="生活支出", en="living cost", ref="mf-2024-57:5(1)")
def living_expense(expense_amount: list[Money], expense_is_living: list[Truth]) -> Money:
    """As declared."""
    return total(expense_amount, where=expense_is_living)


@book.formula("household", "money", zh="计入的生活支出", en="counted living cost", ref="mf-2024-57:5(1)")
def counted_living(living_expense: Money, dibao_standard: Money, divisor_heads: Count, p: Law) -> Money:
    """Where it counts and the place caps it: at most the dibao standard for each member and month."""
    cap = dibao_standard * divisor_heads * MONTHS
    capped = where(p.rigid.living_cap == "standard", minimum(living_expense, cap), living_expense)
    return where(entry(p.rigid.counts, "living"), capped, 0)


@book.formula("household", "money", zh="刚性支出总额", en="rigid expenditure", ref="mf-2024-57:5")
def rigid_expenditure(
    expense_amount: list[Money], expense_counts: list[Truth], counted_living: Money
) -> Money:
    """刚性支出总额: living, medical, education, rehabilitation and what the county adds."""
    return total(expense_amount, where=expense_counts) + counted_living


@book.formula(
    "household",
    "money",
    zh="比例的分母",
    en="income the ratio is taken to",
    ref="doudi-reading:rigid-denominator",
)
def rigid_denominator(total_income: Money, countable_income: Money, p: Law) -> Money:
    """家庭总收入, or the countable income where the region says so."""
    return where(p.rigid.denominator == "total", total_income, countable_income)


@book.test(
    "household",
    zh="刚性支出占家庭收入比例超出规定",
    en="rigid expenditure above the set share of income",
    ref=("law-2026:22", "mf-2024-57:4(4)", "gbf-2023-39:2"),
)
def rigid_share(rigid_expenditure: Money, rigid_denominator: Money, expenses_stated: Truth, p: Law) -> Truth:
    """超出: strictly above; with no income any expenditure exceeds it. Open while expenses are not declared and known ones stay below."""
    share = per(rigid_expenditure, rigid_denominator)
    reached = all_of(p.rigid.at_least, rigid_expenditure > 0, share >= p.rigid.ratio)
    return measured(any_of(share > p.rigid.ratio, reached, not_(expenses_stated)), share, p.rigid.ratio, "gt")


@book.test(
    "household",
    zh="扣除医疗教育支出后月人均收入低于低保标准",
    en="monthly income per head after essentials below the dibao standard",
    ref=ESSENTIAL,
)
def income_after_essentials(
    countable_income: Money, essential_expense: Money, divisor_heads: Count, dibao_standard: Money
) -> Truth:
    """What is left for each month and head, whether or not anything was spent."""
    return per(countable_income - essential_expense, divisor_heads * MONTHS) < dibao_standard


@book.test(
    "household",
    zh="扣除医疗教育等必需支出后人均收入低于低保标准",
    en="income after essentials below the dibao standard",
    ref="shanghai-ordinance-2024:12",
)
def rigid_after_essentials(
    income_after_essentials: Truth, essential_expense: Money, expenses_stated: Truth, p: Law
) -> Truth:
    """Shanghai ordinance art. 12(1); only where the region has this rule."""
    pressed = all_of(essential_expense > 0, income_after_essentials)
    return all_of(p.rigid.rule == "after_essentials", any_of(pressed, not_(expenses_stated)))


@book.formula("expense", "flag", zh="医疗或者教育支出", en="is essential", ref=ESSENTIAL)
def expense_is_essential(expense_is_medical: Truth, expense_is_education: Truth) -> Truth:
    """医疗、教育等必需支出."""
    return any_of(expense_is_medical, expense_is_education)


@book.formula("household", "money", zh="医疗教育支出", en="essential expenditure", ref=ESSENTIAL)
def essential_expense(expense_amount: list[Money], expense_is_essential: list[Truth]) -> Money:
    """Medical and education expenditure borne by the household."""
    return total(expense_amount, where=expense_is_essential)


@book.test(
    "household",
    zh="家庭人均收入低于上年度当地居民人均可支配收入",
    en="income per head below last year's local disposable income",
    ref=("law-2026:22", "mf-2024-57:4(2)", "gbf-2023-39:2"),
)
def rigid_income(countable_income: Money, divisor_heads: Count, area: Code, p: Law) -> Truth:
    """人均收入低于上年度当地居民人均可支配收入; both for a year."""
    return per(countable_income, divisor_heads) < lookup(p.stats.disposable, area)


@book.formula(
    "holding", "flag", zh="现为低保边缘家庭", en="is low-margin status held now", ref="mf-2024-57:4(1)"
)
def holding_is_low_margin(holding_programme: Code, holding_runs: Truth) -> Truth:
    """A recognition that has not ended."""
    return all_of(holding_programme == "low_margin", holding_runs)


@book.formula(
    "household",
    "flag",
    zh="已被认定为低保边缘家庭",
    en="has been recognised as low-margin",
    ref="mf-2024-57:4(1)",
)
def holds_low_margin(low_margin_recognised: Truth, holding_is_low_margin: list[Truth]) -> Truth:
    """By the decision noted with the household, or by what it holds."""
    return any_of(low_margin_recognised, any_member(holding_is_low_margin))


@book.test(
    "household", zh="未被认定为低保边缘家庭", en="is not recognised as low-margin", ref=("mf-2024-57:4(1)",)
)
def rigid_not_low_margin(holds_low_margin: Truth, is_low_margin: Truth, p: Law) -> Truth:
    """Recognised by a decision, or already when it would qualify, as the region reads art. 4(1)."""
    return not_(where(p.rigid.excludes_low_margin == "recognised", holds_low_margin, is_low_margin))


@book.test(
    "household", zh="符合刚性支出困难家庭条件", en="qualifies as rigid-expenditure hardship", ref=BASIS
)
def is_rigid(
    rigid_income: Truth,
    rigid_property: Truth,
    rigid_share: Truth,
    rigid_after_essentials: Truth,
    rigid_not_low_margin: Truth,
    is_dibao: Truth,
    is_in_grace: Truth,
    has_members: Truth,
    belongs_here: Truth,
) -> Truth:
    """All conditions of art. 4 together; a family that keeps its dibao for the months of grace is still in it (art. 4(1))."""
    expenditure = any_of(rigid_share, rigid_after_essentials)
    return all_of(
        rigid_income,
        rigid_property,
        expenditure,
        rigid_not_low_margin,
        not_(is_dibao),
        not_(is_in_grace),
        has_members,
        belongs_here,
    )


@book.formula(
    "household", "count", zh="认定有效月数", en="months a recognition would last", ref="mf-2024-57:10"
)
def rigid_validity(is_rigid: Truth, p: Law) -> Count:
    """认定有效期一般不超过12个月; 0 where the household does not qualify."""
    return where(is_rigid, p.rigid.validity_months, 0)
