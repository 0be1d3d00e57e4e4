"""Ages on the day of evaluation (周岁)."""

from typing import Any

from doudi.rules.book import Book
from doudi.rules.functions import month_number, per, round_down, where, whole_years
from doudi.rules.quantities import Count, Day, Law, Truth

book = Book("age")

ADULT = 18
"""成年: 民法典 art. 17; the assistance measures use the word without redefining it."""


def _completed_years(born: Day, today: Day, p: Law) -> Any:
    by_month = round_down(per(month_number(today) - month_number(born), 12))
    day_after = whole_years(born, today, days_late=1)
    return where(
        p.age.reached == "birthday",
        whole_years(born, today),
        where(p.age.reached == "day_after", day_after, by_month),
    )


@book.formula("person", "count", zh="周岁", en="age in completed years", ref="doudi-reading:age-reached")
def age(born: Day, today: Day, p: Law) -> Count:
    """Completed years; an age is reached on the birthday, on the day after, or with its month, as ``age.reached`` says."""
    return _completed_years(born, today, p)


@book.formula("person", "flag", zh="未成年人", en="is a minor", ref="mf-2021-57:7")
def is_minor(age: Count) -> Truth:
    """Below 18."""
    return age < ADULT


@book.formula(
    "supporter", "count", zh="义务人周岁", en="age of the supporter", ref="doudi-reading:age-reached"
)
def supporter_age(supporter_born: Day, today: Day, p: Law) -> Count:
    """Completed years of a legal supporter outside the household, reached as ``age.reached`` says."""
    return _completed_years(supporter_born, today, p)
