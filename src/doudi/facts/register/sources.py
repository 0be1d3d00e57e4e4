"""The tables of a register as they lie on disk: Parquet, CSV or XLSX files in a folder, or one XLSX workbook."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from doudi.facts.decoding import EncodingError, decode, unreadable
from doudi.facts.vocabulary import EntityFacts, Vocabulary
from doudi.rules.errors import Problem, Problems, nearest

Form = Literal["parquet", "csv", "xlsx"]
FORMS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv", ".xlsx": "xlsx"}
REQUIRED = ("household", "person")
_MOST_RAGGED = 20


@dataclass(frozen=True, slots=True)
class Source:
    """One table as received. ``rows`` are the numbers of its rows in the file, from 1 and with the heading counted,
    for CSV and XLSX, whose empty lines are left out; in Parquet the first row is 1."""

    entity: EntityFacts
    file: str
    form: Form
    raw: pl.LazyFrame
    height: int
    rows: pl.Series | None = None

    def row_number(self, place: int) -> int:
        """The number, in the file, of the row at ``place`` (from 0)."""
        return place + 1 if self.rows is None else int(self.rows[place])


def find_sources(path: Path, problems: Problems) -> dict[str, Source]:
    """The tables found under ``path``, by entity; whatever cannot be read is a fault."""
    if path.is_dir():
        return _from_folder(path, problems)
    if path.suffix.lower() == ".xlsx" and path.exists():
        return _from_workbook(path, problems)
    if not path.exists():
        problems.add(
            Problem(
                "fact.no_register", "没有这个登记册", "no such register",
                "写登记册所在文件夹或 XLSX 文件", "name a folder or an XLSX workbook", file=str(path),
            )
        )  # fmt: skip
    else:
        problems.add(
            Problem(
                "fact.file_type", "登记册应为文件夹或 XLSX 文件", "a register is a folder or an XLSX workbook",
                "把各表放入一个文件夹", "put its tables into one folder", file=str(path),
            )
        )  # fmt: skip
    return {}


def _from_folder(folder: Path, problems: Problems) -> dict[str, Source]:
    vocabulary = Vocabulary.load()
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        form = FORMS.get(path.suffix.lower())
        if form is None or path.name.startswith(("~", ".")):
            continue
        entity = vocabulary.table(path.stem)
        if entity is None:
            _misnamed(path.stem, str(path), vocabulary, problems)
        elif entity.name in found:
            problems.add(
                Problem(
                    "fact.table_twice", f"“{entity.zh}”表有两个文件", f"two files for the table {entity.table}",
                    f"只保留一个（另一个是 {found[entity.name].name}）", f"keep one of them and {found[entity.name].name}",
                    file=str(path),
                )
            )  # fmt: skip
        else:
            found[entity.name] = path
    _missing_tables(str(folder), found, vocabulary, problems)
    sources = {name: _read(vocabulary.entities[name], path, problems) for name, path in found.items()}
    return {name: source for name, source in sources.items() if source is not None}


def _misnamed(name: str, file: str, vocabulary: Vocabulary, problems: Problems) -> None:
    """A file or sheet whose name is nearly that of a table; others are none of our business."""
    tables = [entity.table for entity in vocabulary.entities.values()]
    if near := nearest(name, tables):
        problems.add(
            Problem(
                "fact.unknown_table", f"表名“{name}”不是登记册的表", f"'{name}' is no table of a register",
                f"是否为 {near}", f"did you mean {near}", file=file,
            )
        )  # fmt: skip


def _missing_tables(
    file: str, found: dict[str, Path] | set[str], vocabulary: Vocabulary, problems: Problems
) -> None:
    for name in REQUIRED:
        entity = vocabulary.entities[name]
        if name not in found:
            problems.add(
                Problem(
                    "fact.missing_table", f"缺少“{entity.zh}”表", f"the table {entity.table} is missing",
                    f"放入 {entity.table}.parquet、.csv 或 .xlsx", f"add {entity.table}.parquet, .csv or .xlsx", file=file,
                )
            )  # fmt: skip


def _read(entity: EntityFacts, path: Path, problems: Problems) -> Source | None:
    try:
        if path.stat().st_size == 0:
            problems.add(empty(entity, str(path)))
            return None
        if FORMS[path.suffix.lower()] == "csv":
            return _read_csv(entity, path, problems)
        if FORMS[path.suffix.lower()] == "xlsx":
            return _read_sheet(entity, path, None, problems)
        raw = pl.scan_parquet(path, glob=False)
        height = int(raw.select(pl.len()).collect().item())
        return Source(entity, str(path), "parquet", raw, height)
    except OSError as error:
        problems.add(unreadable(path, error))
    except pl.exceptions.PolarsError:
        problems.add(_broken(str(path), "Parquet"))
    return None


def _read_csv(entity: EntityFacts, path: Path, problems: Problems) -> Source | None:
    try:
        text = decode(path.read_bytes())
    except EncodingError as error:
        problems.add(error.problem(str(path)))
        return None
    try:
        frame = pl.read_csv(text.encode(), infer_schema=False)
    except pl.exceptions.NoDataError:
        problems.add(empty(entity, str(path)))
        return None
    except pl.exceptions.PolarsError:
        problems.extend(_ragged(text, str(path)) or [_broken(str(path), "CSV")])
        return None
    return _textual(entity, str(path), "csv", frame)


def _ragged(text: str, file: str) -> list[Problem]:
    """The rows of a CSV with more fields than its heading."""
    reader = csv.reader(io.StringIO(text, newline=""))
    width = len(next(reader, []))
    found = []
    for number, row in enumerate(reader, start=2):
        if len(row) > width:
            found.append(
                Problem(
                    "fact.ragged", "这一行的列比表头多", "the row has more fields than the heading",
                    "检查多余的逗号和引号", "check for stray commas and quotes", file=file, row=number,
                )
            )  # fmt: skip
        if len(found) == _MOST_RAGGED:
            break
    return found


def _from_workbook(path: Path, problems: Problems) -> dict[str, Source]:
    import fastexcel

    vocabulary = Vocabulary.load()
    try:
        names = list(fastexcel.read_excel(path).sheet_names)
    except (fastexcel.FastExcelError, OSError):
        problems.add(_broken(str(path), "XLSX"))
        return {}
    sources: dict[str, Source] = {}
    present: set[str] = set()
    for name in names:
        entity = vocabulary.table(name)
        if entity is None:
            _misnamed(name, str(path), vocabulary, problems)
            continue
        present.add(entity.name)
        if source := _read_sheet(entity, path, name, problems):
            sources[entity.name] = source
    _missing_tables(str(path), present, vocabulary, problems)
    return sources


def _read_sheet(entity: EntityFacts, path: Path, sheet: str | None, problems: Problems) -> Source | None:
    import fastexcel

    file = str(path) if sheet is None else f"{path}#{sheet}"
    try:
        loaded = fastexcel.read_excel(path).load_sheet(0 if sheet is None else sheet, dtypes="string")
        frame = loaded.to_polars()
    except fastexcel.FastExcelError:
        problems.add(_broken(file, "XLSX"))
        return None
    if frame.width == 0:
        problems.add(empty(entity, file))
        return None
    return _textual(entity, file, "xlsx", frame)


def _textual(entity: EntityFacts, file: str, form: Form, frame: pl.DataFrame) -> Source:
    """A table of texts: empty texts are nulls, empty lines are left out, their numbers remembered."""
    frame = frame.with_columns(pl.all().replace("", None)) if frame.height else frame
    rows = pl.int_range(2, frame.height + 2, eager=True)
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    frame, rows = frame.filter(filled), rows.filter(filled)
    return Source(entity, file, form, frame.lazy(), frame.height, rows)


def empty(entity: EntityFacts, file: str) -> Problem:
    """The fault that a table has no rows."""
    return Problem(
        "fact.empty", f"“{entity.zh}”表是空的", f"the table {entity.table} is empty",
        "写入表头和各行", "write its heading and rows", file=file,
    )  # fmt: skip


def _broken(file: str, form: str) -> Problem:
    return Problem(
        "fact.syntax", f"不是有效的 {form} 文件", f"not a valid {form} file",
        "重新导出该表", "export the table again", file=file,
    )  # fmt: skip
