"""Hardship that facts and rows show, where no programme alone answers it (困难情形)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, count, is_in, not_, per, round_down
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("indicators/need")
OURS = "doudi-reading:indicators"
XIAN = "indicators-xian-2024"
YEAR = 365
"""Days looked back upon."""


@book.formula(
    "social_insurance", "flag", zh="基本医保缴费", en="pays into medical insurance", ref="law-2026:23"
)
def premium_is_medical(social_insurance_insurance: Code) -> Truth:
    """Of employees or residents, within the twelve months kept."""
    return is_in(social_insurance_insurance, "medical", "resident_medical")


@book.test("person", zh="低收入人口未参加基本医保", en="low income and not insured", ref="law-2026:23")
def uninsured(by_person__premium_is_medical: list[Truth], is_low_income: Truth, insurance: Code) -> Truth:
    """No premium in twelve months, and not recorded as insured through work."""
    unpaid = not_(any_member(by_person__premium_is_medical))
    return all_of(is_low_income, unpaid, insurance != "employee")


@book.formula("enrolment", "flag", zh="在读而没有资助", en="enrolled without a grant", ref="law-2026:25")
def studies_without_grant(enrolment_is_valid: Truth, enrolment_grant: Money) -> Truth:
    """What the school writes as granted is nothing; a school that writes none says nothing."""
    return all_of(enrolment_is_valid, enrolment_grant == 0)


@book.test(
    "person", zh="低收入家庭学生未享教育资助", en="low-income student without a grant", ref="law-2026:25"
)
def student_without_grant(by_person__studies_without_grant: list[Truth], is_low_income: Truth) -> Truth:
    """At any school."""
    return all_of(is_low_income, any_member(by_person__studies_without_grant))


@book.formula("employment", "flag", zh="失业已满期限", en="work was lost some time ago", ref="law-2026:27")
def work_lost_long_ago(employment_event: Code, days_since_employment_happened_on: Count, p: Law) -> Truth:
    """失业登记 or 解除劳动合同, longer ago than the days."""
    lost = is_in(employment_event, "unemployed", "ended")
    return all_of(lost, days_since_employment_happened_on > p.watch.jobless_days)


@book.test("person", zh="失业成员久未就业", en="long without work", ref=("law-2026:27", XIAN))
def still_without_work(
    by_person__work_lost_long_ago: list[Truth], works: Truth, age: Count, is_low_income: Truth
) -> Truth:
    """Lost work, has none, is of working age and of a low-income family."""
    lost = any_member(by_person__work_lost_long_ago)
    return all_of(lost, not_(works), age >= 16, age <= 59, is_low_income)


@book.test("household", zh="零就业低保家庭", en="a dibao family in which nobody works", ref="order-649:43")
def zero_employment_family(household_holds_dibao: Truth, able_adults: Count, works: list[Truth]) -> Truth:
    """Somebody is able to work, nobody does."""
    return all_of(household_holds_dibao, able_adults > 0, not_(any_member(works)))


@book.test(
    "household",
    zh="刚性支出占家庭总收入过高",
    en="rigid expenditure takes most of the income",
    ref=("mf-2024-57:4", "indicators-lanzhou-2023"),
)
def rigid_burden(
    rigid_expenditure: Money,
    total_income: Money,
    low_margin_income: Truth,
    rigid_income: Truth,
    p: Law,
) -> Truth:
    """Above the share, with income between the low-margin line and disposable income."""
    heavy = rigid_expenditure > round_down(total_income * p.watch.rigid_share)
    return all_of(heavy, not_(low_margin_income), rigid_income)


@book.formula(
    "social_insurance", "flag", zh="单位缴养老保险的月份", en="a month of pension insurance at work", ref=OURS
)
def month_at_work(social_insurance_insurance: Code, days_since_social_insurance_month: Count) -> Truth:
    """Of the last twelve."""
    return all_of(social_insurance_insurance == "pension", days_since_social_insurance_month <= YEAR)


@book.test("person", zh="收入无法持续稳定", en="income is unsteady", ref="indicators-tongling-2025")
def unsteady_work(by_person__month_at_work: list[Truth], is_low_income: Truth, p: Law) -> Truth:
    """Insured at work in some months, and in fewer than the line."""
    months = count(by_person__month_at_work)
    return all_of(months >= 1, months <= p.watch.steady_months, is_low_income)


@book.formula("person", "flag", zh="在家的残疾人", en="is disabled and at home", ref=OURS)
def disabled_at_home(lives_in_household: Truth, disability: Code) -> Truth:
    """With any certificate."""
    return all_of(lives_in_household, disability != "none")


@book.test("household", zh="一户多残", en="several disabled persons in one household", ref=XIAN)
def several_disabled(disabled_at_home: list[Truth]) -> Truth:
    """Two or more."""
    return count(disabled_at_home) >= 2


@book.formula("person", "flag", zh="在家的老年人", en="is sixty or more and at home", ref=OURS)
def elder_at_home(lives_in_household: Truth, age: Count) -> Truth:
    """60周岁以上."""
    return all_of(lives_in_household, age >= 60)


@book.test("household", zh="老残一体", en="the old live with the disabled, and nobody able", ref=XIAN)
def old_and_disabled(elder_at_home: list[Truth], disabled_at_home: list[Truth], able_adults: Count) -> Truth:
    """At least one of each, and no able adult."""
    return all_of(any_member(elder_at_home), any_member(disabled_at_home), able_adults == 0)


@book.test("household", zh="低收入家庭成员失业", en="a jobless member of a low-income family", ref=XIAN)
def member_jobless(jobless: list[Truth], is_low_income: Truth) -> Truth:
    """Any member."""
    return all_of(any_member(jobless), is_low_income)


@book.formula("person", "flag", zh="服刑或者强制戒毒", en="is held", ref="mf-2021-57:7")
def is_held(absence: Code) -> Truth:
    """In prison or in compulsory detoxification."""
    return is_in(absence, "prison", "detox")


@book.test("household", zh="低收入家庭成员服刑", en="a member of a low-income family is held", ref=XIAN)
def member_held(is_held: list[Truth], is_low_income: Truth) -> Truth:
    """Any member."""
    return all_of(any_member(is_held), is_low_income)


@book.test("household", zh="家庭劳动力不足", en="too few are able to work", ref=XIAN)
def few_able(able_adults: Count, lives_in_household: list[Truth], is_low_income: Truth) -> Truth:
    """Able adults are fewer than half of those who live there."""
    return all_of(able_adults * 2 < count(lives_in_household), is_low_income)


@book.test("household", zh="饮水安全没有保障", en="drinking water is not safe", ref="indicators-yuanmou-2023")
def water_unsafe(safe_water: Truth) -> Truth:
    """As the last look at the household found it."""
    return not_(safe_water)


@book.test(
    "household",
    zh="唯一住房出现安全问题",
    en="the only home is unsafe",
    ref=("law-2026:26", "indicators-yuanmou-2023"),
)
def only_home_unsafe(dangerous_home: Code, home_count: Count, is_low_income: Truth) -> Truth:
    """Graded C or D, with no second home."""
    return all_of(dangerous_home != "none", home_count <= 1, is_low_income)


@book.test(
    "household",
    zh="农户人均收入低于监测线",
    en="rural income per head below the line",
    ref="indicators-yuanmou-2023",
)
def rural_income_low(total_income: Money, divisor_heads: Count, area: Code, p: Law) -> Truth:
    """Strictly below, for a year."""
    return all_of(per(total_income, divisor_heads) < p.watch.rural_line, area == "rural")


@book.formula(
    "temporary_aid", "flag", zh="十二个月内的临时救助", en="temporary aid of twelve months", ref=OURS
)
def grant_is_recent(days_since_temporary_aid_granted_on: Count) -> Truth:
    """Of the last 365 days."""
    return all_of(days_since_temporary_aid_granted_on >= 0, days_since_temporary_aid_granted_on < YEAR)


@book.test(
    "household",
    zh="一年内多次临时救助",
    en="temporary aid more than once in a year",
    ref=("temporary-aid-2018:2.1", OURS),
)
def aided_repeatedly(grant_is_recent: list[Truth], holds_basic_aid: Truth, p: Law) -> Truth:
    """As often as the line, and without 低保 or 特困."""
    return all_of(count(grant_is_recent) >= p.watch.grants, not_(holds_basic_aid))


@book.test(
    "household",
    zh="防返贫监测对象未纳入社会救助",
    en="monitored and outside assistance",
    ref="widening-notice-2022:3.3",
)
def monitored_outside(is_monitored: Truth, holds_aid: Truth) -> Truth:
    """Marked, and nothing is held."""
    return all_of(is_monitored, not_(holds_aid))
