"""Which level of government a region is, and which levels may set a parameter."""

from __future__ import annotations

from yaml.nodes import Node

from doudi.rules.parameters._days import iso, shift
from doudi.rules.parameters.model import NATIONAL, DatedValue, ParameterDefinition
from doudi.rules.yaml_places import Page

LEVELS = ("county", "prefecture", "province", "national")
"""From the lowest up."""
LEVELS_ZH = {"county": "县级", "prefecture": "设区的市级", "province": "省级", "national": "国家"}


def level_of(code: str) -> str:
    """The level that the form of a code means: province, prefecture or county; national for ``000000``."""
    if code == NATIONAL:
        return "national"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def check_level(
    page: Page, region: str, definition: ParameterDefinition, entry: DatedValue, node: Node
) -> None:
    """A fault where an entry reaches into the days on which only a higher level than its region may set the value."""
    rule, level = definition.set_by, level_of(region)
    if rule is None or LEVELS.index(level) >= LEVELS.index(rule.level):
        return
    if entry.source.until is not None and entry.source.until < rule.start:
        return
    first, last = iso(rule.start), iso(shift(rule.start, -1))
    page.fault(
        node,
        "parameter.level",
        f"{first} 起 {definition.name} 由{LEVELS_ZH[rule.level]}以上规定，{LEVELS_ZH[level]}不能规定：{rule.reference.sentence('zh')}",
        f"from {first} {definition.name} is set by a {rule.level} or above, not by a {level}: {rule.reference.sentence('en')}",
        f"写 until: {last}，以后的取值写在{LEVELS_ZH[rule.level]}以上地区的文件中",
        f"write until: {last}, and later values in the file of a {rule.level} or above",
        iso(entry.source.start),
    )
