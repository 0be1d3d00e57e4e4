"""The opinions of the levels as a file: written for them to fill in, read with every fault at its line and column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from doudi.convergence.classes import CLASSES, COLUMNS, TIERS
from doudi.convergence.errors import ConvergenceError
from doudi.convergence.review import (
    CHANGED_TO,
    FIELDS,
    HEADINGS,
    LEVELS,
    OPINIONS,
    Opinion,
    column,
    to_review,
)
from doudi.rules.errors import Problem, Problems, nearest

SHOWN = ("row_id", "household_number", "name", "village", "place_zh", "tier_zh", "sentence", "missing_zh")
_OPINION_OF = {zh: code for code, (zh, _) in OPINIONS.items()}
_PLACE_OF = {label[0]: code for code, label in CLASSES.entries.items()}
_TIER_OF = {
    "特困": "tekun", "特困人员": "tekun", "低保": "dibao", "最低生活保障": "dibao", "单人保": "single_dibao", "低保边缘": "low_margin",
    "低保边缘家庭": "low_margin", "刚性支出困难": "rigid", "刚性支出困难家庭": "rigid", "其他": "other", "其他困难": "other",
}  # fmt: skip


def read_opinions(path: Path, rows: pl.DataFrame, day: date) -> dict[str, tuple[Opinion, ...]]:
    """The opinions in a file by ``row_id``: CSV (UTF-8) as written by :func:`opinions_csv`, or JSON as by :func:`review_data`.

    Raises:
        ConvergenceError: every fault with its line and column. Names and numbers of people are not repeated.
        OSError: the file cannot be read.
    """
    records = _json(path) if path.suffix.lower() == ".json" else _csv(path)
    known = dict(rows.select("row_id", "place").iter_rows())
    problems, found = Problems(), {}
    for line, record in records:
        row = record.get("row_id", "")
        if row not in known or known[row] not in CHANGED_TO:
            problems.add(Problem("converge.no_row", "没有这个待审的编号，可能是另一份名单的", "no such row in review; perhaps of another list",
                                 "用本次生成的 review.csv", "use the review.csv of this run", file=str(path), line=line,
                                 column="编号"))  # fmt: skip
            continue
        if row in found:
            problems.add(Problem("converge.row_twice", "同一编号有两行", "a row is given twice", "只留一行", "keep one",
                                 file=str(path), line=line, column="编号"))  # fmt: skip
            continue
        found[row] = _Reader(str(path), line, record, day, problems).opinions()
    problems.raise_as(ConvergenceError)
    return found


def opinions_csv(rows: pl.DataFrame, opinions: Mapping[str, tuple[Opinion, ...]]) -> str:
    """The file in which the levels write: what is proposed, and their columns with what was said so far."""
    labels = {one.name: one.zh for one in COLUMNS}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(labels[name] for name in SHOWN), *HEADINGS])
    for record in to_review(rows).select(SHOWN).iter_rows():
        said = {one.level: one for one in opinions.get(record[0], ())}
        cells = [cell for level in LEVELS for cell in _cells(said.get(level))]
        writer.writerow([*("" if each is None else each for each in record), *cells])
    return "\ufeff" + text.getvalue()


def review_data(rows: pl.DataFrame, opinions: Mapping[str, tuple[Opinion, ...]]) -> list[dict[str, Any]]:
    """The same as plain data, with the state of each review."""
    columns = (
        "row_id",
        "household_id",
        "place",
        "tier",
        "reason",
        "state",
        "decided_place",
        "decided_tier",
        "decided_by",
        "decided_on",
    )
    return [
        {
            **{name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()},
            **{
                column(one.level, field): value
                for one in opinions.get(row["row_id"], ())
                for field, value in zip(FIELDS, _cells(one), strict=True)
            },
        }
        for row in to_review(rows).select(columns).iter_rows(named=True)
    ]  # fmt: skip


def _cells(one: Opinion | None) -> list[str]:
    if one is None:
        return [""] * len(FIELDS)
    place = CLASSES.label(one.place) if one.place else ""
    tier = next((zh for zh, code in _TIER_OF.items() if code == one.tier), "")
    return [OPINIONS[one.opinion][0], place, tier, one.by, one.on.isoformat(), one.note]


def _csv(path: Path) -> Iterable[tuple[int, Mapping[str, str]]]:
    text = path.read_text("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text))
    absent = [name for name in ("编号", *HEADINGS) if name not in (reader.fieldnames or ())]
    if absent:
        raise ConvergenceError([
            Problem("converge.no_column", "意见文件缺少这一列", "a column of the opinions is missing", "用生成的 review.csv 填写",
                    "fill in the review.csv that was written", file=str(path), column=name)
            for name in absent
        ])  # fmt: skip
    return [
        (reader.line_num, {"row_id": (record["编号"] or "").strip(), **{name: (record[name] or "").strip() for name in HEADINGS}})
        for record in reader
    ]  # fmt: skip


def _json(path: Path) -> Iterable[tuple[int, Mapping[str, str]]]:
    try:
        records = json.loads(path.read_text("utf-8"))
        if not all(isinstance(record, dict) for record in records):
            raise TypeError
    except (ValueError, TypeError):
        raise ConvergenceError([
            Problem("converge.json", "意见文件不是 JSON 列表", "the opinions are no list in JSON", "用生成的 review.json 填写",
                    "fill in the review.json that was written", file=str(path))
        ]) from None  # fmt: skip
    return [
        (place + 1, {name: str(record.get(name) or "").strip() for name in ("row_id", *HEADINGS)})
        for place, record in enumerate(records)
    ]


class _Reader:
    """Reads the opinions of one person."""

    def __init__(
        self, file: str, line: int, record: Mapping[str, str], day: date, problems: Problems
    ) -> None:
        self.file, self.line, self.record, self.day, self.problems = file, line, record, day, problems

    def opinions(self) -> tuple[Opinion, ...]:
        """In the order of the levels, as far as they have spoken."""
        found: list[Opinion] = []
        silent = ""
        for level in LEVELS:
            cells = {field: self.record[column(level, field)] for field in FIELDS}
            if not any(cells.values()):
                silent = silent or level
                continue
            one = self._opinion(level, cells)
            if silent:
                self._fault(level, "opinion", "converge.order", f"{LEVELS[silent][0]}还没有意见", f"the {silent} has not spoken yet",
                            "先由下一级填写", "the level below comes first")  # fmt: skip
            if one is not None:
                self._beside(found, one)
                found.append(one)
        returned = [one for one in found if one.opinion == "return"]
        if returned and returned[0] is not found[-1]:
            self._fault(found[-1].level, "opinion", "converge.after_return", "已退回的，上一级不应再有意见",
                        "a level above has spoken although it was sent back", "清空退回之后的意见", "clear what comes after")  # fmt: skip
        return tuple(found)

    def _opinion(self, level: str, cells: Mapping[str, str]) -> Opinion | None:
        before = len(self.problems)
        opinion = self._coded(level, "opinion", cells, _OPINION_OF, OPINIONS)
        place = self._coded(level, "place", cells, _PLACE_OF, CHANGED_TO) if cells["place"] else ""
        tier = self._coded(level, "tier", cells, _TIER_OF, TIERS) if cells["tier"] else ""
        on = self._day(level, cells["on"])
        if not cells["by"]:
            self._fault(
                level, "by", "converge.no_name", "没有签字人", "nobody has signed", "写姓名", "write who"
            )
        if opinion in ("change", "return") and not cells["note"]:
            self._fault(level, "note", "converge.no_note", "改归类或退回的没有写理由", "no reason for another place or for sending back",
                        "写理由", "say why")  # fmt: skip
        if opinion == "change" and not place:
            self._fault(level, "place", "converge.no_place", "没有写改归哪一类", "it does not say where the person belongs",
                        "写改归类", "name the place")  # fmt: skip
        if (opinion == "change" and place == "new") != bool(tier):
            self._fault(level, "tier", "converge.tier", "改为“新符合条件”的须写类别，其余不写", "a tier goes with a change to newly qualifying only",
                        "核对改类别", "check the tier")  # fmt: skip
        if opinion != "change" and place:
            self._fault(
                level,
                "place",
                "converge.place",
                "只有“改为”才写改归类",
                "a place goes with a change only",
                "清空",
                "clear it",
            )
        if len(self.problems) > before or on is None:
            return None
        return Opinion(level, opinion, place, tier, cells["by"], on, cells["note"])

    def _beside(self, found: Sequence[Opinion], one: Opinion) -> None:
        if any(each.by == one.by for each in found):
            self._fault(one.level, "by", "converge.four_eyes", "同一人在两级签字", "the same person signs at two levels",
                        "由另一人审核", "another person must review")  # fmt: skip
        if found and one.on < found[-1].on:
            self._fault(
                one.level,
                "on",
                "converge.day_order",
                "早于下一级的日期",
                "earlier than the level below",
                "核对日期",
                "check the date",
            )

    def _coded(
        self,
        level: str,
        field: str,
        cells: Mapping[str, str],
        labels: Mapping[str, str],
        codes: Iterable[str],
    ) -> str:
        text = cells[field]
        code = labels.get(text, text)
        if code in codes:
            return code
        can = [zh for zh, each in labels.items() if each in codes]
        near = nearest(text, can) or "、".join(can)
        self._fault(
            level,
            field,
            "converge.word",
            "写法不对",
            "not one of the words",
            f"可用：{near}",
            f"use {near}",
            text,
        )
        return ""

    def _day(self, level: str, text: str) -> date | None:
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self._fault(
                level,
                "on",
                "converge.day",
                "不是日期",
                "no date",
                "按 2026-08-01 写",
                "write 2026-08-01",
                text,
            )
            return None
        if found > self.day:
            self._fault(
                level,
                "on",
                "converge.future",
                "日期晚于并轨日期",
                "later than the day of this run",
                "核对日期",
                "check the date",
                text,
            )
            return None
        return found

    def _fault(
        self,
        level: str,
        field: str,
        code: str,
        zh: str,
        en: str,
        remedy_zh: str,
        remedy_en: str,
        value: str | None = None,
    ) -> None:
        self.problems.add(Problem(code, zh, en, remedy_zh, remedy_en, file=self.file, line=self.line,
                                  column=column(level, field), value=value))  # fmt: skip
