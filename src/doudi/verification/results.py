"""The outcome of one comparison, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from doudi.verification.declared import Value

MATCH, DIFFERS, FOUND_ONLY, DECLARED_ONLY, NO_ANSWER, NOT_CHECKABLE = OUTCOMES = (
    "match", "differs", "found_only", "declared_only", "no_answer", "not_checkable",
)  # fmt: skip
NONE = (None, 0, "", "none")
"""Values that mean that there is none, or that nobody said."""
DISAGREE = (DIFFERS, FOUND_ONLY, DECLARED_ONLY)
"""Outcomes in which declaration and finding are not the same."""

OUTCOME_WORDS: Mapping[str, tuple[str, str]] = {
    MATCH: ("相符", "match"),
    DIFFERS: ("不符", "differs"),
    FOUND_ONLY: ("查到未申报", "found, not declared"),
    DECLARED_ONLY: ("申报未查到", "declared, not found"),
    NO_ANSWER: ("无结果", "no answer"),
    NOT_CHECKABLE: ("无数据源", "no source"),
}

REASONS: Mapping[str, tuple[str, str]] = {
    "": ("", ""),
    "out_of_scope": ("授权未包括此来源，没有查询", "the authorisation does not cover the source; it was not asked"),
    "never": ("从未收到该部门数据", "the department has never sent data"),
    "late": ("该部门数据迟报，情况不明", "the department is late; the state is not known"),
    "incomplete": ("该部门数据不足所需的期数", "the department's data do not span the months that are needed"),
    "not_asked": ("没有收到银行对本次查询的答复", "no bank has answered this request"),
    "in_review": ("有记录可能属于此人，待人工复核", "a record may be about this person and is to be looked at"),
    "silent": ("来源没有记录，但不能据此认定没有", "the sources have no record, which proves nothing"),
    "unknown_person": ("数据中没有对应到此人，不能判断", "the person is not identified in the data"),
    "gone": ("此人已死亡、迁出或未归入家庭，数据中不再列出", "the person has died, left or is in no household here; the data list them no more"),
    "unvalued": ("来源没有写明金额", "the source gives no amount"),
    "not_declared": ("申报时写明不清楚或未填写，查询也没有", "not declared, and nothing found"),
    "not_stated": ("申报没有写明，无从比较", "the declaration leaves it open; there is nothing to compare"),
    "refused": ("法定义务人不同意，没有查询", "the supporter does not agree and was not asked about"),
    "unidentified": ("没有该义务人的身份信息，没有查询", "the supporter is not identified and was not asked about"),
}  # fmt: skip
"""Why there is no answer."""


@dataclass(frozen=True, slots=True)
class Result:
    """One item of one person held against what was found.

    ``key`` is unique in a report; ``person_id`` None stands for the household together. ``declared`` and ``found`` are fen,
    a code, or None (declared: not stated; found: no value known). ``difference`` is found less declared in fen, None where
    it cannot be valued or means nothing. ``number`` is what the thing is filed under (personal). ``others`` are what other
    sources say where that is not the same, as pairs of feed and value.
    """

    key: str
    person_id: str | None
    item: str
    outcome: str
    reason: str = ""
    declared: Value = None
    found: Value = None
    difference: int | None = None
    number: str | None = None
    area_declared: int | None = None
    area_found: int | None = None
    sources: tuple[str, ...] = ()
    row_ids: tuple[str, ...] = ()
    period: str | None = None
    received_at: str | None = None
    others: tuple[tuple[str, Value], ...] = ()

    @property
    def disagrees(self) -> bool:
        """Whether declaration and finding are not the same."""
        return self.outcome in DISAGREE

    @property
    def open(self) -> bool:
        """Whether it could not be compared."""
        return self.outcome in (NO_ANSWER, NOT_CHECKABLE)

    @property
    def empty(self) -> bool:
        """Whether nothing was declared and nothing found."""
        nothing = all(value in NONE for value in (self.declared, self.found))
        return nothing and self.number is None and not self.disagrees

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        data = asdict(self)
        for name in ("sources", "row_ids"):
            data[name] = list(data[name])
        data["others"] = [list(pair) for pair in self.others]
        return data

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Result:
        """The result that was written as ``data``."""
        body = dict(data)
        body["sources"], body["row_ids"] = tuple(body["sources"]), tuple(body["row_ids"])
        body["others"] = tuple((source, value) for source, value in body["others"])
        return Result(**body)
