"""What is asked of a simulation, checked: for the command and for the page, with every fault told."""

from __future__ import annotations

import re

from doudi.rules.errors import Problem, Problems

COVERED = ("any", "basic", "tekun", "dibao", "single_dibao", "low_margin", "rigid", "other")
"""By which tiers people are covered: any of them, those that are paid every month, or one."""
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)%")
_YUAN = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,2})?")


def share_of(
    wanted: str | None, parameter: str | None, problems: Problems, names: tuple[str, str] | None = None
) -> float | None:
    """The share of all persons that is to be covered by varying ``parameter``; faults go to ``problems``.

    ``names``: what whoever asks calls the share and the parameter.
    """
    share, vary = names or (None, None)
    if (wanted is None) != (parameter is None):
        problems.add(Problem(
            "usage.reach", "要覆盖的比例和为此调整的参数要一起写", "the share to be covered and the parameter varied for it belong together",
            "两个都写，或者都不写", "give both or neither", column=share if wanted is None else vary,
        ))  # fmt: skip
    if wanted is None:
        return None
    found = _SHARE.fullmatch(wanted.strip())
    if found is None or not 0 < float(found[1]) <= 100:
        problems.add(Problem(
            "usage.share", "要覆盖的比例应写成百分数，大于 0，不超过 100%", "the share to be covered is a percentage above 0 and up to 100%",
            "如 10%", "such as 10%", value=wanted, column=share,
        ))  # fmt: skip
        return None
    return float(found[1]) / 100


def line_of(text: str | None, problems: Problems, name: str | None = None) -> int | None:
    """The line of poverty in fen; faults go to ``problems``. ``name``: what whoever asks calls it."""
    if text is None:
        return None
    if not _YUAN.fullmatch(text) or float(text) == 0:
        problems.add(Problem(
            "usage.line", "贫困线应写成元，大于 0，最多两位小数", "the line of poverty is yuan above 0 with at most two decimals",
            "如 600", "such as 600", value=text, column=name,
        ))  # fmt: skip
        return None
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))
