"""After medical aid: tilted aid, aid on application after high cost, and what is left to the family. In fen for the calendar year."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, maximum, minimum, round_half_up, total, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/medical")
TILTED = "gbf-2021-42"


@book.formula("person", "money", zh="医疗救助后自负费用", en="own share after medical aid", ref=TILTED)
def own_after_aid(
    inpatient_own: Money, outpatient_own: Money, inpatient_aid_amount: Money, outpatient_aid_amount: Money
) -> Money:
    """Within scope; what in-patient and out-patient aid leave."""
    return inpatient_own + outpatient_own - inpatient_aid_amount - outpatient_aid_amount


@book.test("person", zh="属于倾斜救助对象", en="is of a class that tilted aid serves", ref=TILTED)
def is_tilted_class(medical_class: Code, p: Law) -> Truth:
    """A share is set for the class."""
    return lookup(p.tilted_aid.ratio, medical_class) > 0


@book.test(
    "person",
    zh="救助后自负费用超过倾斜救助线",
    en="own share after aid above the line of tilted aid",
    ref=TILTED,
)
def tilted_aid_reached(own_after_aid: Money, p: Law) -> Truth:
    """规范转诊且在省域内就医, 三重制度综合保障后政策范围内个人负担仍然较重: strictly above the line."""
    return own_after_aid > p.tilted_aid.line


@book.test("person", zh="可获倾斜救助", en="tilted aid is due", ref=TILTED)
def tilted_aid_due(is_tilted_class: Truth, tilted_aid_reached: Truth) -> Truth:
    """Of such a class, with a burden above the line."""
    return all_of(is_tilted_class, tilted_aid_reached)


@book.formula("person", "money", zh="倾斜救助", en="tilted aid", ref=TILTED)
def tilted_aid_amount(tilted_aid_due: Truth, own_after_aid: Money, medical_class: Code, p: Law) -> Money:
    """A share of what lies above the line, up to the cap of the year."""
    above = maximum(own_after_aid - p.tilted_aid.line, 0)
    share = round_half_up(above * lookup(p.tilted_aid.ratio, medical_class))
    return where(tilted_aid_due, minimum(share, p.tilted_aid.cap), 0)


@book.test("person", zh="尚未认定为救助对象", en="is of no class yet", ref=TILTED)
def is_of_no_class(medical_class: Code) -> Truth:
    """Whom neither tier nor monitoring covers."""
    return medical_class == "none"


@book.formula("person", "money", zh="依申请救助线", en="line of aid on application", ref=TILTED)
def application_aid_line(area: Code, p: Law) -> Money:
    """A multiple of the disposable income per head of the year before."""
    return round_half_up(lookup(p.stats.disposable, area) * p.application_aid.line_share)


@book.test(
    "person", zh="自负费用超过依申请救助线", en="own share above the line of aid on application", ref=TILTED
)
def application_aid_reached(own_after_aid: Money, application_aid_line: Money) -> Truth:
    """高额医疗费用支出: strictly above."""
    return own_after_aid > application_aid_line


@book.test("person", zh="可获依申请救助", en="aid on application is due", ref=TILTED)
def application_aid_due(
    is_of_no_class: Truth, application_aid_reached: Truth, rigid_property: Truth
) -> Truth:
    """因病致贫重病患者: no class, high cost, property within the local rule."""
    return all_of(is_of_no_class, application_aid_reached, rigid_property)


@book.formula("person", "money", zh="依申请救助", en="aid on application", ref=TILTED)
def application_aid_amount(
    application_aid_due: Truth, own_after_aid: Money, application_aid_line: Money, p: Law
) -> Money:
    """A share of what lies above the line, up to the cap of the year."""
    share = round_half_up(maximum(own_after_aid - application_aid_line, 0) * p.application_aid.ratio)
    return where(application_aid_due, minimum(share, p.application_aid.cap), 0)


@book.formula("person", "money", zh="医疗个人负担", en="left to the patient", ref="law-2026:24")
def medical_left(
    medical_cost: Money,
    basic_insurance_amount: Money,
    major_illness_insurance_amount: Money,
    other_medical_paid: Money,
    inpatient_aid_amount: Money,
    outpatient_aid_amount: Money,
    tilted_aid_amount: Money,
    application_aid_amount: Money,
) -> Money:
    """Of the whole cost, within scope or not, what insurance and medical aid leave; never below 0."""
    insurance = basic_insurance_amount + major_illness_insurance_amount + other_medical_paid
    aid = inpatient_aid_amount + outpatient_aid_amount + tilted_aid_amount + application_aid_amount
    return maximum(medical_cost - insurance - aid, 0)


@book.formula("household", "money", zh="家庭医疗负担", en="left to the family", ref="law-2026:24")
def family_medical_left(medical_left: list[Money]) -> Money:
    """Of all members."""
    return total(medical_left)
