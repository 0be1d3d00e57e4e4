"""The score of a household, whether it is in multidimensional hardship, and its route of priority (T7)."""

from doudi.rules.book import Book
from doudi.rules.functions import any_of, entry, measured, per, where
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("hardship")
OURS = ("gbf-2023-39:3.1", "doudi-reading:hardship-index")


@book.formula(
    "household", "count", zh="困难得分（份）", en="parts in which the household is deprived", ref=OURS
)
def hardship_parts(
    income_low: Truth,
    no_earner: Truth,
    medical_burden: Truth,
    grave_illness: Truth,
    education_burden: Truth,
    out_of_school: Truth,
    unsafe_home: Truth,
    unsafe_water: Truth,
    care_need: Truth,
    no_able_adult: Truth,
    single_parent: Truth,
    mental_illness: Truth,
    p: Law,
) -> Count:
    """The weights of all indicators that hold; an open one leaves the score between two numbers."""
    deprived = {
        "income_low": income_low, "no_earner": no_earner, "medical_burden": medical_burden, "grave_illness": grave_illness,
        "education_burden": education_burden, "out_of_school": out_of_school, "unsafe_home": unsafe_home,
        "unsafe_water": unsafe_water, "care_need": care_need, "no_able_adult": no_able_adult,
        "single_parent": single_parent, "mental_illness": mental_illness,
    }  # fmt: skip
    parts = [where(holds, entry(p.hardship.weight, name), 0) for name, holds in deprived.items()]
    return sum(parts[1:], parts[0])


@book.test("household", zh="多维困难得分达到认定线", en="the hardship score reaches the cut-off", ref=OURS)
def is_in_hardship(hardship_parts: Count, hardship_parts_of_all: Count, p: Law) -> Truth:
    """多维困难: at the cut-off or above."""
    share = per(hardship_parts, hardship_parts_of_all)
    return measured(share >= p.hardship.cutoff, share, p.hardship.cutoff, "ge")


@book.formula("household", "code:hardship_route", zh="优先通道", en="route of priority", ref=OURS)
def hardship_route(hardship_parts: Count, hardship_parts_of_all: Count, urgent_event: Code, p: Law) -> Code:
    """The most urgent whose score is reached; a sudden event that lasts takes the green channel."""
    share = per(hardship_parts, hardship_parts_of_all)
    routes = p.hardship.route_from
    lower = where(share >= entry(routes, "general"), "general", "none")
    upper = where(share >= entry(routes, "high"), "high", lower)
    highest = any_of(urgent_event != "none", share >= entry(routes, "highest"))
    return where(highest, "highest", upper)
