"""Divisions read from a CSV file; every fault is told with its row."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from doudi.facts.decoding import EncodingError, decode
from doudi.rules.errors import Problem, Problems
from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import parent_of
from doudi.web.errors import WebError

NEEDED = ("code", "name", "valid_from", "source")
_MOST = 200


def read_regions(path: Path) -> list[Region]:
    """The divisions of a file with the columns code, name, valid_from, source, and perhaps name_en and valid_to.

    Raises:
        WebError: with every fault of the file.
    """
    problems = Problems()
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    for column in NEEDED:
        if column not in (rows.fieldnames or ()):
            problems.add(_fault(path, 1, column, "缺少这一列", "the column is missing"))
    problems.raise_as(WebError)
    found = [_region(row, place, path, problems) for place, row in enumerate(rows, start=2)]
    known = set(Region.objects.values_list("code", flat=True))
    regions = [region for region in found if region is not None]
    codes = {region.code for region in regions} | known
    for place, region in enumerate(found, start=2):
        above = parent_of(region.code) if region else None
        if above is not None and above not in codes:
            problems.add(
                _fault(
                    path, place, "code", f"没有上级区划 {above}", f"the division above, {above}, is not known"
                )
            )
    if len(problems) > _MOST:
        problems.found[_MOST:] = []
    problems.raise_as(WebError)
    return regions


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except EncodingError as error:
        raise WebError([error.problem(str(path))]) from error


def _region(row: dict[str, str], place: int, path: Path, problems: Problems) -> Region | None:
    code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
    faulty = len(problems)
    if not (code.isascii() and code.isdigit() and len(code) == 12):
        problems.add(_fault(path, place, "code", "区划代码是 12 位数字", "a code has 12 digits", code))
    if not name:
        problems.add(_fault(path, place, "name", "没有名称", "there is no name"))
    begin = _day(row["valid_from"], "valid_from", place, path, problems)
    end = _day(row.get("valid_to"), "valid_to", place, path, problems) if row.get("valid_to") else None
    if begin and end and end <= begin:
        problems.add(
            _fault(path, place, "valid_to", "停用日期不在启用日期之后", "the end is not after the beginning")
        )
    if len(problems) > faulty or begin is None:
        return None
    return Region(
        code=code, name=name, name_en=(row.get("name_en") or "").strip(), valid_from=begin, valid_to=end,
        source=(row["source"] or "").strip(),
    )  # fmt: skip


def _day(text: str | None, column: str, place: int, path: Path, problems: Problems) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        problems.add(_fault(path, place, column, "日期要写成 2026-08-01", "a date is like 2026-08-01", text))
        return None


def _fault(path: Path, row: int, column: str, zh: str, en: str, value: str | None = None) -> Problem:
    return Problem(
        "region.row",
        zh,
        en,
        "改正后重新导入",
        "mend it and import again",
        str(path),
        None,
        row,
        column,
        value,
    )
