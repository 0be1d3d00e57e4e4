"""Who counts as living in the household (共同生活家庭成员), 民发〔2021〕57号 art. 7."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, count, is_in, lookup, maximum, not_
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("members")
ARTICLE = "mf-2021-57:7"


@book.test("person", zh="是申请人或其配偶", en="is the head or the spouse", ref=ARTICLE)
def is_head_or_spouse(relation: Code) -> Truth:
    """The applicant's own place, and 配偶 (art. 7(1))."""
    return is_in(relation, "head", "spouse")


@book.test("person", zh="是未成年子女", en="is a minor child", ref=ARTICLE)
def is_minor_child(relation: Code, is_minor: Truth) -> Truth:
    """未成年子女 (art. 7(2))."""
    return all_of(relation == "child", is_minor)


@book.test(
    "person",
    zh="是已成年但不能独立生活的子女（含全日制本科及以下在校生）",
    en="is an adult child who cannot live independently, students up to bachelor included",
    ref=ARTICLE,
)
def is_dependent_adult_child(
    relation: Code, is_minor: Truth, study: Code, full_time: Truth, cannot_live_independently: Truth, p: Law
) -> Truth:
    """已成年但不能独立生活的子女 (art. 7(3)); which stages of study count is ``members.student_stage``."""
    student = all_of(full_time, lookup(p.members.student_stage, study))
    return all_of(relation == "child", not_(is_minor), any_of(cannot_live_independently, student))


@book.test("person", zh="共同居住时间达到规定", en="has lived in the household as long as set", ref=ARTICLE)
def has_lived_here_long(coresidence_months: Count, p: Law) -> Truth:
    """长期共同居住 (art. 7(4)): at least ``members.coresidence_months``."""
    return coresidence_months >= p.members.coresidence_months


@book.test(
    "person",
    zh="有法定赡养、扶养、抚养义务关系并长期共同居住",
    en="is bound by a legal duty of support and has long lived in the household",
    ref=ARTICLE,
)
def is_long_coresident(
    relation: Code,
    is_of_child_family: Truth,
    lives_with_own_parent: Truth,
    has_lived_here_long: Truth,
    duty_of_support: Truth,
    shares_means: Truth,
    p: Law,
) -> Truth:
    """其他具有法定义务关系并长期共同居住的人员 (art. 7(4)); a duty that is not known leaves this open.

    A grandchild is bound to its own parent in the household without a condition, whatever the grandparents owe.
    """
    unbound = all_of(is_of_child_family, not_(p.members.child_family_chains))
    bound = all_of(
        any_of(duty_of_support, lives_with_own_parent), not_(is_in(relation, "head", "spouse")), not_(unbound)
    )
    return all_of(bound, shares_means, has_lived_here_long)


@book.formula("person", "flag", zh="成年子女", en="is an adult child", ref=ARTICLE)
def is_adult_child(relation: Code, is_minor: Truth) -> Truth:
    """A child of the head who is 18 or more."""
    return all_of(relation == "child", not_(is_minor))


@book.formula("household", "count", zh="在册成年子女人数", en="adult children in the file", ref=ARTICLE)
def adult_children(is_adult_child: list[Truth]) -> Count:
    """Counted or not."""
    return count(is_adult_child)


@book.formula(
    "person",
    "flag",
    zh="成年子女的配偶或者子女",
    en="belongs to the family of an adult child",
    ref="doudi-reading:family-chains",
)
def is_of_child_family(relation: Code, adult_children: Count) -> Truth:
    """儿媳、女婿, and a grandchild beside an adult child; a grandchild without one is bound to the head."""
    return any_of(relation == "child_in_law", all_of(relation == "grandchild", adult_children > 0))


@book.formula(
    "person",
    "flag",
    zh="可能是孙子女的父母",
    en="may be the parent of a grandchild",
    ref="doudi-reading:family-chains",
)
def is_parent_of_grandchild(relation: Code, is_child_with_family: Truth) -> Truth:
    """An adult child of the head who may be a parent, or a child-in-law."""
    return any_of(is_child_with_family, relation == "child_in_law")


@book.formula(
    "household",
    "flag",
    zh="孙子女的父母在户内",
    en="a parent of grandchildren lives there",
    ref="doudi-reading:family-chains",
)
def has_parent_of_grandchild(is_parent_of_grandchild: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_parent_of_grandchild)


@book.formula(
    "person",
    "flag",
    zh="与父母同住的孙子女",
    en="is a grandchild who lives with an own parent",
    ref="doudi-reading:family-chains",
)
def lives_with_own_parent(relation: Code, has_parent_of_grandchild: Truth) -> Truth:
    """父母对未成年子女有抚养义务, 成年子女对父母有赡养义务 (民法典 art. 1067): neither rests on a condition of the grandparents."""
    return all_of(relation == "grandchild", has_parent_of_grandchild)


@book.test(
    "person",
    zh="脱离家庭独立生活时间达到规定",
    en="has been away from the family as long as set",
    ref=ARTICLE,
)
def has_been_away_long(absence_months: Count, p: Law) -> Truth:
    """At least ``members.clergy_months``, whatever the reason."""
    return absence_months >= p.members.clergy_months


@book.test(
    "person",
    zh="连续三年以上脱离家庭独立生活的宗教教职人员",
    en="is clergy who has lived apart from the family for three years or more",
    ref=ARTICLE,
)
def is_clergy_away(absence: Code, has_been_away_long: Truth) -> Truth:
    """宗教教职人员, 含三年 (art. 7, second paragraph, (1))."""
    return all_of(absence == "clergy", has_been_away_long)


@book.test(
    "person",
    zh="服刑、强制隔离戒毒、宣告失踪或者省级规定的其他不计入情形",
    en="is in prison, compulsory detoxification, declared missing, or left out by provincial rule",
    ref=ARTICLE,
)
def is_excluded_by_absence(absence: Code, p: Law) -> Truth:
    """Art. 7, second paragraph, (2) and (3)."""
    return lookup(p.members.absence_excluded, absence)


@book.formula(
    "person",
    "flag",
    zh="由其他制度单独保障",
    en="is provided for by another scheme",
    ref=("doudi-reading:tekun-in-family", "mf-2021-43:9"),
)
def is_provided_elsewhere(other_scheme: Code, is_tekun: Truth, p: Law) -> Truth:
    """特困人员, 孤儿 or 事实无人抚养儿童 leave the count where the region says so."""
    child = all_of(other_scheme != "none", not_(p.members.scheme_child_counted))
    return any_of(child, all_of(is_tekun, not_(p.members.tekun_counted)))


@book.formula(
    "person",
    "flag",
    zh="共同生活的家庭成员",
    en="lives in the household in the sense of the law",
    ref=ARTICLE,
)
def lives_in_household(
    is_head_or_spouse: Truth,
    is_minor_child: Truth,
    is_dependent_adult_child: Truth,
    is_long_coresident: Truth,
    is_clergy_away: Truth,
    is_excluded_by_absence: Truth,
) -> Truth:
    """Belongs under art. 7 and is not left out by its second paragraph."""
    belongs = any_of(is_head_or_spouse, is_minor_child, is_dependent_adult_child, is_long_coresident)
    return all_of(belongs, not_(is_clergy_away), not_(is_excluded_by_absence))


@book.formula("person", "flag", zh="计入家庭人口", en="is counted in the household", ref=ARTICLE)
def is_counted(lives_in_household: Truth, is_provided_elsewhere: Truth) -> Truth:
    """Whose income and property count, and by whom they are divided."""
    return all_of(lives_in_household, not_(is_provided_elsewhere))


@book.formula("household", "count", zh="计入人口", en="members counted", ref=ARTICLE)
def heads(is_counted: list[Truth]) -> Count:
    """共同生活家庭成员人数."""
    return count(is_counted)


@book.formula("household", "count", zh="用于平均的人口", en="members to divide by", ref=ARTICLE)
def divisor_heads(heads: Count) -> Count:
    """The members counted, or 1 where nobody is, so that a mean exists; without members every tier fails."""
    return maximum(heads, 1)


@book.test("household", zh="有共同生活的家庭成员", en="has members who count", ref=ARTICLE)
def has_members(heads: Count) -> Truth:
    """At least one member is counted."""
    return heads > 0


@book.test(
    "household",
    zh="在户籍地（或者可受理的居住地）申请",
    en="belongs to the place of registration or admitted residence",
    ref=("law-2026:37", "mf-2021-57:4"),
)
def belongs_here(has_residence_registration: Truth) -> Truth:
    """户籍所在地 or, where opened, 居住证 (law art. 37)."""
    return has_residence_registration
