"""What is held against what the records say: exclusive benefits, property, custody, dear schools (数据比对)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, not_
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("indicators/error")
PROPERTY = ("law-2026:18", "mf-2021-57:14")
XIAN = "indicators-xian-2024"


@book.test(
    "person", zh="同时享受互斥待遇", en="receives what excludes each other", ref=("mf-2021-43:9", XIAN)
)
def exclusive_benefits(
    receives_tekun: Truth, by_owner__holding_is_dibao: list[Truth], other_scheme: Code
) -> Truth:
    """特困 together with 低保 in the person's own name, or with 孤儿 or 事实无人抚养儿童."""
    return all_of(receives_tekun, any_of(any_member(by_owner__holding_is_dibao), other_scheme != "none"))


@book.test("household", zh="名下车辆超出规定", en="vehicles beyond the rule", ref=PROPERTY)
def vehicles_beyond(household_holds_dibao: Truth, dibao_vehicles: Truth, dibao_vehicle_value: Truth) -> Truth:
    """Number or value, with dibao held."""
    return all_of(household_holds_dibao, not_(all_of(dibao_vehicles, dibao_vehicle_value)))


@book.test("household", zh="名下房产超出规定", en="buildings beyond the rule", ref=PROPERTY)
def buildings_beyond(household_holds_dibao: Truth, dibao_homes: Truth, dibao_shops: Truth) -> Truth:
    """Homes or shops, with dibao held."""
    return all_of(household_holds_dibao, not_(all_of(dibao_homes, dibao_shops)))


@book.test("household", zh="名下企业或者投资超出规定", en="business beyond the rule", ref=PROPERTY)
def business_beyond(household_holds_dibao: Truth, dibao_business: Truth) -> Truth:
    """With dibao held."""
    return all_of(household_holds_dibao, not_(dibao_business))


@book.test("household", zh="金融资产超出规定", en="money beyond the rule", ref=PROPERTY)
def money_beyond(household_holds_dibao: Truth, dibao_money: Truth) -> Truth:
    """With dibao held."""
    return all_of(household_holds_dibao, not_(dibao_money))


@book.formula("aid_roll", "flag", zh="名册上的基本生活救助", en="basic aid on the roll", ref="mf-2021-57:7")
def roll_is_basic(aid_roll_programme: Code) -> Truth:
    """低保, 单人保, 特困."""
    return is_in(aid_roll_programme, "dibao", "single_dibao", "tekun")


@book.test(
    "person", zh="服刑人员仍在名册", en="somebody held is still on the roll", ref=("mf-2021-57:7", XIAN)
)
def held_and_paid(by_person__roll_is_basic: list[Truth], is_held: Truth) -> Truth:
    """In prison or compulsory detoxification, and named by the roll."""
    return all_of(any_member(by_person__roll_is_basic), is_held)


@book.formula("enrolment", "flag", zh="高收费学校", en="a dear school", ref="mf-2021-57:17")
def school_is_dear(enrolment_is_valid: Truth, enrolment_fees: Money, p: Law) -> Truth:
    """Fees above the line."""
    return all_of(enrolment_is_valid, enrolment_fees > p.watch.school_fees)


@book.test(
    "person", zh="低保家庭成员就读高收费学校", en="somebody in dibao at a dear school", ref="mf-2021-57:17"
)
def dear_school(by_person__school_is_dear: list[Truth], household_holds_dibao: Truth) -> Truth:
    """A hint only, never a reason by itself."""
    return all_of(any_member(by_person__school_is_dear), household_holds_dibao)
