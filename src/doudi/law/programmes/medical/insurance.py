"""What basic and major-illness insurance pay before any aid (law art. 24, third paragraph). Per person and calendar year, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, is_in, lookup, maximum, minimum, round_half_up, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/medical")
BEFORE = "law-2026:24"


@book.formula("person", "money", zh="住院政策范围内费用", en="in-patient cost in scope", ref=BEFORE)
def inpatient_scope(inpatient_cost: Money, inpatient_in_scope: Money) -> Money:
    """Never above the cost; nothing without a stay."""
    return where(inpatient_cost > 0, minimum(inpatient_in_scope, inpatient_cost), 0)


@book.formula("person", "money", zh="门诊慢特病政策范围内费用", en="out-patient cost in scope", ref=BEFORE)
def outpatient_scope(outpatient_cost: Money, outpatient_in_scope: Money) -> Money:
    """Never above the cost; nothing without treatment."""
    return where(outpatient_cost > 0, minimum(outpatient_in_scope, outpatient_cost), 0)


@book.formula("person", "money", zh="医疗总费用", en="cost of treatment", ref=BEFORE)
def medical_cost(inpatient_cost: Money, outpatient_cost: Money) -> Money:
    """In-patient and out-patient, within scope or not."""
    return inpatient_cost + outpatient_cost


@book.test("person", zh="参加基本医疗保险", en="has basic medical insurance", ref=BEFORE)
def is_insured(insurance: Code) -> Truth:
    """Of residents or of employees."""
    return insurance != "none"


@book.formula(
    "person", "money", zh="基本医保支付住院费用", en="basic insurance pays of in-patient cost", ref=BEFORE
)
def basic_inpatient(inpatient_scope: Money, is_insured: Truth, insurance: Code, p: Law) -> Money:
    """A share of what lies above the deductible, up to the cap of the year."""
    above = maximum(inpatient_scope - lookup(p.basic_insurance.deductible, insurance), 0)
    share = round_half_up(above * lookup(p.basic_insurance.ratio, insurance))
    return where(is_insured, minimum(share, lookup(p.basic_insurance.cap, insurance)), 0)


@book.formula(
    "person", "money", zh="基本医保支付门诊费用", en="basic insurance pays of out-patient cost", ref=BEFORE
)
def basic_outpatient(outpatient_scope: Money, is_insured: Truth, insurance: Code, p: Law) -> Money:
    """A share of what lies above the deductible, up to the cap of the year."""
    above = maximum(outpatient_scope - lookup(p.basic_insurance.outpatient_deductible, insurance), 0)
    share = round_half_up(above * lookup(p.basic_insurance.outpatient_ratio, insurance))
    return where(is_insured, minimum(share, lookup(p.basic_insurance.outpatient_cap, insurance)), 0)


@book.formula("person", "money", zh="基本医保支付", en="paid by basic insurance", ref=BEFORE)
def basic_insurance_amount(basic_inpatient: Money, basic_outpatient: Money) -> Money:
    """Of all treatment of the year."""
    return basic_inpatient + basic_outpatient


@book.test("person", zh="有基本医保可支付的费用", en="basic insurance has something to pay", ref=BEFORE)
def basic_insurance_due(basic_insurance_amount: Money) -> Truth:
    """Insured, with cost within scope above the deductible."""
    return basic_insurance_amount > 0


@book.formula("person", "money", zh="基本医保后自负费用", en="own share after basic insurance", ref=BEFORE)
def own_after_basic(inpatient_scope: Money, outpatient_scope: Money, basic_insurance_amount: Money) -> Money:
    """Within scope; what basic insurance leaves."""
    return inpatient_scope + outpatient_scope - basic_insurance_amount


@book.formula(
    "person",
    "flag",
    zh="大病保险倾斜对象",
    en="major-illness insurance is tilted to the person",
    ref="gbf-2021-42",
)
def has_tilted_insurance(medical_class: Code) -> Truth:
    """特困人员 and 低保对象: half the deductible, a higher share, no cap."""
    return is_in(medical_class, "tekun", "dibao")


@book.formula(
    "person", "money", zh="大病保险起付线", en="deductible of major-illness insurance", ref="gbf-2021-42"
)
def major_illness_deductible(has_tilted_insurance: Truth, p: Law) -> Money:
    """A share of it for those to whom it is tilted."""
    tilted = round_half_up(p.major_illness.deductible * p.major_illness.tilted_deductible)
    return where(has_tilted_insurance, tilted, p.major_illness.deductible)


@book.test(
    "person",
    zh="自负费用超过大病保险起付线",
    en="own share above the deductible of major-illness insurance",
    ref="gbf-2021-42",
)
def major_illness_reached(own_after_basic: Money, major_illness_deductible: Money) -> Truth:
    """超过: strictly above."""
    return own_after_basic > major_illness_deductible


@book.test("person", zh="可获大病保险支付", en="major-illness insurance pays", ref="gbf-2021-42")
def major_illness_insurance_due(is_insured: Truth, major_illness_reached: Truth) -> Truth:
    """Insured, and the own share reaches the deductible."""
    return all_of(is_insured, major_illness_reached)


@book.formula("person", "money", zh="大病保险支付", en="paid by major-illness insurance", ref="gbf-2021-42")
def major_illness_insurance_amount(
    major_illness_insurance_due: Truth,
    own_after_basic: Money,
    major_illness_deductible: Money,
    has_tilted_insurance: Truth,
    p: Law,
) -> Money:
    """A share of what lies above the deductible; capped but for those to whom it is tilted."""
    above = maximum(own_after_basic - major_illness_deductible, 0)
    usual = minimum(round_half_up(above * p.major_illness.ratio), p.major_illness.cap)
    tilted = round_half_up(above * p.major_illness.tilted_ratio)
    return where(major_illness_insurance_due, where(has_tilted_insurance, tilted, usual), 0)
