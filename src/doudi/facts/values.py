"""One value of a file: from its text to the integer of the engine, and back to text.

This is the single definition of how a written value is understood; household files and registers both follow it.
Amounts are read digit by digit, never through a float.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from doudi.facts.shown import shown
from doudi.facts.vocabulary import Fact, engine_date
from doudi.rules.errors import Problem, nearest

UNKNOWN_WORDS = frozenset({"", "unknown", "不清楚", "不详"})
NONE_WORDS = frozenset({"none", "无"})
TRUE_WORDS = frozenset({"true", "yes", "是", "有", "1", "1.0"})
FALSE_WORDS = frozenset({"false", "no", "否", "无", "0", "0.0"})
NOT_CALCULATED = "#公式无结果"
"""Stands in the place of a formula that a workbook gives no result of."""
CELL_ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA", NOT_CALCULATED,
})  # fmt: skip
"""What cells show whose formula has failed."""
DIGITS_LOST_IN = r"^[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,}$"
"""An id as a spreadsheet shows it once it has taken it for a number."""

_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]*))?")
_DATE = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value: a stable code, the sentence and the remedy in both languages."""

    code: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str

    def sentence(self) -> str:
        """The Chinese sentence with its remedy, for the error column of rows set aside."""
        return f"{self.zh}，{self.remedy_zh}" if self.remedy_zh else self.zh

    def problem(
        self,
        file: str | None,
        column: str,
        value: str | None,
        line: int | None = None,
        row: int | None = None,
    ) -> Problem:
        """The fault at its place. The value is shortened, and hidden where it may be an id or an account."""
        return Problem(
            self.code,
            self.zh,
            self.en,
            self.remedy_zh,
            self.remedy_en,
            file=file,
            line=line,
            row=row,
            column=column,
            value=None if value is None else shown(value),
        )


class ValueFault(Exception):  # noqa: N818 - it carries a fault, it is not told to anyone by itself
    """A text that is no value of its fact."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.en)
        self.fault = fault


def parse(fact: Fact, text: str | None) -> int | None:
    """The engine integer of ``text``, or None when it says that the value is not known.

    Raises:
        ValueFault: the text is no value of this fact; the fault has no place yet.
    """
    word = "" if text is None else text.strip()
    if word.lower() in UNKNOWN_WORDS:
        return None
    if word in CELL_ERRORS:
        raise ValueFault(CELL_ERROR)
    return _PARSERS[fact.kind](fact, word)


def _parse_number(fact: Fact, text: str) -> int:
    match = _NUMBER.fullmatch(text)
    if match is None or match[3] == "":
        raise ValueFault(_not_a_number(fact))
    decimals = (match[3] or "").rstrip("0")
    if len(decimals) > len(str(fact.scale)) - 1:
        raise ValueFault(_too_many_decimals(fact))
    value = int(Decimal(f"{match[1]}{match[2]}.{decimals or '0'}") * fact.scale)
    if not fact.low <= value <= fact.high:
        raise ValueFault(_out_of_range(fact, value < 0))
    return value


def _parse_flag(fact: Fact, text: str) -> int:
    word = text.lower()
    if word in TRUE_WORDS or word in FALSE_WORDS:
        return int(word in TRUE_WORDS)
    raise ValueFault(
        Fault(
            "fact.type",
            f"“{fact.zh}”应为是或否",
            f"{fact.column} must be true or false",
            "写 true 或 false（是、否）",
            "write true or false",
        )
    )


def _parse_code(fact: Fact, text: str) -> int | None:
    assert fact.codes is not None
    place = fact.codes.find(text)
    if place is None:
        near = nearest(text, fact.codes.entries) or nearest(
            text, [zh for zh, _ in fact.codes.entries.values()]
        )
        choices_zh = near or "、".join(f"{code}（{zh}）" for code, (zh, _) in fact.codes.entries.items())
        choices_en = near or ", ".join(fact.codes.codes)
        raise ValueFault(
            Fault(
                "fact.code",
                f"“{fact.zh}”没有这个代码",
                f"not a code of {fact.column}",
                f"可用：{choices_zh}",
                f"use {choices_en}",
            )
        )
    return None if fact.codes.code(place) == "unknown" else place


def _parse_date(fact: Fact, text: str) -> int:
    if fact.may_be_none and text.lower() in NONE_WORDS:
        return 0
    match = _DATE.fullmatch(text)
    year_month_day = match.group(1, 3, 4) if match else None
    if match is None and (match := _COMPACT_DATE.fullmatch(text)):
        year_month_day = match.groups()
    try:
        if year_month_day is None:
            raise ValueError(text)
        value = engine_date(date(*map(int, year_month_day)))
    except ValueError:
        raise ValueFault(
            Fault(
                "fact.type",
                f"“{fact.zh}”不是有效日期",
                f"{fact.column} is not a valid date",
                "写成 2026-07-01 的形式",
                "write it like 2026-07-01",
            )
        ) from None
    if not fact.low <= value <= fact.high:
        raise ValueFault(
            Fault(
                "fact.absurd",
                f"“{fact.zh}”的日期超出合理范围",
                f"{fact.column} lies outside its range of dates",
                f"应在 {show(fact, fact.low)} 至 {show(fact, fact.high)} 之间",
                f"write a date from {show(fact, fact.low)} to {show(fact, fact.high)}",
            )
        )
    return value


_PARSERS: dict[str, Callable[[Fact, str], int | None]] = {
    "money": _parse_number,
    "count": _parse_number,
    "area": _parse_number,
    "flag": _parse_flag,
    "code": _parse_code,
    "date": _parse_date,
}


def _not_a_number(fact: Fact) -> Fault:
    return Fault(
        "fact.type",
        f"“{fact.zh}”不是数字",
        f"{fact.column} is not a number",
        "只写数字和小数点，如 1560 或 1560.50",
        "write plain digits such as 1560 or 1560.50",
    )


def _too_many_decimals(fact: Fact) -> Fault:
    digits = len(str(fact.scale)) - 1
    if digits == 0:
        return Fault(
            "fact.decimals",
            f"“{fact.zh}”应为整数",
            f"{fact.column} must be a whole number",
            "去掉小数",
            "write a whole number",
        )
    return Fault(
        "fact.decimals",
        f"“{fact.zh}”最多 {digits} 位小数",
        f"{fact.column} carries at most {digits} decimals",
        "按规定的精度书写",
        "write it with fewer decimals",
    )


CELL_ERROR = Fault(
    "fact.cell_error",
    "单元格的公式出错，没有值",
    "the formula of the cell has failed and gives no value",
    "改正公式，或写上值；不清楚的留空",
    "mend the formula or write the value; leave it empty where it is not known",
)
DIGITS_LOST = Fault(
    "fact.digits_lost",
    "编号被表格软件当作数字，末尾几位已丢失",
    "a spreadsheet took the id for a number: its last digits are lost",
    "把这一列设为文本格式，从原始数据重新填写编号",
    "format the column as text and fill the ids in again from where they came",
)


def not_born(fact: Fact, on: int) -> Fault:
    """The fault that somebody is born after the day ``on`` of assessment."""
    day = show(fact, on)
    return Fault(
        "fact.not_born",
        f"“{fact.zh}”在审核日（{day}）之后",
        f"{fact.column} lies after the day of assessment, {day}",
        "改正日期；审核日尚未出生的不写",
        "correct the date, or leave out who is not yet born",
    )


def _out_of_range(fact: Fact, negative: bool) -> Fault:
    low, high = show(fact, fact.low), show(fact, fact.high)
    if negative and fact.low >= 0:
        return Fault(
            "fact.negative",
            f"“{fact.zh}”不能为负数",
            f"{fact.column} cannot be negative",
            f"写 {low} 至 {high} 之间的数",
            f"write a number from {low} to {high}",
        )
    return Fault(
        "fact.absurd",
        f"“{fact.zh}”超出合理范围",
        f"{fact.column} lies outside its range",
        f"写 {low} 至 {high} 之间的数",
        f"write a number from {low} to {high}",
    )


def show(fact: Fact, value: int | None) -> str:
    """An engine value as it is written in files; empty when it is not known."""
    if value is None:
        return ""
    if fact.kind == "code" and fact.codes is not None:
        return fact.codes.code(value)
    if fact.kind == "flag":
        return "true" if value else "false"
    if fact.kind == "date":
        return f"{value // 10_000:04d}-{value // 100 % 100:02d}-{value % 100:02d}" if value else "none"
    return plain_number(value, fact.scale)


def plain_number(value: int, scale: int) -> str:
    """An engine number in file units, without needless zeros: 156050 fen → ``1560.5``."""
    text = str(Decimal(value) / scale)
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_engine(fact: Fact, value: int | None) -> Any:
    """The value as a row of the plain-Python kernel holds it: flags as truth values, the rest as they are."""
    return bool(value) if fact.kind == "flag" and value is not None else value
