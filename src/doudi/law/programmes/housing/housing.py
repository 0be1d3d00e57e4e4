"""Housing aid (law art. 26): public rental homes or a rent subsidy in town, repair of dangerous homes in the country. In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, maximum, minimum, per, round_half_up, where
from doudi.rules.quantities import Area, Code, Count, Law, Money, Truth

book = Book("programmes/housing")
HUNDRED = 100
AID = ("law-2026:26", "order-649:37 until 2026-06-30")


@book.test("household", zh="城镇家庭", en="is an urban family", ref=AID)
def is_urban_family(area: Code) -> Truth:
    """城镇住房救助对象."""
    return area == "urban"


@book.test("household", zh="四类低收入家庭", en="is of those whom housing aid serves", ref=AID)
def is_housing_aided(is_tier_family: Truth) -> Truth:
    """分散供养特困, 低保, 低保边缘, 刚性支出困难."""
    return is_tier_family


@book.formula("household", "area", zh="保障住房面积", en="area that is guaranteed", ref=AID)
def guaranteed_area(persons_in_file: Count, p: Law) -> Area:
    """So much for each person."""
    return p.housing.area * persons_in_file


@book.test(
    "household", zh="自有住房面积低于保障面积", en="own home is smaller than what is guaranteed", ref=AID
)
def is_housing_short(home_area: Area, guaranteed_area: Area) -> Truth:
    """符合规定标准的住房困难: strictly below."""
    return home_area < guaranteed_area


@book.test("household", zh="可配租公租房", en="a public rental home may be had", ref=AID)
def public_rental_due(is_urban_family: Truth, is_housing_aided: Truth, is_housing_short: Truth) -> Truth:
    """Urban, of those served, and short of room."""
    return all_of(is_urban_family, is_housing_aided, is_housing_short)


@book.formula(
    "household",
    "count",
    zh="住房面积缺口（百分之一人）",
    en="area that is lacking, in hundredths of one person's",
    ref=AID,
)
def housing_gap(home_area: Area, guaranteed_area: Area, p: Law) -> Count:
    """Of the area that is guaranteed to one person; never below 0."""
    return round_half_up(per(maximum(guaranteed_area - home_area, 0) * HUNDRED, p.housing.area))


@book.formula("household", "money", zh="公租房租金减免", en="relief of rent", ref=AID)
def public_rental_amount(public_rental_due: Truth, housing_gap: Count, tier: Code, p: Law) -> Money:
    """The market rent of what is lacking, times the share that the family need not pay, for each month."""
    rent = round_half_up(per(p.housing.market_rent * housing_gap, HUNDRED))
    return where(public_rental_due, round_half_up(rent * lookup(p.public_rental.relief, tier)), 0)


@book.test("household", zh="在市场租房", en="rents on the market", ref=AID)
def pays_rent(rent_paid: Money) -> Truth:
    """By contract."""
    return rent_paid > 0


@book.test("household", zh="可获租赁补贴", en="a rent subsidy is due", ref=AID)
def rent_subsidy_due(
    is_urban_family: Truth, is_housing_aided: Truth, is_housing_short: Truth, pays_rent: Truth
) -> Truth:
    """As for a public rental home, and renting on the market."""
    return all_of(is_urban_family, is_housing_aided, is_housing_short, pays_rent)


@book.formula("household", "money", zh="租赁补贴", en="rent subsidy", ref=AID)
def rent_subsidy_amount(
    rent_subsidy_due: Truth, rent_paid: Money, housing_gap: Count, tier: Code, p: Law
) -> Money:
    """So much for each person who lacks room, in part where a part is lacking, by tier; never above the rent."""
    standard = round_half_up(per(lookup(p.rent_subsidy.standard, tier) * housing_gap, HUNDRED))
    return where(rent_subsidy_due, minimum(standard, rent_paid), 0)


@book.test("household", zh="农村家庭", en="is a rural family", ref=AID)
def is_rural_family(area: Code) -> Truth:
    """农村住房救助对象."""
    return area == "rural"


@book.test("household", zh="住房经鉴定为危房", en="the home is certified as dangerous", ref=AID)
def has_dangerous_home(dangerous_home: Code) -> Truth:
    """C级 or D级."""
    return dangerous_home != "none"


@book.test("household", zh="可获农村危房改造补助", en="aid for a dangerous home is due", ref=AID)
def dangerous_home_aid_due(
    is_rural_family: Truth, is_housing_aided: Truth, has_dangerous_home: Truth
) -> Truth:
    """Rural, of those served, and the home certified."""
    return all_of(is_rural_family, is_housing_aided, has_dangerous_home)


@book.formula("household", "money", zh="农村危房改造补助", en="aid for a dangerous home", ref=AID)
def dangerous_home_aid_amount(
    dangerous_home_aid_due: Truth, dangerous_home: Code, tier: Code, p: Law
) -> Money:
    """By grade: repair (C级) or rebuilding (D级); a part more for the deepest tiers."""
    base = lookup(p.dangerous_home.amount, dangerous_home)
    return where(dangerous_home_aid_due, round_half_up(base * lookup(p.dangerous_home.share, tier)), 0)
