"""How the two sides of a test are put into words: 低于, 高于, 等于…，未低于, 超过."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from doudi.assessment.determination import TestResult


@dataclass(frozen=True, slots=True)
class Sides:
    """The value and the limit of a test with units, and how far they are apart; ``gap`` is empty where they meet.

    ``equal``: they meet exactly; None where that is not known, though they look equal as shown.
    """

    value: str
    limit: str
    gap: str
    equal: bool | None = False


@cache
def _split(label: str, marks: tuple[str, ...]) -> tuple[str, str, str] | None:
    """A label cut at the word that compares: what is measured, the word, the line."""
    for mark in marks:
        before, found, after = label.partition(mark)
        subject = before.rsplit("：", 1)[-1].rsplit(": ", 1)[-1].strip()
        if found and after and subject and subject != "is":
            return before, mark, after
    return None


def phrase_zh(label: str, test: TestResult, sides: Sides) -> str:
    """What a test measures, what was found, and the line, in one phrase."""
    parts = _split(label, ("低于", "超出", "符合"))
    comparison, truth = test.variable.comparison, test.truth
    plain = f"{label}（实际 {sides.value}，界限 {sides.limit}{f'，相差 {sides.gap}' if sides.gap else ''}）"
    if parts is None or not _told_by_sides(test):
        return plain
    subject, _, line = parts
    if comparison == "le":
        limit = f"{line.removesuffix('规定')}限额 {sides.limit}"
        if sides.equal is not False:
            return f"{subject} {sides.value}，等于{limit}"
        told = f"未超过{limit}（余 {sides.gap}）" if truth else f"超过{limit}（超出 {sides.gap}）"
        return f"{subject} {sides.value}，{told}"
    limit = f"{line}{'的' if line == '规定' else ''} {sides.limit}"
    if sides.equal is None:
        return f"{subject} {sides.value}，与{limit}几乎相等"
    low, high = ("低于", "高于") if comparison == "lt" else ("未超出", "超出")
    if sides.equal:
        strict = {"lt": "，未低于", "gt": "，未超出"}.get(comparison or "", "") if truth is False else ""
        return f"{subject} {sides.value}，等于{limit}{strict}"
    apart = f"（差 {sides.gap}）" if sides.gap else ""
    return f"{subject} {sides.value}，{low if truth is (comparison == 'lt') else high}{limit}{apart}"


def phrase_en(label: str, test: TestResult, sides: Sides) -> str:
    """The same in English."""
    parts = _split(label, (" below ", " above ", " within "))
    comparison, truth = test.variable.comparison, test.truth
    plain = (
        f"{label} (actual {sides.value}, line {sides.limit}{f', apart by {sides.gap}' if sides.gap else ''})"
    )
    if parts is None or not _told_by_sides(test):
        return plain
    subject, _, line = parts
    limit = f"{line} {sides.limit}"
    if sides.equal:
        strict = {"lt": ", and is not below it", "gt": ", and is not above it"}.get(comparison or "", "")
        return f"{subject} {sides.value} equals {limit}{strict if truth is False else ''}"
    if sides.equal is None:
        return f"{subject} {sides.value} is all but equal to {limit}"
    if comparison == "le":
        told = f"within {limit} ({sides.gap} to spare)" if truth else f"above {limit} (by {sides.gap})"
        return f"{subject} {sides.value} is {told}"
    apart = f" (by {sides.gap})" if sides.gap else ""
    return (
        f"{subject} {sides.value} is {'below' if truth is (comparison == 'lt') else 'above'} {limit}{apart}"
    )


def _told_by_sides(test: TestResult) -> bool:
    """Whether the two sides alone explain how the test came out."""
    assert test.value is not None
    assert test.limit is not None
    if test.variable.comparison == "le":
        return test.truth == (test.value <= test.limit)
    if test.value == test.limit:
        return True
    return test.truth == ((test.value < test.limit) == (test.variable.comparison == "lt"))
