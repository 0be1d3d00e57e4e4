"""无生活来源 of a person who may be 特困 (民发〔2021〕43号 art. 6): own income and own property. Amounts for twelve months."""

from doudi.law.property.limits import within
from doudi.rules.book import Book
from doudi.rules.functions import all_of, entry, how_many, lookup, measured, per, total, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("tekun")
MONTHS = 12


@book.formula(
    "person", "money", zh="特困认定计入的补助", en="allowances counted for tekun", ref="mf-2021-43:6"
)
def tekun_allowances(
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
    """What ``tekun.income_exempt`` does not leave out; 优待抚恤金 and 高龄津贴 are left out by art. 6."""
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
    counted = [where(entry(p.tekun.income_exempt, name), 0, amount) for name, amount in amounts.items()]
    return sum(counted[1:], counted[0])


@book.formula(
    "person",
    "money",
    zh="特困认定计入的社会保险待遇",
    en="social-insurance benefits counted for tekun",
    ref="mf-2021-43:6",
)
def tekun_insurance(
    pension: Money, unemployment_benefit: Money, survivor_benefit: Money, basic_pension_central: Money, p: Law
) -> Money:
    """基本医疗保险等社会保险: which benefits are left out is a reading; the central basic pension is left out by art. 6."""
    exempt = p.tekun.insurance_exempt
    amounts = {
        "pension": pension,
        "unemployment_benefit": unemployment_benefit,
        "survivor_benefit": survivor_benefit,
    }
    counted = [where(entry(exempt, name), 0, amount) for name, amount in amounts.items()]
    return sum(counted, where(p.tekun.central_pension_counted, basic_pension_central, 0))


@book.formula("person", "money", zh="特困认定的本人收入", en="own income for tekun", ref="mf-2021-43:6")
def tekun_own_income(
    wage_income: Money,
    business_income: Money,
    property_income: Money,
    tekun_insurance: Money,
    tekun_allowances: Money,
    alimony_received: Money,
    gifts: Money,
    compensation: Money,
    further_income: Money,
) -> Money:
    """工资性、经营净、财产净、转移净收入等各类收入 of the person."""
    transfers = tekun_insurance + tekun_allowances + alimony_received + gifts + compensation
    return wage_income + business_income + property_income + transfers + further_income


@book.test(
    "person",
    zh="本人月收入低于低保标准（特困）",
    en="own monthly income below the dibao standard (tekun)",
    ref="mf-2021-43:6",
)
def tekun_income(tekun_own_income: Money, dibao_standard: Money) -> Truth:
    """收入低于当地最低生活保障标准."""
    return per(tekun_own_income, MONTHS) < dibao_standard


@book.formula("household", "count", zh="在册人数", en="persons in the file", ref="mf-2021-43:6")
def persons_in_file(relation: list[Code]) -> Count:
    """All persons of the household file, counted or not."""
    return how_many(relation)


@book.formula("asset", "money", zh="货币财产价值", en="value as money property", ref="mf-2021-43:6")
def own_money_value(asset_value: Money, asset_kind: Code, p: Law) -> Money:
    """0 for kinds that do not count as money."""
    return where(lookup(p.property.counts, asset_kind), asset_value, 0)


@book.formula("person", "money", zh="本人货币财产", en="own money property", ref="mf-2021-43:6")
def own_money(by_owner__own_money_value: list[Money], unowned_money: Money, persons_in_file: Count) -> Money:
    """In the person's name; what has no named owner counts for a person who lives alone."""
    return total(by_owner__own_money_value) + where(persons_in_file == 1, unowned_money, 0)


@book.formula(
    "asset",
    "money",
    zh="未列明所有人的货币财产",
    en="money property without a named owner",
    ref="mf-2021-43:6",
)
def unowned_money_value(own_money_value: Money, asset_has_owner: Truth) -> Money:
    """Of the household as such."""
    return where(asset_has_owner, 0, own_money_value)


@book.formula(
    "household",
    "money",
    zh="未列明所有人的货币财产合计",
    en="money property of the household as such",
    ref="mf-2021-43:6",
)
def unowned_money(unowned_money_value: list[Money]) -> Money:
    """Of the household as such."""
    return total(unowned_money_value)


@book.test(
    "person",
    zh="本人财产符合特困规定",
    en="own property as tekun demands",
    ref=("mf-2021-43:6", "mf-2021-43:7"),
)
def tekun_property(own_money: Money, tekun_money_alone: Money, assets_stated: Truth, p: Law) -> Truth:
    """财产符合当地特困人员财产状况规定, the limit for one person."""
    inside = within(own_money, tekun_money_alone, p.property.at_most)
    return measured(all_of(assets_stated, inside), own_money, tekun_money_alone)


@book.formula(
    "person",
    "flag",
    zh="本人财产符合低保规定",
    en="own money property within the dibao limit",
    ref="mf-2021-57:14",
)
def own_money_within_dibao(own_money: Money, dibao_money_alone: Money, assets_stated: Truth, p: Law) -> Truth:
    """The dibao limit for one person."""
    return all_of(assets_stated, within(own_money, dibao_money_alone, p.property.at_most))


@book.formula(
    "person",
    "flag",
    zh="本人财产符合低收入家庭规定",
    en="own money property within the low-margin limit",
    ref="mf-2021-43:8",
)
def own_money_within_low_margin(
    own_money: Money, low_margin_money_alone: Money, assets_stated: Truth, p: Law
) -> Truth:
    """当地低收入家庭财产状况规定, the limit for one person."""
    return all_of(assets_stated, within(own_money, low_margin_money_alone, p.property.at_most))
