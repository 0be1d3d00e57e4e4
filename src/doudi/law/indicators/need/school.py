"""Children who should be at school (义务教育)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, is_in, not_
from doudi.rules.quantities import Code, Count, Truth

book = Book("indicators/need")


@book.formula("enrolment", "flag", zh="在籍在读", en="is enrolled now", ref="doudi-reading:indicators")
def enrolment_is_valid(written_enrolment_state: Truth, enrolment_state: Code) -> Truth:
    """Enrolled or on leave; a school that writes no state lists whom it teaches."""
    return any_of(not_(written_enrolment_state), is_in(enrolment_state, "enrolled", "suspended"))


@book.test(
    "person", zh="义务教育适龄未入学或者辍学", en="of school age and on no school's list", ref="law-2026:25"
)
def not_at_school(age: Count, by_person__enrolment_is_valid: list[Truth]) -> Truth:
    """Six to fifteen, and no school lists the child."""
    return all_of(age >= 6, age <= 15, not_(any_member(by_person__enrolment_is_valid)))
