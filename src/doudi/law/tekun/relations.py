"""Who in the household owes a member support: spouse, parents, children (民发〔2021〕43号 art. 8, with 民法典 art. 1059, 1067).

The file says how each member is related to the head, and so of two members only as much as follows from that. Duties that
rest on a condition (grandparents and grandchildren, siblings: 民法典 art. 1074, 1075) are not presumed; one that is recorded
between such a member and the head or the spouse binds whichever of the two is able, and one that is not known leaves it open.
"""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_member, any_of, count, how_many, is_in, not_, total, where
from doudi.rules.quantities import Code, Count, Law, Truth

book = Book("tekun")
ARTICLE = "mf-2021-43:8"
RECORDED = ("mf-2021-43:4(3)", "mf-2021-43:8")
CONDITIONAL = ("sibling", "grandparent", "grandchild")


@book.formula("person", "flag", zh="可能有配偶在户内的成年子女", en="is a married adult child", ref=ARTICLE)
def is_married_child(is_adult_child: Truth, adult_children: Count, marital: Code) -> Truth:
    """To whom a child-in-law of the household is married: the only adult child, or one who is recorded as married."""
    return all_of(is_adult_child, any_of(adult_children == 1, marital == "married"))


@book.formula(
    "person", "flag", zh="可能有子女在户内的成年子女", en="is an adult child who may be a parent", ref=ARTICLE
)
def is_child_with_family(is_adult_child: Truth, adult_children: Count, marital: Code) -> Truth:
    """Whose child a grandchild of the household is: the only adult child, or one who is not recorded as 未婚."""
    return all_of(is_adult_child, any_of(adult_children == 1, marital != "single"))


def _write_able(name: str, zh: str, en: str, members: str) -> None:
    """How many of the members for whom ``members`` holds are able to support."""

    @book.formula(
        "household",
        "count",
        name=f"able_{name}",
        zh=f"有履行义务能力的{zh}人数",
        en=f"able {en}",
        ref=ARTICLE,
        using={"members": members},
    )
    def able(is_able_member: list[Truth], members: list[Truth]) -> Count:
        return total(is_able_member, where=members)


def _write_relation(code: str, name: str, zh: str, en: str, *, pair: bool = False) -> None:
    """Whether a member has this relation to the head, and how many who have it are able; of a ``pair`` also how many there are."""

    @book.formula(
        "person", "flag", name=f"is_{code}", zh=f"与户主关系是{zh}", en=f"is among the {en}", ref=ARTICLE
    )
    def is_so_related(relation: Code) -> Truth:
        return relation == code

    _write_able(name, zh, en, f"is_{code}")
    if pair:

        @book.formula(
            "household",
            "count",
            name=name,
            zh=f"{zh}人数",
            en=en,
            ref=ARTICLE,
            using={"members": f"is_{code}"},
        )
        def number(members: list[Truth]) -> Count:
            return count(members)


for _code, _name, _zh, _en in (
    ("head", "heads_of_file", "户主", "head"),
    ("spouse", "spouses", "配偶", "spouses"),
    ("child", "children", "子女", "children"),
    ("grandchild", "grandchildren", "孙子女", "grandchildren"),
    ("child_in_law", "children_in_law", "儿媳女婿", "children-in-law"),
    ("sibling", "siblings", "兄弟姐妹", "siblings"),
):
    _write_relation(_code, _name, _zh, _en)
for _code, _name, _zh, _en in (
    ("parent", "parents", "父母", "parents"),
    ("parent_in_law", "parents_in_law", "公婆岳父母", "parents-in-law"),
    ("grandparent", "grandparents", "祖父母", "grandparents"),
):
    _write_relation(_code, _name, _zh, _en, pair=True)
_write_able("married_children", "有配偶的成年子女", "married adult children", "is_married_child")
_write_able(
    "children_with_family", "有子女的成年子女", "adult children with children", "is_child_with_family"
)


@book.formula("household", "count", zh="有履行义务能力的在册人数", en="able members", ref=ARTICLE)
def able_members(is_able_member: list[Truth]) -> Count:
    """Of any relation."""
    return count(is_able_member)


@book.formula("person", "count", zh="本人有履行义务能力", en="is able, as a number", ref=ARTICLE)
def able_self(is_able_member: Truth) -> Count:
    """1 or 0: nobody is his own supporter, and this much is taken off."""
    return where(is_able_member, 1, 0)


@book.formula("person", "flag", zh="户内配偶有能力", en="an able spouse lives there", ref=ARTICLE)
def has_able_spouse(
    relation: Code,
    able_heads_of_file: Count,
    able_spouses: Count,
    is_married_child: Truth,
    able_children_in_law: Count,
    able_married_children: Count,
    has_able_partner: Truth,
) -> Truth:
    """夫妻有相互扶养的义务."""
    return any_of(
        all_of(relation == "head", able_spouses > 0),
        all_of(relation == "spouse", able_heads_of_file > 0),
        all_of(is_married_child, able_children_in_law > 0),
        all_of(relation == "child_in_law", able_married_children > 0),
        has_able_partner,
    )


@book.formula(
    "person", "flag", zh="另一位长辈有能力", en="the other of a pair of elders is able", ref=ARTICLE
)
def has_able_partner(
    relation: Code,
    able_self: Count,
    parents: Count,
    able_parents: Count,
    parents_in_law: Count,
    able_parents_in_law: Count,
    grandparents: Count,
    able_grandparents: Count,
) -> Truth:
    """The other parent of the head, the other parent of the spouse, the other grandparent; never the person himself."""
    return any_of(
        all_of(relation == "parent", parents > 1, able_parents > able_self),
        all_of(relation == "parent_in_law", parents_in_law > 1, able_parents_in_law > able_self),
        all_of(relation == "grandparent", grandparents > 1, able_grandparents > able_self),
    )


@book.formula("person", "flag", zh="户内父母有能力", en="an able parent lives there", ref=ARTICLE)
def has_able_parent(
    relation: Code,
    able_heads_of_file: Count,
    able_spouses: Count,
    able_parents: Count,
    able_parents_in_law: Count,
    able_grandparents: Count,
    able_children_with_family: Count,
    able_children_in_law: Count,
) -> Truth:
    """父母对未成年子女或者不能独立生活的成年子女，有抚养的义务."""
    return any_of(
        all_of(relation == "head", able_parents > 0),
        all_of(relation == "spouse", able_parents_in_law > 0),
        all_of(relation == "child", able_heads_of_file + able_spouses > 0),
        all_of(relation == "grandchild", able_children_with_family + able_children_in_law > 0),
        all_of(relation == "sibling", able_parents > 0),
        all_of(relation == "parent", able_grandparents > 0),
    )


@book.formula("person", "flag", zh="户内子女有能力", en="an able child lives there", ref=ARTICLE)
def has_able_child(
    relation: Code,
    able_heads_of_file: Count,
    able_spouses: Count,
    able_children: Count,
    able_siblings: Count,
    able_parents: Count,
    able_grandchildren: Count,
    is_child_with_family: Truth,
) -> Truth:
    """成年子女对缺乏劳动能力或者生活困难的父母，有赡养的义务."""
    has_grandchild = any_of(is_child_with_family, relation == "child_in_law")
    return any_of(
        all_of(any_of(relation == "head", relation == "spouse"), able_children > 0),
        all_of(has_grandchild, able_grandchildren > 0),
        all_of(relation == "parent", able_heads_of_file + able_siblings > 0),
        all_of(relation == "parent_in_law", able_spouses > 0),
        all_of(relation == "grandparent", able_parents > 0),
    )


@book.formula(
    "person",
    "flag",
    zh="与户主或配偶有记录在案的附条件义务且有能力",
    en="is able and bound to the head or the spouse by a recorded duty",
    ref=RECORDED,
)
def is_able_bound_kin(relation: Code, duty_of_support: Truth, is_able_member: Truth) -> Truth:
    """A sibling, grandparent or grandchild of the head who owes support by a recorded duty."""
    return all_of(is_in(relation, *CONDITIONAL), duty_of_support, is_able_member)


@book.formula("person", "flag", zh="其中的孙子女", en="is a grandchild among them", ref=RECORDED)
def is_able_bound_grandchild(relation: Code, is_able_bound_kin: Truth) -> Truth:
    """A grandchild of the head, who may be one of the spouse as well."""
    return all_of(relation == "grandchild", is_able_bound_kin)


@book.formula("household", "flag", zh="户内有这样的亲属", en="such kin live there", ref=RECORDED)
def has_able_bound_kin(is_able_bound_kin: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_able_bound_kin)


@book.formula("household", "flag", zh="户内有这样的孙子女", en="such a grandchild lives there", ref=RECORDED)
def has_able_bound_grandchild(is_able_bound_grandchild: list[Truth]) -> Truth:
    """At least one."""
    return any_member(is_able_bound_grandchild)


@book.formula(
    "person",
    "flag",
    zh="户内有记录在案的附条件义务人且有能力",
    en="able kin with a recorded duty live there",
    ref=RECORDED,
)
def has_able_bound_supporter(
    relation: Code,
    duty_of_support: Truth,
    able_heads_of_file: Count,
    able_spouses: Count,
    has_able_bound_kin: Truth,
    has_able_bound_grandchild: Truth,
) -> Truth:
    """The head and such kin owe each other support, and the spouse and a grandchild; the record does not say who owes it to whom."""
    able_grandparents = able_heads_of_file + able_spouses > 0
    by_head = all_of(is_in(relation, "sibling", "grandparent"), able_heads_of_file > 0)
    return any_of(
        all_of(duty_of_support, any_of(by_head, all_of(relation == "grandchild", able_grandparents))),
        all_of(relation == "head", has_able_bound_kin),
        all_of(relation == "spouse", has_able_bound_grandchild),
    )


@book.formula("household", "count", zh="在册人数", en="persons in the file", ref=ARTICLE)
def persons_in_file(relation: list[Code]) -> Count:
    """All persons of the household file, counted or not."""
    return how_many(relation)


@book.formula("person", "flag", zh="户内其他义务人有能力", en="another who owes support is able", ref=ARTICLE)
def has_other_able_supporter(
    relation: Code,
    duty_of_support: Truth,
    able_members: Count,
    able_self: Count,
    persons_in_file: Count,
    p: Law,
) -> Truth:
    """For a relation that the file does not name: open where a duty is recorded, for it does not say who owes it."""
    somebody = all_of(persons_in_file > 1, able_members > able_self)
    return all_of(relation == "other", duty_of_support, somebody, p.tekun.unnamed_duty_binds)


@book.test(
    "person",
    zh="户内无有能力的法定义务人",
    en="no able supporter lives in the household",
    ref=("law-2026:16", "mf-2021-43:4(3)", "mf-2021-43:8"),
)
def tekun_unsupported_inside(
    has_able_spouse: Truth,
    has_able_parent: Truth,
    has_able_child: Truth,
    has_able_bound_supporter: Truth,
    has_other_able_supporter: Truth,
) -> Truth:
    """Neither spouse nor parent nor child in the household is able by art. 8, nor kin with a recorded duty."""
    nearest = any_of(has_able_spouse, has_able_parent, has_able_child)
    return not_(any_of(nearest, has_able_bound_supporter, has_other_able_supporter))
