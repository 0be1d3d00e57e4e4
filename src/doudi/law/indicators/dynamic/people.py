"""Ages, study, health and work of people in households that hold aid (成员情况变化)."""

from typing import Any

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, month_number, not_
from doudi.rules.quantities import Code, Count, Day, Law, Money, Truth

book = Book("indicators/dynamic")
OURS = "doudi-reading:indicators"
XIAN = "indicators-xian-2024"


def _birthday(years: int, zh: str, en: str) -> None:
    """Months until a birthday, from this month to its own; negative once it has passed."""

    @book.formula("person", "count", name=f"months_to_{years}", zh=zh, en=en, ref="doudi-reading:age-reached")
    def months(born: Day, today: Day) -> Any:
        return month_number(born) + 12 * years - month_number(today)


_birthday(80, "距满八十周岁的月数", "months until eighty")
_birthday(18, "距满十八周岁的月数", "months until eighteen")
_birthday(16, "距满十六周岁的月数", "months until sixteen")
_birthday(60, "距满六十周岁的月数", "months until sixty")


@book.test("person", zh="低保老年人将满八十周岁", en="somebody in dibao is about to turn eighty", ref=XIAN)
def turns_eighty(months_to_80: Count, receives_dibao: Truth, p: Law) -> Truth:
    """In the months before the month of the birthday."""
    return all_of(months_to_80 > 0, months_to_80 <= p.watch.lead_months, receives_dibao)


@book.test("person", zh="低保家庭未成年人将满十八周岁", en="a minor in dibao is about to be of age", ref=XIAN)
def turns_eighteen(months_to_18: Count, receives_dibao: Truth, p: Law) -> Truth:
    """In the months before the month of the birthday."""
    return all_of(months_to_18 > 0, months_to_18 <= p.watch.lead_months, receives_dibao)


@book.test(
    "person", zh="特困未成年人将满十八周岁", en="a minor in Tekun is about to be of age", ref="mf-2021-43:5"
)
def tekun_turns_eighteen(months_to_18: Count, receives_tekun: Truth, p: Law) -> Truth:
    """Support goes on only while school does."""
    return all_of(months_to_18 > 0, months_to_18 <= p.watch.lead_months, receives_tekun)


@book.test("person", zh="低保家庭成员将满六十周岁", en="somebody in dibao is about to turn sixty", ref=OURS)
def turns_sixty(months_to_60: Count, receives_dibao: Truth, p: Law) -> Truth:
    """A pension may begin, and no work is expected any more."""
    return all_of(months_to_60 > 0, months_to_60 <= p.watch.lead_months, receives_dibao)


@book.test("person", zh="低保家庭成员将满十六周岁", en="somebody in dibao is about to turn sixteen", ref=OURS)
def turns_sixteen(months_to_16: Count, receives_dibao: Truth, p: Law) -> Truth:
    """The end of the age of compulsory school."""
    return all_of(months_to_16 > 0, months_to_16 <= p.watch.lead_months, receives_dibao)


@book.formula("enrolment", "flag", zh="学籍将毕业或者已毕业", en="school ends or has ended", ref=XIAN)
def school_ends(
    enrolment_state: Code,
    enrolment_is_new: Truth,
    written_enrolment_leaves_on: Truth,
    days_since_enrolment_leaves_on: Count,
    p: Law,
) -> Truth:
    """The day of leaving lies within the notice, or the list newly says that the pupil has finished."""
    left = 0 - days_since_enrolment_leaves_on
    near = all_of(written_enrolment_leaves_on, left >= 0, left <= p.watch.leaving_days)
    return any_of(near, all_of(enrolment_is_new, enrolment_state == "graduated"))


@book.test("person", zh="全日制学生毕业离校", en="a full-time student leaves school", ref=XIAN)
def leaves_school(by_person__school_ends: list[Truth], holds_aid: Truth) -> Truth:
    """In a household that holds aid."""
    return all_of(any_member(by_person__school_ends), holds_aid)


@book.formula("person", "flag", zh="在高校就读", en="is in higher education", ref=XIAN)
def in_higher_education(study: Code) -> Truth:
    """Vocational college, university, postgraduate."""
    return is_in(study, "higher_vocational", "bachelor", "postgraduate")


@book.test("person", zh="家庭成员考入高校", en="a member enters higher education", ref=XIAN)
def enters_higher_education(
    in_higher_education: Truth, before_in_higher_education: Truth, holds_aid: Truth
) -> Truth:
    """Was not there the night before."""
    return all_of(in_higher_education, not_(before_in_higher_education), holds_aid)


@book.test("person", zh="残疾类别、等级变化", en="kind or grade of disability changed", ref=XIAN)
def disability_changed(
    disability: Code,
    before_disability: Code,
    disability_grade: Count,
    before_disability_grade: Count,
    holds_aid: Truth,
) -> Truth:
    """New, other, graver, lighter or gone."""
    changed = any_of(disability != before_disability, disability_grade != before_disability_grade)
    return all_of(changed, holds_aid)


@book.formula("medical_settlement", "flag", zh="新报来的门诊慢特病", en="a new row of chronic care", ref=XIAN)
def chronic_is_new(medical_settlement_visit: Code, medical_settlement_is_new: Truth) -> Truth:
    """门诊慢特病, first told tonight."""
    return all_of(medical_settlement_visit == "chronic", medical_settlement_is_new)


@book.formula(
    "medical_settlement", "flag", zh="以往的门诊慢特病", en="an older row of chronic care", ref=XIAN
)
def chronic_is_old(medical_settlement_visit: Code, medical_settlement_is_new: Truth) -> Truth:
    """门诊慢特病 that was known before tonight."""
    return all_of(medical_settlement_visit == "chronic", not_(medical_settlement_is_new))


@book.test("person", zh="新增慢特病或者重大疾病", en="a new chronic or grave illness", ref=XIAN)
def illness_new(
    by_person__chronic_is_new: list[Truth],
    by_person__chronic_is_old: list[Truth],
    illness: Code,
    before_illness: Code,
    holds_aid: Truth,
) -> Truth:
    """Chronic care for the first time in twelve months, or another grave illness than the night before."""
    chronic = all_of(any_member(by_person__chronic_is_new), not_(any_member(by_person__chronic_is_old)))
    grave = all_of(illness != "none", illness != before_illness)
    return all_of(any_of(chronic, grave), holds_aid)


@book.test(
    "person", zh="特困人员自理能力变化", en="the abilities of somebody in Tekun changed", ref="mf-2021-43:23"
)
def abilities_changed(abilities_lost: Count, before_abilities_lost: Count, receives_tekun: Truth) -> Truth:
    """Of the six abilities more or fewer are lost than the night before."""
    return all_of(abilities_lost != before_abilities_lost, receives_tekun)


@book.test("person", zh="新增就业", en="somebody found work", ref="mf-2021-57:33")
def work_started(works: Truth, before_works: Truth, holds_aid: Truth) -> Truth:
    """Works tonight and did not the night before."""
    return all_of(works, not_(before_works), holds_aid)


@book.formula(
    "employment", "flag", zh="新报来的失业", en="a loss of work that is new", ref="widening-notice-2022:2.1"
)
def work_lost_is_new(employment_event: Code, employment_is_new: Truth) -> Truth:
    """失业登记 or 解除劳动合同."""
    return all_of(employment_is_new, is_in(employment_event, "unemployed", "ended"))


@book.test("person", zh="新增登记失业", en="newly registered as jobless", ref="widening-notice-2022:2.1")
def work_lost(by_person__work_lost_is_new: list[Truth], is_watched: Truth) -> Truth:
    """In a household in aid or monitored."""
    return all_of(any_member(by_person__work_lost_is_new), is_watched)


@book.test("person", zh="开始领取养老金", en="a pension has begun", ref=XIAN)
def pension_started(pension: Money, before_pension: Money, holds_aid: Truth) -> Truth:
    """There was none the night before."""
    return all_of(pension > 0, before_pension == 0, holds_aid)


@book.test(
    "person",
    zh="连续三次无正当理由拒绝就业介绍",
    en="suitable work was refused three times",
    ref=("law-2026:48", "mf-2021-57:34"),
)
def work_refused(has_refused_work: Truth, receives_dibao: Truth) -> Truth:
    """As often as the rule of the place says."""
    return all_of(has_refused_work, receives_dibao)
