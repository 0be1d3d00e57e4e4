"""What is held now: a programme paid by the month runs to its last day (终止日期), that day included."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in
from doudi.rules.quantities import Code, Day, Truth

book = Book("amounts")
BASIS = ("mf-2021-57:31", "law-2026:47")


@book.formula("holding", "flag", zh="仍在享受", en="still runs", ref=BASIS)
def holding_runs(holding_until: Day, holding_paid_on: Day, today: Day) -> Truth:
    """Paid by the month and not ended before today; one payment is not held."""
    return all_of(holding_paid_on == 0, any_of(holding_until == 0, holding_until >= today))


@book.formula("holding", "flag", zh="现享受低保", en="is dibao now held", ref=BASIS)
def holding_is_dibao(holding_programme: Code, holding_runs: Truth) -> Truth:
    """低保 of the family or 单人保."""
    return all_of(is_in(holding_programme, "dibao", "single_dibao"), holding_runs)


@book.formula("holding", "flag", zh="家庭低保", en="is or was family dibao", ref=BASIS)
def holding_was_family_dibao(holding_programme: Code, holding_paid_on: Day) -> Truth:
    """低保 of the family by the month, ended or not."""
    return all_of(holding_programme == "dibao", holding_paid_on == 0)


@book.formula("holding", "flag", zh="现享受家庭低保", en="is family dibao now held", ref=BASIS)
def holding_is_family_dibao(holding_was_family_dibao: Truth, holding_runs: Truth) -> Truth:
    """低保 of the family."""
    return all_of(holding_was_family_dibao, holding_runs)


@book.formula("household", "flag", zh="现为低保家庭", en="holds dibao now", ref=BASIS)
def household_holds_dibao(holding_is_family_dibao: list[Truth]) -> Truth:
    """By what is paid now."""
    return any_member(holding_is_family_dibao)
