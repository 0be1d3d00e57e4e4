"""Rounding of amounts as the region names it."""

from typing import Any

from doudi.rules.functions import round_down, round_half_up, round_up, where

JIAO, YUAN = 10, 100


def rounded_by(mode: Any, value: Any) -> Any:
    """``value`` in fen, rounded as ``amounts.rounding`` says: 见分进角, 四舍五入到元, 见角进元, to the yuan below, or to the fen."""
    to_yuan = where(mode == "yuan_half_up", round_half_up(value, to=YUAN), round_down(value, to=YUAN))
    upward = where(mode == "yuan_up", round_up(value, to=YUAN), to_yuan)
    return where(
        mode == "fen", round_half_up(value), where(mode == "jiao_up", round_up(value, to=JIAO), upward)
    )
