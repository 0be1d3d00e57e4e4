"""Cells of a table that take the value of another cell where no level mentions them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doudi.rules.errors import ParameterError, ReplayError
from doudi.rules.parameters import Parameters
from tests.rules.small_law import AREA, load, restored_by

URBAN, RURAL = AREA.index("urban"), AREA.index("rural")
HEAD = "  zh: 限额\n  en: limit\n  description: A limit.\n  unit: months\n  range: [0, 36]\n  reference: mf-1:1\n"
TABLE = f"limit.months:\n{HEAD}  by: area\n"
REGION = 'region: "{code}"\nzh: 试验{zh}\nen: Trial {en}\nlevel: {level}\nparameters:\n'


def limits(folder: Path, *, nation: str = "", province: str = "", county: str = "") -> Parameters:
    """The small law with a table whose cell ``rural`` is taken from ``urban``, and these entries of three levels."""

    def entries(lines: str, indent: str) -> str:
        return "".join(f"{indent}- {line}\n" for line in lines.splitlines())

    definition = f"{TABLE}  cells_from: {{农村: urban}}\n  values:" + ("\n" if nation else " []\n")
    files = {"limit/limit.yaml": definition + entries(nation, "    ")}
    names = {
        "990000-trial-province": (province, {"zh": "省", "en": "Province", "level": "province"}),
        "999901-trial-county": (county, {"zh": "县", "en": "County", "level": "county"}),
    }
    for name, (lines, texts) in names.items():
        text = REGION.format(code=name[:6], **texts)
        body = "  limit.months:\n" + entries(lines, "    ") if lines else ""
        files[f"regions/{name}.yaml"] = text + body if body else text.replace("parameters:", "parameters: {}")
    return load(folder, files, whole=True)


def entry(value: str, start: str = "2022-01-01", more: str = "") -> str:
    """One dated entry."""
    return f'{{from: {start}, value: {value}, source: "https://example.org/l", verified: true{more}}}'


def test_a_cell_that_no_level_mentions_is_taken_from_the_other(tmp_path: Path):
    law = limits(tmp_path, county=entry("{urban: 12}", more=", elastic: {low: 6, high: 24}"))
    assert law.definitions["limit.months"].cells_from == ((RURAL, URBAN),)
    resolved = law.resolve("999901", "2025-03-01")
    assert resolved.value("limit.months") == {URBAN: 12, RURAL: 12}
    assert resolved.elastic("limit.months", "rural") == (6, 24)
    source = resolved.source("limit.months", "rural")
    assert source is not None
    assert source == resolved.source("limit.months", "urban")
    assert source.level == "999901"
    assert [resolved.cells["limit.months"][key].taken_from for key in (URBAN, RURAL)] == [None, URBAN]


def test_the_other_cell_itself_is_never_filled(tmp_path: Path):
    resolved = limits(tmp_path, county=entry("{rural: 12}")).resolve("999901", "2025-03-01")
    assert resolved.value("limit.months") == {URBAN: None, RURAL: 12}


def test_an_entry_of_any_level_stands(tmp_path: Path):
    law = limits(tmp_path, province=entry("{urban: 12, rural: 18}"), county=entry("{urban: 24}"))
    assert law.resolve("999901", "2025-03-01").value("limit.months") == {URBAN: 24, RURAL: 18}


def test_a_null_is_an_entry(tmp_path: Path):
    law = limits(tmp_path, nation=entry("{rural: null}"), county=entry("{urban: 24}"))
    assert law.resolve("999901", "2025-03-01").value("limit.months") == {URBAN: 24, RURAL: None}
    (gap,) = [gap for gap in law.gaps("999901", "2025-03-01") if gap.name == "limit.months"]
    assert (gap.codes, gap.since, gap.last) == (("rural",), 20220101, None)


def test_only_the_entries_of_the_day_matter(tmp_path: Path):
    law = limits(
        tmp_path,
        province=entry("{urban: 12}"),
        county=entry("{rural: 18}", "2023-01-01", ", until: 2023-12-31"),
    )
    days = ("2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01")
    values = [law.resolve("999901", day).at("limit.months", "rural") for day in days]
    assert values == [12, 18, 18, 12]
    changes = [each for each in law.diff("999901", days[2], days[3]) if each.name == "limit.months"]
    assert [(each.code, each.before.value, each.after.value) for each in changes] == [("rural", 18, 12)]


def test_a_filled_cell_is_no_gap(tmp_path: Path):
    law = limits(tmp_path, county=entry("{urban: 12}", more=", until: 2024-12-31"))
    assert "limit.months" not in {gap.name for gap in law.gaps("999901", "2024-12-31")}
    (gap,) = [gap for gap in law.gaps("999901", "2025-01-01") if gap.name == "limit.months"]
    assert (gap.codes, gap.since, gap.last) == (("urban", "rural"), 20250101, 12)


def test_a_null_of_the_other_cell_is_taken_too(tmp_path: Path):
    law = limits(tmp_path, nation=entry("{urban: 12}"), county=entry("{urban: null}", "2024-01-01"))
    (gap,) = [gap for gap in law.gaps("999901", "2025-01-01") if gap.name == "limit.months"]
    assert (gap.codes, gap.since, gap.last) == (("urban", "rural"), 20240101, 12)
    assert gap.source is not None
    assert gap.source.level == "999901"


def test_a_filled_cell_follows_values_set_by_the_user(tmp_path: Path):
    resolved = limits(tmp_path, county=entry("{urban: 12}")).resolve("999901", "2025-03-01")
    assert resolved.replace({"limit.months.urban": "6"}).value("limit.months") == {URBAN: 6, RURAL: 6}
    assert resolved.replace({"limit.months.urban": "null"}).value("limit.months") == {
        URBAN: None,
        RURAL: None,
    }
    assert resolved.replace({"limit.months.rural": "null"}).value("limit.months") == {URBAN: 12, RURAL: None}
    own = {"limit.months.rural": "9", "limit.months.urban": "6"}
    assert resolved.replace(own).value("limit.months") == {URBAN: 6, RURAL: 9}
    unset = limits(tmp_path / "unset").resolve("999901", "2025-03-01")
    assert unset.replace({"limit.months.urban": "6"}).value("limit.months") == {URBAN: 6, RURAL: 6}


def test_a_filled_cell_is_frozen_and_restored_as_such(tmp_path: Path):
    law = limits(tmp_path, county=entry("{urban: 12}"))
    resolved = law.resolve("999901", "2025-03-01")
    data = resolved.canonical()
    codes = data["parameters"]["limit.months"]["codes"]
    assert (codes["rural"]["taken_from"], "taken_from" in codes["urban"]) == ("urban", False)
    restored = restored_by(law, json.loads(json.dumps(data)))
    assert restored.canonical() == data
    assert restored.replace({"limit.months.urban": "6"}).at("limit.months", "rural") == 6
    codes["rural"]["taken_from"] = "suburban"
    with pytest.raises(ReplayError):
        restored_by(law, data)


def test_without_sources_a_filled_cell_is_like_a_written_one(tmp_path: Path):
    filled = limits(tmp_path / "filled", county=entry("{urban: 12}"))
    written = limits(tmp_path / "written", county=entry("{urban: 12, rural: 12}"))
    one, two = (law.resolve("999901", "2025-03-01").canonical(sources=False) for law in (filled, written))
    assert one == two


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{rural: urbn}", [("code.unknown", 9, "urbn")]),
        ("{rurl: urban}", [("code.unknown", 9, "rurl")]),
        ("{rurl: urbn}", [("code.unknown", 9, "rurl"), ("code.unknown", 9, "urbn")]),
        ("\n    rural: urban\n    农村: urban", [("parameter.cells_from", 11, "农村")]),
        ("{rural: rural}", [("parameter.cells_from", 9, "rural")]),
        (
            "\n    rural: urban\n    urban: rural",
            [("parameter.cells_from", 10, "rural"), ("parameter.cells_from", 11, "urban")],
        ),
        ("low_margin", [("yaml.not_a_mapping", 9, None)]),
        ("{rural: [urban]}", [("yaml.not_a_scalar", 9, None), ("code.unknown", 9, "")]),
    ],
)
def test_faults(tmp_path: Path, written: str, expected: list[tuple[str, int, str | None]]):
    text = f"{TABLE}  cells_from: {written}\n  values: []\n"
    assert faults(tmp_path, text) == expected


def test_only_a_table_takes_cells(tmp_path: Path):
    text = f"limit.months:\n{HEAD}  cells_from: {{rural: urban}}\n  values: []\n"
    assert faults(tmp_path, text) == [("parameter.cells_from", 8, None)]
    unknown = f"{TABLE.replace('area', 'aera')}  cells_from: {{rural: urban}}\n  values: []\n"
    assert faults(tmp_path, unknown) == [("parameter.unknown_code_set", 8, "aera")]


def faults(folder: Path, text: str) -> list[tuple[str, int | None, str | None]]:
    """Code, line and value of each fault of the small law with this definition file."""
    with pytest.raises(ParameterError) as caught:
        load(folder, {"limit/limit.yaml": text})
    return [(problem.code, problem.line, problem.value) for problem in caught.value.problems]
