"""Lines of medical spending that places have published, each for those whom it names (各地医疗费用预警线)."""

from typing import Any

from doudi.rules.book import Book
from doudi.rules.functions import all_of, any_of, entry, measured, not_, total
from doudi.rules.quantities import Code, Law, Money, Truth

book = Book("indicators/urgent")
TONGLING = "indicators-tongling-2025"
XIAN = "indicators-xian-medical-2025"


@book.formula(
    "person", "money", zh="十二个月医疗总费用", en="whole medical cost of twelve months", ref="doudi-reading:indicators"
)  # fmt: skip
def whole_medical_cost(
    by_person__medical_settlement_total: list[Money], by_person__settlement_is_recent: list[Truth]
) -> Money:
    """Before insurance and aid."""
    return total(by_person__medical_settlement_total, where=by_person__settlement_is_recent)


@book.formula("medical_settlement", "money", zh="三重保障后自付", en="left after insurance and aid", ref=XIAN)
def left_after_schemes(
    medical_settlement_total: Money,
    medical_settlement_pooled_paid: Money,
    medical_settlement_serious_paid: Money,
    medical_settlement_aid_paid: Money,
) -> Money:
    """The whole less 基本医保, 大病保险 and 医疗救助; unknown where one of them is not written."""
    paid = medical_settlement_pooled_paid + medical_settlement_serious_paid + medical_settlement_aid_paid
    return medical_settlement_total - paid


@book.formula("person", "money", zh="十二个月三重保障后自付", en="left after the three schemes", ref=XIAN)
def cost_after_schemes(
    by_person__left_after_schemes: list[Money], by_person__settlement_is_recent: list[Truth]
) -> Money:
    """Of twelve months."""
    return total(by_person__left_after_schemes, where=by_person__settlement_is_recent)


def _line(name: str, ref: str, zh: str, en: str, **using: str) -> None:
    """A test of a person: ``cost`` above the parameter ``watch.medical.<name>`` for those whom ``concerned`` names."""

    def above(cost: Money, concerned: Truth, p: Law) -> Any:
        limit = getattr(p.watch.medical, name)
        return measured(all_of(cost > limit, concerned), cost, limit, "gt")

    book.test("person", name=f"{name}_cost", zh=zh, en=en, ref=ref, using=using)(above)


@book.formula(
    "household", "flag", zh="不在救助或者监测范围内", en="is neither in aid nor monitored", ref=TONGLING
)
def is_unwatched(is_watched: Truth) -> Truth:
    """Non-low-income residents, as far as is recognised."""
    return not_(is_watched)


_line("tongling_tekun", TONGLING, "特困人员医疗费用预警（铜陵）", "Tekun above the line of Tongling",
      cost="own_medical_cost", concerned="receives_tekun")  # fmt: skip
_line("tongling_dibao", TONGLING, "低保对象医疗费用预警（铜陵）", "dibao above the line of Tongling",
      cost="own_medical_cost", concerned="receives_dibao")  # fmt: skip
_line("tongling_outer", TONGLING, "低边、刚性、监测对象医疗费用预警（铜陵）", "outer tiers above the line of Tongling",
      cost="own_medical_cost", concerned="in_outer_tiers")  # fmt: skip
_line("tongling_others", TONGLING, "非低收入人口医疗费用预警（铜陵）", "others above the line of Tongling",
      cost="own_medical_cost", concerned="is_unwatched")  # fmt: skip
_line("xian_watched", XIAN, "低收入人口三重保障后自付过高（西安）", "low income: left after three schemes, Xi'an",
      cost="cost_after_schemes", concerned="is_watched")  # fmt: skip
_line("xian_others", XIAN, "一般群众三重保障后自付过高（西安）", "others: left after three schemes, Xi'an",
      cost="cost_after_schemes", concerned="is_unwatched")  # fmt: skip
_line("taizhou_low_income", "indicators-taizhou-2025", "低收入人口医疗支出预警（泰州）", "low income above the line of Taizhou",
      cost="own_medical_cost", concerned="is_low_income")  # fmt: skip


@book.test(
    "person", zh="农村居民自付超过农村人均可支配收入（阳原）", en="above rural disposable income, Yangyuan",
    ref="indicators-yangyuan-2022",
)  # fmt: skip
def yangyuan_rural_cost(own_medical_cost: Money, area: Code, p: Law) -> Truth:
    """The figure of the year before for rural residents."""
    limit = entry(p.stats.disposable, "rural")
    return measured(all_of(own_medical_cost > limit, area == "rural"), own_medical_cost, limit, "gt")


@book.test(
    "person", zh="年度总费用或自费超过预警线（拉萨）", en="whole or own cost above the line of Lhasa",
    ref="indicators-lhasa-2021",
)  # fmt: skip
def lhasa_cost(whole_medical_cost: Money, own_medical_cost: Money, p: Law) -> Truth:
    """Either line."""
    lines = p.watch.medical
    high = any_of(whole_medical_cost > lines.lhasa_whole, own_medical_cost > lines.lhasa_own)
    return measured(high, own_medical_cost, lines.lhasa_own, "gt")


@book.test(
    "person", zh="自付超过年低保标准（喀什）", en="above the yearly dibao standard, Kashgar",
    ref="indicators-kashgar-2025",
)  # fmt: skip
def kashgar_cost(own_medical_cost: Money, dibao_standard: Money) -> Truth:
    """Twelve months of the standard of the place."""
    return own_medical_cost > dibao_standard * 12


@book.test(
    "person", zh="居民个人自付较高", en="a resident's own medical spending is rather high", ref="indicators-platform"
)  # fmt: skip
def early_medical_cost(own_medical_cost: Money, resident_medical_cost: Truth, p: Law) -> Truth:
    """An earlier notice than the high line, which tells it by itself once passed."""
    limit = p.watch.medical.early
    return measured(
        all_of(own_medical_cost > limit, not_(resident_medical_cost)), own_medical_cost, limit, "gt"
    )
