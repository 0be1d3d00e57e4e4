"""What is due and missed, told by the ground on which it is due (应享未享的缘由)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, is_in
from doudi.rules.quantities import Code, Count, Share, Truth

book = Book("indicators/need")
SUPPLEMENT = ("law-2026:20", "indicators-xian-2024")
SINGLE = ("law-2026:21", "mf-2021-57:8")


@book.test(
    "person", zh="低保老年人未享分类施保", en="an elder in dibao without the supplement", ref=SUPPLEMENT
)
def elder_without_supplement(
    may_have_supplement: Truth, elder_rate: Share, standing_dibao_supplement: Code
) -> Truth:
    """The place pays for the age, and the household receives nothing of it."""
    return all_of(may_have_supplement, elder_rate > 0, standing_dibao_supplement == "missed")


@book.test(
    "person", zh="低保未成年人未享分类施保", en="a minor in dibao without the supplement", ref=SUPPLEMENT
)
def minor_without_supplement(
    may_have_supplement: Truth, minor_rate: Share, standing_dibao_supplement: Code
) -> Truth:
    """The place pays for minors, and the household receives nothing of it."""
    return all_of(may_have_supplement, minor_rate > 0, standing_dibao_supplement == "missed")


@book.test(
    "person", zh="低保残疾人未享分类施保", en="disabled, in dibao, without the supplement", ref=SUPPLEMENT
)
def disabled_without_supplement(
    may_have_supplement: Truth, disability_rate: Share, standing_dibao_supplement: Code
) -> Truth:
    """The place pays for the grade, and the household receives nothing of it."""
    return all_of(may_have_supplement, disability_rate > 0, standing_dibao_supplement == "missed")


@book.test(
    "person", zh="低保重病患者未享分类施保", en="ill, in dibao, without the supplement", ref=SUPPLEMENT
)
def ill_without_supplement(
    may_have_supplement: Truth, illness_rate: Share, standing_dibao_supplement: Code
) -> Truth:
    """The place pays for the illness, and the household receives nothing of it."""
    return all_of(may_have_supplement, illness_rate > 0, standing_dibao_supplement == "missed")


@book.test("person", zh="三四级智力精神残疾人未享护理补贴", en="grade 3 or 4, without nursing subsidy",
           ref="state-council-2015-52")  # fmt: skip
def extended_without_nursing(
    disability_nursing_due: Truth,
    deciding_disability: Code,
    deciding_grade: Count,
    standing_disability_nursing: Code,
) -> Truth:
    """Where the place extends the subsidy to 三级、四级 intellectual and mental disability."""
    extended = all_of(is_in(deciding_disability, "intellectual", "mental"), deciding_grade >= 3)
    return all_of(disability_nursing_due, extended, standing_disability_nursing == "missed")


@book.test("person", zh="低保边缘残疾人未享生活补贴", en="low-margin and disabled, without living subsidy",
           ref=("gbf-2023-39:4.5", "state-council-2015-52"))  # fmt: skip
def margin_without_living(
    disability_living_due: Truth, is_low_margin_person: Truth, standing_disability_living: Code
) -> Truth:
    """Where the place extends the subsidy to low-margin families."""
    return all_of(disability_living_due, is_low_margin_person, standing_disability_living == "missed")


@book.test(
    "person", zh="低保边缘重残人员未单人保", en="severely disabled, not in single-person dibao", ref=SINGLE
)
def disabled_without_single(
    is_single_dibao: Truth, single_by_disability: Truth, standing_single_dibao: Code
) -> Truth:
    """Qualifies by disability, and nothing is received."""
    return all_of(is_single_dibao, single_by_disability, standing_single_dibao == "missed")


@book.test("person", zh="低保边缘重病患者未单人保", en="gravely ill, not in single-person dibao", ref=SINGLE)
def ill_without_single(
    is_single_dibao: Truth, single_by_illness: Truth, standing_single_dibao: Code
) -> Truth:
    """Qualifies by illness, and nothing is received."""
    return all_of(is_single_dibao, single_by_illness, standing_single_dibao == "missed")


@book.test("person", zh="成年无业重度残疾人未纳入", en="jobless and severely disabled, not covered",
           ref="widening-notice-2022:1.1")  # fmt: skip
def jobless_disabled_without_single(
    is_single_dibao: Truth, single_jobless_disabled: Truth, standing_single_dibao: Code
) -> Truth:
    """Qualifies alone as an adult without work, and nothing is received."""
    return all_of(is_single_dibao, single_jobless_disabled, standing_single_dibao == "missed")
