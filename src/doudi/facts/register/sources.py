"""The tables of a register as they lie on disk: Parquet, CSV or XLSX files in a folder, or one XLSX workbook."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from doudi.facts.decoding import unreadable
from doudi.facts.register.csv_file import read_csv
from doudi.facts.register.source import REQUIRED, Form, Source, broken, empty
from doudi.facts.register.workbook import read_only_sheet, read_sheets
from doudi.facts.vocabulary import EntityFacts, Vocabulary
from doudi.rules.errors import Problem, Problems, nearest

FORMS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv", ".xlsx": "xlsx"}


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
            return read_csv(entity, path, problems)
        if FORMS[path.suffix.lower()] == "xlsx":
            return read_only_sheet(entity, path, problems)
        raw = pl.scan_parquet(path, glob=False)
        height = int(raw.select(pl.len()).collect().item())
        return Source(entity, str(path), "parquet", raw, height)
    except OSError as error:
        problems.add(unreadable(path, error))
    except pl.exceptions.PolarsError:
        problems.add(broken(str(path), "Parquet"))
    return None


def _from_workbook(path: Path, problems: Problems) -> dict[str, Source]:
    vocabulary = Vocabulary.load()
    try:
        names, sources = read_sheets(path, vocabulary, problems)
    except OSError as error:
        problems.add(unreadable(path, error))
        return {}
    if not names:
        return {}
    for name in names:
        if vocabulary.table(name) is None:
            _misnamed(name, str(path), vocabulary, problems)
    present = {entity.name for name in names if (entity := vocabulary.table(name)) is not None}
    _missing_tables(str(path), present, vocabulary, problems)
    return sources
