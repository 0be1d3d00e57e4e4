"""One pass through all tiers: the first that holds is proposed (T1). Tiers of the household, and of each person."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, where
from doudi.rules.quantities import Code, Truth

book = Book("tiers")
ORDER = ("law-2026:13", "gbf-2023-39:2", "reform-opinion-2020:2")


@book.formula("household", "code:tier", zh="拟认定类别", en="tier proposed", ref=ORDER)
def tier(
    all_tekun: Truth,
    is_dibao: Truth,
    has_single_dibao: Truth,
    is_low_margin: Truth,
    is_rigid: Truth,
    is_other_hardship: Truth,
) -> Code:
    """特困, 低保, 单人保, 低保边缘, 刚性支出困难, 其他困难, none: a proposal; a person decides."""
    lower = where(is_rigid, "rigid", where(is_other_hardship, "other", "none"))
    middle = where(has_single_dibao, "single_dibao", where(is_low_margin, "low_margin", lower))
    return where(all_tekun, "tekun", where(is_dibao, "dibao", middle))


@book.formula("person", "code:tier", zh="成员拟认定类别", en="tier proposed for the person", ref=ORDER)
def person_tier(
    is_tekun: Truth,
    is_counted: Truth,
    is_single_dibao: Truth,
    is_dibao: Truth,
    is_low_margin: Truth,
    is_rigid: Truth,
    is_other_hardship: Truth,
) -> Code:
    """A person's own tier: 特困 and 单人保 belong to the person, the others to the members who count."""
    in_family = where(
        is_dibao,
        "dibao",
        where(
            is_low_margin, "low_margin", where(is_rigid, "rigid", where(is_other_hardship, "other", "none"))
        ),
    )
    own = where(is_single_dibao, "single_dibao", where(is_counted, in_family, "none"))
    return where(is_tekun, "tekun", own)


@book.formula(
    "household", "flag", zh="属于低收入人口", en="belongs to the low-income population", ref="gbf-2023-39:2"
)
def is_low_income(tier: Code, has_tekun: Truth, is_monitored: Truth) -> Truth:
    """低收入人口: any tier, a 特困 member, or the mark of monitoring."""
    return any_of(tier != "none", has_tekun, is_monitored)


@book.formula(
    "household",
    "flag",
    zh="获得基本生活救助",
    en="receives basic living aid",
    ref=("law-2026:15", "order-649:9 until 2026-06-30", "order-649:14 until 2026-06-30"),
)
def is_in_basic_aid(all_tekun: Truth, is_dibao: Truth, has_single_dibao: Truth, has_tekun: Truth) -> Truth:
    """特困人员供养 or 最低生活保障, for the household or one of its members."""
    return any_of(all_tekun, is_dibao, has_single_dibao, has_tekun)


@book.formula(
    "household",
    "flag",
    zh="除收入外符合低保条件",
    en="qualifies for dibao but for its income",
    ref=("law-2026:18", "order-649:9 until 2026-06-30"),
)
def is_dibao_but_for_income(
    dibao_property: Truth, has_members: Truth, belongs_here: Truth, dibao_home_checked: Truth
) -> Truth:
    """For the grace period: everything holds except that income has risen."""
    return all_of(dibao_property, has_members, belongs_here, dibao_home_checked)
