"""A small law written into a folder: two documents, one table, a handful of parameters, four regions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doudi.rules.codes import CodeSet
from doudi.rules.documents import Document, Documents
from doudi.rules.parameters import Parameters, Resolved

AREA = CodeSet("area", {"urban": ("城市", "urban"), "rural": ("农村", "rural")}, {"农村": "rural"})
CODE_SETS = {"area": AREA}
DOCUMENTS = Documents(
    {
        "mf-1": Document("mf-1", "甲办法", "Measures A", "民发〔2021〕1号", articles=40),
        "law-9": Document("law-9", "乙法", "Law B", articles=78),
        "local": Document("local", "地方规定", "Local rules", articles=("1.1", "1.2")),
    }
)

DEFINITIONS = """
line.standard:
  zh: 低保标准
  en: dibao standard
  description: The line per person.
  unit: CNY/person/month
  by: area
  range: [0, 10000]
  reference: "mf-1:5"
  yearly: true
  floor_by: line.guide
  floor_from: 2026-07-01
  floor_reference: "law-9:19"
  values: []
line.guide:
  zh: 指导标准
  en: guide level
  description: The level a province guides to.
  unit: CNY/person/month
  by: area
  range: [0, 10000]
  reference: "law-9:19"
  values: []
line.multiple:
  zh: 倍数
  en: multiple
  description: How many standards.
  unit: ratio
  range: [1, 3]
  reference: "mf-1:8"
  values:
    - {from: 2021-07-01, until: 2026-06-30, value: 1.5, verified: true}
    - {from: 2026-07-01, value: 1.6, reference: "law-9:21", verified: false, note: a reading}
pension.counted:
  zh: 是否计入养老金
  en: pension counted
  description: Whether the pension counts.
  unit: flag
  reference: "mf-1:13"
  values:
    - {from: 2021-07-01, value: false, verified: true}
    - {from: 2026-01-01, value: null, verified: true}
grace.months:
  zh: 渐退期
  en: grace period
  description: Months of grace.
  unit: months
  range: [0, 36]
  reference: "mf-1:20"
  values:
    - {from: 2021-07-01, value: 6, verified: true, elastic: {low: 3, high: 12}}
age.reached:
  zh: 年龄
  en: age reached
  description: When an age is reached.
  unit: choice
  choices: [birthday, day_after, month]
  reference: "mf-1:1"
  values:
    - {from: 2021-07-01, value: birthday, verified: true}
"""

PROVINCE = """
region: "990000"
zh: 试验省
en: Trial Province
level: province
parameters:
  line.guide:
    - {from: 2024-01-01, value: {urban: 700, rural: 500}, source: "https://example.org/guide", verified: true}
  line.standard:
    - {from: 2022-01-01, value: {urban: 600.50, rural: 450}, reference: "local:1.1", verified: true}
"""

PREFECTURE = """
region: "999900"
zh: 试验市
en: Trial City
level: prefecture
parameters:
  line.standard:
    - {from: 2023-01-01, value: {urban: 720}, reference: "local:1.2", verified: true}
  line.multiple:
    - {from: 2025-01-01, until: 2025-06-30, value: 2, source: "https://example.org/m", verified: false}
    - {from: 2026-01-01, value: 2.5, source: "https://example.org/m", verified: false}
"""

COUNTY = """
region: "999901"
zh: 试验县
en: Trial County
level: county
parameters:
  line.standard:
    - {from: 2025-01-01, value: {rural: 480}, reference: "local:1.2", verified: true}
  pension.counted:
    - {from: 2026-02-01, value: true, source: "https://example.org/p", verified: true}
"""

FILES = {
    "line/line.yaml": DEFINITIONS,
    "regions/990000-trial-province.yaml": PROVINCE,
    "regions/999900-trial-city.yaml": PREFECTURE,
    "regions/999901-trial-county.yaml": COUNTY,
}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below ``folder``; the first line of a text is line 1 of its file."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")


def load(folder: Path, changed: dict[str, str] | None = None, *, whole: bool = False) -> Parameters:
    """The small law with some files changed or added, loaded from ``folder``."""
    write(folder, FILES | (changed or {}))
    definitions = [path for path in folder.glob("*/*.yaml") if path.parent.name != "regions"]
    regions = list((folder / "regions").glob("*"))
    return Parameters.load(definitions, regions, DOCUMENTS, CODE_SETS, whole=whole)


def restored_by(law: Parameters, data: Mapping[str, Any]) -> Resolved:
    """What was frozen, under the definitions and documents of a law."""
    return Resolved.from_canonical(data, law.definitions, law.documents)
