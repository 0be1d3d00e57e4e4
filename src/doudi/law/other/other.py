"""其他困难家庭 and the mark of 防止返贫监测."""

from doudi.rules.book import Book
from doudi.rules.functions import all_of
from doudi.rules.quantities import Code, Law, Truth

book = Book("other")


@book.test(
    "household",
    zh="符合当地其他困难家庭规定",
    en="meets the local rule of other hardship",
    ref=("law-2026:33", "gbf-2023-39:2"),
)
def is_other_hardship(local_hardship: Truth, belongs_here: Truth, p: Law) -> Truth:
    """其他困难人员 by local rule; the county records that its own rule is met."""
    return all_of(local_hardship, p.other.by_county, belongs_here)


@book.formula(
    "household",
    "flag",
    zh="防止返贫监测对象",
    en="is monitored against falling back into poverty",
    ref="gbf-2023-39:2",
)
def is_monitored(monitored_mark: Code) -> Truth:
    """A mark beside the tier, not a tier: 脱贫不稳定户, 边缘易致贫户, 突发严重困难户."""
    return monitored_mark != "none"
