"""Living of orphans, of children whose parents cannot raise them, and of other children in difficulty. Monthly, in fen."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, entry, is_in, lookup, not_, round_half_up, where
from doudi.rules.quantities import Code, Count, Law, Money, Truth

book = Book("programmes/children")
ORPHAN = ("orphan-2010:1.1", "children-in-difficulty-2016:2.1")
UNATTENDED = "unattended-children-2019:1"
GONE = ("dead", "missing", "untraceable")
UNABLE = ("disabled", "ill", "imprisoned", "lost_contact")


@book.formula(
    "person",
    "flag",
    zh="父母均死亡、失踪或者查找不到",
    en="both parents are dead, missing or cannot be found",
    ref=ORPHAN,
)
def has_no_parent(father: Code, mother: Code) -> Truth:
    """失去父母、查找不到生父母."""
    return all_of(is_in(father, *GONE), is_in(mother, *GONE))


@book.test("person", zh="未满18周岁", en="is below 18", ref=ORPHAN)
def is_child_of_age(is_minor: Truth) -> Truth:
    """未成年人."""
    return is_minor


@book.test(
    "person",
    zh="失去父母或者已认定孤儿",
    en="has lost both parents, or is recognised as an orphan",
    ref=ORPHAN,
)
def is_orphaned(has_no_parent: Truth, other_scheme: Code) -> Truth:
    """By what is known of the parents, or by a decision."""
    return any_of(has_no_parent, other_scheme == "orphan")


@book.test("person", zh="应享孤儿基本生活费", en="the living allowance of orphans is due", ref=ORPHAN)
def orphan_living_due(is_child_of_age: Truth, is_orphaned: Truth) -> Truth:
    """A minor without parents. Who qualifies as 特困 as well has the choice (民发〔2021〕43号 art. 9)."""
    return all_of(is_child_of_age, is_orphaned)


@book.formula("person", "money", zh="孤儿基本生活费", en="living allowance of orphans", ref="orphan-2010:2.1")
def orphan_living_amount(orphan_living_due: Truth, raised_in: Code, p: Law) -> Money:
    """By where the child is raised; more in an institution."""
    return where(orphan_living_due, lookup(p.orphan.standard, raised_in), 0)


@book.test("person", zh="父母均不能抚养", en="neither parent can raise the child", ref=UNATTENDED)
def is_unattended(father: Code, mother: Code, other_scheme: Code) -> Truth:
    """Each severely disabled, gravely ill, held or out of contact; or one dead or missing and the other so. Or by a decision."""
    both = all_of(is_in(father, *UNABLE), is_in(mother, *UNABLE))
    one = any_of(
        all_of(is_in(father, "dead", "missing"), is_in(mother, *UNABLE)),
        all_of(is_in(mother, "dead", "missing"), is_in(father, *UNABLE)),
    )
    return any_of(both, one, other_scheme == "unattended_child")


@book.formula(
    "person",
    "money",
    zh="事实无人抚养儿童补贴标准",
    en="standard of unattended children",
    ref="unattended-children-2019:3.1",
)
def unattended_standard(p: Law) -> Money:
    """与当地孤儿保障标准相衔接: the standard of orphans in families, times what the place says."""
    return round_half_up(entry(p.orphan.standard, "family") * p.unattended_child.share)


@book.formula(
    "person",
    "money",
    zh="已获低保等金额",
    en="received in dibao and the like",
    ref="unattended-children-2019:3.1",
)
def unattended_netted(
    dibao_share: Money, single_dibao_amount: Money, disability_living_amount: Money
) -> Money:
    """低保金 by head, and the living subsidy of disabled persons: only the difference is paid."""
    return dibao_share + single_dibao_amount + disability_living_amount


@book.test(
    "person",
    zh="已获金额低于补贴标准",
    en="what is received is below the standard",
    ref="unattended-children-2019:3.1",
)
def is_below_unattended_standard(unattended_netted: Money, unattended_standard: Money) -> Truth:
    """未达到事实无人抚养儿童基本生活保障补贴标准的进行补差发放."""
    return unattended_netted < unattended_standard


@book.test(
    "person",
    zh="应享事实无人抚养儿童基本生活补贴",
    en="the allowance of unattended children is due",
    ref=UNATTENDED,
)
def unattended_child_living_due(
    is_child_of_age: Truth, is_unattended: Truth, is_below_unattended_standard: Truth
) -> Truth:
    """A minor whom no parent can raise. Who qualifies as 特困 as well has the choice."""
    return all_of(is_child_of_age, is_unattended, is_below_unattended_standard)


@book.formula(
    "person",
    "money",
    zh="事实无人抚养儿童基本生活补贴",
    en="allowance of unattended children",
    ref="unattended-children-2019:3.1",
)
def unattended_child_living_amount(
    unattended_child_living_due: Truth, unattended_standard: Money, unattended_netted: Money
) -> Money:
    """The standard less what is received already."""
    return where(unattended_child_living_due, unattended_standard - unattended_netted, 0)


@book.test(
    "person",
    zh="重残或者重病儿童",
    en="is severely disabled or gravely ill",
    ref="children-in-difficulty-2016:2.1",
)
def is_child_in_own_difficulty(is_severely_disabled: Truth, is_gravely_ill: Truth) -> Truth:
    """自身困境."""
    return any_of(is_severely_disabled, is_gravely_ill)


@book.test(
    "person", zh="低收入家庭儿童", en="is of a family in hardship", ref="children-in-difficulty-2016:2.1"
)
def is_child_of_poor_family(is_dibao_person: Truth, is_low_margin_person: Truth) -> Truth:
    """低保 or 低保边缘."""
    return any_of(is_dibao_person, is_low_margin_person)


@book.test(
    "person",
    zh="应享困境儿童基本生活补贴",
    en="the allowance of children in difficulty is due",
    ref="children-in-difficulty-2016:2.1",
)
def child_in_difficulty_due(
    is_child_of_age: Truth, is_child_in_own_difficulty: Truth, is_child_of_poor_family: Truth, p: Law
) -> Truth:
    """Where the place gives one: children in difficulty of their own in a poor family."""
    return all_of(
        is_child_of_age, is_child_in_own_difficulty, is_child_of_poor_family, p.child_in_difficulty.given
    )


@book.formula(
    "person",
    "money",
    zh="困境儿童基本生活补贴",
    en="allowance of children in difficulty",
    ref="children-in-difficulty-2016:2.1",
)
def child_in_difficulty_amount(child_in_difficulty_due: Truth, p: Law) -> Money:
    """A share of the standard of orphans in families."""
    return where(
        child_in_difficulty_due,
        round_half_up(entry(p.orphan.standard, "family") * p.child_in_difficulty.share),
        0,
    )


@book.test("person", zh="已满18周岁", en="is 18 or more", ref="orphan-2010:2.3")
def is_of_full_age(age: Count) -> Truth:
    """孤儿成年后仍在校就读的."""
    return not_(age < 18)


@book.test(
    "person",
    zh="在中职、高职、本科就读",
    en="studies at a vocational school, college or university",
    ref="orphan-2010:2.3",
)
def is_in_further_study(study: Code, full_time: Truth) -> Truth:
    """Full time."""
    return all_of(is_in(study, "vocational_secondary", "higher_vocational", "bachelor"), full_time)


@book.test("person", zh="应享孤儿助学金", en="the study grant of orphans is due", ref="orphan-2010:2.3")
def orphan_study_due(is_of_full_age: Truth, is_orphaned: Truth, is_in_further_study: Truth) -> Truth:
    """An orphan of full age who studies on."""
    return all_of(is_of_full_age, is_orphaned, is_in_further_study)


@book.formula("person", "money", zh="孤儿助学金", en="study grant of orphans", ref="orphan-2010:2.3")
def orphan_study_amount(orphan_study_due: Truth, p: Law) -> Money:
    """A sum for the school year."""
    return where(orphan_study_due, p.orphan_study.amount, 0)
