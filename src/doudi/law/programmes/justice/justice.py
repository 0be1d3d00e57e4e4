"""Legal aid, relief of court fees, and judicial aid to victims (法律援助、诉讼费、国家司法救助). In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, minimum, round_half_up, where
from doudi.rules.quantities import Law, Money, Truth

book = Book("programmes/justice")
LEGAL = ("legal-aid-law", "demo-rules")
COURT = ("court-fee-measures", "demo-rules")
JUDICIAL = ("law-2026:36", "demo-rules")


@book.test("household", zh="有法律援助范围内的事项", en="has a matter within legal aid", ref=LEGAL)
def has_legal_matter(needs_legal_aid: Truth) -> Truth:
    """By the legal-aid office."""
    return needs_legal_aid


@book.test("household", zh="经济困难或者免予核查", en="is in hardship, or need not be examined", ref=LEGAL)
def is_legal_aid_family(is_poor_family: Truth, has_low_income_person: Truth) -> Truth:
    """Recipients of social assistance need not be examined again."""
    return any_of(is_poor_family, has_low_income_person)


@book.test("household", zh="可获法律援助", en="legal aid is due", ref=LEGAL)
def legal_aid_due(has_legal_matter: Truth, is_legal_aid_family: Truth) -> Truth:
    """A matter, and hardship."""
    return all_of(has_legal_matter, is_legal_aid_family)


@book.test("household", zh="有诉讼费", en="has court fees to pay", ref=COURT)
def has_court_fee(court_fee: Money) -> Truth:
    """Of a case of this year."""
    return court_fee > 0


@book.test("household", zh="应准予免交诉讼费", en="exemption from court fees is due", ref=COURT)
def court_fee_relief_due(has_court_fee: Truth, is_legal_aid_family: Truth) -> Truth:
    """A fee, and hardship."""
    return all_of(has_court_fee, is_legal_aid_family)


@book.formula("household", "money", zh="诉讼费减免", en="relief of court fees", ref=COURT)
def court_fee_relief_amount(
    court_fee_relief_due: Truth, court_fee: Money, is_basic_family: Truth, p: Law
) -> Money:
    """All of it in basic living aid, else a part."""
    part = round_half_up(court_fee * p.court_fee.share)
    return where(court_fee_relief_due, where(is_basic_family, court_fee, part), 0)


@book.test(
    "household", zh="遭受犯罪侵害，损失得不到赔偿", en="a loss from a crime is not made good", ref=JUDICIAL
)
def has_victim_loss(victim_loss: Money) -> Truth:
    """无法通过诉讼获得有效赔偿."""
    return victim_loss > 0


@book.test("household", zh="生活困难", en="lives in hardship", ref=JUDICIAL)
def is_victim_in_hardship(is_tier_family: Truth, rigid_income: Truth) -> Truth:
    """In one of the tiers, or with income below the disposable income of the place."""
    return any_of(is_tier_family, rigid_income)


@book.test("household", zh="可获国家司法救助", en="judicial aid is due", ref=JUDICIAL)
def judicial_aid_due(has_victim_loss: Truth, is_victim_in_hardship: Truth) -> Truth:
    """A loss, and hardship."""
    return all_of(has_victim_loss, is_victim_in_hardship)


@book.formula("household", "money", zh="国家司法救助", en="judicial aid", ref=JUDICIAL)
def judicial_aid_amount(judicial_aid_due: Truth, victim_loss: Money, p: Law) -> Money:
    """The loss, at most so many months' wage of the place."""
    most = p.judicial_aid.monthly_wage * p.judicial_aid.months
    return where(judicial_aid_due, minimum(victim_loss, most), 0)
