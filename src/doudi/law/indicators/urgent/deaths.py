"""The one who earned has died (主要劳动力死亡)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, not_
from doudi.rules.quantities import Code, Truth

book = Book("indicators/urgent")


@book.test(
    "departed",
    zh="家庭主要劳动力死亡",
    en="the earner of the household died",
    ref=("law-2026:29", "indicators-wenzhou-2020"),
)
def earner_died(
    departed_is_new: Truth,
    departed_state: Code,
    departed_before_is_earner: Truth,
    has_earner: Truth,
    heads: int,
) -> Truth:
    """Died since the night before, earned then, and nobody who is left earns; somebody is left."""
    died = all_of(departed_is_new, departed_state == "died")
    return all_of(died, departed_before_is_earner, not_(has_earner), heads > 0)
