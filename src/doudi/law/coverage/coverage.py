"""The four kinds of household that coverage misses (T8): silent, critical, urgent, expenditure; found by the same tests."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, entry, not_, where
from doudi.rules.quantities import Code, Count, Day, Law, Money, Truth

book = Book("coverage")
KINDS = "doudi-reading:coverage-kinds"


@book.formula("household", "flag", zh="现享受救助", en="holds any aid now", ref=KINDS)
def holds_aid(holding_is_any: list[Truth]) -> Truth:
    """By what is paid or recognised now."""
    return any_member(holding_is_any)


@book.formula("holding", "flag", zh="属于基本生活救助", en="is aid", ref=KINDS)
def holding_is_any(holding_programme: Code, holding_runs: Truth) -> Truth:
    """Any programme of basic living aid or a recognised tier, not ended."""
    return all_of(holding_programme != "other_aid", holding_runs)


@book.formula("household", "flag", zh="现享受基本生活救助", en="holds basic living aid now", ref=KINDS)
def holds_basic_aid(holding_is_basic: list[Truth]) -> Truth:
    """低保, 单人保 or 特困."""
    return any_member(holding_is_basic)


@book.formula("holding", "flag", zh="低保或者特困", en="is dibao or tekun", ref=KINDS)
def holding_is_basic(holding_is_dibao: Truth, holding_programme: Code, holding_runs: Truth) -> Truth:
    """低保, 单人保 or 特困, not ended."""
    return any_of(holding_is_dibao, all_of(holding_programme == "tekun", holding_runs))


@book.formula("holding", "flag", zh="全家享受的基本生活救助", en="is basic aid of all", ref=KINDS)
def holding_covers_all(
    holding_is_basic: Truth, holding_is_family_dibao: Truth, holding_has_owner: Truth
) -> Truth:
    """低保 of the family, or what is not written down to one member (享受人空为全家)."""
    return all_of(holding_is_basic, any_of(holding_is_family_dibao, not_(holding_has_owner)))


@book.formula("household", "flag", zh="全家现享受基本生活救助", en="basic aid covers all", ref=KINDS)
def all_hold_basic_aid(holding_covers_all: list[Truth]) -> Truth:
    """At least one row of that kind."""
    return any_member(holding_covers_all)


@book.formula("person", "flag", zh="现享受基本生活救助的成员", en="has basic living aid now", ref=KINDS)
def has_basic_aid(all_hold_basic_aid: Truth, by_owner__holding_is_basic: list[Truth]) -> Truth:
    """With the family, or alone (单人保, 特困)."""
    return any_of(all_hold_basic_aid, any_member(by_owner__holding_is_basic))


@book.formula("person", "flag", zh="应保未保的成员", en="is due basic aid and has none", ref=KINDS)
def lacks_basic_aid(
    is_tekun: Truth, is_single_dibao: Truth, shares_dibao: Truth, is_dibao: Truth, has_basic_aid: Truth
) -> Truth:
    """Eligible alone or with the family, and not receiving; aid of another member is not theirs."""
    due = any_of(is_tekun, is_single_dibao, all_of(shares_dibao, is_dibao))
    return all_of(due, not_(has_basic_aid))


@book.formula("household", "flag", zh="沉默型", en="silent", ref=KINDS)
def is_silent(lacks_basic_aid: list[Truth]) -> Truth:
    """Somebody is eligible for basic living aid and does not receive it (应保未保)."""
    return any_member(lacks_basic_aid)


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
    dibao_property: Truth,
    money_is_near: Truth,
    vehicle_is_near: Truth,
    countable_property_holds: Truth,
    assets_stated: Truth,
    has_members: Truth,
    belongs_here: Truth,
) -> Truth:
    """Income qualifies for dibao and the family belongs here; property is over its limit, and by a little only."""
    near = all_of(money_is_near, vehicle_is_near, countable_property_holds, assets_stated)
    over_by_little = all_of(not_(dibao_property), near)
    return all_of(dibao_income, not_(is_in_basic_aid), over_by_little, has_members, belongs_here)


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
def missed_cause(missed: Code, ever_applied: Truth, applied_on: Day) -> Code:
    """Silent: nobody has applied, or an application stands or was not granted (execution). Critical and expenditure: the rules."""
    silent = where(any_of(ever_applied, applied_on > 0), "execution", "individual")
    ruled = where(any_of(missed == "critical", missed == "expenditure"), "institution", "none")
    return where(missed == "silent", silent, where(missed == "urgent", "execution", ruled))
