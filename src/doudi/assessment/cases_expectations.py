"""What a line under ``expect`` means: which variable of the law, of which row, and which value in engine units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from yaml.nodes import Node, ScalarNode, SequenceNode

from doudi.assessment.cases_model import Expectation, Part
from doudi.assessment.determination import Determination, Finding
from doudi.assessment.statute import Statute
from doudi.facts.household import HouseholdFacts
from doudi.rules.errors import CaseError, Problem, nearest
from doudi.rules.kinds import FLAG, Kind
from doudi.rules.yaml_places import line_of

MISSING: Literal["missing"] = "missing"
UNKNOWN_WORDS = ("unknown", "undetermined")
TRUTH = {"holds": 1, "true": 1, "fails": 0, "false": 0}
MONEY_SCALE = 100
AREA_SCALE = 100

_NAME = re.compile(r"(?P<variable>[a-z][a-z0-9_]*)(\[(?P<row>[^\]]+)\])?(\.(?P<part>value|limit))?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NO_SIDES = (
    "这一项没有可比较的两边",
    "it compares nothing",
    "去掉 .value 或 .limit",
    "leave out .value or .limit",
)
_NOT_ONE_VALUE = ("应为单个值", "must be a single value", "写成一个值", "write one value")
_NOT_A_LIST = ("missing 应为列表", "missing must be a list", "写成 [wage]", "write it like [wage]")
_NO_ROWS = ("这一项属于家庭", "it belongs to the household", "去掉方括号", "leave out the brackets")


def read_expectation(name: str, node: Node, statute: Statute, household: HouseholdFacts) -> Expectation:
    """The expectation ``name: node``.

    Raises:
        CaseError: unknown variable, row or value; the problem has no place.
    """
    if name == MISSING:
        return _missing(node, statute)
    match = _NAME.fullmatch(name)
    if match is None or match["variable"] not in statute.graph.variables:
        raise _unknown(match["variable"] if match else name, statute.graph.variables)
    variable = statute.variable(match["variable"])
    part: Part = cast(Part, match["part"] or "")
    kind = variable.side_kind if part else variable.kind
    if kind is None:
        raise _fault("case.side", _NO_SIDES, name)
    row = _row(variable.formula.entity, match["row"], household, name)
    if not isinstance(node, ScalarNode):
        raise _fault("case.value", _NOT_ONE_VALUE, name)
    text = str(node.value)
    return Expectation(name, variable.name, part, row, kind, text, _wanted(kind, text, name), line_of(node))


def _missing(node: Node, statute: Statute) -> Expectation:
    if not isinstance(node, SequenceNode):
        raise _fault("case.value", _NOT_A_LIST, MISSING)
    known = {*statute.graph.schema.inputs, *statute.graph.schema.parameters}
    wanted = frozenset(str(item.value) for item in node.value)
    for item in sorted(wanted - known):
        raise _unknown(item, known)
    return Expectation(MISSING, "tier", MISSING, None, FLAG, _listed(wanted), wanted, line_of(node))


def _row(entity: str | None, text: str | None, household: HouseholdFacts, name: str) -> int | None:
    """The place of a row by id or by number from 0; a variable of the only row needs neither."""
    if entity is None or entity == "household":
        if text is not None:
            raise _fault("case.row", _NO_ROWS, name)
        return None
    ids = household.ids[entity]
    if text is None and len(ids) == 1:
        return 0
    if text is not None and text in ids:
        return ids.index(text)
    if text is not None and text.isascii() and text.isdigit() and int(text) < len(ids):
        return int(text)
    choices = ", ".join(one or str(place) for place, one in enumerate(ids)) or "—"
    what = ("没有写明是哪一行", "it does not say which row")
    raise _fault(
        "case.row", (*what, f"在方括号中写：{choices}", f"write one of these in brackets: {choices}"), name
    )


def _wanted(kind: Kind, text: str, name: str) -> int | None:
    if text in UNKNOWN_WORDS:
        return None
    try:
        return _engine_value(kind, text)
    except ValueError:
        what = (f"{name} 的值不对", f"not a value of {name}")
        raise _fault("case.value", (*what, *_shape(kind)), text) from None


def _engine_value(kind: Kind, text: str) -> int:
    if kind.codes is not None:
        place = kind.codes.find(text)
        if place is None:
            raise ValueError(text)
        return place
    if kind.name == "flag":
        if text not in TRUTH:
            raise ValueError(text)
        return TRUTH[text]
    if kind.name == "date":
        day = date.fromisoformat(text)
        return day.year * 10_000 + day.month * 100 + day.day
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    value = Decimal(text) * _scale(kind)
    if value != int(value):
        raise ValueError(text)
    return int(value)


def _scale(kind: Kind) -> int:
    return {"money": MONEY_SCALE, "area": AREA_SCALE}.get(kind.name, kind.denominator)


def _shape(kind: Kind) -> tuple[str, str]:
    if kind.codes is not None:
        codes = ", ".join(kind.codes.codes)
        return f"可用：{codes}, unknown", f"use one of {codes}, unknown"
    if kind.name == "flag":
        return (
            "写 holds、fails、undetermined（或 true、false、unknown）",
            "write holds, fails, undetermined (or true, false, unknown)",
        )
    if kind.name == "date":
        return "写成 2026-08-01", "write it like 2026-08-01"
    return (
        "写数字或 unknown，金额以元计，至多两位小数",
        "write a number or unknown; money in yuan with at most two decimals",
    )


def found(expectation: Expectation, determination: Determination) -> tuple[bool, str]:
    """Whether the expectation is met, and what was found as it would be written in a case."""
    if expectation.part == MISSING:
        names = frozenset(determination.missing)
        return names == expectation.wanted, _listed(names)
    name = f"{expectation.variable}.{expectation.part}" if expectation.part else expectation.variable
    finding = determination.trace.finding(name, expectation.row)
    met = finding.value is None if expectation.wanted is None else finding.value == expectation.wanted
    is_test = determination.statute.variable(expectation.variable).formula.is_test and not expectation.part
    return bool(met), _shown(expectation.kind, finding, is_test)


def _shown(kind: Kind, finding: Finding, is_test: bool) -> str:
    if finding.known:
        return _file_value(kind, finding.low, is_test)
    low, high = (_file_value(kind, one, is_test) for one in (finding.low, finding.high))
    between = f"{low} … {high}; {_listed(frozenset(finding.rests_on))}"
    return f"undetermined ({between})" if is_test else f"unknown ({between})"


def _file_value(kind: Kind, value: Any, is_test: bool) -> str:
    if kind.codes is not None:
        return kind.codes.code(int(value))
    if kind.name == "flag":
        words = ("fails", "holds") if is_test else ("false", "true")
        return words[int(value)]
    if kind.name == "date":
        return f"{value // 10_000:04d}-{value // 100 % 100:02d}-{value % 100:02d}"
    return str(Decimal(int(value)) / _scale(kind))


def _listed(names: frozenset[str]) -> str:
    return f"[{', '.join(sorted(names))}]"


def _unknown(name: str, known: Iterable[str]) -> CaseError:
    near = nearest(name, known)
    remedy = (f"相近的：{near}", f"did you mean {near}") if near else ("见规则目录", "see the list of rules")
    return _fault("case.unknown_variable", ("没有这一项", "no such variable", *remedy), name)


def _fault(code: str, words: tuple[str, str, str, str], value: str) -> CaseError:
    zh, en, remedy_zh, remedy_en = words
    return CaseError([Problem(code, zh, en, remedy_zh, remedy_en, value=value)])
