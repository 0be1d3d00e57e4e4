"""An outreach laid down: a table for programs, and a workbook from which villages are given their visits."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import xlsxwriter

from doudi.assessment.outreach import HOUSEHOLDS, Outreach
from doudi.rules.files import put_whole

SHOWN = {
    "village": 20, "priority": 10, "household_id": 16, "clues_zh": 28, "heads": 10, "tier_zh": 18, "monthly": 14, "sentence": 60, "asks_zh": 60,
    "bring_zh": 40, "sources": 30,
}  # fmt: skip
"""The columns of the workbook, with their widths in characters."""
_KINDS = {"monthly": pl.Float64, "heads": pl.Int64, "priority": pl.Int64}
NOTE = "以下家庭按部门数据和推定可能符合基本生活救助而未享受，供入户了解；推定不作为认定依据，由工作人员核实后决定。"


def write_outreach(found: Outreach, out: Path) -> tuple[Path, Path]:
    """Write ``outreach.parquet`` and ``outreach.xlsx`` into the folder and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    table, book = out / "outreach.parquet", out / "outreach.xlsx"
    with put_whole(table) as making:
        found.households.write_parquet(making)
    with put_whole(book) as making:
        _write_workbook(found.households, making)
    return table, book


def _write_workbook(households: pl.DataFrame, path: Path) -> None:
    labels = {column.name: column.zh for column in HOUSEHOLDS}
    shown = households.select(pl.col(name).cast(_KINDS.get(name, pl.String)) for name in SHOWN).rename(
        {name: labels[name] for name in SHOWN}
    )
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("入户名单")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, NOTE)
        shown.write_excel(
            book, sheet, position=(1, 0), dtype_formats={pl.Float64: "#,##0.00"}, freeze_panes=(2, 0), autofilter=True,
            column_formats=dict.fromkeys((labels["sentence"], labels["asks_zh"], labels["bring_zh"]), "@"),
            table_style="Table Style Light 9",
        )  # fmt: skip
        for place, (name, width) in enumerate(SHOWN.items()):
            sheet.set_column(
                place, place, width, wrap if name in ("sentence", "asks_zh", "bring_zh") else None
            )
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
