"""Payments that should have ended (错发)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("indicators/error")


@book.formula(
    "aid_roll",
    "flag",
    zh="名册上的人已去世",
    en="who stands on the roll has died",
    ref="widening-notice-2022:1.3",
)
def roll_names_the_dead(
    aid_roll_person_state: Code, days_since_aid_roll_person_ended_on: Count, p: Law
) -> Truth:
    """Dead for longer than the days in which a roll may still name somebody."""
    return all_of(aid_roll_person_state == "died", days_since_aid_roll_person_ended_on > p.watch.roll_days)


@book.test("household", zh="已死亡仍发放", en="paid after a death", ref="widening-notice-2022:1.3")
def paid_after_death(roll_names_the_dead: list[Truth]) -> Truth:
    """Any person on the roll under this household."""
    return any_member(roll_names_the_dead)
