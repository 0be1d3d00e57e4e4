"""Education aid by stage beyond compulsory school and before it (law art. 25): fees, grants, loans, new students. In fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, is_in, lookup, minimum, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("programmes/education")
AID = ("law-2026:25", "law-2026:38", "order-649:34 until 2026-06-30")
SENIOR = ("senior",)
VOCATIONAL = ("vocational_secondary",)
HIGHER = ("higher_vocational", "bachelor")


@book.test("person", zh="在幼儿园", en="is at kindergarten", ref=AID)
def is_in_kindergarten(study: Code) -> Truth:
    """学前教育."""
    return study == "kindergarten"


@book.test("person", zh="应享学前教育资助", en="kindergarten aid is due", ref=AID)
def kindergarten_aid_due(is_in_kindergarten: Truth, is_education_aided: Truth) -> Truth:
    """At kindergarten, and of those served."""
    return all_of(is_in_kindergarten, is_education_aided)


@book.formula("person", "money", zh="学前教育资助", en="kindergarten aid", ref=AID)
def kindergarten_aid_amount(kindergarten_aid_due: Truth, p: Law) -> Money:
    """A sum for the school year."""
    return where(kindergarten_aid_due, p.kindergarten_aid.amount, 0)


@book.test("person", zh="在普通高中就读", en="is in senior school", ref=AID)
def is_in_senior_school(study: Code) -> Truth:
    """普通高中."""
    return is_in(study, *SENIOR)


@book.test("person", zh="有学杂费", en="has tuition to pay", ref=AID)
def has_tuition(tuition: Money) -> Truth:
    """Of the school year."""
    return tuition > 0


@book.test("person", zh="属于免学杂费对象", en="is of those whose tuition is waived", ref=AID)
def is_fee_waived(
    is_basic_person: Truth, disability: Code, other_scheme: Code, is_low_margin_person: Truth, p: Law
) -> Truth:
    """低保, 特困, disabled pupils of families in hardship, orphans; low-margin where the place says so."""
    disabled = all_of(disability != "none", is_low_margin_person)
    return any_of(
        is_basic_person,
        disabled,
        other_scheme != "none",
        all_of(is_low_margin_person, p.senior_fee.low_margin),
    )


@book.test("person", zh="应免普通高中学杂费", en="waiver of senior-school fees is due", ref=AID)
def senior_fee_waiver_due(is_in_senior_school: Truth, has_tuition: Truth, is_fee_waived: Truth) -> Truth:
    """At senior school, with tuition, and of those served."""
    return all_of(is_in_senior_school, has_tuition, is_fee_waived)


@book.formula("person", "money", zh="免普通高中学杂费", en="waiver of senior-school fees", ref=AID)
def senior_fee_waiver_amount(senior_fee_waiver_due: Truth, tuition: Money, p: Law) -> Money:
    """The tuition, up to that of local public schools."""
    return where(senior_fee_waiver_due, minimum(tuition, p.senior_fee.cap), 0)


@book.test("person", zh="应享普通高中国家助学金", en="grant of senior school is due", ref=AID)
def senior_grant_due(is_in_senior_school: Truth, is_education_aided: Truth) -> Truth:
    """At senior school, and of those served."""
    return all_of(is_in_senior_school, is_education_aided)


@book.formula("person", "money", zh="普通高中国家助学金", en="grant of senior school", ref=AID)
def senior_grant_amount(senior_grant_due: Truth, is_basic_person: Truth, p: Law) -> Money:
    """Two bands: basic living aid, and the others."""
    return where(senior_grant_due, where(is_basic_person, p.senior_grant.first, p.senior_grant.second), 0)


@book.test("person", zh="在中等职业学校就读", en="is in vocational secondary school", ref=AID)
def is_in_vocational_school(study: Code) -> Truth:
    """中职."""
    return is_in(study, *VOCATIONAL)


@book.test("person", zh="应免中职学费", en="waiver of vocational fees is due", ref=AID)
def vocational_fee_waiver_due(
    is_in_vocational_school: Truth, has_tuition: Truth, is_vocational_waived: Truth
) -> Truth:
    """At vocational school, with tuition, and of those served."""
    return all_of(is_in_vocational_school, has_tuition, is_vocational_waived)


@book.test(
    "person", zh="农村学生或者家庭经济困难学生", en="is a rural pupil or one of a family in hardship", ref=AID
)
def is_vocational_waived(area: Code, is_education_aided: Truth) -> Truth:
    """All rural pupils, and urban pupils of families in hardship."""
    return any_of(area == "rural", is_education_aided)


@book.formula("person", "money", zh="免中职学费", en="waiver of vocational fees", ref=AID)
def vocational_fee_waiver_amount(vocational_fee_waiver_due: Truth, tuition: Money, p: Law) -> Money:
    """The tuition, up to the standard."""
    return where(vocational_fee_waiver_due, minimum(tuition, p.vocational_fee.cap), 0)


@book.test("person", zh="应享中职国家助学金", en="grant of vocational school is due", ref=AID)
def vocational_grant_due(is_in_vocational_school: Truth, is_education_aided: Truth) -> Truth:
    """At vocational school, and of those served."""
    return all_of(is_in_vocational_school, is_education_aided)


@book.formula("person", "money", zh="中职国家助学金", en="grant of vocational school", ref=AID)
def vocational_grant_amount(vocational_grant_due: Truth, p: Law) -> Money:
    """A sum for the school year."""
    return where(vocational_grant_due, p.vocational_grant.amount, 0)


@book.test("person", zh="在高职或者本科就读", en="is in higher education", ref=AID)
def is_in_higher_education(study: Code, full_time: Truth) -> Truth:
    """全日制普通高等教育, to bachelor."""
    return all_of(is_in(study, *HIGHER), full_time)


@book.test("person", zh="应享高校国家助学金", en="grant of higher education is due", ref=AID)
def higher_grant_due(is_in_higher_education: Truth, is_education_aided: Truth) -> Truth:
    """In higher education, and of those served."""
    return all_of(is_in_higher_education, is_education_aided)


@book.formula("person", "money", zh="高校国家助学金", en="grant of higher education", ref=AID)
def higher_grant_amount(higher_grant_due: Truth, person_tier: Code, p: Law) -> Money:
    """By the person's tier."""
    return where(higher_grant_due, lookup(p.higher_grant.amount, person_tier), 0)


@book.test("person", zh="可申请国家助学贷款", en="a student loan may be had", ref=AID)
def student_loan_due(is_in_higher_education: Truth, is_education_aided: Truth, has_tuition: Truth) -> Truth:
    """In higher education, of those served, with tuition to pay."""
    return all_of(is_in_higher_education, is_education_aided, has_tuition)


@book.formula("person", "money", zh="国家助学贷款额度", en="student loan", ref=AID)
def student_loan_amount(student_loan_due: Truth, tuition: Money, p: Law) -> Money:
    """Tuition and lodging, up to the limit of the year; free of interest while studying."""
    return where(student_loan_due, minimum(tuition, p.student_loan.cap), 0)


@book.test("person", zh="当年考入高校的新生", en="has entered higher education this year", ref=AID)
def is_new_student(is_in_higher_education: Truth, new_student: Truth) -> Truth:
    """The first year."""
    return all_of(is_in_higher_education, new_student)


@book.test("person", zh="应享新生入学资助", en="aid of new students is due", ref=AID)
def new_student_aid_due(is_new_student: Truth, is_education_aided: Truth) -> Truth:
    """New, and of those served."""
    return all_of(is_new_student, is_education_aided)


@book.formula("person", "money", zh="新生入学资助", en="aid of new students", ref=AID)
def new_student_aid_amount(new_student_aid_due: Truth, out_of_province: Truth, p: Law) -> Money:
    """Travel and first expenses; more for a school outside the province."""
    return where(
        new_student_aid_due, where(out_of_province, p.new_student_aid.outside, p.new_student_aid.inside), 0
    )
