"""The standing of a person in the tiers, as other programmes ask for it, and the calendar year of an event.

A recognised tier is taken as it is by all departments (law art. 42): no programme examines the means a second time.
"""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, month_number, per, round_down
from doudi.rules.quantities import Code, Count, Day, Truth

book = Book("programmes/status")
SHARED = ("law-2026:42", "gbf-2023-39:2")


@book.formula("person", "flag", zh="特困人员", en="is tekun", ref=SHARED)
def is_tekun_person(person_tier: Code) -> Truth:
    """By the person's own tier."""
    return person_tier == "tekun"


@book.formula("person", "flag", zh="低保对象", en="is in dibao", ref=SHARED)
def is_dibao_person(person_tier: Code) -> Truth:
    """Of a dibao family, or in dibao alone (单人保)."""
    return is_in(person_tier, "dibao", "single_dibao")


@book.formula("person", "flag", zh="特困人员或者低保对象", en="is in basic living aid", ref=SHARED)
def is_basic_person(is_tekun_person: Truth, is_dibao_person: Truth) -> Truth:
    """The two kinds of basic living aid (law art. 15)."""
    return any_of(is_tekun_person, is_dibao_person)


@book.formula("person", "flag", zh="低保边缘家庭成员", en="is of a low-margin family", ref=SHARED)
def is_low_margin_person(person_tier: Code) -> Truth:
    """Who is in dibao alone counts there."""
    return person_tier == "low_margin"


@book.formula(
    "person", "flag", zh="刚性支出困难家庭成员", en="is of a family with rigid expenditure", ref=SHARED
)
def is_rigid_person(person_tier: Code) -> Truth:
    """By the person's own tier."""
    return person_tier == "rigid"


@book.formula(
    "person", "flag", zh="防返贫监测对象", en="is monitored against a return to poverty", ref=SHARED
)
def is_monitored_person(monitored_mark: Code) -> Truth:
    """By the mark of the household."""
    return monitored_mark != "none"


@book.formula("person", "flag", zh="低收入人口", en="is of the low-income population", ref=SHARED)
def is_low_income_person(person_tier: Code, is_monitored_person: Truth) -> Truth:
    """Any tier, or the mark of monitoring."""
    return any_of(person_tier != "none", is_monitored_person)


@book.formula("household", "flag", zh="特困、低保家庭", en="is a family in basic living aid", ref=SHARED)
def is_basic_family(tier: Code) -> Truth:
    """全户特困 or 低保家庭; a family with one member in dibao alone is a low-margin family."""
    return is_in(tier, "tekun", "dibao")


@book.formula(
    "household", "flag", zh="低保边缘以上家庭", en="is in basic living aid or low-margin", ref=SHARED
)
def is_poor_family(tier: Code) -> Truth:
    """特困, 低保, 单人保 or 低保边缘."""
    return is_in(tier, "tekun", "dibao", "single_dibao", "low_margin")


@book.formula(
    "household", "flag", zh="四类低收入家庭", en="is in one of the four tiers of the law", ref=SHARED
)
def is_tier_family(is_poor_family: Truth, tier: Code) -> Truth:
    """特困, 低保, 低保边缘 or 刚性支出困难 (law art. 24 to 27)."""
    return any_of(is_poor_family, tier == "rigid")


@book.formula(
    "household", "flag", zh="有低收入成员", en="has a member of the low-income population", ref=SHARED
)
def has_low_income_person(is_low_income_person: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_low_income_person)


@book.formula(None, "count", zh="年度", en="calendar year", ref="demo-rules")
def this_year(today: Day) -> Count:
    """Of the day of evaluation."""
    return year_of(today)


def year_of(day: Day) -> Count:
    """The calendar year of a date; a little below 0 for a date that is none."""
    return round_down(per(month_number(day) - 1, 12))


def in_year(day: Day, year: Count) -> Truth:
    """The date is one of that year."""
    return all_of(day > 0, year_of(day) == year)
