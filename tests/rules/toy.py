"""A small law that uses every word of the language, for testing the engine apart from any real law."""

from __future__ import annotations

from datetime import date

from doudi.rules.book import Book
from doudi.rules.codes import CodeSet
from doudi.rules.functions import (
    all_members,
    all_of,
    any_member,
    any_of,
    count,
    entry,
    highest,
    how_many,
    is_in,
    lookup,
    maximum,
    minimum,
    month_number,
    not_,
    per,
    round_down,
    round_half_up,
    round_up,
    total,
    where,
    whole_years,
)
from doudi.rules.graph import Graph
from doudi.rules.kinds import (
    COUNT,
    DATE,
    FLAG,
    MONEY,
    RATE,
    YUAN,
    Entity,
    Input,
    Link,
    ParameterSlot,
    Schema,
    code,
)

AREA_CODES = CodeSet("area", {"urban": ("城市", "urban"), "rural": ("农村", "rural")})
TIERS = CodeSet("tier", {"none": ("无", "none"), "margin": ("边缘", "margin"), "dibao": ("低保", "dibao")})
GOODS = CodeSet(
    "asset", {"deposit": ("存款", "deposit"), "vehicle": ("车辆", "vehicle"), "other": ("其他", "other")}
)
MONEY_MAX = 10**8

ENTITIES = {
    "household": Entity("household"),
    "person": Entity("person", (Link("household", "household"),), at_most=100),
    "supporter": Entity("supporter", (Link("person", "person"),), at_most=20),
    "asset": Entity(
        "asset", (Link("household", "household"), Link("owner", "person", optional=True)), at_most=100
    ),
}
INPUTS = [
    Input("today", None, DATE, 19000101, 21001231),
    Input("area", "household", code(AREA_CODES), 0, 1),
    Input("born", "person", DATE, 18900101, 20991231),
    Input("wage", "person", MONEY, 0, MONEY_MAX),
    Input("cost", "person", MONEY, 0, MONEY_MAX),
    Input("away", "person", FLAG, 0, 1),
    Input("supporter_income", "supporter", MONEY, 0, MONEY_MAX),
    Input("supporter_gone", "supporter", FLAG, 0, 1),
    Input("asset_kind", "asset", code(GOODS), 0, 2),
    Input("asset_value", "asset", MONEY, 0, MONEY_MAX),
]
PARAMETERS = [
    ParameterSlot("line.standard", MONEY, 0, 10**6, AREA_CODES),
    ParameterSlot("line.multiple", RATE, 0, 10**5),
    ParameterSlot("line.strict", FLAG, 0, 1),
    ParameterSlot("fee.rate", RATE, 0, 10**4),
    ParameterSlot("asset.counts", FLAG, 0, 1, GOODS),
]
SCHEMA = Schema(
    ENTITIES,
    {item.name: item for item in INPUTS},
    {slot.name: slot for slot in PARAMETERS},
    {"tier": TIERS, "area": AREA_CODES, "asset": GOODS},
)
book = Book("toy")


def _say(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh, "ref": "toy:1"}


@book.formula("person", "count", **_say("年龄"))
def age(born, today):
    return whole_years(born, today)


@book.formula("person", "count", **_say("出生以来的月数"))
def months_old(born, today):
    return month_number(today) - month_number(born)


@book.formula("person", "flag", **_say("计入"))
def counted(away, age):
    return any_of(not_(away), age < 3)


@book.formula("supporter", "money", **_say("一名义务人的费用"))
def one_fee(supporter_income, supporter_gone, counted, p):
    return where(all_of(counted, not_(supporter_gone)), round_half_up(supporter_income * p.fee.rate), 0)


@book.formula("person", "money", **_say("赡养费"))
def fee(one_fee):
    return total(one_fee)


@book.formula("person", "flag", **_say("全部义务人离去"))
def alone(supporter_gone):
    return all_members(supporter_gone)


@book.formula("person", "money", **_say("个人收入"))
def income(wage, cost, fee, counted):
    return where(counted, maximum(wage - cost, 0) + fee, 0)


@book.formula("household", "count", **_say("人数"))
def heads(counted):
    return count(counted)


@book.formula("household", "money", **_say("家庭收入"))
def household_income(income):
    return total(income)


@book.formula("asset", "flag", **_say("财产计入"))
def asset_counts(owner__away, asset_kind, p):
    return all_of(not_(owner__away), lookup(p.asset.counts, asset_kind))


@book.formula("household", "money", **_say("财产"))
def wealth(asset_value, asset_counts):
    return total(asset_value, where=asset_counts)


@book.formula("household", "money", **_say("最贵财产"))
def dearest(asset_value, asset_kind_vehicle):
    return highest(asset_value, where=asset_kind_vehicle)


@book.formula("asset", "flag", **_say("是车"))
def asset_kind_vehicle(asset_kind):
    return is_in(asset_kind, "vehicle", "other")


@book.formula("person", "count", **_say("义务人数"))
def supporters(supporter_gone):
    return how_many(supporter_gone)


@book.formula("person", "money", **_say("本人财产"))
def owned(by_owner__asset_value):
    return total(by_owner__asset_value)


@book.formula("person", "flag", **_say("全是车"))
def owns_only_vehicles(by_owner__asset_kind_vehicle):
    return all_members(by_owner__asset_kind_vehicle)


@book.test("household", **_say("收入低于标准"))
def income_test(household_income, heads, area, p):
    return per(household_income, maximum(heads, 1) * 12) < lookup(p.line.standard, area)


@book.test("household", **_say("收入低于倍数"))
def margin_test(household_income, heads, area, p):
    return household_income < lookup(p.line.standard, area) * p.line.multiple * heads * 12


@book.test("household", **_say("财产占收入比例"))
def share_test(wealth, household_income, p):
    return per(wealth, household_income) > p.line.multiple


@book.formula("household", "flag", **_say("有成年义务人"))
def has_supporter(supporter_gone):
    return any_member(supporter_gone)


@book.formula("household", "code:tier", **_say("层级"))
def tier(income_test, margin_test, share_test, p):
    return where(
        all_of(income_test, not_(share_test)),
        "dibao",
        where(any_of(margin_test, p.line.strict), "margin", "none"),
    )


@book.formula("household", "money", **_say("金额"))
def amount(household_income, heads, area, tier, p):
    gap = lookup(p.line.standard, area) * heads - round_down(per(household_income, 12))
    urban = entry(p.line.standard, "urban")
    return where(tier == "dibao", minimum(round_up(maximum(gap, 0), to=YUAN), urban * 50), 0)


@book.formula("household", "count", **_say("深度"))
def depth(tier, months_old):
    return where(tier == "none", 0, minimum(total(months_old), 100000))


def graph() -> Graph:
    """The toy law in force."""
    return Graph(SCHEMA, book.formulas, date(2026, 7, 1))


__all__ = ["COUNT", "SCHEMA", "book", "graph"]
