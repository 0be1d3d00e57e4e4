"""The four kinds of household that coverage misses (T8): silent, critical, urgent, expenditure; found by the same tests."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, entry, not_, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("coverage")
KINDS = "doudi-reading:coverage-kinds"


@book.formula("household", "flag", zh="现享受救助", en="holds any aid now", ref=KINDS)
def holds_aid(holding_is_any: list[Truth]) -> Truth:
    """By what is paid or recognised now."""
    return any_member(holding_is_any)


@book.formula("holding", "flag", zh="属于基本生活救助", en="is aid", ref=KINDS)
def holding_is_any(holding_programme: Code) -> Truth:
    """Any programme of basic living aid or a recognised tier."""
    return holding_programme != "other_aid"


@book.formula("household", "flag", zh="现享受基本生活救助", en="holds basic living aid now", ref=KINDS)
def holds_basic_aid(holding_is_basic: list[Truth]) -> Truth:
    """低保, 单人保 or 特困."""
    return any_member(holding_is_basic)


@book.formula("holding", "flag", zh="低保或者特困", en="is dibao or tekun", ref=KINDS)
def holding_is_basic(holding_is_dibao: Truth, holding_programme: Code) -> Truth:
    """低保, 单人保 or 特困."""
    return any_of(holding_is_dibao, holding_programme == "tekun")


@book.formula("household", "flag", zh="沉默型", en="silent", ref=KINDS)
def is_silent(is_in_basic_aid: Truth, holds_basic_aid: Truth) -> Truth:
    """Eligible for basic living aid and not receiving it (应保未保)."""
    return all_of(is_in_basic_aid, not_(holds_basic_aid))


@book.formula("household", "flag", zh="货币财产略超", en="money property is over by a little", ref=KINDS)
def money_is_near(money_property: Money, dibao_money_per_head: Money, divisor_heads: Count, p: Law) -> Truth:
    """Within ``coverage.critical_share`` of the limit, or inside it."""
    limit = dibao_money_per_head * divisor_heads
    return money_property <= limit * (1 + p.coverage.critical_share)


@book.formula("household", "flag", zh="车辆价值略超", en="vehicle value is over by a little", ref=KINDS)
def vehicle_is_near(vehicle_value: Money, p: Law) -> Truth:
    """Within ``coverage.critical_share`` of the limit, or inside it."""
    limit = entry(p.property.vehicle_cap, "dibao")
    return vehicle_value <= limit * (1 + p.coverage.critical_share)


@book.formula("household", "flag", zh="其余财产条件均符合", en="all other property tests hold", ref=KINDS)
def countable_property_holds(
    dibao_vehicles: Truth,
    dibao_homes: Truth,
    dibao_shops: Truth,
    dibao_business: Truth,
    dibao_woodland: Truth,
) -> Truth:
    """Tests that are met or not, without a little more or less."""
    return all_of(dibao_vehicles, dibao_homes, dibao_shops, dibao_business, dibao_woodland)


@book.formula("household", "flag", zh="临界型", en="critical", ref=KINDS)
def is_critical(
    dibao_income: Truth,
    is_in_basic_aid: Truth,
    money_is_near: Truth,
    vehicle_is_near: Truth,
    countable_property_holds: Truth,
    assets_stated: Truth,
    has_members: Truth,
) -> Truth:
    """Income qualifies for dibao, another test fails by a little."""
    near = all_of(money_is_near, vehicle_is_near, countable_property_holds, assets_stated)
    return all_of(dibao_income, not_(is_in_basic_aid), near, has_members)


@book.formula("household", "flag", zh="急难型", en="urgent", ref=("law-2026:29", KINDS))
def is_urgent(urgent_event: Code, holds_basic_aid: Truth) -> Truth:
    """A sudden event, and no basic living aid yet."""
    return all_of(urgent_event != "none", not_(holds_basic_aid))


@book.formula("household", "flag", zh="支出型", en="expenditure", ref=KINDS)
def is_expenditure_kind(holds_aid: Truth, needs_unmet: Truth, rigid_share: Truth) -> Truth:
    """In aid, yet needs are unmet or rigid expenditure exceeds the set share of income."""
    return all_of(holds_aid, any_of(needs_unmet, rigid_share))


@book.formula("household", "code:missed", zh="覆盖遗漏类型", en="kind missed by coverage", ref=KINDS)
def missed(is_urgent: Truth, is_silent: Truth, is_critical: Truth, is_expenditure_kind: Truth) -> Code:
    """The most pressing kind first: urgent, silent, critical, expenditure."""
    later = where(is_critical, "critical", where(is_expenditure_kind, "expenditure", "none"))
    return where(is_urgent, "urgent", where(is_silent, "silent", later))


@book.formula("household", "code:cause_level", zh="遗漏原因层面", en="level of the cause", ref=KINDS)
def missed_cause(missed: Code, ever_applied: Truth) -> Code:
    """Silent: the person has not applied, or applied and was not taken in (execution). Critical and expenditure: the rules."""
    silent = where(ever_applied, "execution", "individual")
    ruled = where(any_of(missed == "critical", missed == "expenditure"), "institution", "none")
    return where(missed == "silent", silent, where(missed == "urgent", "execution", ruled))
