"""Funds of women, youth, workers, veterans and rural revitalisation. For the calendar year, in fen. Local rules."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, count, is_in, not_, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/charity")
LOCAL = ("law-2026:7", "demo-rules")


@book.test("person", zh="患乳腺癌或者宫颈癌的妇女", en="is a woman with breast or cervical cancer", ref=LOCAL)
def has_womens_cancer(sex: Code, womens_cancer: Truth) -> Truth:
    """两癌."""
    return all_of(womens_cancer, sex == "female")


@book.test("person", zh="低收入人口", en="is of the low-income population", ref=LOCAL)
def is_fund_person(is_low_income_person: Truth) -> Truth:
    """Any tier, or the mark of monitoring."""
    return is_low_income_person


@book.test("person", zh="可获两癌困难妇女救助", en="the fund for women with cancer is due", ref=LOCAL)
def womens_cancer_fund_due(has_womens_cancer: Truth, is_fund_person: Truth) -> Truth:
    """Ill, and of low income."""
    return all_of(has_womens_cancer, is_fund_person)


@book.formula("person", "money", zh="两癌困难妇女救助", en="fund for women with cancer", ref=LOCAL)
def womens_cancer_fund_amount(womens_cancer_fund_due: Truth, p: Law) -> Money:
    """A sum, once."""
    return where(womens_cancer_fund_due, p.womens_cancer_fund.amount, 0)


@book.test("person", zh="在高中阶段或者高校就读", en="is in upper-secondary or higher education", ref=LOCAL)
def is_youth_student(study: Code) -> Truth:
    """普通高中, 中职, 高职, 本科."""
    return is_in(study, "senior", "vocational_secondary", "higher_vocational", "bachelor")


@book.test("person", zh="可获希望工程助学", en="the youth league's bursary is due", ref=LOCAL)
def youth_bursary_due(is_youth_student: Truth, is_fund_person: Truth) -> Truth:
    """A student of low income."""
    return all_of(is_youth_student, is_fund_person)


@book.formula("person", "money", zh="希望工程助学", en="youth league's bursary", ref=LOCAL)
def youth_bursary_amount(youth_bursary_due: Truth, p: Law) -> Money:
    """A sum for the school year."""
    return where(youth_bursary_due, p.youth_bursary.amount, 0)


@book.formula("person", "flag", zh="在业的工会会员", en="works and is a union member", ref=LOCAL)
def is_working_member(works: Truth, union_member: Truth) -> Truth:
    """会员."""
    return all_of(works, union_member)


@book.test("household", zh="有工会会员", en="has a union member", ref=LOCAL)
def has_union_member(is_working_member: list[Truth]) -> Truth:
    """Who works."""
    return any_member(is_working_member)


@book.test("household", zh="四类低收入家庭", en="is in one of the four tiers", ref=LOCAL)
def is_union_family(is_tier_family: Truth) -> Truth:
    """困难职工家庭."""
    return is_tier_family


@book.test("household", zh="可获困难职工帮扶", en="the workers' fund is due", ref=LOCAL)
def workers_fund_due(has_union_member: Truth, is_union_family: Truth) -> Truth:
    """A member at work, and a family in hardship."""
    return all_of(has_union_member, is_union_family)


@book.formula("household", "money", zh="困难职工帮扶", en="workers' fund", ref=LOCAL)
def workers_fund_amount(workers_fund_due: Truth, p: Law) -> Money:
    """A sum for the year."""
    return where(workers_fund_due, p.workers_fund.amount, 0)


@book.test("person", zh="退役军人", en="is a veteran", ref=LOCAL)
def is_veteran(veteran: Truth) -> Truth:
    """By the register of veterans."""
    return veteran


@book.test("person", zh="可获困难退役军人帮扶", en="the veterans' aid is due", ref=LOCAL)
def veterans_aid_due(is_veteran: Truth, is_fund_person: Truth) -> Truth:
    """A veteran of low income."""
    return all_of(is_veteran, is_fund_person)


@book.formula("person", "money", zh="困难退役军人帮扶", en="veterans' aid", ref=LOCAL)
def veterans_aid_amount(veterans_aid_due: Truth, p: Law) -> Money:
    """A sum for the year."""
    return where(veterans_aid_due, p.veterans_aid.amount, 0)


@book.test("household", zh="防返贫监测对象", en="is monitored against a return to poverty", ref=LOCAL)
def is_monitored_family(monitored_mark: Code) -> Truth:
    """By the mark."""
    return monitored_mark != "none"


@book.test("household", zh="农村家庭", en="is a rural household", ref=LOCAL)
def is_country_family(area: Code) -> Truth:
    """农村."""
    return area == "rural"


@book.test("household", zh="可获防返贫产业奖补", en="the grant for rural business is due", ref=LOCAL)
def rural_business_grant_due(
    is_monitored_family: Truth, is_country_family: Truth, has_business_income: Truth
) -> Truth:
    """Monitored, rural, with a business of its own."""
    return all_of(is_monitored_family, is_country_family, has_business_income)


@book.test("household", zh="有经营收入", en="has income from business", ref=LOCAL)
def has_business_income(is_self_employed: list[Truth]) -> Truth:
    """Of a member."""
    return any_member(is_self_employed)


@book.formula("household", "money", zh="防返贫产业奖补", en="grant for rural business", ref=LOCAL)
def rural_business_grant_amount(rural_business_grant_due: Truth, p: Law) -> Money:
    """A sum for the year."""
    return where(rural_business_grant_due, p.rural_business_grant.amount, 0)


@book.formula("person", "flag", zh="低收入儿童", en="is a child of low income", ref=LOCAL)
def is_poor_child(is_minor: Truth, is_fund_person: Truth) -> Truth:
    """A minor."""
    return all_of(is_minor, is_fund_person)


@book.formula("household", "count", zh="低收入儿童人数", en="children of low income", ref=LOCAL)
def poor_children(is_poor_child: list[Truth]) -> Count:
    """How many."""
    return count(is_poor_child)


@book.test("household", zh="有低收入儿童", en="has a child of low income", ref=LOCAL)
def has_poor_child(poor_children: Count) -> Truth:
    """At least one."""
    return poor_children > 0


@book.test("household", zh="可获红十字博爱送温暖", en="the red cross's winter parcel is due", ref=LOCAL)
def red_cross_parcel_due(has_poor_child: Truth, holds_no_heating: Truth) -> Truth:
    """A child of low income, in a place without a heating allowance."""
    return all_of(has_poor_child, holds_no_heating)


@book.test("household", zh="未获取暖补助", en="has no heating allowance", ref=LOCAL)
def holds_no_heating(heating_allowance_due: Truth) -> Truth:
    """Where the county gives one the parcel goes to others."""
    return not_(heating_allowance_due)


@book.formula("household", "money", zh="红十字博爱送温暖", en="red cross's winter parcel", ref=LOCAL)
def red_cross_parcel_amount(red_cross_parcel_due: Truth, poor_children: Count, p: Law) -> Money:
    """A sum for each child."""
    return where(red_cross_parcel_due, p.red_cross_parcel.amount * poor_children, 0)
