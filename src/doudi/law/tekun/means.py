"""Income of a person who may be 特困 (民发〔2021〕43号 art. 6). Amounts for twelve months."""

from doudi.rules.book import Book
from doudi.rules.functions import entry, maximum, per, where
from doudi.rules.quantities import Law, Money, Truth

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
    family_support_income: Money,
    gifts: Money,
    compensation: Money,
    further_income: Money,
    transfers_paid: Money,
) -> Money:
    """工资性、经营净、财产净、转移净收入等各类收入 of the person; 转移净收入 is what was received less what was paid. Never below zero.

    What siblings or aged kin give counts whole: the notice of 2022 lets it off for 低保 only.
    """
    kin = alimony_received + family_support_income + gifts
    received = tekun_insurance + tekun_allowances + kin + compensation
    earned = wage_income + business_income + property_income
    return maximum(earned + received - transfers_paid + further_income, 0)


@book.test(
    "person",
    zh="本人月收入低于低保标准（特困）",
    en="own monthly income below the dibao standard (tekun)",
    ref="mf-2021-43:6",
)
def tekun_income(tekun_own_income: Money, dibao_standard: Money) -> Truth:
    """收入低于当地最低生活保障标准."""
    return per(tekun_own_income, MONTHS) < dibao_standard
