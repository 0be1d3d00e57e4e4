"""Disability and illness of a person as the tests ask for them."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, is_in, where
from doudi.rules.quantities import Code, Count, Truth

book = Book("members")


@book.formula(
    "person",
    "code:disability",
    zh="据以认定的残疾类别",
    en="kind of disability that decides",
    ref="doudi-reading:multiple-disability",
)
def deciding_disability(disability: Code, gravest_component: Code) -> Code:
    """Of a multiple disability (多重残疾) the gravest component that is listed."""
    return where(all_of(disability == "multiple", gravest_component != "none"), gravest_component, disability)


@book.formula(
    "person",
    "count",
    zh="据以认定的残疾等级",
    en="grade of disability that decides",
    ref="doudi-reading:multiple-disability",
)
def deciding_grade(
    disability: Code, disability_grade: Count, gravest_component: Code, gravest_component_grade: Count
) -> Count:
    """The grade that goes with the deciding kind; 0 without a disability."""
    by_component = all_of(disability == "multiple", gravest_component != "none")
    return where(by_component, gravest_component_grade, disability_grade)


@book.formula("person", "flag", zh="重度残疾人", en="is severely disabled", ref="mf-2021-57:8(1)")
def is_severely_disabled(disability: Code, disability_grade: Count) -> Truth:
    """一级、二级残疾."""
    return all_of(disability != "none", disability_grade >= 1, disability_grade <= 2)


@book.formula(
    "person",
    "flag",
    zh="三级智力或精神残疾",
    en="has an intellectual or mental disability of grade three",
    ref="mf-2021-57:8(1)",
)
def is_grade_three_mental(deciding_disability: Code, deciding_grade: Count) -> Truth:
    """三级智力残疾、三级精神残疾."""
    return all_of(is_in(deciding_disability, "intellectual", "mental"), deciding_grade == 3)


@book.formula("person", "flag", zh="患重病", en="is gravely ill", ref="mf-2021-57:13")
def is_gravely_ill(illness: Code) -> Truth:
    """A grave illness is recorded, whether or not it is on the local list."""
    return illness != "none"


@book.formula("person", "flag", zh="计入且患重病", en="is counted and gravely ill", ref="mf-2021-57:13")
def is_counted_gravely_ill(is_counted: Truth, is_gravely_ill: Truth) -> Truth:
    """For deductions and supplements."""
    return all_of(is_counted, is_gravely_ill)


@book.formula(
    "person", "flag", zh="计入且重度残疾", en="is counted and severely disabled", ref="mf-2021-57:13"
)
def is_counted_severely_disabled(is_counted: Truth, is_severely_disabled: Truth) -> Truth:
    """For deductions."""
    return all_of(is_counted, is_severely_disabled)
