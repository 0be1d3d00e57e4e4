"""Employment aid (law art. 27): zero-employment families, posts of public interest, training, certificates, tax and loan. In fen."""

from doudi.law.programmes.status.status import in_year
from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, minimum, not_, round_half_up, where
from doudi.rules.quantities import Code, Count, Day, Law, Money, Truth

book = Book("programmes/employment")
AID = ("law-2026:27", "order-649:42 until 2026-06-30")
ZERO = ("law-2026:27", "order-649:43")
WORKING_AGE = 16


@book.test("person", zh="法定劳动年龄内有劳动能力", en="is of working age and able to work", ref=AID)
def is_of_working_age(age: Count, can_work: Truth, p: Law) -> Truth:
    """From 16 to below the age of the place; students apart."""
    return all_of(age >= WORKING_AGE, age < p.employment.age, can_work)


@book.test("person", zh="处于失业状态", en="is out of work", ref=AID)
def is_out_of_work(works: Truth, study: Code) -> Truth:
    """Neither working nor studying."""
    return all_of(not_(works), study == "none")


@book.test("person", zh="属于就业救助对象", en="is of those whom employment aid serves", ref=AID)
def is_work_aided(is_dibao_person: Truth, is_low_margin_person: Truth, is_rigid_person: Truth) -> Truth:
    """低保, 低保边缘 and 刚性支出困难 families."""
    return any_of(is_dibao_person, is_low_margin_person, is_rigid_person)


@book.formula("person", "flag", zh="有劳动能力而失业的成员", en="is able to work and out of work", ref=ZERO)
def is_able_and_jobless(is_of_working_age: Truth, is_out_of_work: Truth) -> Truth:
    """Of working age, able, out of work."""
    return all_of(is_of_working_age, is_out_of_work)


@book.test(
    "household", zh="有劳动能力的成员均处于失业状态", en="all members able to work are out of work", ref=ZERO
)
def is_zero_employment(is_able_and_jobless: list[Truth], is_employed_member: list[Truth]) -> Truth:
    """零就业家庭: somebody could work, and nobody does."""
    return all_of(any_member(is_able_and_jobless), not_(any_member(is_employed_member)))


@book.formula("person", "flag", zh="在业成员", en="works", ref=ZERO)
def is_employed_member(works: Truth) -> Truth:
    """Working now."""
    return works


@book.test(
    "household",
    zh="低保、低保边缘或者刚性支出困难家庭",
    en="is of the families whom employment aid serves",
    ref=ZERO,
)
def is_work_family(is_tier_family: Truth, all_tekun: Truth) -> Truth:
    """特困 apart."""
    return all_of(is_tier_family, not_(all_tekun))


@book.test("household", zh="应实施零就业家庭援助", en="help for a zero-employment family is due", ref=ZERO)
def zero_employment_due(is_zero_employment: Truth, is_work_family: Truth) -> Truth:
    """At least one member is to be brought into work."""
    return all_of(is_zero_employment, is_work_family)


@book.test("person", zh="符合就业困难人员条件", en="is hard to place", ref=AID)
def is_hard_to_place(age: Count, disability: Code, long_jobless: Truth, p: Law) -> Truth:
    """大龄, 残疾 or long out of work."""
    return any_of(age >= p.public_post.age, disability != "none", long_jobless)


@book.test("person", zh="可安置公益性岗位", en="a post of public interest may be had", ref=AID)
def public_post_due(
    is_work_aided: Truth, is_of_working_age: Truth, is_out_of_work: Truth, is_hard_to_place: Truth
) -> Truth:
    """Of those served, able, out of work, and hard to place otherwise."""
    return all_of(is_work_aided, is_of_working_age, is_out_of_work, is_hard_to_place)


@book.formula("person", "money", zh="公益性岗位补贴", en="post of public interest", ref=AID)
def public_post_amount(public_post_due: Truth, p: Law) -> Money:
    """Pay for a month: a share of the minimum wage."""
    return where(public_post_due, round_half_up(p.minimum_wage * p.public_post.share), 0)


@book.test("person", zh="参加了职业培训", en="has taken part in training", ref=AID)
def has_training(training_cost: Money) -> Truth:
    """With a designated institution."""
    return training_cost > 0


@book.test("person", zh="应享职业培训补贴", en="the training subsidy is due", ref=AID)
def training_subsidy_due(is_work_aided: Truth, is_of_working_age: Truth, has_training: Truth) -> Truth:
    """Of those served, able, and trained."""
    return all_of(is_work_aided, is_of_working_age, has_training)


@book.formula("person", "money", zh="职业培训补贴", en="training subsidy", ref=AID)
def training_subsidy_amount(training_subsidy_due: Truth, training_cost: Money, p: Law) -> Money:
    """The cost, up to the cap."""
    return where(training_subsidy_due, minimum(training_cost, p.training_subsidy.cap), 0)


@book.test(
    "person", zh="本年度取得证书", en="earned a certificate this year", ref=("law-2026:27", "demo-rules")
)
def has_new_certificate(certificate_on: Day, this_year: Count) -> Truth:
    """Once for each certificate."""
    return in_year(certificate_on, this_year)


@book.test("person", zh="特困、低保对象", en="is in basic living aid", ref=("law-2026:27", "demo-rules"))
def is_certificate_person(is_basic_person: Truth) -> Truth:
    """By the person's own tier."""
    return is_basic_person


@book.test(
    "person", zh="应发证书奖励", en="the award for a certificate is due", ref=("law-2026:27", "demo-rules")
)
def certificate_award_due(has_new_certificate: Truth, is_certificate_person: Truth) -> Truth:
    """A certificate of the year, earned in basic living aid."""
    return all_of(has_new_certificate, is_certificate_person)


@book.formula(
    "person", "money", zh="证书奖励", en="award for a certificate", ref=("law-2026:27", "demo-rules")
)
def certificate_award_amount(certificate_award_due: Truth, certificates: Count, p: Law) -> Money:
    """A sum for each certificate of the year."""
    return where(certificate_award_due, p.certificate_award.amount * certificates, 0)


@book.test("person", zh="新就业的救助对象", en="has started work out of one of the tiers", ref=AID)
def is_newly_employed(works: Truth, started_work_on: Day, this_year: Count) -> Truth:
    """This year."""
    return all_of(works, in_year(started_work_on, this_year))


@book.test("person", zh="可享用工税收扣减", en="the employer's tax relief is due", ref=AID)
def employment_tax_relief_due(is_work_aided: Truth, is_newly_employed: Truth) -> Truth:
    """企业招用: for each person taken on."""
    return all_of(is_work_aided, is_newly_employed)


@book.test("person", zh="自主创业", en="has a business of their own", ref=AID)
def is_self_employed(business_gross: Money) -> Truth:
    """With income from business."""
    return business_gross > 0


@book.test("person", zh="可申请创业担保贷款", en="a start-up loan may be had", ref=AID)
def startup_loan_due(is_work_aided: Truth, is_of_working_age: Truth, is_self_employed: Truth) -> Truth:
    """Of those served, able, with a business."""
    return all_of(is_work_aided, is_of_working_age, is_self_employed)


@book.formula("person", "money", zh="创业担保贷款额度", en="start-up loan", ref=AID)
def startup_loan_amount(startup_loan_due: Truth, p: Law) -> Money:
    """Up to the limit; the interest is subsidised."""
    return where(startup_loan_due, p.startup_loan.cap, 0)


@book.test("person", zh="灵活就业并缴纳社会保险费", en="works flexibly and pays social insurance", ref=AID)
def pays_own_insurance(own_insurance_paid: Money) -> Truth:
    """By themselves."""
    return own_insurance_paid > 0


@book.test("person", zh="应享社会保险补贴", en="the social-insurance subsidy is due", ref=AID)
def insurance_subsidy_due(is_work_aided: Truth, is_hard_to_place: Truth, pays_own_insurance: Truth) -> Truth:
    """就业困难人员灵活就业."""
    return all_of(is_work_aided, is_hard_to_place, pays_own_insurance)


@book.formula("person", "money", zh="社会保险补贴", en="social-insurance subsidy", ref=AID)
def insurance_subsidy_amount(insurance_subsidy_due: Truth, own_insurance_paid: Money, p: Law) -> Money:
    """At most two thirds of what was paid, as the place says."""
    return where(insurance_subsidy_due, round_half_up(own_insurance_paid * p.insurance_subsidy.share), 0)
