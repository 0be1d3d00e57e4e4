"""What several indicators ask: who is watched, and whether somebody in the household is able to earn."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of
from doudi.rules.quantities import Code, Count, Truth

book = Book("indicators")
OURS = "doudi-reading:indicators"


@book.formula(
    "household",
    "flag",
    zh="已在救助或者监测范围内",
    en="is in assistance or monitored",
    ref="gbf-2023-39:3.2",
)
def is_watched(holds_aid: Truth, monitored_mark: Code) -> Truth:
    """特困、低保、低保边缘、刚性支出困难 by what is held or recognised, or the mark of 防返贫监测."""
    return any_of(holds_aid, monitored_mark != "none")


@book.formula("person", "flag", zh="劳动年龄段内在业", en="works and is of working age", ref=OURS)
def is_earner(age: Count, works: Truth) -> Truth:
    """18 to 59, and at work now."""
    return all_of(age >= 18, age <= 59, works)


@book.formula("household", "flag", zh="户内有人在业", en="somebody in the household earns", ref=OURS)
def has_earner(is_earner: list[Truth]) -> Truth:
    """Any member who is present."""
    return any_member(is_earner)
