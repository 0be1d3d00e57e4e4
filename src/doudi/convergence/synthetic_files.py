"""The files of a made-up pair of registers, as departments write them, and the evidence of its county."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from doudi.evidence.schema import PEOPLE

Row = Mapping[str, Any]
EXPENSES = {
    "household_id": pl.String(), "person_id": pl.String(), "kind": pl.String(), "amount": pl.Int64(), "paid_on": pl.Date(),
}  # fmt: skip
_KIND_ZH = {"unstable": "脱贫不稳定户", "edge": "边缘易致贫户", "sudden": "突发严重困难户"}
_RELATION_ZH = {"head": "户主", "spouse": "配偶", "child": "子女"}
_PROGRAMME_ZH = {
    "tekun": "特困", "dibao": "低保", "single_dibao": "单人保", "low_margin": "低保边缘", "rigid": "刚性支出困难", "other": "其他救助",
}  # fmt: skip


def write_list(listed: Sequence[Row], path: Path) -> pl.DataFrame:
    """The list: a title, headings of its own, dates with slashes."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["防返贫监测对象名单（2026年7月）"])
        writer.writerow(
            [
                "监测户编号",
                "人员姓名",
                "身份证号",
                "户主关系",
                "监测类别",
                "风险类型",
                "识别时间",
                "是否消除风险",
                "所在村",
            ]
        )
        writer.writerows(
            [
                "JC" + (one["household_id"] or one["person"]), one["name"], one["id_number"], _RELATION_ZH[one["relation"]],
                _KIND_ZH[one["kind"]], one["risk"], f"{one['identified']:%Y/%m/%d}", "是" if one["removed"] else "否", one["village"],
            ]
            for one in listed
        )  # fmt: skip
    told = [
        (line, one["person"], one["place"], one["tier"], one["reason"])
        for line, one in enumerate(listed, start=3)
    ]
    schema = {
        "line": pl.Int64(),
        "person_id": pl.String(),
        "place": pl.String(),
        "tier": pl.String(),
        "reason": pl.String(),
    }
    return pl.DataFrame(told, schema=schema, orient="row")


def write_base(held: Sequence[Row], path: Path) -> None:
    """The base: a workbook with other headings in another order."""
    heads = (
        "救助类型",
        "公民身份号码",
        "本人姓名",
        "与申请人关系",
        "救助家庭编号",
        "享受起始日期",
        "月发放金额",
        "保障人口",
        "村居",
    )
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("低收入人口库")
        sheet.write_string(0, 0, "低收入人口库（2026年7月）")
        sheet.write_row(1, 0, heads)
        for line, one in enumerate(held, start=2):
            sheet.write_row(line, 0, (
                _PROGRAMME_ZH[one["programme"]], one["id_number"], one["name"], _RELATION_ZH[one["relation"]], one["number"],
                f"{one['since']:%Y-%m-%d}", 300 if one["programme"] in ("dibao", "tekun") else 0, one["members"], one["village"],
            ))  # fmt: skip


def write_evidence(
    day: date,
    people: Sequence[Row],
    persons: Sequence[Row],
    homes: Sequence[Row],
    expenses: Sequence[Row],
    folder: Path,
) -> None:
    """What :mod:`doudi.evidence` would have built of such a county."""
    register = folder / "register"
    register.mkdir(parents=True, exist_ok=True)
    (folder / "sources.json").write_text(json.dumps({"day": day.isoformat()}) + "\n", "utf-8")
    pl.DataFrame(people, schema=dict(PEOPLE)).sort("person_id").write_parquet(folder / "people.parquet")
    money = pl.Decimal(14, 2)
    facts = pl.DataFrame(persons, infer_schema_length=None).drop("id_number", "village")
    facts = facts.with_columns(pl.col("wage", "pension").cast(money))
    lived_in = pl.DataFrame(homes).join(facts, on="household_id", how="semi")
    lived_in.write_parquet(register / "households.parquet")
    facts.write_parquet(register / "persons.parquet")
    paid = pl.DataFrame(expenses, schema=EXPENSES).with_columns(pl.col("amount").cast(money))
    paid.write_parquet(register / "expenses.parquet")
    text = pl.String()
    pl.DataFrame(schema={"person_id": text, "relation": text}).write_parquet(register / "supporters.parquet")
    pl.DataFrame(schema={"household_id": text, "kind": text, "value": money}).write_parquet(
        register / "assets.parquet"
    )
    pl.DataFrame(schema={"household_id": text, "programme": text}).write_parquet(
        register / "holdings.parquet"
    )
