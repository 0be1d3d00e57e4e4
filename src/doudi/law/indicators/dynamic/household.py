"""Changes in a household that holds aid (家庭情况变化)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, not_
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("indicators/dynamic")


@book.test(
    "departed",
    zh="救助家庭成员死亡",
    en="a member of a household in aid died",
    ref="widening-notice-2022:1.3",
)
def member_died(departed_is_new: Truth, departed_state: Code, holds_aid: Truth) -> Truth:
    """Known since last night, whoever reported it, and however often."""
    return all_of(departed_is_new, departed_state == "died", holds_aid)


@book.test("household", zh="收入由标准以下变为以上", en="income passed the standard", ref="mf-2021-57:31")
def income_passed(before_dibao_income: Truth, dibao_income: Truth, household_holds_dibao: Truth) -> Truth:
    """It qualified the night before and no longer does."""
    return all_of(before_dibao_income, not_(dibao_income), household_holds_dibao)


@book.formula(
    "certificate",
    "flag",
    zh="残疾人证将到期",
    en="a certificate is about to expire",
    ref="indicators-xian-2024",
)
def certificate_expires(
    written_certificate_valid_until: Truth, days_since_certificate_valid_until: Count, p: Law
) -> Truth:
    """On a day within the notice; a certificate without an end does not expire."""
    days_left = 0 - days_since_certificate_valid_until
    return all_of(written_certificate_valid_until, days_left >= 0, days_left <= p.watch.certificate_days)


@book.test(
    "person",
    zh="残疾人证即将到期",
    en="a certificate of disability is about to expire",
    ref="indicators-xian-2024",
)
def certificate_ends(by_person__certificate_expires: list[Truth]) -> Truth:
    """Any that is on the list."""
    return any_member(by_person__certificate_expires)


@book.formula(
    "vehicles", "flag", zh="新登记的机动车", en="a vehicle that is new on the list", ref="mf-2021-57:17"
)
def vehicle_is_new(vehicles_is_new: Truth, days_since_vehicles_registered_on: Count, p: Law) -> Truth:
    """The row is new, and the registration too."""
    return all_of(vehicles_is_new, days_since_vehicles_registered_on <= p.watch.registration_days)


@book.test("person", zh="新购机动车", en="bought a vehicle", ref="mf-2021-57:17")
def vehicle_bought(by_person__vehicle_is_new: list[Truth], holds_aid: Truth) -> Truth:
    """In a household that holds aid."""
    return all_of(any_member(by_person__vehicle_is_new), holds_aid)
