"""特困人员: three conditions together (民发〔2021〕43号 art. 4): no working ability, no means, no able legal supporter."""

from doudi.rules.book import Book
from doudi.rules.functions import all_members, all_of, any_member, any_of, is_in, lookup, not_
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("tekun")
SCHOOL = ("primary", "junior", "senior", "vocational_secondary")


@book.test("person", zh="60周岁以上老年人", en="is 60 or more", ref="mf-2021-43:5(1)")
def tekun_elder(age: Count, p: Law) -> Truth:
    """60周岁以上, the number included."""
    return age >= p.tekun.elder_age


@book.test("person", zh="未满16周岁", en="is below 16", ref="mf-2021-43:5(2)")
def tekun_child(age: Count, p: Law) -> Truth:
    """未满16周岁的未成年人."""
    return age < p.tekun.minor_age


@book.test(
    "person",
    zh="残疾类别等级符合无劳动能力规定",
    en="has a disability of a listed kind and grade",
    ref="mf-2021-43:5(3)",
)
def tekun_disabled(deciding_disability: Code, deciding_grade: Count, p: Law) -> Truth:
    """智力、精神一至三级, 肢体一、二级, 视力一级."""
    return all_of(
        deciding_grade >= 1, deciding_grade <= lookup(p.tekun.disability_grade, deciding_disability)
    )


@book.formula(
    "person",
    "flag",
    zh="未成年时已纳入特困供养",
    en="was supported as tekun while a minor",
    ref=("law-2026:16", "reform-opinion-2020:5"),
)
def supported_as_minor(already_tekun: Truth, is_minor: Truth, tekun_as_minor: Truth) -> Truth:
    """特困人员中的未成年人: whoever entered as an adult does not stay by going to school; open where that is not known."""
    return all_of(already_tekun, any_of(is_minor, tekun_as_minor))


@book.test(
    "person",
    zh="已认定特困且未满18周岁",
    en="recognised before and below 18",
    ref=("mf-2021-43:5", "reform-opinion-2020:5"),
    until="2026-07-01",
    name="tekun_continues",
)
def tekun_continues_2021(supported_as_minor: Truth, age: Count, study: Code, p: Law) -> Truth:
    """The age was raised from 16 to 18 for those in support; in school afterwards only where the region says so."""
    in_school = all_of(is_in(study, *SCHOOL), p.tekun.student_continues)
    return all_of(supported_as_minor, any_of(age < p.tekun.minor_continues_until, in_school))


@book.test(
    "person",
    zh="特困未成年人年满18周岁后仍在义务教育或者高中阶段就学",
    en="recognised before, below 18 or still in compulsory or upper-secondary school",
    ref="law-2026:16",
    since="2026-07-01",
    name="tekun_continues",
)
def tekun_continues_2026(supported_as_minor: Truth, age: Count, study: Code, p: Law) -> Truth:
    """年满十八周岁后，仍在义务教育或者高中阶段教育（含中等职业教育）阶段就学的，继续予以供养."""
    in_school = all_of(is_in(study, *SCHOOL), p.tekun.student_continues)
    return all_of(supported_as_minor, any_of(age < p.tekun.minor_continues_until, in_school))


@book.test(
    "person",
    zh="在校未成年人（省级规定）",
    en="a minor still at school, where the province admits them",
    ref="mf-2021-43:5(4)",
)
def tekun_student(is_minor: Truth, tekun_child: Truth, study: Code, p: Law) -> Truth:
    """省、自治区、直辖市人民政府规定的其他情形: a minor past the age of art. 5(2) in compulsory or upper-secondary school."""
    return all_of(is_minor, not_(tekun_child), is_in(study, *SCHOOL), p.tekun.student_enters)


@book.test("person", zh="无劳动能力", en="has no working ability", ref=("law-2026:16", "mf-2021-43:5"))
def tekun_unable(
    tekun_elder: Truth,
    tekun_child: Truth,
    tekun_disabled: Truth,
    tekun_student: Truth,
    tekun_continues: Truth,
) -> Truth:
    """One of the grounds of art. 5, or continued support."""
    return any_of(tekun_elder, tekun_child, tekun_disabled, tekun_student, tekun_continues)


@book.test("person", zh="无生活来源", en="has no means", ref=("law-2026:16", "mf-2021-43:6"))
def tekun_without_means(tekun_income: Truth, tekun_property: Truth) -> Truth:
    """Income below the dibao standard and property within the limit."""
    return all_of(tekun_income, tekun_property)


@book.test(
    "person",
    zh="户外法定义务人均无履行义务能力",
    en="no supporter outside is able",
    ref=("law-2026:16", "mf-2021-43:8"),
)
def tekun_unsupported_outside(supporter_unable: list[Truth], supporters_stated: Truth) -> Truth:
    """None is named, or each is unable by art. 8(1) to (5); open while supporters are not declared."""
    return all_of(supporters_stated, all_members(supporter_unable))


@book.test(
    "person",
    zh="户外义务人有能力而长期不履行，按省级规定视为无履行义务能力（须有证据，记为自由裁量）",
    en="an able supporter outside has ended support, which the province takes as inability (with evidence, as discretion)",
    ref=("mf-2021-43:8(6)", "doudi-reading:support-ended"),
)
def tekun_support_ended(
    supporter_is_no_bar: list[Truth], supporter_merely_ended: list[Truth], supporters_stated: Truth
) -> Truth:
    """Each is unable, or has in fact ended support where the province adds that (art. 8(6)); at least one is of the latter."""
    return all_of(supporters_stated, all_members(supporter_is_no_bar), any_member(supporter_merely_ended))


@book.formula(
    "person",
    "flag",
    zh="除户内义务人外符合特困条件",
    en="is tekun but for supporters in the household",
    ref="doudi-reading:tekun-inside-supporters",
)
def tekun_but_for_family(
    tekun_unable: Truth,
    tekun_without_means: Truth,
    tekun_unsupported_outside: Truth,
    tekun_support_ended: Truth,
) -> Truth:
    """Spouses who are each other's only supporter are judged together (art. 8(1))."""
    return all_of(tekun_unable, tekun_without_means, any_of(tekun_unsupported_outside, tekun_support_ended))


@book.test(
    "person",
    zh="未选择孤儿或者事实无人抚养儿童保障",
    en="has not chosen the scheme for orphans or unattended children",
    ref="mf-2021-43:9",
)
def tekun_no_other_scheme(other_scheme: Code) -> Truth:
    """选择申请纳入孤儿、事实无人抚养儿童保障范围的，不再认定为特困人员."""
    return other_scheme == "none"


@book.test(
    "person",
    zh="符合特困人员条件",
    en="qualifies as tekun",
    ref=("law-2026:16", "mf-2021-43:4", "order-649:14 until 2026-06-30"),
)
def is_tekun(
    tekun_but_for_family: Truth,
    tekun_unsupported_inside: Truth,
    tekun_no_other_scheme: Truth,
    tekun_present: Truth,
    belongs_here: Truth,
) -> Truth:
    """All three conditions, present, and registered here."""
    return all_of(
        tekun_but_for_family, tekun_unsupported_inside, tekun_no_other_scheme, tekun_present, belongs_here
    )


@book.test(
    "person",
    zh="未在监狱服刑、未宣告失踪",
    en="is neither in prison nor declared missing",
    ref=("mf-2021-43:24(1)", "mf-2021-43:24(3)"),
)
def tekun_present(absence: Code) -> Truth:
    """Art. 24 ends support in these cases; it cannot begin in them. Compulsory detoxification is not among them."""
    return not_(is_in(absence, "prison", "declared_missing"))


@book.formula("household", "flag", zh="有成员符合特困", en="a member qualifies as tekun", ref="mf-2021-43:4")
def has_tekun(is_tekun: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_tekun)


@book.formula(
    "household",
    "flag",
    zh="全户为特困",
    en="everybody who lives in the household is tekun",
    ref="mf-2021-43:4",
)
def all_tekun(has_tekun: Truth, lives_without_tekun: Truth) -> Truth:
    """Nobody who lives in the household remains beside those who are 特困."""
    return all_of(has_tekun, not_(lives_without_tekun))


@book.formula(
    "household", "flag", zh="另有非特困成员", en="a member who is not tekun lives there", ref="mf-2021-43:4"
)
def lives_without_tekun(is_plain_member: list[Truth]) -> Truth:
    """At least one member under art. 7 of 民发〔2021〕57号 who is not 特困."""
    return any_member(is_plain_member)


@book.formula(
    "person", "flag", zh="非特困的共同生活成员", en="lives there and is not tekun", ref="mf-2021-57:7"
)
def is_plain_member(lives_in_household: Truth, is_tekun: Truth) -> Truth:
    """A member who is not 特困."""
    return all_of(lives_in_household, not_(is_tekun))
