"""What several indicators ask: who is watched, and whether somebody in the household is able to earn."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, count, is_in, not_
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


@book.formula("person", "flag", zh="成年在业", en="is of age and works", ref=OURS)
def is_earner(age: Count, works: Truth) -> Truth:
    """18 or older, and at work now; who still works past sixty, in the fields above all, earns as well."""
    return all_of(age >= 18, works)


@book.formula("household", "flag", zh="户内有人在业", en="somebody in the household earns", ref=OURS)
def has_earner(is_earner: list[Truth]) -> Truth:
    """Any member who is present."""
    return any_member(is_earner)


@book.formula("person", "flag", zh="在家的未成年人", en="is a minor and lives there", ref=OURS)
def minor_at_home(lives_in_household: Truth, is_minor: Truth) -> Truth:
    """Below eighteen, and not away."""
    return all_of(lives_in_household, is_minor)


@book.formula("person", "flag", zh="在家的成年人", en="is of age and lives there", ref=OURS)
def adult_at_home(lives_in_household: Truth, is_minor: Truth) -> Truth:
    """Of age, and neither in prison nor missing."""
    return all_of(lives_in_household, not_(is_minor))


@book.formula("person", "flag", zh="在家的有劳动能力成年人", en="is an able adult at home", ref=OURS)
def able_at_home(adult_at_home: Truth, age: Count, can_work: Truth, is_severely_disabled: Truth) -> Truth:
    """18 to 59, able to work and not severely disabled."""
    return all_of(adult_at_home, age <= 59, not_(is_severely_disabled), can_work)


@book.formula("household", "count", zh="在家的有劳动能力成年人数", en="able adults at home", ref=OURS)
def able_adults(able_at_home: list[Truth]) -> Count:
    """How many there are."""
    return count(able_at_home)


@book.formula("person", "flag", zh="在家的重度残疾人", en="is severely disabled and at home", ref=OURS)
def needs_carer(lives_in_household: Truth, is_severely_disabled: Truth, needs_long_care: Truth) -> Truth:
    """Severely disabled, and long-term care is not ruled out."""
    return all_of(lives_in_household, is_severely_disabled, needs_long_care)


@book.formula("holding", "flag", zh="现享受特困供养", en="is Tekun support now held", ref=OURS)
def holding_is_tekun(holding_programme: Code, holding_runs: Truth) -> Truth:
    """By what is paid now."""
    return all_of(holding_programme == "tekun", holding_runs)


@book.formula("person", "flag", zh="现为特困人员", en="receives Tekun support", ref=OURS)
def receives_tekun(by_owner__holding_is_tekun: list[Truth]) -> Truth:
    """In the person's own name."""
    return any_member(by_owner__holding_is_tekun)


@book.formula("holding", "flag", zh="现为低保边缘或刚性支出困难", en="is low-margin or rigid", ref=OURS)
def holding_is_outer(holding_programme: Code, holding_runs: Truth) -> Truth:
    """Recognised as 低保边缘 or 刚性支出困难, and still so."""
    return all_of(is_in(holding_programme, "low_margin", "rigid"), holding_runs)


@book.formula("household", "flag", zh="低保边缘、刚性支出困难或监测户", en="is of the outer tiers", ref=OURS)
def in_outer_tiers(holding_is_outer: list[Truth], monitored_mark: Code) -> Truth:
    """Recognised or marked, whatever else it holds."""
    return any_of(any_member(holding_is_outer), monitored_mark != "none")
