"""The property tests, the same for each line (民发〔2021〕57号 art. 14, 民发〔2024〕57号 art. 4(3)).

``write_tests`` writes down the tests of one line; each line has its own limits in the tables under ``property.*``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, entry, measured, per, where
from doudi.rules.quantities import Area, Count, Law, Money, Truth

book = Book("property")

Function = Callable[..., Any]


def within(value: Money, limit: Money, at_most: Truth) -> Truth:
    """Inside the limit: at most, or strictly under it, as the region reads its rule; both sides are kept.

    Whoever owns nothing is inside every limit, also strictly under one of 0.
    """
    under = any_of(value < limit, value <= 0)
    return measured(where(at_most, value <= limit, under), value, limit)


@dataclass(frozen=True)
class Line:
    """One of the lines below which property must lie, with its words and its articles."""

    name: str
    zh: str
    en: str
    references: tuple[str, ...]

    def amount(self, name: str, zh: str, en: str) -> Callable[[Function], Function]:
        """Write down an amount of this line."""
        zh, en = f"{self.zh}{zh}", f"{self.en} {en}"
        return book.formula(
            "household", "money", name=f"{self.name}_{name}", zh=zh, en=en, ref=self.references
        )

    def test(self, name: str, zh: str, en: str, **using: str) -> Callable[[Function], Function]:
        """Write down a test of this line."""
        zh, en = f"{zh}{self.zh}规定", f"{en} {self.en} limit"
        return book.test(
            "household", name=f"{self.name}_{name}", zh=zh, en=en, ref=self.references, using=using
        )


def write_tests(line: Line) -> None:
    """Write down the money limit of a line and its tests."""
    write_money_limit(line)
    _write_money_test(line)
    _write_vehicle_tests(line)
    _write_home_tests(line)
    _write_shop_test(line)
    _write_business_test(line)
    _write_woodland_test(line)


def money_cap(line: str, heads: Count, dibao_standard: Money, p: Law) -> Money:
    """Months of the dibao standard, or a sum, for each of ``heads`` persons; small households may have their own sum."""
    rule = p.property
    cap = where(rule.small_household >= heads, entry(rule.money_cap_small, line), entry(rule.money_cap, line))
    months = dibao_standard * entry(rule.money_months, line)
    return where(entry(rule.money_method, line) == "months", months, cap)


def write_money_limit(line: Line) -> None:
    """The limit of money property per head of the household."""

    @line.amount("money_per_head", "人均货币财产限额", "limit of money property per head")
    def money_per_head(heads: Count, dibao_standard: Money, p: Law) -> Money:
        return money_cap(line.name, heads, dibao_standard, p)


def write_money_limit_alone(line: Line) -> None:
    """The limit of money property of somebody who is taken alone."""

    @line.amount("money_alone", "单人货币财产限额", "limit of money property of a person alone")
    def money_alone(dibao_standard: Money, p: Law) -> Money:
        return money_cap(line.name, 1, dibao_standard, p)


def _write_money_test(line: Line) -> None:
    @line.test("money", "货币财产符合", "money property within the", cap=f"{line.name}_money_per_head")
    def money(money_property: Money, divisor_heads: Count, cap: Money, p: Law) -> Truth:
        return within(money_property, cap * divisor_heads, p.property.at_most)


def _write_vehicle_tests(line: Line) -> None:
    @line.test("vehicles", "车辆农机数量符合", "number of vehicles within the")
    def vehicles(vehicle_count: Count, p: Law) -> Truth:
        return vehicle_count <= entry(p.property.vehicles, line.name)

    @line.test("vehicle_value", "单台车辆农机价值符合", "value of each vehicle within the")
    def vehicle_worth(vehicle_value: Money, p: Law) -> Truth:
        return within(vehicle_value, entry(p.property.vehicle_cap, line.name), p.property.at_most)


def _write_home_tests(line: Line) -> None:
    number, area = f"{line.name}_home_number", f"{line.name}_second_home"

    @line.test("home_number", "住房套数符合", "number of homes within the")
    def home_number(home_count: Count, p: Law) -> Truth:
        return home_count <= entry(p.property.homes, line.name)

    @line.test("second_home", "多一套住房时人均面积符合", "area per head with one home more within the")
    def second_home(home_area: Area, divisor_heads: Count, p: Law) -> Truth:
        return per(home_area, divisor_heads) < entry(p.property.second_home_area, line.name)

    @line.test("homes", "住房套数和面积符合", "homes within the", number=number, small=area)
    def homes(home_count: Count, number: Truth, small: Truth, p: Law) -> Truth:
        one_more = home_count <= entry(p.property.homes, line.name) + 1
        return any_of(number, all_of(one_more, small))


def _write_shop_test(line: Line) -> None:
    @line.test("shops", "非居住用房符合", "shops within the")
    def shops(shop_count: Count, p: Law) -> Truth:
        return shop_count <= entry(p.property.shops, line.name)


def _write_business_test(line: Line) -> None:
    @line.test("business", "市场主体出资符合", "business capital within the")
    def business(business_capital: Money, p: Law) -> Truth:
        return within(business_capital, entry(p.property.business_cap, line.name), p.property.at_most)


def _write_woodland_test(line: Line) -> None:
    @line.test("woodland", "林木价值符合", "woodland within the")
    def woodland(woodland_value: Money, p: Law) -> Truth:
        return within(woodland_value, entry(p.property.woodland_cap, line.name), p.property.at_most)


DIBAO = Line("dibao", "低保", "dibao", ("law-2026:18", "order-649:9 until 2026-06-30", "mf-2021-57:14"))
LOW_MARGIN = Line("low_margin", "低保边缘", "low-margin", ("law-2026:21", "mf-2021-57:8"))
RIGID = Line(
    "rigid", "刚性支出困难", "rigid-expenditure", ("law-2026:22", "mf-2024-57:4(3)", "gbf-2023-39:2")
)
TEKUN = Line("tekun", "特困人员", "tekun", ("mf-2021-43:7",))

for _line in (DIBAO, LOW_MARGIN, RIGID):
    write_tests(_line)
for _line in (DIBAO, LOW_MARGIN, TEKUN):
    write_money_limit_alone(_line)


@book.test(
    "household",
    zh="财产状况符合低保规定",
    en="property as dibao demands",
    ref=DIBAO.references,
)
def dibao_property(
    assets_stated: Truth,
    dibao_money: Truth,
    dibao_vehicles: Truth,
    dibao_vehicle_value: Truth,
    dibao_homes: Truth,
    dibao_shops: Truth,
    dibao_business: Truth,
    dibao_woodland: Truth,
) -> Truth:
    """财产状况符合规定; open while the assets are not declared, unless one that is known exceeds its limit."""
    vehicles = all_of(dibao_vehicles, dibao_vehicle_value)
    fixtures = all_of(dibao_homes, dibao_shops, dibao_woodland)
    return all_of(assets_stated, dibao_money, vehicles, fixtures, dibao_business)


@book.test(
    "household", zh="财产状况符合低保边缘规定", en="property as low-margin demands", ref=LOW_MARGIN.references
)
def low_margin_property(
    assets_stated: Truth,
    low_margin_money: Truth,
    low_margin_vehicles: Truth,
    low_margin_vehicle_value: Truth,
    low_margin_homes: Truth,
    low_margin_shops: Truth,
    low_margin_business: Truth,
    low_margin_woodland: Truth,
) -> Truth:
    """财产状况符合相关规定."""
    vehicles = all_of(low_margin_vehicles, low_margin_vehicle_value)
    fixtures = all_of(low_margin_homes, low_margin_shops, low_margin_woodland)
    return all_of(assets_stated, low_margin_money, vehicles, fixtures, low_margin_business)


@book.test(
    "household",
    zh="财产状况符合刚性支出困难家庭规定",
    en="property as rigid hardship demands",
    ref=RIGID.references,
)
def rigid_property(
    assets_stated: Truth,
    rigid_money: Truth,
    rigid_vehicles: Truth,
    rigid_vehicle_value: Truth,
    rigid_homes: Truth,
    rigid_shops: Truth,
    rigid_business: Truth,
    rigid_woodland: Truth,
) -> Truth:
    """家庭财产状况符合当地相关规定; as for low-margin unless the region has limits of its own."""
    vehicles = all_of(rigid_vehicles, rigid_vehicle_value)
    fixtures = all_of(rigid_homes, rigid_shops, rigid_woodland)
    return all_of(assets_stated, rigid_money, vehicles, fixtures, rigid_business)
