"""Events that cannot wait: fire, accident, disaster, grave illness, nobody left to care, no income at all (急难事件)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, not_
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("indicators/urgent")
OURS = "doudi-reading:indicators"


@book.formula("disaster", "flag", zh="近期的灾情", en="a loss of late", ref=OURS)
def loss_is_recent(
    days_since_disaster_happened_on: Count, days_since_disaster_received_on: Count, p: Law
) -> Truth:
    """Within the days for which an event is urgent; of one that is told late, from the day on which it is told."""
    fresh = days_since_disaster_happened_on <= p.watch.event_days
    told_late = all_of(
        days_since_disaster_happened_on <= p.watch.late_days,
        days_since_disaster_received_on <= p.watch.event_days,
    )
    return all_of(days_since_disaster_happened_on >= 0, any_of(fresh, told_late))


@book.formula("disaster", "flag", zh="近期的火灾", en="a fire of late", ref="law-2026:29")
def fire_is_recent(loss_is_recent: Truth, disaster_disaster: Code) -> Truth:
    """As emergency management reports it."""
    return all_of(loss_is_recent, disaster_disaster == "fire")


@book.test("household", zh="火灾、意外伤害", en="a fire or an accident", ref="law-2026:29")
def fire_or_accident(fire_is_recent: list[Truth], urgent_event: Code) -> Truth:
    """A fire that was reported, or a fire or accident that the household tells."""
    return any_of(any_member(fire_is_recent), is_in(urgent_event, "fire", "accident"))


@book.formula("disaster", "flag", zh="近期住房严重受损", en="a home lost of late", ref="law-2026:28")
def home_is_lost(loss_is_recent: Truth, disaster_disaster: Code, disaster_house: Code) -> Truth:
    """倒塌 or 严重损坏 in a natural disaster; a fire is told by the other indicator."""
    return all_of(loss_is_recent, disaster_disaster != "fire", is_in(disaster_house, "severe", "collapsed"))


@book.test("household", zh="自然灾害致住房倒损", en="a home lost in a natural disaster", ref="law-2026:28")
def home_lost(home_is_lost: list[Truth]) -> Truth:
    """Any loss that names a member."""
    return any_member(home_is_lost)


@book.formula(
    "disaster", "flag", zh="近期自然灾害的受灾记录", en="struck by nature of late", ref="law-2026:28"
)
def nature_has_struck(
    loss_is_recent: Truth, disaster_disaster: Code, written_disaster_house: Truth, disaster_house: Code
) -> Truth:
    """Whatever was damaged, and if nothing is written; a home that is lost is told by the other indicator."""
    lost = all_of(written_disaster_house, is_in(disaster_house, "severe", "collapsed"))
    return all_of(loss_is_recent, disaster_disaster != "fire", not_(lost))


@book.test("household", zh="自然灾害受灾", en="struck by a natural disaster", ref="law-2026:28")
def disaster_struck(nature_has_struck: list[Truth]) -> Truth:
    """A member is on the list of those struck."""
    return any_member(nature_has_struck)


@book.formula(
    "medical_settlement", "flag", zh="新报来的重大疾病结算", en="a new bill of a grave illness", ref=OURS
)
def grave_bill_is_new(
    written_medical_settlement_illness: Truth,
    medical_settlement_illness: Code,
    medical_settlement_is_new: Truth,
) -> Truth:
    """First told tonight."""
    grave = all_of(written_medical_settlement_illness, medical_settlement_illness != "none")
    return all_of(grave, medical_settlement_is_new)


@book.formula(
    "medical_settlement", "flag", zh="以往的重大疾病结算", en="an older bill of a grave illness", ref=OURS
)
def grave_bill_is_old(
    written_medical_settlement_illness: Truth,
    medical_settlement_illness: Code,
    medical_settlement_is_new: Truth,
) -> Truth:
    """Known before tonight."""
    grave = all_of(written_medical_settlement_illness, medical_settlement_illness != "none")
    return all_of(grave, not_(medical_settlement_is_new))


@book.formula("person", "flag", zh="首次结算重大疾病", en="first billed for a grave illness", ref=OURS)
def first_grave_bill(
    by_person__grave_bill_is_new: list[Truth], by_person__grave_bill_is_old: list[Truth]
) -> Truth:
    """For the first time in twelve months, whatever was known of the person while the bills were late."""
    return all_of(any_member(by_person__grave_bill_is_new), not_(any_member(by_person__grave_bill_is_old)))


@book.test(
    "person",
    zh="新增重度残疾或者重大疾病",
    en="newly severely disabled or gravely ill",
    ref=("law-2026:29", "indicators-platform"),
)
def grave_change(
    is_severely_disabled: Truth,
    before_is_severely_disabled: Truth,
    is_gravely_ill: Truth,
    before_is_gravely_ill: Truth,
    first_grave_bill: Truth,
) -> Truth:
    """Was not the night before, or a grave illness is billed for the first time, whoever the person is."""
    disabled = all_of(is_severely_disabled, not_(before_is_severely_disabled))
    ill = all_of(is_gravely_ill, not_(before_is_gravely_ill))
    return any_of(disabled, ill, first_grave_bill)


@book.test(
    "person",
    zh="主要劳动力失踪、失联",
    en="the earner is missing",
    ref=("law-2026:29", "indicators-wenzhou-2020"),
)
def earner_missing(absence: Code, before_absence: Code, before_is_earner: Truth) -> Truth:
    """宣告失踪 or 失联 since the night before, and earned then."""
    gone = is_in(absence, "declared_missing", "missing_undeclared")
    return all_of(gone, before_absence == "none", before_is_earner)


@book.test("household", zh="未成年人身边没有成年人", en="minors without an adult", ref="law-2026:35")
def minor_alone(minor_at_home: list[Truth], adult_at_home: list[Truth]) -> Truth:
    """Nobody who lives there is of age: they died, are held, are missing or left."""
    return all_of(any_member(minor_at_home), not_(any_member(adult_at_home)))


@book.test(
    "household", zh="需照料者新近无人照料", en="nobody is left to give care", ref=("law-2026:39", OURS)
)
def carer_lost(needs_carer: list[Truth], able_adults: Count, before_able_adults: Count) -> Truth:
    """Somebody needs care, and the last adult able to give it is gone since the night before."""
    return all_of(any_member(needs_carer), able_adults == 0, before_able_adults > 0)


@book.formula("tax", "flag", zh="近三个月有应税收入", en="taxed income of late", ref=OURS)
def tax_is_recent(days_since_tax_month: Count, p: Law) -> Truth:
    """Of a month that began within the days looked back upon."""
    return days_since_tax_month <= p.watch.no_income_days


@book.formula("social_insurance", "flag", zh="近三个月由单位缴费", en="insured at work of late", ref=OURS)
def insured_at_work_of_late(
    social_insurance_insurance: Code, days_since_social_insurance_month: Count, p: Law
) -> Truth:
    """Insurance that an employer pays into; that of residents says nothing about work."""
    at_work = not_(is_in(social_insurance_insurance, "resident_pension", "resident_medical"))
    return all_of(at_work, days_since_social_insurance_month <= p.watch.no_income_days)


@book.formula(
    "unemployment_benefits", "flag", zh="近三个月领失业金", en="unemployment benefit of late", ref=OURS
)
def benefit_is_recent(days_since_unemployment_benefits_month: Count, p: Law) -> Truth:
    """Of a month that began within the days looked back upon."""
    return days_since_unemployment_benefits_month <= p.watch.no_income_days


@book.formula("person", "flag", zh="近三个月有收入记录", en="some income of late", ref=OURS)
def has_recent_income(
    by_person__tax_is_recent: list[Truth],
    by_person__insured_at_work_of_late: list[Truth],
    by_person__benefit_is_recent: list[Truth],
) -> Truth:
    """In any of the three feeds."""
    return any_of(
        any_member(by_person__tax_is_recent),
        any_member(by_person__insured_at_work_of_late),
        any_member(by_person__benefit_is_recent),
    )


@book.test(
    "person",
    zh="连续三个月无收入的失业人员",
    en="jobless without any income for three months",
    ref="widening-notice-2022:2.1",
)
def jobless_without_income(
    age: Count, jobless: Truth, has_recent_income: Truth, receives_dibao: Truth
) -> Truth:
    """连续三个月无收入来源, 16 to 59, not in dibao."""
    return all_of(age >= 16, age <= 59, jobless, not_(has_recent_income), not_(receives_dibao))
