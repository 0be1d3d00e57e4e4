"""Premium aid (资助参保) and the fund for emergency treatment (疾病应急救助). In fen for the calendar year."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, lookup, minimum, round_half_up, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/medical")
PREMIUM = "law-2026:24"
EMERGENCY = ("law-2026:30", "law-2026:51", "order-649:32 until 2026-06-30")


@book.test("person", zh="参加城乡居民医保", en="is in the insurance of residents", ref=PREMIUM)
def is_in_resident_insurance(insurance: Code) -> Truth:
    """Whose own premium is aided."""
    return insurance == "resident"


@book.test("person", zh="属于资助参保对象", en="is of a class whose premium is aided", ref=PREMIUM)
def is_premium_class(medical_class: Code, p: Law) -> Truth:
    """特困人员 in full, 低保对象 and others in part, as the place says."""
    return lookup(p.premium_aid.share, medical_class) > 0


@book.test("person", zh="应资助参保", en="premium aid is due", ref=PREMIUM)
def premium_aid_due(is_in_resident_insurance: Truth, is_premium_class: Truth) -> Truth:
    """Insured as a resident, and of such a class."""
    return all_of(is_in_resident_insurance, is_premium_class)


@book.formula("person", "money", zh="资助参保", en="premium aid", ref=PREMIUM)
def premium_aid_amount(premium_aid_due: Truth, medical_class: Code, p: Law) -> Money:
    """A share of the person's premium of the year."""
    share = round_half_up(p.premium_aid.premium * lookup(p.premium_aid.share, medical_class))
    return where(premium_aid_due, share, 0)


@book.test(
    "person",
    zh="有无力支付的急救费用",
    en="has a cost of emergency treatment that cannot be paid",
    ref=EMERGENCY,
)
def emergency_fund_due(unpaid_emergency_cost: Money) -> Truth:
    """身份不明或者无力支付; whoever it is, whatever the tier."""
    return unpaid_emergency_cost > 0


@book.formula("person", "money", zh="疾病应急救助", en="emergency-medicine fund", ref=EMERGENCY)
def emergency_fund_amount(unpaid_emergency_cost: Money, p: Law) -> Money:
    """Paid to the hospital, up to the cap."""
    return minimum(unpaid_emergency_cost, p.emergency_fund.cap)
