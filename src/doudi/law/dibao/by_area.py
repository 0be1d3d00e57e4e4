"""The dibao standard of one area, for rules that ask for that of another than the household's."""

from collections.abc import Callable
from typing import Any

from doudi.rules.functions import per, round_half_up, where
from doudi.rules.quantities import Law, Money

MONTHS = 12
YUAN = 100


def standard_by(of_area: Callable[[Any], Any], p: Law) -> Money:
    """The standard of one area, whose cells ``of_area`` takes from tables: fixed, or a share of the median disposable income
    in whole yuan."""
    median = of_area(p.stats.median_disposable)
    by_ratio = round_half_up(per(median * p.dibao.standard_ratio, MONTHS), to=YUAN)
    return where(p.dibao.standard_method == "fixed", of_area(p.dibao.standard), by_ratio)
