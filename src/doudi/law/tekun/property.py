"""Property of one person alone: what belongs to a person, and whether it lies within a line for one person.

特困人员 are judged by what is their own (民发〔2021〕43号 art. 6, 7), supporters by the limits of low-income families (art. 8),
people who enter dibao alone by those of dibao.
"""

from collections.abc import Callable
from typing import Any

from doudi.law.property.limits import DIBAO, LOW_MARGIN, TEKUN, Line, within
from doudi.rules.book import Book
from doudi.rules.functions import (
    all_of,
    any_of,
    count,
    entry,
    highest,
    is_in,
    lookup,
    maximum,
    not_,
    per,
    round_half_up,
    total,
    where,
)
from doudi.rules.quantities import Area, Code, Count, Law, Money, Truth

book = Book("tekun")
ARTICLE = "mf-2021-43:6"

Function = Callable[..., Any]


@book.formula("household", "count", zh="共同生活人数", en="persons who live together", ref=ARTICLE)
def residents(lives_in_household: list[Truth]) -> Count:
    """Among whom what has no named owner is shared; at least 1."""
    return maximum(count(lives_in_household), 1)


@book.formula("asset", "flag", zh="没有列明所有人", en="has no named owner", ref=ARTICLE)
def asset_is_unowned(asset_has_owner: Truth) -> Truth:
    """Of the household as such."""
    return not_(asset_has_owner)


@book.formula("asset", "money", zh="货币财产价值", en="value as money property", ref=ARTICLE)
def own_money_value(asset_value: Money, asset_kind: Code, asset_purpose: Code, p: Law) -> Money:
    """0 for kinds that do not count as money, and for a deposit set aside for treatment where those are left out."""
    for_treatment = all_of(asset_purpose == "medical", p.property.medical_deposit_exempt)
    counts = all_of(lookup(p.property.counts, asset_kind), not_(for_treatment))
    return where(counts, asset_value, 0)


@book.formula("asset", "flag", zh="车辆或者农机", en="is a vehicle that is not left out", ref=ARTICLE)
def is_vehicle(asset_kind: Code, asset_purpose: Code, p: Law) -> Truth:
    """A vehicle or farm machine that is not left out by its purpose, whoever owns it."""
    return all_of(
        is_in(asset_kind, "vehicle", "machine"), not_(lookup(p.property.vehicle_exempt, asset_purpose))
    )


@book.formula("asset", "money", zh="车辆农机价值", en="value as a vehicle", ref=ARTICLE)
def vehicle_worth(asset_value: Money, is_vehicle: Truth) -> Money:
    """0 for what is no vehicle."""
    return where(is_vehicle, asset_value, 0)


@book.formula("asset", "flag", zh="住房（不论所有人）", en="is a home", ref=ARTICLE)
def is_home(asset_kind: Code) -> Truth:
    """Whoever owns it."""
    return asset_kind == "home"


@book.formula("asset", "area", zh="住房面积", en="floor area as a home", ref=ARTICLE)
def home_floor(asset_area: Area, is_home: Truth) -> Area:
    """0 for what is no home."""
    return where(is_home, asset_area, 0)


@book.formula("asset", "flag", zh="非居住用房（不论所有人）", en="is a shop", ref=ARTICLE)
def is_shop(asset_kind: Code) -> Truth:
    """Whoever owns it."""
    return asset_kind == "shop"


@book.formula("asset", "money", zh="出资额", en="value as capital in a business", ref=ARTICLE)
def business_share(asset_value: Money, asset_kind: Code) -> Money:
    """0 for what is no share in a business."""
    return where(asset_kind == "business", asset_value, 0)


@book.formula("asset", "money", zh="林木价值（不论所有人）", en="value as woodland", ref=ARTICLE)
def woodland_share(asset_value: Money, asset_kind: Code) -> Money:
    """0 for what is no woodland."""
    return where(asset_kind == "woodland", asset_value, 0)


def _write_own(name: str, kind: str, value: str, zh: str, en: str, largest: bool = False) -> None:
    """What is a person's own: owned by name and, of those who live together, what has no named owner.

    The sum over the assets' ``value``, or the greatest of them. Sums without a named owner are shared by head; things
    that cannot be shared count for each.
    """
    fold = highest if largest else total

    @book.formula(
        "household",
        kind,
        name=f"unowned_{name}",
        zh=f"未列明所有人的{zh}",
        en=f"{en} without a named owner",
        ref=ARTICLE,
        using={"values": value},
    )
    def unowned(values: list[Any], asset_is_unowned: list[Truth]) -> Any:
        return fold(values, where=asset_is_unowned)

    @book.formula(
        "person",
        kind,
        name=f"own_{name}",
        zh=f"本人{zh}",
        en=f"own {en}",
        ref=ARTICLE,
        using={"values": f"by_owner__{value}", "unowned": f"unowned_{name}"},
    )
    def own(values: list[Any], unowned: Any, residents: Count, lives_in_household: Truth) -> Any:
        shared = unowned if largest or kind == "count" else round_half_up(per(unowned, residents))
        part = where(lives_in_household, shared, 0)
        return maximum(fold(values), part) if largest else fold(values) + part


_write_own("money", "money", "own_money_value", "货币财产", "money property")
_write_own("vehicles", "count", "is_vehicle", "车辆农机数", "vehicles")
_write_own(
    "vehicle_value",
    "money",
    "vehicle_worth",
    "单台车辆农机最高价值",
    "value of the dearest vehicle",
    largest=True,
)
_write_own("homes", "count", "is_home", "住房套数", "homes")
_write_own("home_area", "area", "home_floor", "住房面积", "floor area of homes")
_write_own("shops", "count", "is_shop", "非居住用房数", "shops")
_write_own("business", "money", "business_share", "市场主体出资", "capital in businesses")
_write_own("woodland", "money", "woodland_share", "林木", "woodland")


@book.formula(
    "person", "money", zh="本人一次性收入计为财产", en="own one-off receipts taken as assets", ref=ARTICLE
)
def own_one_off(one_off_receipt: Money, p: Law) -> Money:
    """Where the region takes a one-off receipt as an asset and not as income."""
    return where(p.income.one_off == "asset", one_off_receipt, 0)


def homes_within(homes: Count, area: Area, line: str, p: Law) -> Truth:
    """At most the homes of the line, or one more where all together are small for one person."""
    allowed = entry(p.property.homes, line)
    return any_of(
        homes <= allowed,
        all_of(homes <= allowed + 1, area < entry(p.property.second_home_area, line)),
    )


def _write_tests(line: Line) -> None:
    """The tests of a line for a person alone, each by itself."""
    number, small = f"{line.name}_home_number", f"{line.name}_second_home"

    def test(name: str, zh: str, en: str, **using: str) -> Callable[[Function], Function]:
        zh, en = f"本人{zh}{line.zh}规定", f"own {en} {line.en} limit"
        return book.test("person", name=f"{line.name}_{name}", zh=zh, en=en, ref=line.references, using=using)

    @test("money", "货币财产符合", "money property within the", cap=f"{line.name}_money_alone")
    def money(own_money: Money, own_one_off: Money, cap: Money, p: Law) -> Truth:
        return within(own_money + own_one_off, cap, p.property.at_most)

    @test("vehicles", "车辆农机数量符合", "vehicles within the")
    def vehicles(own_vehicles: Count, p: Law) -> Truth:
        return own_vehicles <= entry(p.property.vehicles, line.name)

    @test("vehicle_value", "单台车辆农机价值符合", "value of each vehicle within the")
    def vehicle_value(own_vehicle_value: Money, p: Law) -> Truth:
        return within(own_vehicle_value, entry(p.property.vehicle_cap, line.name), p.property.at_most)

    @test("home_number", "住房套数符合", "number of homes within the")
    def home_number(own_homes: Count, p: Law) -> Truth:
        return own_homes <= entry(p.property.homes, line.name)

    @test("second_home", "多一套住房时面积符合", "area with one home more within the")
    def second_home(own_home_area: Area, p: Law) -> Truth:
        return own_home_area < entry(p.property.second_home_area, line.name)

    @test("homes", "住房套数和面积符合", "homes within the", number=number, small=small)
    def homes(own_homes: Count, number: Truth, small: Truth, p: Law) -> Truth:
        return any_of(number, all_of(own_homes <= entry(p.property.homes, line.name) + 1, small))

    @test("shops", "非居住用房符合", "shops within the")
    def shops(own_shops: Count, p: Law) -> Truth:
        return own_shops <= entry(p.property.shops, line.name)

    @test("business", "市场主体出资符合", "business capital within the")
    def business(own_business: Money, p: Law) -> Truth:
        return within(own_business, entry(p.property.business_cap, line.name), p.property.at_most)

    @test("woodland", "林木价值符合", "woodland within the")
    def woodland(own_woodland: Money, p: Law) -> Truth:
        return within(own_woodland, entry(p.property.woodland_cap, line.name), p.property.at_most)


def _write_all_within(line: Line, reference: str) -> None:
    """The tests of a line for a person alone, in one."""

    @book.formula(
        "person",
        "flag",
        name=f"own_property_within_{line.name}",
        zh=f"本人财产符合{line.zh}规定",
        en=f"own property within the {line.en} limits",
        ref=reference,
        using={"cap": f"{line.name}_money_alone"},
    )
    def own_property_within(
        own_money: Money,
        own_one_off: Money,
        cap: Money,
        own_vehicles: Count,
        own_vehicle_value: Money,
        own_homes: Count,
        own_home_area: Area,
        own_shops: Count,
        own_business: Money,
        own_woodland: Money,
        assets_stated: Truth,
        p: Law,
    ) -> Truth:
        rule = p.property
        vehicle_cap, business_cap = entry(rule.vehicle_cap, line.name), entry(rule.business_cap, line.name)
        woodland_cap = entry(rule.woodland_cap, line.name)
        return all_of(
            assets_stated,
            within(own_money + own_one_off, cap, rule.at_most),
            own_vehicles <= entry(rule.vehicles, line.name),
            within(own_vehicle_value, vehicle_cap, rule.at_most),
            homes_within(own_homes, own_home_area, line.name, p),
            own_shops <= entry(rule.shops, line.name),
            within(own_business, business_cap, rule.at_most),
            within(own_woodland, woodland_cap, rule.at_most),
        )


_write_tests(TEKUN)
_write_all_within(DIBAO, "mf-2021-57:14")
_write_all_within(LOW_MARGIN, "mf-2021-43:8")


@book.test(
    "person",
    zh="本人财产符合特困规定",
    en="own property as tekun demands",
    ref=("mf-2021-43:6", "mf-2021-43:7"),
)
def tekun_property(
    assets_stated: Truth,
    tekun_money: Truth,
    tekun_vehicles: Truth,
    tekun_vehicle_value: Truth,
    tekun_homes: Truth,
    tekun_shops: Truth,
    tekun_business: Truth,
    tekun_woodland: Truth,
) -> Truth:
    """财产符合当地特困人员财产状况规定; open while the assets are not declared, unless one that is known exceeds its limit."""
    vehicles = all_of(tekun_vehicles, tekun_vehicle_value)
    fixtures = all_of(tekun_homes, tekun_shops, tekun_woodland)
    return all_of(assets_stated, tekun_money, vehicles, fixtures, tekun_business)
