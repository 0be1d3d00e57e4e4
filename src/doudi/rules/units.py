"""Units of parameters: what a number in a file means, and the exact integer it becomes in the engine.

Amounts are written in yuan and kept in fen; ratios are written as decimals and kept in 1/10000; areas are written in
m² and kept in 0.01 m². Numbers are read from their text as written, digit by digit, never through a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from doudi.rules.codes import CodeSet
from doudi.rules.errors import ParameterError, Problem, nearest

KindName = Literal["money", "rate", "count", "area", "flag", "choice"]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_FLAGS = {"true": 1, "false": 0}
_FLAG_LABELS = {"zh": ("否", "是"), "en": ("no", "yes")}
_NOT_SET = {"zh": "未定", "en": "not set"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its name in files, the engine kind, engine units per file unit, and how it is written on screen."""

    name: str
    kind: KindName
    scale: int
    zh: str
    en: str

    @property
    def decimals(self) -> int:
        """How many decimals a number in a file may have."""
        return len(str(self.scale)) - 1

    @property
    def numeric(self) -> bool:
        """Whether values are numbers (and therefore need a range and may be elastic)."""
        return self.kind not in ("flag", "choice")

    def parse(self, text: str, choices: CodeSet | None = None) -> int:
        """The engine integer of a value as written in a file or after ``--set``.

        Raises:
            ParameterError: not a number, too many decimals, not true or false, not a choice; without a place.
        """
        if self.kind == "flag":
            return _parse_flag(text)
        if self.kind == "choice":
            if choices is None:
                raise ValueError("a choice is parsed with its choices")
            if text not in choices:
                raise ParameterError([choices.unknown(text)])
            return choices.index(text)
        return self._parse_number(text)

    def _parse_number(self, text: str) -> int:
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise ParameterError(
                [
                    Problem(
                        "unit.not_a_number",
                        "不是数字",
                        "not a number",
                        "只写数字和小数点，如 560 或 1.5",
                        "write plain digits such as 560 or 1.5",
                        value=text,
                    )
                ]
            )
        if len(match[2] or ".") - 1 > self.decimals:
            raise ParameterError(
                [
                    Problem(
                        "unit.too_many_decimals",
                        f"{self.name} 最多 {self.decimals} 位小数",
                        f"{self.name} carries at most {self.decimals} decimals",
                        "按规定的精度书写",
                        "write it with fewer decimals",
                        value=text,
                    )
                ]
            )
        return int(Decimal(text) * self.scale)

    def number(self, value: int) -> str:
        """The value as a plain decimal in file units, without a unit: money with two decimals, others without
        trailing zeros."""
        whole, part = divmod(abs(value), self.scale)
        digits = str(part).zfill(self.decimals) if self.decimals else ""
        if self.kind != "money":
            digits = digits.rstrip("0")
        return f"{'-' if value < 0 else ''}{whole}{'.' + digits if digits else ''}"

    def format(self, value: int | None, lang: str = "zh", choices: CodeSet | None = None) -> str:
        """An engine value for the screen, such as ``560.00 元/人·月``, ``1.5 倍``, ``24 个月``, ``是``."""
        if value is None:
            return _NOT_SET[lang]
        if self.kind == "flag":
            return _FLAG_LABELS[lang][value]
        if self.kind == "choice":
            return str(value) if choices is None else choices.label(choices.code(value), lang)
        suffix = self.zh if lang == "zh" else self.en
        return f"{self.number(value)} {suffix}".rstrip()


def _parse_flag(text: str) -> int:
    if text in _FLAGS:
        return _FLAGS[text]
    raise ParameterError(
        [
            Problem(
                "unit.not_a_flag",
                "不是 true 或 false",
                "neither true nor false",
                "是写 true，否写 false",
                "write true or false",
                value=text,
            )
        ]
    )


_ALL = (
    Unit("CNY", "money", 100, "元", "CNY"),
    Unit("CNY/month", "money", 100, "元/月", "CNY per month"),
    Unit("CNY/year", "money", 100, "元/年", "CNY per year"),
    Unit("CNY/person", "money", 100, "元/人", "CNY per person"),
    Unit("CNY/person/month", "money", 100, "元/人·月", "CNY per person per month"),
    Unit("CNY/person/year", "money", 100, "元/人·年", "CNY per person per year"),
    Unit("CNY/household/month", "money", 100, "元/户·月", "CNY per household per month"),
    Unit("ratio", "rate", 10_000, "倍", "times"),
    Unit("months", "count", 1, "个月", "months"),
    Unit("years", "count", 1, "岁", "years"),
    Unit("days", "count", 1, "天", "days"),
    Unit("working_days", "count", 1, "个工作日", "working days"),
    Unit("hours", "count", 1, "小时", "hours"),
    Unit("count", "count", 1, "", ""),
    Unit("m2", "area", 100, "平方米", "m²"),
    Unit("m2/person", "area", 100, "平方米/人", "m² per person"),
    Unit("flag", "flag", 1, "", ""),
    Unit("choice", "choice", 1, "", ""),
)

UNITS: dict[str, Unit] = {unit.name: unit for unit in _ALL}
"""The closed list of units, by the name written in files. ``years`` are years of age; durations are in months."""


def unit(name: str) -> Unit:
    """The unit of that name.

    Raises:
        ParameterError: no such unit; the problem names the nearest.
    """
    if name in UNITS:
        return UNITS[name]
    near = nearest(name, UNITS) or ", ".join(UNITS)
    raise ParameterError(
        [
            Problem(
                "unit.unknown",
                "没有这个单位",
                "no such unit",
                f"可用：{near}",
                f"use one of {near}",
                value=name,
            )
        ]
    )
