"""The two subsidies of disabled persons (残疾人两项补贴, 国发〔2015〕52号). Monthly, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, is_in, not_, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/disabled")
SUBSIDIES = "state-council-2015-52"


@book.test("person", zh="持有残疾人证", en="has a disability certificate", ref=SUBSIDIES)
def has_disability_certificate(disability: Code) -> Truth:
    """Of any kind and grade."""
    return disability != "none"


@book.test("person", zh="未获特困供养", en="is not provided for as tekun", ref=SUBSIDIES)
def is_not_tekun(is_tekun_person: Truth) -> Truth:
    """特困人员 receive care of their own."""
    return not_(is_tekun_person)


@book.test(
    "person", zh="低保对象或者本地扩大的对象", en="is in dibao, or of a family the place adds", ref=SUBSIDIES
)
def is_disabled_hardship(is_dibao_person: Truth, is_low_margin_person: Truth, p: Law) -> Truth:
    """低保家庭中的残疾人; the place may add 低收入残疾人 and others."""
    return any_of(is_dibao_person, all_of(is_low_margin_person, p.disability_living.low_margin))


@book.test(
    "person", zh="符合困难残疾人生活补贴条件", en="living subsidy of a disabled person is due", ref=SUBSIDIES
)
def disability_living_due(
    has_disability_certificate: Truth,
    is_disabled_hardship: Truth,
    is_not_tekun: Truth,
    is_not_in_child_scheme: Truth,
) -> Truth:
    """A certificate, a family in hardship, and no other provision for living."""
    return all_of(has_disability_certificate, is_disabled_hardship, is_not_tekun, is_not_in_child_scheme)


@book.test(
    "person",
    zh="未领孤儿、事实无人抚养儿童基本生活费",
    en="has no allowance of orphans or unattended children",
    ref="unattended-children-2019:3.1",
)
def is_not_in_child_scheme(other_scheme: Code) -> Truth:
    """已全额领取的残疾儿童不享受困难残疾人生活补贴."""
    return other_scheme == "none"


@book.formula(
    "person", "money", zh="困难残疾人生活补贴", en="living subsidy of a disabled person", ref=SUBSIDIES
)
def disability_living_amount(disability_living_due: Truth, is_severely_disabled: Truth, p: Law) -> Money:
    """Two sums: for grades 1 and 2, and for the others."""
    return where(
        disability_living_due,
        where(is_severely_disabled, p.disability_living.severe, p.disability_living.other),
        0,
    )


@book.test(
    "person",
    zh="一级、二级残疾或者本地扩大的对象",
    en="grade 1 or 2, or a kind and grade the place adds",
    ref=SUBSIDIES,
)
def is_nursing_grade(
    is_severely_disabled: Truth, deciding_disability: Code, deciding_grade: Count, p: Law
) -> Truth:
    """残疾等级被评定为一级、二级; the place may add 非重度智力、精神残疾人."""
    mental = all_of(is_in(deciding_disability, "intellectual", "mental"), deciding_grade >= 3)
    return any_of(is_severely_disabled, all_of(mental, deciding_grade <= p.disability_nursing.mental_grade))


@book.test("person", zh="需要长期照护", en="needs long-term care", ref=SUBSIDIES)
def needs_care(needs_long_care: Truth) -> Truth:
    """且需要长期照护的重度残疾人."""
    return needs_long_care


@book.test(
    "person", zh="符合重度残疾人护理补贴条件", en="nursing subsidy of a disabled person is due", ref=SUBSIDIES
)
def disability_nursing_due(is_nursing_grade: Truth, needs_care: Truth, is_not_tekun: Truth) -> Truth:
    """Grade and need of care; means are not asked."""
    return all_of(is_nursing_grade, needs_care, is_not_tekun)


@book.formula(
    "person", "money", zh="重度残疾人护理补贴", en="nursing subsidy of a disabled person", ref=SUBSIDIES
)
def disability_nursing_amount(disability_nursing_due: Truth, deciding_grade: Count, p: Law) -> Money:
    """By grade."""
    return where(
        disability_nursing_due,
        where(deciding_grade == 1, p.disability_nursing.grade_one, p.disability_nursing.other),
        0,
    )
