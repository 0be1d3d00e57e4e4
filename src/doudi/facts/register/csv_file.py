"""A table from CSV. Every row must have a field for each heading: one that is cut short would lose what was in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from doudi.facts.decoding import EncodingError, decode
from doudi.facts.register.headings import is_no_heading, no_heading
from doudi.facts.register.source import Source, broken, empty, source_of_texts
from doudi.facts.vocabulary import EntityFacts
from doudi.rules.errors import Problem, Problems

_MOST_RAGGED = 20


def read_csv(entity: EntityFacts, path: Path, problems: Problems) -> Source | None:
    """The table; None, with faults, when it cannot be read.

    Raises:
        OSError: the file cannot be opened.
    """
    file = str(path)
    try:
        text = decode(path.read_bytes())
    except EncodingError as error:
        problems.add(error.problem(file))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    above, begin = _empty_lines(text)
    if begin == len(text):
        problems.add(empty(entity, file))
        return None
    try:
        headings, body = _heading(text[begin:])
    except csv.Error:
        problems.add(_open_quote(file, above + 1))
        return None
    if is_no_heading(entity, headings):
        problems.add(no_heading(entity, file))
        return None
    above += 1
    try:
        frame = _frame(headings, body)
    except pl.exceptions.PolarsError:
        problems.extend(_ragged(headings, body, file, above) or [broken(file, "CSV")])
        return None
    doubtful = _may_be_short(frame) or body.count('"') % 2
    if doubtful and (ragged := _ragged(headings, body, file, above)):
        problems.extend(ragged)
        return None
    return source_of_texts(entity, file, "csv", headings, frame, above)


def _empty_lines(text: str) -> tuple[int, int]:
    """How many lines without any value stand at the start, and where the first other one begins."""
    begin = count = 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if text[begin:end].strip(", \t"):
            break
        begin, count = min(end + 1, len(text)), count + 1
    return count, begin


def _heading(text: str) -> tuple[list[str], str]:
    """The headings, and the text of the rows below them.

    Raises:
        csv.Error: a quote is not closed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    headings = next(reader)
    end = 0
    for _ in range(reader.line_num):
        end = text.find("\n", end) + 1 or len(text)
    return headings, text[end:]


def _frame(headings: list[str], body: str) -> pl.DataFrame:
    names = ",".join(f"c{place}" for place in range(len(headings)))
    return pl.read_csv(f"{names}\n{body}".encode(), infer_schema=False)


def _may_be_short(frame: pl.DataFrame) -> bool:
    """Whether a row with values ends in nothing: what is missing at its end cannot be told from what is empty."""
    ends = frame.filter(frame.to_series(-1).is_null())
    return bool(ends.select(pl.any_horizontal(pl.all().is_not_null()).any()).item()) if ends.height else False


def _ragged(headings: list[str], body: str, file: str, above: int) -> list[Problem]:
    """The rows that have more or fewer fields than the heading, and quotes that are not closed."""
    if _even(headings, body):
        return []
    found: list[Problem] = []
    rows = _rows(body)
    number, left = above, 0
    try:
        for number, row in enumerate(rows, start=above + 1):
            if len(row) == len(headings) or not any(field.strip() for field in row):
                continue
            if len(found) < _MOST_RAGGED:
                found.append(_uneven(file, number, len(row), len(headings)))
            else:
                left += 1
    except csv.Error:
        found.append(_open_quote(file, number + 1))
    if left:
        found.append(_more(file, left))
    return found


def _even(headings: list[str], body: str) -> bool:
    """Whether all lines have as many fields as the heading, where no quotes let a field hold commas."""
    if '"' in body:
        return False
    lines = pl.Series(body.split("\n"), dtype=pl.String)
    commas = lines.filter(lines != "").str.count_matches(",", literal=True)
    return bool((commas == len(headings) - 1).all())


def _rows(body: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(body, newline=""), strict=True)


def _uneven(file: str, row: int, fields: int, wanted: int) -> Problem:
    value = f"{fields} / {wanted}"
    if fields > wanted:
        return Problem(
            "fact.ragged", "这一行的列比表头多", "the row has more fields than the heading",
            "检查多余的逗号和引号", "check for stray commas and quotes", file=file, row=row, value=value,
        )  # fmt: skip
    return Problem(
        "fact.ragged", "这一行的列比表头少", "the row has fewer fields than the heading",
        "补齐这一行；空白的列也要留逗号", "complete the row; columns without a value keep their comma",
        file=file, row=row, value=value,
    )  # fmt: skip


def _more(file: str, count: int) -> Problem:
    return Problem(
        "fact.ragged", f"另有 {count} 行的列数与表头不同", f"{count} more rows differ from the heading",
        "重新导出该表", "export the table again", file=file,
    )  # fmt: skip


def _open_quote(file: str, row: int) -> Problem:
    return Problem(
        "fact.quote", "从这一行起引号不成对", "a quote that begins in this row is not closed",
        "补上另一个引号，或删去多余的引号", "close the quote, or remove it", file=file, row=row,
    )  # fmt: skip
