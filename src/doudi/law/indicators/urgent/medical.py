"""Medical spending out of pocket that a family cannot carry (医疗费用负担)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, measured, not_, total
from doudi.rules.quantities import Count, Law, Money, Truth

book = Book("indicators/urgent")
YEAR = 365
"""Days looked back upon."""


@book.formula(
    "medical_settlement",
    "flag",
    zh="十二个月内结算",
    en="settled within twelve months",
    ref="doudi-reading:indicators",
)
def settlement_is_recent(days_since_medical_settlement_settled_on: Count) -> Truth:
    """Of the last 365 days."""
    return all_of(
        days_since_medical_settlement_settled_on >= 0, days_since_medical_settlement_settled_on < YEAR
    )


@book.formula(
    "person", "money", zh="十二个月个人负担医疗费用", en="medical cost borne in twelve months",
    ref="doudi-reading:indicators",
)  # fmt: skip
def own_medical_cost(
    by_person__medical_settlement_own_paid: list[Money], by_person__settlement_is_recent: list[Truth]
) -> Money:
    """What remained after insurance and aid, as settled."""
    return total(by_person__medical_settlement_own_paid, where=by_person__settlement_is_recent)


@book.test(
    "person", zh="居民个人负担医疗费用过高", en="a resident's own medical spending is very high",
    ref="indicators-fuyang-medical",
)  # fmt: skip
def resident_medical_cost(own_medical_cost: Money, p: Law) -> Truth:
    """Strictly above the line, whoever it is."""
    return own_medical_cost > p.watch.medical.resident


@book.test(
    "person", zh="救助对象个人负担医疗费用过高", en="own medical spending is high for somebody in assistance",
    ref="indicators-xian-medical-2025",
)  # fmt: skip
def aided_medical_cost(
    own_medical_cost: Money, resident_medical_cost: Truth, is_watched: Truth, p: Law
) -> Truth:
    """Above the lower line; above the higher one the other indicator tells it."""
    high = all_of(own_medical_cost > p.watch.medical.aided, not_(resident_medical_cost), is_watched)
    return measured(high, own_medical_cost, p.watch.medical.aided, "gt")
