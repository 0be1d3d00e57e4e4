"""The five kinds of income of a member (家庭收入), 民发〔2021〕57号 art. 13. All amounts are for twelve months, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, entry, maximum, minimum, not_, per, round_half_up, where
from doudi.rules.quantities import Law, Money, Truth

book = Book("income")
ARTICLE = "mf-2021-57:13"
MONTHS = 12


@book.formula(
    "person",
    "money",
    zh="必要的就业成本",
    en="necessary cost of working",
    ref=("mf-2021-57:13", "reform-opinion-2020:11"),
)
def employment_cost(wage: Money, dibao_standard: Money, p: Law) -> Money:
    """Deducted from wages by the local method, at most the local cap and at most the wage (就业成本扣减)."""
    rule = p.employment_cost
    by_share = round_half_up(wage * rule.rate)
    by_standard = round_half_up(dibao_standard * rule.rate) * MONTHS
    sum_due = where(
        rule.method == "share_of_wage",
        by_share,
        where(
            rule.method == "share_of_standard",
            by_standard,
            where(rule.method == "fixed", rule.amount * MONTHS, 0),
        ),
    )
    cap = round_half_up(dibao_standard * rule.cap_multiple) * MONTHS
    earns_enough = where(rule.only_from_minimum_wage, wage >= p.minimum_wage * MONTHS, wage > 0)
    return where(earns_enough, minimum(sum_due, cap, wage), 0)


@book.formula("person", "money", zh="工资性收入", en="wages after the cost of working", ref=ARTICLE)
def wage_income(wage: Money, employment_cost: Money) -> Money:
    """工资性收入, net of the necessary cost of working (art. 13(1))."""
    return wage - employment_cost


@book.formula(
    "person",
    "money",
    zh="经营净收入",
    en="net business income",
    ref=("mf-2021-57:13(2)", "doudi-reading:business-loss"),
)
def business_income(business_gross: Money, business_cost: Money, p: Law) -> Money:
    """经营净收入: gross less cost, depreciation and tax; whether a loss reduces other income art. 13(2) does not say."""
    net = business_gross - business_cost
    return where(p.income.loss_offsets, net, maximum(net, 0))


@book.formula("person", "money", zh="财产净收入", en="net property income", ref=ARTICLE)
def property_income(property_gross: Money, property_cost: Money, p: Law) -> Money:
    """财产净收入 (art. 13(3)); cost beyond what was earned is a loss like that of a business."""
    net = property_gross - property_cost
    return where(p.income.loss_offsets, net, maximum(net, 0))


@book.formula(
    "person",
    "money",
    zh="计入的基础养老金",
    en="counted part of the central basic pension",
    ref="mf-2021-57:13(3)",
)
def counted_central_pension(basic_pension_central: Money, p: Law) -> Money:
    """中央确定的基础养老金: not counted until the end of 2025, then as the region says."""
    return where(p.income.central_pension_counted, basic_pension_central, 0)


@book.formula("person", "money", zh="计入的补助奖励", en="counted awards and allowances", ref=ARTICLE)
def counted_allowances(
    entitled_compensation: Money,
    family_planning_award: Money,
    scholarship: Money,
    bravery_award: Money,
    social_aid: Money,
    disability_subsidy: Money,
    elder_allowance: Money,
    child_allowance: Money,
    conscript_family_payment: Money,
    p: Law,
) -> Money:
    """What is received under these names and is not left out by ``income.exempt`` (art. 13, second paragraph)."""
    amounts = {
        "entitled_compensation": entitled_compensation,
        "family_planning_award": family_planning_award,
        "scholarship": scholarship,
        "bravery_award": bravery_award,
        "social_aid": social_aid,
        "disability_subsidy": disability_subsidy,
        "elder_allowance": elder_allowance,
        "child_allowance": child_allowance,
        "conscript_family_payment": conscript_family_payment,
    }
    counted = [where(entry(p.income.exempt, name), 0, amount) for name, amount in amounts.items()]
    return sum(counted[1:], counted[0])


@book.formula(
    "person",
    "money",
    zh="计入的亲属供养费用",
    en="counted support from siblings or aged kin",
    ref="widening-notice-2022:1.1",
)
def counted_family_support(
    family_support_income: Money, is_jobless_severely_disabled: Truth, p: Law
) -> Money:
    """Support from siblings or from people of 60 or more; waived for a jobless severely disabled adult where the region says."""
    waived = all_of(is_jobless_severely_disabled, p.single.elder_support_waived)
    return where(waived, 0, family_support_income)


@book.formula("person", "money", zh="转移净收入", en="net transfers", ref=ARTICLE)
def transfer_income(
    pension: Money,
    counted_central_pension: Money,
    unemployment_benefit: Money,
    survivor_benefit: Money,
    compensation: Money,
    gifts: Money,
    alimony_received: Money,
    counted_allowances: Money,
    counted_family_support: Money,
    support_fees: Money,
    transfers_paid: Money,
) -> Money:
    """转移净收入: transfers received less transfers paid (art. 13(4)); support fees of people outside are included."""
    insurance = pension + counted_central_pension + unemployment_benefit + survivor_benefit
    private = compensation + gifts + maximum(alimony_received, support_fees) + counted_family_support
    return insurance + private + counted_allowances - transfers_paid


@book.formula(
    "person",
    "money",
    zh="分摊的一次性收入",
    en="spread part of a one-off receipt",
    ref="doudi-reading:one-off-months",
)
def spread_one_off(one_off_receipt: Money, p: Law) -> Money:
    """A one-off receipt spread over months as income, where the region does so; never also an asset."""
    months = maximum(p.income.one_off_months, MONTHS)
    return where(p.income.one_off == "spread", round_half_up(per(one_off_receipt * MONTHS, months)), 0)


@book.formula(
    "person", "money", zh="核定收入", en="imputed income", ref=("widening-notice-2022:1.1", "mhh-2024-31")
)
def counted_imputed_income(imputed_income: Money, imputed_reason: Truth, p: Law) -> Money:
    """虚拟收入 is not counted unless a reason is recorded for this person and the place still allows it."""
    return where(all_of(imputed_reason, p.income.imputed_counted), imputed_income, 0)


@book.formula("person", "money", zh="其他应计收入", en="other income", ref=ARTICLE)
def further_income(other_income: Money, spread_one_off: Money, counted_imputed_income: Money) -> Money:
    """其他应当计入家庭收入的项目 (art. 13(5))."""
    return other_income + spread_one_off + counted_imputed_income


@book.formula("person", "money", zh="成员收入", en="income of the member", ref=ARTICLE)
def member_income(
    wage_income: Money,
    business_income: Money,
    property_income: Money,
    transfer_income: Money,
    further_income: Money,
) -> Money:
    """The five kinds together, after the cost of working."""
    return wage_income + business_income + property_income + transfer_income + further_income


@book.formula(
    "person",
    "flag",
    zh="成年无业重度残疾人",
    en="adult, jobless, severely disabled",
    ref="widening-notice-2022:1.1",
)
def is_jobless_severely_disabled(is_minor: Truth, is_severely_disabled: Truth, works: Truth) -> Truth:
    """成年无业重度残疾人."""
    return all_of(not_(is_minor), is_severely_disabled, not_(works))
