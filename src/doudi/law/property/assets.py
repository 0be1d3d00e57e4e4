"""What the household owns, as the property tests ask for it (家庭财产), 民发〔2021〕57号 art. 14."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, count, highest, is_in, lookup, not_, total, where
from doudi.rules.quantities import Area, Code, Count, Law, Money, Truth

book = Book("property")
ARTICLE = "mf-2021-57:14"


@book.formula("asset", "flag", zh="属于计入成员的财产", en="belongs to a counted member", ref=ARTICLE)
def asset_is_ours(asset_has_owner: Truth, owner__is_counted: Truth) -> Truth:
    """Owned by a member who counts, or by the household as such."""
    return any_of(not_(asset_has_owner), owner__is_counted)


@book.formula("asset", "flag", zh="计入的货币财产", en="counts as money property", ref=ARTICLE)
def asset_counts_as_money(asset_is_ours: Truth, asset_kind: Code, asset_purpose: Code, p: Law) -> Truth:
    """A kind that counts, and not a deposit set aside for treatment where those are left out."""
    for_treatment = all_of(asset_purpose == "medical", p.property.medical_deposit_exempt)
    return all_of(asset_is_ours, lookup(p.property.counts, asset_kind), not_(for_treatment))


@book.formula(
    "household",
    "money",
    zh="一次性收入计为财产",
    en="one-off receipts taken as assets",
    ref="mf-2021-57:13(4)",
)
def one_off_assets(one_off_receipt: list[Money], is_counted: list[Truth], p: Law) -> Money:
    """Where the region takes a one-off receipt as an asset and not as income."""
    return where(p.income.one_off == "asset", total(one_off_receipt, where=is_counted), 0)


@book.formula("household", "money", zh="货币财产", en="money property", ref=ARTICLE)
def money_property(
    asset_value: list[Money], asset_counts_as_money: list[Truth], one_off_assets: Money
) -> Money:
    """银行存款、证券、基金、商业保险、债权、互联网金融资产 of the members counted."""
    return total(asset_value, where=asset_counts_as_money) + one_off_assets


@book.formula("asset", "flag", zh="计入的车辆农机", en="counts as a vehicle", ref=ARTICLE)
def asset_counts_as_vehicle(asset_is_ours: Truth, asset_kind: Code, asset_purpose: Code, p: Law) -> Truth:
    """A vehicle or farm machine that is not exempt by its purpose (残疾人功能性补偿代步, livelihood, treatment)."""
    return all_of(
        asset_is_ours,
        is_in(asset_kind, "vehicle", "machine"),
        not_(lookup(p.property.vehicle_exempt, asset_purpose)),
    )


@book.formula("household", "count", zh="计入的车辆农机数", en="vehicles that count", ref=ARTICLE)
def vehicle_count(asset_counts_as_vehicle: list[Truth]) -> Count:
    """Vehicles and machines beyond the exempt ones."""
    return count(asset_counts_as_vehicle)


@book.formula(
    "household",
    "money",
    zh="单台车辆农机最高价值",
    en="value of the dearest vehicle that counts",
    ref=ARTICLE,
)
def vehicle_value(asset_value: list[Money], asset_counts_as_vehicle: list[Truth]) -> Money:
    """0 when there is none."""
    return highest(asset_value, where=asset_counts_as_vehicle)


@book.formula("asset", "flag", zh="住房", en="is a home that counts", ref=ARTICLE)
def asset_is_home(asset_is_ours: Truth, asset_kind: Code) -> Truth:
    """A home of the household."""
    return all_of(asset_is_ours, asset_kind == "home")


@book.formula("household", "count", zh="住房套数", en="homes", ref=ARTICLE)
def home_count(asset_is_home: list[Truth]) -> Count:
    """Homes of the members counted."""
    return count(asset_is_home)


@book.formula("household", "area", zh="住房建筑面积", en="floor area of all homes", ref=ARTICLE)
def home_area(asset_area: list[Area], asset_is_home: list[Truth]) -> Area:
    """In 1/100 m²."""
    return total(asset_area, where=asset_is_home)


@book.formula("asset", "flag", zh="非居住用房", en="is a shop", ref=ARTICLE)
def asset_is_shop(asset_is_ours: Truth, asset_kind: Code) -> Truth:
    """A shop or other non-residential building."""
    return all_of(asset_is_ours, asset_kind == "shop")


@book.formula("household", "count", zh="非居住用房数", en="shops", ref=ARTICLE)
def shop_count(asset_is_shop: list[Truth]) -> Count:
    """商铺等非居住类房屋."""
    return count(asset_is_shop)


@book.formula("asset", "flag", zh="市场主体出资", en="is a share in a business", ref=ARTICLE)
def asset_is_business(asset_is_ours: Truth, asset_kind: Code) -> Truth:
    """A registered business or a share in one."""
    return all_of(asset_is_ours, asset_kind == "business")


@book.formula("household", "money", zh="市场主体认缴出资", en="capital in businesses", ref=ARTICLE)
def business_capital(asset_value: list[Money], asset_is_business: list[Truth]) -> Money:
    """Capital of the members counted in registered businesses."""
    return total(asset_value, where=asset_is_business)


@book.formula("asset", "flag", zh="林木", en="is woodland", ref=ARTICLE)
def asset_is_woodland(asset_is_ours: Truth, asset_kind: Code) -> Truth:
    """林木等定着物."""
    return all_of(asset_is_ours, asset_kind == "woodland")


@book.formula("household", "money", zh="林木价值", en="value of woodland", ref=ARTICLE)
def woodland_value(asset_value: list[Money], asset_is_woodland: list[Truth]) -> Money:
    """All woodland of the members counted together."""
    return total(asset_value, where=asset_is_woodland)
