"""The columns of an import: one table of households, one of persons; or one table with both, as CSV has it.

A column is read like one of a department's feed (:class:`doudi.feeds.contract_model.Field`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from doudi.facts.vocabulary import Vocabulary
from doudi.feeds.contract_model import Field
from doudi.rules.codes import CodeSet

HOUSEHOLDS, PERSONS = "households", "persons"
_MARKS = re.compile(r"[\s*＊　]|（必填）|\(必填\)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is read, how it is explained, and how many characters it may have."""

    field: Field
    note: str
    longest: int = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the workbook."""

    kind: str
    zh: str
    columns: Mapping[str, Column]

    @property
    def needed(self) -> list[str]:
        """The columns without which it is not this table."""
        return [name for name, column in self.columns.items() if column.field.required]


@dataclass(frozen=True, slots=True)
class Match:
    """Where the columns of a table stand: the row of the heading (from 0), and the place of each column."""

    start: int
    places: Mapping[str, int] = field(default_factory=dict)


@cache
def sheets() -> Mapping[str, Sheet]:
    """Both tables."""
    number = _column("number", "家庭编号", "text", "本文件内和本县内不重复", 40, required=True)
    households = {
        "number": number,
        "township": _column("township", "乡镇", "text", "同名的村须填", 60),
        "village": _column("village", "村（社区）", "text", "区划表中的名称", 60, required=True, also=("村", "社区", "村(社区)")),
        "address": _column("address", "住址", "text", "", 200),
        "area": _column("area", "城乡", "code", "从下拉列表中选", codes=_codes("household", "area")),
    }  # fmt: skip
    persons = {
        "number": number,
        "name": _column("name", "姓名", "name", "", 50, required=True),
        "id_number": _column("id_number", "身份证号", "id_number", "没有的留空，须填出生日期和性别", also=("证件号码", "公民身份号码")),
        "sex": _column("sex", "性别", "code", "有身份证号的可不填", codes=_codes("person", "sex")),
        "born": _column("born", "出生日期", "date", "如 1980-02-03；有身份证号的可不填"),
        "relation": _column("relation", "与户主关系", "code", "每户一名户主", codes=_codes("person", "relation"), required=True),
        "phone": _column("phone", "电话", "phone", "", 20, also=("联系电话", "手机号")),
        "account": _column("account", "银行账号", "identifier", "8 至 30 位数字", 30, also=("银行卡号",)),
    }  # fmt: skip
    return {
        HOUSEHOLDS: Sheet(HOUSEHOLDS, "家庭", households),
        PERSONS: Sheet(PERSONS, "人员", persons),
    }


def _column(
    name: str, zh: str, kind: str, note: str, longest: int = 1000, *, required: bool = False,
    codes: CodeSet | None = None, also: Sequence[str] = (),
) -> Column:  # fmt: skip
    latest = "received" if kind == "date" else None
    told = Field(
        name, zh, name, (zh, *also), kind, "personal", required=required, codes=codes, greatest=latest,
    )  # fmt: skip
    return Column(told, note, longest)


def _codes(entity: str, column: str) -> CodeSet:
    found = Vocabulary.load().entities[entity].facts[column].codes
    assert found is not None
    return found


def match(sheet: Sheet, head: Sequence[Sequence[str]]) -> Match | None:
    """Where the columns of a table are; None when these rows hold no heading of it."""
    for place, row in enumerate(head):
        labels = [plain(label) for label in row]
        places: dict[str, int] = {}
        for name, column in sheet.columns.items():
            found = [labels.index(plain(word)) for word in column.field.headings if plain(word) in labels]
            if found:
                places[name] = found[0]
        if all(name in places for name in sheet.needed):
            return Match(place + 1, places)
    return None


def plain(label: Any) -> str:
    """A heading as it is compared: without spaces and without the mark of what must be filled in."""
    return _MARKS.sub("", str(label or "")).replace("(", "（").replace(")", "）")
