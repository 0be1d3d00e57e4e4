"""What is filled in for a step: complete, known, and of the right kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from doudi.procedure.case import Inputs
from doudi.procedure.model.stages import Input, Step
from doudi.rules.errors import Problem, nearest

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def input_problems(step: Step, inputs: Inputs) -> list[Problem]:
    """Every input that is missing, unknown or of the wrong kind. Values are not told: they may be personal."""
    known = {each.name: each for each, _ in step.inputs}
    found = [_unknown(name, known) for name in inputs if name not in known]
    for each, required in step.inputs:
        if each.name in inputs:
            if not _FITS[each.kind](inputs[each.name], each):
                found.append(_wrong(each))
        elif required:
            found.append(
                Problem(
                    "input.missing", f"没有填写{each.zh}", f"{each.en} is missing",
                    f"填写 {each.name}", f"fill in {each.name}", column=each.name,
                )
            )  # fmt: skip
    return found


def _is_day(value: object, _: Input) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_number(value: object, _: Input) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_list(value: object, _: Input) -> bool:
    return isinstance(value, tuple) and all(isinstance(word, str) and word for word in value)


def _is_steps(value: object, _: Input) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(step, tuple)
        and len(step) == 2
        and _MONTH.fullmatch(str(step[0]))
        and isinstance(step[1], int)
        for step in value
    )


_FITS: dict[str, Callable[[object, Input], bool]] = {
    "text": lambda value, _: isinstance(value, str) and bool(value.strip()),
    "flag": lambda value, _: isinstance(value, bool),
    "count": _is_number,
    "money": _is_number,
    "day": _is_day,
    "list": _is_list,
    "code": lambda value, each: value in each.codes,
    "steps": _is_steps,
}
_SHAPES = {
    "text": ("文字", "text"),
    "flag": ("是或否", "true or false"),
    "count": ("不小于 0 的整数", "a whole number from 0 on"),
    "money": ("金额（分）", "a sum in fen"),
    "day": ("日期，如 2026-08-01", "a day such as 2026-08-01"),
    "list": ("一列文字", "a list of words"),
    "code": ("可选的代码", "one of the codes"),
    "steps": ("（月份，金额）的列表", "a list of (month, sum)"),
}


def _wrong(each: Input) -> Problem:
    zh, en = _SHAPES[each.kind]
    codes = f"：{'、'.join(each.codes)}" if each.codes else ""
    return Problem(
        "input.kind", f"{each.zh}应为{zh}", f"{each.en} must be {en}",
        f"写成{zh}{codes}", f"write {en}{codes}", column=each.name,
    )  # fmt: skip


def _unknown(name: str, known: dict[str, Input]) -> Problem:
    near = nearest(name, known) or "、".join(known)
    return Problem("input.unknown", "这个环节没有这一项", "the step has no such input",
                   f"可用：{near}", f"use {near}", column=name)  # fmt: skip
