"""Plain sentences about a household, in Chinese and English: who, which fact, how much, and how a test came out.

Persons are called by their place and relation (成员2（子女）), never by name or id. What is said of a test is said of that
test alone: the household's tier is a proposal, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from doudi.assessment.determination import Determination, TestResult
from doudi.assessment.exact import apart, exact_sides
from doudi.assessment.phrases_of_sides import Sides, phrase_en, phrase_zh
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.facts.values import show
from doudi.facts.vocabulary import Fact, Vocabulary
from doudi.rules.graph import Variable
from doudi.rules.kinds import RATE_DENOMINATOR

HIGHEST_SHARE = 100 * RATE_DENOMINATOR
"""Shares above a hundred times are not written out: they come from an income of next to nothing."""

_ROW_FACTS = {
    "person": "relation",
    "supporter": "supporter_relation",
    "asset": "asset_kind",
    "expense": "expense_kind",
    "holding": "holding_programme",
}
_ROW_NAMES = {
    "person": ("成员", "member"),
    "supporter": ("法定义务人", "supporter"),
    "asset": ("财产", "asset"),
    "expense": ("支出", "expense"),
    "holding": ("现享受救助", "holding"),
}
_STATED = {
    "assets_stated": ("家庭财产情况（尚未申报）", "the household's assets (not declared yet)"),
    "expenses_stated": ("家庭支出情况（尚未申报）", "the household's expenses (not declared yet)"),
    "supporters_stated": (
        "户外法定义务人情况（尚未申报）",
        "supporters outside the household (not declared yet)",
    ),
}
_PERIODS = {
    "12 months": ("（12个月）", " in twelve months"),
    "month": ("（每月）", " per month"),
}


def number(value: int, scale: int = 100) -> str:
    """An engine integer in file units with thousands set apart: 5200000 fen → ``52,000.00``; no decimals at scale 1."""
    whole, part = divmod(abs(value), scale)
    decimals = len(str(scale)) - 1
    text = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    return f"-{text}" if value < 0 else text


def money(fen: int, language: str = "zh") -> str:
    """``52,000.00 元`` or ``52,000.00 CNY``."""
    return f"{number(fen)} {'元' if language == 'zh' else 'CNY'}"


def share(value: int) -> str:
    """Ten-thousandths as a percentage, without needless zeros."""
    return number(value).rstrip("0").rstrip(".") + "%"


def row_label(household: HouseholdFacts, entity: str, row: int | None, language: str = "zh") -> str:
    """``成员2（子女）``, ``member 2 (child)``, ``asset 1 (motor vehicle)``; the household is ``家庭``."""
    if entity == "household" or row is None:
        return "家庭" if language == "zh" else "the household"
    zh, en = _ROW_NAMES[entity]
    fact = Vocabulary.load().facts[_ROW_FACTS[entity]]
    what = coded(fact, household.facts[entity][row][fact.name], language)
    if entity == "supporter":
        whom = row_label(household, "person", household.facts[entity][row]["person_index"], language)
        what = f"{whom}的{what}" if language == "zh" else f"{what} of {whom}"
    return f"{zh}{row + 1}（{what}）" if language == "zh" else f"{en} {row + 1} ({what})"


def coded(fact: Fact, value: int | None, language: str = "zh") -> str:
    """The label of a code or the word for a truth value."""
    if value is None:
        return "不清楚" if language == "zh" else "not known"
    if fact.codes is not None:
        return fact.codes.label(fact.codes.code(value), language)
    return (("否", "是") if language == "zh" else ("no", "yes"))[int(value)]


def fact_value(fact: Fact, value: Any, language: str = "zh") -> str:
    """A value of a fact with its unit, as people read it."""
    if value is None or fact.kind in ("code", "flag"):
        return coded(fact, value, language)
    if fact.kind == "money":
        return money(value, language)
    if fact.kind == "area":
        return f"{number(value)} {'平方米' if language == 'zh' else 'm²'}"
    if fact.kind == "date" and value == 0:
        return "无" if language == "zh" else "none"
    return show(fact, value)


def fact_label(
    household: HouseholdFacts, fact: Fact, row: int | None, language: str = "zh", period: bool = False
) -> str:
    """Whose fact it is and what it is: ``成员2（子女）的工资性收入``, ``wages of member 2 (child)``."""
    zh, en = _PERIODS.get(fact.period, ("", "")) if period else ("", "")
    if fact.entity == "household":
        return f"家庭的“{fact.zh}”{zh}" if language == "zh" else f"{fact.en}{en} (household)"
    whose = row_label(household, fact.entity, row, language)
    return f"{whose}的{fact.zh}{zh}" if language == "zh" else f"{fact.en} of {whose}{en}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that must be known: ``kind`` is ``fact`` or ``parameter``; ``facts`` are engine names of one row."""

    kind: str
    facts: tuple[str, ...]
    entity: str | None
    row: int | None
    label: str

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "kind": self.kind,
            "names": list(self.facts),
            "entity": self.entity,
            "row": self.row,
            "label": self.label,
        }


def missing(
    determination: Determination,
    names: Iterable[str],
    language: str = "zh",
    entity: str | None = None,
    row: int | None = None,
) -> list[Missing]:
    """What to ask for, row by row; a group of income of which nothing is known is asked for as one.

    With ``entity`` and ``row`` facts of that entity are asked for in this row only.
    """
    wanted = set(names)
    household, found = determination.household, []
    vocabulary = Vocabulary.load()
    for gap in determination.gaps:
        if gap.entity == entity and row is not None and gap.row != row:
            continue
        asked = [name for name in gap.unknown if name in wanted]
        for label, members in _groups(vocabulary, gap.entity, gap.facts, asked).items():
            where = None if gap.entity == "household" else gap.row
            text = _asked(household, gap.entity, where, label, members, language)
            found.append(Missing("fact", tuple(members), gap.entity, where, text))
    parameters = sorted(wanted - set(vocabulary.facts))
    found += [
        Missing("parameter", (name,), None, None, _parameter_asked(determination.statute, name, language))
        for name in parameters
    ]
    return found


def _groups(
    vocabulary: Vocabulary, entity: str, values: Mapping[str, Any], asked: list[str]
) -> dict[str, list[str]]:
    """The facts asked for, those of a wholly unknown group together under the group's name."""
    if not asked:
        return {}
    groups = vocabulary.entities[entity].groups
    unknown = {name for name, group in groups.items() if all(values[fact] is None for fact in group.facts)}
    grouped: dict[str, list[str]] = {}
    for name in asked:
        group = vocabulary.facts[name].group
        grouped.setdefault(group if group in unknown and group is not None else name, []).append(name)
    return grouped


def _asked(
    household: HouseholdFacts, entity: str, row: int | None, label: str, facts: list[str], language: str
) -> str:
    if label in _STATED:
        return _STATED[label][0 if language == "zh" else 1]
    group = Vocabulary.load().entities[entity].groups.get(label)
    if group is None:
        return fact_label(household, Vocabulary.load().facts[facts[0]], row, language)
    whose = row_label(household, entity, row, language)
    return f"{whose}的{group.zh}" if language == "zh" else f"{group.en} of {whose}"


def _parameter_asked(statute: Statute, name: str, language: str) -> str:
    definition = statute.resolved.definition(name)
    codes = ""
    if definition.by is not None:
        unset = [code for code in definition.by.codes if statute.resolved.at(name, code) is None]
        labels = ("、" if language == "zh" else ", ").join(
            definition.by.label(code, language) for code in unset
        )
        whole = len(unset) == len(definition.by)
        codes = "" if whole else (f"（{labels}）" if language == "zh" else f" ({labels})")
    if language == "zh":
        return f"当地的“{definition.zh}”{codes}（规则参数，尚未确定）"
    return f'the local "{definition.en}"{codes} (a parameter that is not set)'


def side(statute: Statute, variable: Variable, value: int, language: str = "zh") -> str:
    """One side of a test, or a distance, with its unit: yuan, percent, years, months, m²."""
    kind = variable.side_kind.name if variable.side_kind is not None else "count"
    if kind == "money":
        return money(value, language)
    if kind == "rate":
        return share(value)
    if kind == "area":
        return f"{number(value)} {'平方米' if language == 'zh' else 'm²'}"
    return f"{number(value, 1)} {_limit_unit(statute, variable, language)}".rstrip()


def _limit_unit(statute: Statute, variable: Variable, language: str) -> str:
    node = statute.graph.nodes[variable.limit] if variable.limit is not None else None
    if node is None or node.op not in ("parameter", "entry", "lookup"):
        return ""
    name = node.attribute[0] if node.op == "entry" else node.attribute
    unit = statute.resolved.definition(str(name)).unit
    return unit.zh if language == "zh" else unit.en


def shown_sides(determination: Determination, test: TestResult, language: str = "zh") -> Sides | None:
    """Both sides of a test, or None where it compares nothing that is worth showing."""
    statute, variable = determination.statute, test.variable
    if test.value is None or test.limit is None or variable.limit is None or variable.side_kind is None:
        return None
    if (
        variable.side_kind.name in ("code", "flag", "date")
        or statute.graph.nodes[variable.limit].op == "const"
    ):
        return None
    distance = abs(test.distance or 0)
    if variable.side_kind.name == "rate" and test.value > HIGHEST_SHARE:
        value = "超过 10,000%" if language == "zh" else "more than 10,000%"
        return Sides(value, side(statute, variable, test.limit, language), "")
    if distance == 0:
        return _meeting(determination, test, language)
    value, limit = (side(statute, variable, each, language) for each in (test.value, test.limit))
    gap = _gap(statute, variable, distance, language)
    return Sides(value, limit, gap)


def _meeting(determination: Determination, test: TestResult, language: str) -> Sides:
    """Sides that look equal as shown: equal exactly, or with as many decimals as tell them apart."""
    statute, variable = determination.statute, test.variable
    assert test.value is not None
    assert test.limit is not None
    value, limit = (side(statute, variable, each, language) for each in (test.value, test.limit))
    exact = exact_sides(determination, test)
    if exact is None or exact[0] == exact[1]:
        return Sides(value, limit, "", equal=None if exact is None else True)
    kind = variable.side_kind.name if variable.side_kind is not None else ""
    found = apart(*exact, scale={"money": 100, "rate": 100, "area": 100}.get(kind, 1))
    if found is None:
        return Sides(value, limit, "", equal=None)
    shown, gap = found
    if kind == "rate":
        points = " 个百分点" if language == "zh" else " percentage points"
        return Sides(f"{shown}%", limit, f"{gap}{points}")
    unit = value.partition(" ")[2]
    return Sides(f"{shown} {unit}".rstrip(), limit, f"{gap} {unit}".rstrip())


def _gap(statute: Statute, variable: Variable, distance: int, language: str) -> str:
    text = side(statute, variable, distance, language)
    if variable.side_kind is None or variable.side_kind.name != "rate":
        return text
    return text.replace("%", " 个百分点" if language == "zh" else " percentage points")


def sentence(
    determination: Determination,
    test: TestResult,
    language: str = "zh",
    wanted: bool = True,
    name_row: bool = True,
) -> str:
    """How a test came out. ``wanted`` is the truth that is asked of it; ``name_row`` puts the person in front."""
    formula = test.variable.formula
    label = formula.zh if language == "zh" else formula.en
    if test.row is not None and name_row:
        whose = row_label(determination.household, str(formula.entity), test.row, language)
        label = f"{whose}{'：' if language == 'zh' else ': '}{label}"
    if test.truth is None:
        asked = missing(determination, test.rests_on, language, formula.entity, test.row)
        return _cannot_tell(label, [each.label for each in asked], language)
    met = test.truth == wanted
    if not wanted:
        return _reversed(label, test.truth, met, language)
    sides = shown_sides(determination, test, language)
    if sides is None:
        return f"{label}：{verdict(met)}。" if language == "zh" else f"{_upper(label)}: {verdict(met, 'en')}."
    phrase = phrase_zh(label, test, sides) if language == "zh" else phrase_en(label, test, sides)
    return f"{phrase}：{verdict(met)}。" if language == "zh" else f"{_upper(phrase)}: {verdict(met, 'en')}."


NEEDED = {"zh": "：还需要知道 ", "en": ": still needed: "}
"""What stands between an open test and the names of what is missing."""


def verdict(met: bool | None, language: str = "zh") -> str:
    """The word for a test that is met, not met, or open."""
    if met is None:
        return "不能确定" if language == "zh" else "cannot be determined"
    return (("未满足", "符合") if language == "zh" else ("not met", "met"))[int(met)]


def _cannot_tell(label: str, asked: list[str], language: str) -> str:
    if language == "zh":
        return f"{label}：{verdict(None)}{NEEDED['zh']}{'、'.join(asked)}。"
    return f"{_upper(label)}: {verdict(None, 'en')}{NEEDED['en']}{', '.join(asked)}."


def _reversed(label: str, truth: bool, met: bool, language: str) -> str:
    if language == "zh":
        return f"“{label}”应为否，现为{'是' if truth else '否'}：{verdict(met)}。"
    return f'"{_upper(label)}" must not hold; it {"does" if truth else "does not"}: {verdict(met, "en")}.'


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
