"""Medical aid (医疗救助): what is left within scope after all insurance, by class. Per person and calendar year, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, lookup, maximum, minimum, round_half_up, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/medical")
AID = ("law-2026:24", "order-649:27 until 2026-06-30")
CLASSES = "gbf-2021-42"


@book.formula("person", "code:medical_class", zh="医疗救助对象类别", en="class of medical aid", ref=CLASSES)
def medical_class(
    is_tekun_person: Truth,
    is_orphan: Truth,
    is_dibao_person: Truth,
    is_low_margin_person: Truth,
    is_monitored_person: Truth,
    is_rigid_person: Truth,
) -> Code:
    """The deepest class that holds; a member of a family with rigid expenditure is served on application."""
    lower = where(is_monitored_person, "monitored", where(is_rigid_person, "application", "none"))
    middle = where(is_dibao_person, "dibao", where(is_low_margin_person, "low_margin", lower))
    return where(any_of(is_tekun_person, is_orphan), "tekun", middle)


@book.formula(
    "person",
    "flag",
    zh="孤儿或者事实无人抚养儿童",
    en="is provided for as an orphan or unattended child",
    ref="unattended-children-2019:3.2",
)
def is_orphan(other_scheme: Code) -> Truth:
    """As recognised."""
    return other_scheme != "none"


@book.test("person", zh="属于医疗救助对象", en="is of a class that medical aid serves", ref=AID)
def is_in_medical_class(medical_class: Code) -> Truth:
    """Any class but none."""
    return medical_class != "none"


@book.formula("person", "money", zh="住院自负费用", en="in-patient own share", ref=AID)
def inpatient_own(
    inpatient_scope: Money,
    basic_inpatient: Money,
    major_illness_insurance_amount: Money,
    other_medical_paid: Money,
) -> Money:
    """Within scope, after basic, major-illness and other insurance, which are set against the stay first."""
    paid = basic_inpatient + major_illness_insurance_amount + other_medical_paid
    return maximum(inpatient_scope - paid, 0)


@book.formula("person", "money", zh="门诊自负费用", en="out-patient own share", ref=AID)
def outpatient_own(
    inpatient_scope: Money,
    basic_inpatient: Money,
    outpatient_scope: Money,
    basic_outpatient: Money,
    major_illness_insurance_amount: Money,
    other_medical_paid: Money,
) -> Money:
    """Within scope, less what of the insurance the stay has not used up."""
    left = maximum(
        major_illness_insurance_amount + other_medical_paid - (inpatient_scope - basic_inpatient), 0
    )
    return maximum(outpatient_scope - basic_outpatient - left, 0)


@book.formula("person", "money", zh="医疗救助起付线", en="deductible of medical aid", ref="gbf-2021-42")
def medical_aid_deductible(medical_class: Code, area: Code, p: Law) -> Money:
    """A share of the disposable income per head of the year before; none for 特困 and 低保."""
    return round_half_up(
        lookup(p.stats.disposable, area) * lookup(p.medical_aid.deductible_share, medical_class)
    )


@book.test(
    "person",
    zh="住院自负费用超过救助起付线",
    en="in-patient own share above the deductible of aid",
    ref="gbf-2021-42",
)
def inpatient_aid_reached(inpatient_own: Money, medical_aid_deductible: Money) -> Truth:
    """超过: strictly above."""
    return inpatient_own > medical_aid_deductible


@book.test("person", zh="可获住院医疗救助", en="in-patient medical aid is due", ref=AID)
def inpatient_aid_due(is_in_medical_class: Truth, inpatient_aid_reached: Truth) -> Truth:
    """Of a class, with an own share above the deductible."""
    return all_of(is_in_medical_class, inpatient_aid_reached)


@book.formula("person", "money", zh="住院医疗救助", en="in-patient medical aid", ref=AID)
def inpatient_aid_amount(
    inpatient_aid_due: Truth, inpatient_own: Money, medical_aid_deductible: Money, medical_class: Code, p: Law
) -> Money:
    """A share of what lies above the deductible, by class, up to the cap of the year."""
    above = maximum(inpatient_own - medical_aid_deductible, 0)
    share = round_half_up(above * lookup(p.medical_aid.ratio, medical_class))
    return where(inpatient_aid_due, minimum(share, lookup(p.medical_aid.cap, medical_class)), 0)


@book.formula(
    "person", "money", zh="门诊救助起付线", en="deductible left for out-patient aid", ref="gbf-2021-42"
)
def outpatient_aid_deductible(medical_aid_deductible: Money, inpatient_own: Money) -> Money:
    """What of the year's deductible in-patient treatment has not used up."""
    return maximum(medical_aid_deductible - inpatient_own, 0)


@book.test(
    "person",
    zh="门诊自负费用超过救助起付线",
    en="out-patient own share above what is left of the deductible",
    ref="gbf-2021-42",
)
def outpatient_aid_reached(outpatient_own: Money, outpatient_aid_deductible: Money) -> Truth:
    """超过: strictly above."""
    return outpatient_own > outpatient_aid_deductible


@book.test("person", zh="可获门诊医疗救助", en="out-patient medical aid is due", ref=AID)
def outpatient_aid_due(is_in_medical_class: Truth, outpatient_aid_reached: Truth) -> Truth:
    """Of a class, with an own share above the deductible."""
    return all_of(is_in_medical_class, outpatient_aid_reached)


@book.formula("person", "money", zh="门诊医疗救助", en="out-patient medical aid", ref=AID)
def outpatient_aid_amount(
    outpatient_aid_due: Truth,
    outpatient_own: Money,
    outpatient_aid_deductible: Money,
    medical_class: Code,
    p: Law,
) -> Money:
    """A share of what lies above the deductible, by class, up to the cap of the year."""
    above = maximum(outpatient_own - outpatient_aid_deductible, 0)
    share = round_half_up(above * lookup(p.medical_aid.outpatient_ratio, medical_class))
    return where(outpatient_aid_due, minimum(share, lookup(p.medical_aid.outpatient_cap, medical_class)), 0)
