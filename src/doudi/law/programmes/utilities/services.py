"""Relief of water, gas, television, broadband and funeral charges. Local rules (国办发〔2023〕39号 part 4). In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, minimum, per, round_half_up, where
from doudi.rules.quantities import Law, Money, Truth

book = Book("programmes/utilities")
LOCAL = ("gbf-2023-39:4.5", "demo-rules")
HUNDRED = 100


@book.test("household", zh="特困、低保家庭", en="is in basic living aid", ref=LOCAL)
def is_relieved_family(is_basic_family: Truth) -> Truth:
    """By the tier of the household."""
    return is_basic_family


@book.test("household", zh="使用自来水", en="has piped water", ref=LOCAL)
def uses_piped_water(has_piped_water: Truth) -> Truth:
    """A customer of the supplier."""
    return has_piped_water


@book.test("household", zh="应享用水优惠", en="relief of water is due", ref=LOCAL)
def water_relief_due(is_relieved_family: Truth, uses_piped_water: Truth) -> Truth:
    """Such a family, with piped water."""
    return all_of(is_relieved_family, uses_piped_water)


@book.formula("household", "money", zh="用水优惠", en="relief of water", ref=LOCAL)
def water_relief_amount(water_relief_due: Truth, p: Law) -> Money:
    """The free quantity at the price of the place."""
    return where(water_relief_due, round_half_up(per(p.water.price * p.water.free, HUNDRED)), 0)


@book.test("household", zh="使用管道燃气", en="has piped gas", ref=LOCAL)
def uses_piped_gas(has_piped_gas: Truth) -> Truth:
    """A customer of the supplier."""
    return has_piped_gas


@book.test("household", zh="应享用气优惠", en="relief of gas is due", ref=LOCAL)
def gas_relief_due(is_relieved_family: Truth, uses_piped_gas: Truth) -> Truth:
    """Such a family, with piped gas."""
    return all_of(is_relieved_family, uses_piped_gas)


@book.formula("household", "money", zh="用气优惠", en="relief of gas", ref=LOCAL)
def gas_relief_amount(gas_relief_due: Truth, p: Law) -> Money:
    """The free quantity at the price of the place."""
    return where(gas_relief_due, round_half_up(per(p.gas.price * p.gas.free, HUNDRED)), 0)


@book.test("household", zh="安装有线电视", en="has cable television", ref=LOCAL)
def uses_television(has_television: Truth) -> Truth:
    """A subscriber."""
    return has_television


@book.test("household", zh="应享有线电视优惠", en="relief of television is due", ref=LOCAL)
def television_relief_due(is_relieved_family: Truth, uses_television: Truth) -> Truth:
    """Such a family, with cable television."""
    return all_of(is_relieved_family, uses_television)


@book.formula("household", "money", zh="有线电视优惠", en="relief of television", ref=LOCAL)
def television_relief_amount(television_relief_due: Truth, p: Law) -> Money:
    """A share of the fee of a month."""
    return where(television_relief_due, round_half_up(p.television.fee * p.television.share), 0)


@book.test("household", zh="安装宽带", en="has broadband", ref=LOCAL)
def uses_broadband(has_broadband: Truth) -> Truth:
    """A subscriber."""
    return has_broadband


@book.test("household", zh="低保边缘以上家庭", en="is in basic living aid or low-margin", ref=LOCAL)
def is_low_family(is_poor_family: Truth) -> Truth:
    """By the tier of the household."""
    return is_poor_family


@book.test("household", zh="应享宽带资费优惠", en="relief of broadband is due", ref=LOCAL)
def broadband_relief_due(is_low_family: Truth, uses_broadband: Truth) -> Truth:
    """Such a family, with broadband."""
    return all_of(is_low_family, uses_broadband)


@book.formula("household", "money", zh="宽带资费优惠", en="relief of broadband", ref=LOCAL)
def broadband_relief_amount(broadband_relief_due: Truth, p: Law) -> Money:
    """A share of the fee of a month."""
    return where(broadband_relief_due, round_half_up(p.broadband.fee * p.broadband.share), 0)


@book.test("household", zh="有基本殡葬服务费用", en="has a cost of basic funeral services", ref=LOCAL)
def has_funeral_cost(funeral_cost: Money) -> Truth:
    """Of a member who died this year."""
    return funeral_cost > 0


@book.test("household", zh="应减免基本殡葬费用", en="relief of funeral charges is due", ref=LOCAL)
def funeral_relief_due(is_low_family: Truth, has_funeral_cost: Truth) -> Truth:
    """A family in basic living aid or low-margin, and a cost."""
    return all_of(is_low_family, has_funeral_cost)


@book.formula("household", "money", zh="基本殡葬费用减免", en="relief of funeral charges", ref=LOCAL)
def funeral_relief_amount(funeral_relief_due: Truth, funeral_cost: Money, p: Law) -> Money:
    """The cost, up to the cap."""
    return where(funeral_relief_due, minimum(funeral_cost, p.funeral.cap), 0)
