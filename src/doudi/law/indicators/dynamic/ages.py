"""Birthdays that change what is due (年龄节点)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, month_number
from doudi.rules.quantities import Count, Day, Law, Truth

book = Book("indicators/dynamic")


@book.formula(
    "person", "count", zh="距满七十周岁的月数", en="months until seventy", ref="doudi-reading:age-reached"
)
def months_to_seventy(born: Day, today: Day, p: Law) -> Count:
    """From this month to the month of the birthday; negative once it has passed."""
    return month_number(born) + 12 * p.watch.elder_age - month_number(today)


@book.test(
    "person",
    zh="低保老年人将满七十周岁",
    en="somebody in dibao is about to turn seventy",
    ref="indicators-xian-2024",
)
def turns_seventy(months_to_seventy: Count, receives_dibao: Truth, p: Law) -> Truth:
    """In the months before the month of the birthday."""
    near = all_of(months_to_seventy > 0, months_to_seventy <= p.watch.lead_months)
    return all_of(near, receives_dibao)
