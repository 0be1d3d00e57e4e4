"""单人保: persons of low-margin families who are taken into dibao alone (民发〔2021〕57号 art. 8, law art. 21)."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, lookup, not_, per, where
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("dibao")
MONTHS = 12


@book.test(
    "person",
    zh="一、二级重度残疾或者三级智力、精神残疾",
    en="severely disabled, or of grade three intellectual or mental",
    ref=("law-2026:21.2", "mf-2021-57:8(1)"),
)
def single_by_disability(is_severely_disabled: Truth, is_grade_three_mental: Truth, p: Law) -> Truth:
    """重度残疾人; the grade-three kinds by art. 8(1)."""
    return all_of(any_of(is_severely_disabled, is_grade_three_mental), p.single.by_disability)


@book.test(
    "person",
    zh="患有当地认定的重特大疾病",
    en="has an illness on the local list",
    ref=("law-2026:21.2", "mf-2021-57:8(2)"),
)
def single_by_illness(illness: Code, p: Law) -> Truth:
    """重病患者; the list is the region's."""
    return all_of(lookup(p.illness.critical, illness), p.single.by_illness)


@book.test(
    "person",
    zh="县级以上民政部门规定的其他特殊困难人员",
    en="in another special hardship named by the county",
    ref="mf-2021-57:8(4)",
    until="2026-07-01",
    name="single_by_hardship",
)
def single_by_hardship_2021(special_hardship: Truth, p: Law) -> Truth:
    """其他特殊困难人员 as county or higher rules."""
    return all_of(special_hardship, p.single.by_special_hardship)


@book.test(
    "person",
    zh="确有特殊困难的人员",
    en="in real special hardship",
    ref=("law-2026:21.2", "mf-2021-57:8(4)"),
    since="2026-07-01",
    name="single_by_hardship",
)
def single_by_hardship_2026(special_hardship: Truth, p: Law) -> Truth:
    """确有特殊困难人员，可以纳入: who is one, and whether they are taken in, remains with the county or higher (art. 8(4))."""
    return all_of(special_hardship, p.single.by_special_hardship)


@book.formula("person", "money", zh="本人收入", en="own income", ref="mf-2021-57:13")
def own_income(member_income: Money) -> Money:
    """Of the person alone, in twelve months."""
    return where(member_income > 0, member_income, 0)


@book.test(
    "person",
    zh="本人月收入低于低保标准",
    en="own monthly income below the dibao standard",
    ref=("widening-notice-2022:1.1", "mf-2021-57:8"),
)
def own_income_below_standard(own_income: Money, dibao_standard: Money) -> Truth:
    """As a household of one (参照单人户)."""
    return per(own_income, MONTHS) < dibao_standard


@book.test(
    "person",
    zh="成年无业重度残疾人参照单人户",
    en="adult, jobless and severely disabled, taken as a household of one",
    ref="widening-notice-2022:1.1",
)
def single_jobless_disabled(
    is_jobless_severely_disabled: Truth,
    own_income_below_standard: Truth,
    own_property_within_dibao: Truth,
    p: Law,
) -> Truth:
    """成年无业重度残疾人可以参照单人户提出低保申请, apart from the family's means."""
    return all_of(
        p.single.jobless_disabled_alone,
        is_jobless_severely_disabled,
        own_income_below_standard,
        own_property_within_dibao,
    )


@book.test(
    "person",
    zh="脱离家庭、在宗教场所居住三年以上的生活困难宗教教职人员",
    en="clergy away from the family in a religious place for three years, in hardship",
    ref="mf-2021-57:8(3)",
)
def single_clergy(
    is_clergy_away: Truth,
    lives_in_religious_place: Truth,
    own_income_below_standard: Truth,
    own_property_within_dibao: Truth,
) -> Truth:
    """May apply alone."""
    return all_of(
        is_clergy_away, lives_in_religious_place, own_income_below_standard, own_property_within_dibao
    )


@book.formula(
    "household",
    "flag",
    zh="按低保边缘家庭提出单人保",
    en="a family whose members may be taken alone",
    ref=("law-2026:21", "mf-2021-57:8"),
)
def opens_single(is_low_margin: Truth, p: Law) -> Truth:
    """A low-margin family, or any family where the place no longer asks for that status."""
    return any_of(is_low_margin, not_(p.single.needs_low_margin))


@book.formula(
    "household",
    "flag",
    zh="其他特殊困难人员可以提出",
    en="a family whose members in special hardship may be taken alone",
    ref="mf-2021-57:8(4)",
    until="2026-07-01",
    name="opens_single_for_hardship",
)
def opens_single_for_hardship_2021(has_members: Truth) -> Truth:
    """Art. 8(4) does not ask for a low-margin family."""
    return has_members


@book.formula(
    "household",
    "flag",
    zh="低保边缘家庭中确有特殊困难人员可以提出",
    en="a family whose members in special hardship may be taken alone",
    ref="law-2026:21.2",
    since="2026-07-01",
    name="opens_single_for_hardship",
)
def opens_single_for_hardship_2026(opens_single: Truth) -> Truth:
    """对最低生活保障边缘家庭中的……确有特殊困难人员: of a low-margin family."""
    return opens_single


@book.test(
    "person", zh="符合单人保条件", en="qualifies for single-person dibao", ref=("law-2026:21", "mf-2021-57:8")
)
def is_single_dibao(
    is_counted: Truth,
    opens_single: Truth,
    opens_single_for_hardship: Truth,
    single_by_disability: Truth,
    single_by_illness: Truth,
    single_by_hardship: Truth,
    single_jobless_disabled: Truth,
    single_clergy: Truth,
    belongs_here: Truth,
    is_excluded_by_absence: Truth,
    is_dibao: Truth,
    is_tekun: Truth,
) -> Truth:
    """One ground suffices; not for a member of a family in dibao, for somebody in prison, or for 特困."""
    ill_or_disabled = all_of(opens_single, any_of(single_by_disability, single_by_illness))
    in_hardship = all_of(opens_single_for_hardship, single_by_hardship)
    from_family = all_of(is_counted, any_of(ill_or_disabled, in_hardship))
    by_themselves = all_of(
        any_of(single_jobless_disabled, single_clergy), belongs_here, not_(is_excluded_by_absence)
    )
    with_family = all_of(is_counted, is_dibao)
    return all_of(any_of(from_family, by_themselves), not_(with_family), not_(is_tekun))


@book.formula(
    "household",
    "flag",
    zh="有成员符合单人保",
    en="a member qualifies alone",
    ref=("law-2026:21", "mf-2021-57:8"),
)
def has_single_dibao(is_single_dibao: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_single_dibao)
