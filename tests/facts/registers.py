"""Small registers for the tests, written in any form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import polars as pl

Rows = list[dict[str, object]]
Tables = dict[str, Rows]

ON = 2026_08_01


def good() -> Tables:
    """Two households, three persons, and one row in each other table."""
    return {
        "households": [{"household_id": "H1", "area": "rural"}, {"household_id": "H2", "area": "urban"}],
        "persons": [
            {
                "person_id": "P1",
                "household_id": "H1",
                "relation": "head",
                "born": "1950-03-02",
                "wage": "1560.50",
            },
            {
                "person_id": "P2",
                "household_id": "H1",
                "relation": "spouse",
                "born": "1952-03-02",
                "wage": "0",
            },
            {
                "person_id": "P3",
                "household_id": "H2",
                "relation": "head",
                "born": "1980-01-01",
                "wage": "20000",
            },
        ],
        "supporters": [
            {"person_id": "P1", "relation": "child", "family_size": "3", "family_income": "60000"}
        ],
        "assets": [{"household_id": "H1", "kind": "vehicle", "value": "52000", "person_id": "P2"}],
        "expenses": [{"household_id": "H2", "kind": "medical", "amount": "1200.05"}],
        "holdings": [{"household_id": "H1", "programme": "dibao", "monthly": "300"}],
    }


def write(folder: Path, tables: Mapping[str, Rows], form: str = "csv", encoding: str = "utf-8") -> Path:
    """Write the tables into ``folder`` as texts: ``csv``, ``xlsx``, ``parquet``, or one ``workbook``."""
    folder.mkdir(parents=True, exist_ok=True)
    if form == "workbook":
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tables.items():
            _sheet(book.create_sheet(name), rows)
        book.save(folder / "register.xlsx")
        return folder / "register.xlsx"
    for name, rows in tables.items():
        frame = pl.DataFrame(rows, infer_schema_length=None)
        if form == "csv":
            (folder / f"{name}.csv").write_bytes(frame.write_csv().encode(encoding))
        elif form == "parquet":
            frame.write_parquet(folder / f"{name}.parquet")
        else:
            book = openpyxl.Workbook()
            _sheet(book.active, rows)
            book.save(folder / f"{name}.xlsx")
    return folder


def _sheet(sheet: object, rows: Rows) -> None:
    sheet.append(list(rows[0]))  # type: ignore[attr-defined]
    for row in rows:
        sheet.append(list(row.values()))  # type: ignore[attr-defined]
