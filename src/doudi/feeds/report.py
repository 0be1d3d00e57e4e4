"""What came of a file: counts that add up, each fault with its rows, as data and as text. No value of a row is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from doudi.feeds.contract_model import contract
from doudi.feeds.wording import english

REMARKS = {
    "upgraded": ("15 位身份证号已升为 18 位", "15-digit id upgraded"),
    "check_digit": ("身份证号校验位不对，原样保留", "wrong check digit, kept as it is"),
    "birth_date": ("身份证号中的出生日期不对，原样保留", "no date of birth in the id, kept as it is"),
    "blanked": ("内容无法识别，已留空", "could not be read, left blank"),
    "unreadable_character": ("姓名中有无法显示的字", "a character of the name is lost"),
}


@dataclass(slots=True)
class TableReport:
    """One table of a file. ``records`` = accepted + rejected + repeated + blank + notes.

    ``covers``: the period that the table speaks of, as stated or else where most of its rows lie; several as
    ``2025-07/2026-02``. ``faults``: what, column, how many rows, the first ones. ``superseded``: rows received earlier
    whose place is taken.
    """

    feed: str
    zh: str
    sheet: str
    heading_row: int
    covers: str | None
    records: int
    accepted: int
    rejected: int
    repeated: int
    blank: int
    notes: int
    superseded: int
    periods: dict[str, int]
    faults: list[dict[str, Any]]
    remarks: dict[str, int]
    shifted: list[dict[str, Any]]
    unknown_columns: list[str]
    absent_columns: list[str]
    replaces: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether every record is accounted for once."""
        return self.records == self.accepted + self.rejected + self.repeated + self.blank + self.notes


@dataclass(slots=True)
class Report:
    """What came of one file. ``landed`` is False for a check. ``set_aside`` names the file of rows to mend."""

    landing: str
    file: str
    sha256: str
    size: int
    received_at: str
    received_by: str
    landed: bool
    encoding: str = ""
    separator: str = ""
    tables: list[TableReport] = field(default_factory=list)
    notices: list[dict[str, str]] = field(default_factory=list)
    set_aside: str | None = None

    @property
    def accepted(self) -> int:
        """Rows landed, of all tables."""
        return sum(table.accepted for table in self.tables)

    @property
    def set_aside_rows(self) -> int:
        """Rows rejected or repeated, of all tables."""
        return sum(table.rejected + table.repeated for table in self.tables)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)

    def as_json(self) -> str:
        """JSON text."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Report:
        """The report that was written as JSON."""
        tables = [TableReport(**table) for table in data["tables"]]
        return cls(**{**data, "tables": tables})

    def text(self, language: str = "zh") -> str:
        """The report as people read it."""
        zh = language == "zh"
        state = (
            ("已入库" if self.landed else "仅检查，未入库")
            if zh
            else "landed"
            if self.landed
            else "checked only"
        )
        lines = [f"{self.file}  {state}  {self.landing}".rstrip()]
        for table in self.tables:
            lines += _table_lines(table, zh)
        lines += [f"  · {notice['zh' if zh else 'en']}" for notice in self.notices]
        if self.set_aside:
            lines.append(f"退回修改：{self.set_aside}" if zh else f"to be mended: {self.set_aside}")
        return "\n".join(lines) + "\n"


def _table_lines(table: TableReport, zh: bool) -> list[str]:
    sheet = f"［{table.sheet}］" if table.sheet else ""
    covers = table.covers or "-"
    parts: Sequence[tuple[str, str, int]] = (
        ("入库", "accepted", table.accepted), ("退回", "rejected", table.rejected), ("重复", "repeated", table.repeated),
        ("空行", "blank", table.blank), ("非数据行", "notes", table.notes),
    )  # fmt: skip
    counts = " + ".join(f"{name if zh else en} {count:,}" for name, en, count in parts)
    total = f"共 {table.records:,} 行 = {counts}" if zh else f"{table.records:,} rows = {counts}"
    lines = [f"{table.zh if zh else table.feed}{sheet}  {covers}  {total}"]
    if table.superseded:
        lines.append(
            f"  取代先前的 {table.superseded:,} 行"
            if zh
            else f"  supersedes {table.superseded:,} earlier rows"
        )
    lines += [f"  ! {shift['zh']}" for shift in table.shifted]
    for fault in table.faults:
        lines.append(f"  ! {_fault_line(table.feed, fault, zh)}")
    for key, count in table.remarks.items():
        column, _, code = key.partition(":")
        said = REMARKS[code][0 if zh else 1]
        lines.append(f"  · {column} {said}：{count:,}" + (" 行" if zh else " rows"))
    for columns, name, en in (
        (table.unknown_columns, "未入库的列（目录中没有）", "columns not landed (not in the contract)"),
        (table.absent_columns, "没有的可选列", "optional columns that are absent"),
    ):
        if columns:
            lines.append(f"  · {name if zh else en}：{'、'.join(columns)}")
    return lines


def _fault_line(feed: str, fault: Mapping[str, Any], zh: bool) -> str:
    column, text = fault["column"], fault["zh"]
    if zh:
        where = "、".join(str(row) for row in fault["first_rows"])
        return f"{f'“{column}”' if column else ''}{text}：{fault['rows']:,} 行，如第 {where} 行"
    where = ", ".join(str(row) for row in fault["first_rows"])
    column, text = english(contract(feed), column, text)
    return f"{f'{column!r} ' if column else ''}{text}: {fault['rows']:,} rows, such as {where}"
