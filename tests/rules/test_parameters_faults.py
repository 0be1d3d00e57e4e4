"""Faults of definition files and region files: all told at once, each with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.rules.errors import ParameterError, Problem
from tests.rules.small_law import COUNTY, DEFINITIONS, PREFECTURE, PROVINCE, load, write

HEAD = "  zh: 甲\n  en: A\n  description: Something.\n  unit: months\n  range: [0, 36]\n  reference: mf-1:1\n"


def faults(folder: Path, changed: dict[str, str]) -> list[Problem]:
    """The problems of the small law with these files changed."""
    with pytest.raises(ParameterError) as caught:
        load(folder, changed, whole=True)
    return list(caught.value.problems)


def brief(problems: list[Problem]) -> list[tuple[str, int | None]]:
    """Code and line of each."""
    return [(problem.code, problem.line) for problem in problems]


def entry_faults(folder: Path, *entries: str, head: str = HEAD) -> list[tuple[str, int | None]]:
    """Faults of one parameter with these entries; the first entry stands on line 9."""
    text = f"x.y:\n{head}  values:\n" + "".join(f"    - {entry}\n" for entry in entries)
    return brief(faults(folder, {"x/x.yaml": text}))


def test_the_small_law_has_no_faults(tmp_path: Path):
    load(tmp_path, whole=True).check()


def test_many_faults_in_many_files_are_told_at_once(tmp_path: Path):
    definitions = """
a.one:
  zh: 甲
  en: A
  descripton: misspelt
  unit: CNY/persn/month
  range: [0, 10]
  reference: "mf-1:99"
  values: []
a.two:
  zh: 乙
  en: B
  description: Fine.
  unit: ratio
  range: [0, 1]
  reference: "mf-1:2"
  values:
    - {from: 2021-02-30, value: 2, verified: maybe}
    - {from: 2022-01-01, until: 2021-01-01, value: 0.12345, verified: true, refrence: x}
"""
    county = (
        COUNTY
        + """
  line.standrd:
    - {from: 2025-01-01, value: 1, reference: "local:1.2", verified: true}
  grace.months:
    - {from: 2025-01-01, value: 40, reference: "locl:1.2", verified: true}
  a.one:
    - {from: 2025-01-01, value: unreadable, reference: "local:1.2", verified: true}
"""
    )
    problems = faults(tmp_path, {"a/a.yaml": definitions, "regions/999901-trial-county.yaml": county})
    found = [
        (Path(problem.file or "").name, problem.line, problem.code, problem.value) for problem in problems
    ]
    assert found == [
        ("a.yaml", 4, "yaml.unknown_key", "descripton"),
        ("a.yaml", 1, "yaml.missing_key", "description"),
        ("a.yaml", 5, "unit.unknown", "CNY/persn/month"),
        ("a.yaml", 7, "reference.unknown_article", "mf-1:99"),
        ("a.yaml", 17, "parameter.out_of_range", "2"),
        ("a.yaml", 17, "date.bad", "2021-02-30"),
        ("a.yaml", 17, "unit.not_a_flag", "maybe"),
        ("a.yaml", 18, "yaml.unknown_key", "refrence"),
        ("a.yaml", 18, "unit.too_many_decimals", "0.12345"),
        ("a.yaml", 18, "parameter.dates_reversed", "2021-01-01"),
        ("999901-trial-county.yaml", 11, "parameter.unknown", "line.standrd"),
        ("999901-trial-county.yaml", 14, "parameter.out_of_range", "40"),
        ("999901-trial-county.yaml", 14, "reference.unknown_document", "locl:1.2"),
    ]
    remedies = {problem.value: problem.remedy_en for problem in problems}
    assert remedies["descripton"] == "use description"
    assert "CNY/person/month" in remedies["CNY/persn/month"]
    assert remedies["refrence"] == "use reference"
    assert "line.standard" in remedies["line.standrd"]
    assert "local" in remedies["locl:1.2"]
    assert all(problem.zh and problem.en for problem in problems)


@pytest.mark.parametrize("key", ["zh", "en", "description", "unit", "reference", "range", "values"])
def test_what_every_definition_needs(tmp_path: Path, key: str):
    lines = [line for line in [*HEAD.splitlines(), "  values: []"] if not line.startswith(f"  {key}:")]
    problems = faults(tmp_path, {"x/x.yaml": "x.y:\n" + "\n".join(lines) + "\n"})
    assert [(problem.code, problem.line, problem.value) for problem in problems] == [
        ("yaml.missing_key", 1, key)
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{from: 2021-01-01, value: 3}", [("yaml.missing_key", 9)]),
        ("{value: 3, verified: true}", [("yaml.missing_key", 9)]),
        ("{from: 2021-01-01, verified: true}", [("yaml.missing_key", 9)]),
        ("{from: null, value: 3, verified: true}", [("date.bad", 9)]),
        ("{from: 2021-1-1, value: 3, verified: true}", [("date.bad", 9)]),
        ("{from: 1900-01-01, value: 3, verified: true}", [("date.bad", 9)]),
        ("{from: 2021-01-01, until: 2021-01-01, value: 3, verified: true}", [("parameter.dates_reversed", 9)]),
        ("{from: 2021-01-01, value: -1, verified: true}", [("parameter.out_of_range", 9)]),
        ("{from: 2021-01-01, value: 37, verified: true}", [("parameter.out_of_range", 9)]),
        ("{from: 2021-01-01, value: [3], verified: true}", [("yaml.not_a_scalar", 9)]),
        ("{from: 2021-01-01, value: 3, verified: true, reference: null}", [("reference.unknown_document", 9)]),
        ("just text", [("yaml.not_a_mapping", 9)]),
        ("{from: 2021-01-01, value: 3, verified: true, elastic: {low: 4, high: 5}}", [("parameter.elastic_range", 9)]),
        ("{from: 2021-01-01, value: 3, verified: true, elastic: {low: 5, high: 2}}", [("parameter.elastic_range", 9)]),
        ("{from: 2021-01-01, value: 3, verified: true, elastic: {low: 2}}", [("yaml.missing_key", 9)]),
        ("{from: 2021-01-01, value: 3, verified: true, elastic: {low: 2, high: 99}}",
         [("parameter.out_of_range", 9), ("parameter.elastic_range", 9)]),
        ("{from: 2021-01-01, value: null, verified: true, elastic: {low: 2, high: 9}}", [("parameter.elastic_range", 9)]),
    ],
)  # fmt: skip
def test_faults_of_one_entry(tmp_path: Path, entry: str, expected: list[tuple[str, int]]):
    assert entry_faults(tmp_path, entry) == expected


def test_entries_of_one_level_do_not_overlap(tmp_path: Path):
    first, second = (
        "{from: 2021-01-01, value: 3, verified: true}",
        "{from: 2022-01-01, value: 4, verified: true}",
    )
    ended = "{from: 2021-01-01, until: 2022-01-01, value: 3, verified: true}"
    assert entry_faults(tmp_path / "until", ended, second) == [("parameter.overlap", 10)]
    assert entry_faults(tmp_path / "twice", first, first) == [("parameter.overlap", 10)]
    assert entry_faults(tmp_path / "order", second, ended) == [("parameter.overlap", 9)]


def test_an_entry_inside_an_earlier_one_overlaps_it_also_when_it_is_no_neighbour(tmp_path: Path):
    long = "{from: 2020-01-01, until: 2030-12-31, value: 1, verified: true}"
    short = "{from: 2021-01-01, until: 2021-12-31, value: 1, verified: true}"
    later = "{from: 2025-01-01, value: 2, verified: true}"
    assert entry_faults(tmp_path, long, short, later) == [
        ("parameter.overlap", 10),
        ("parameter.overlap", 11),
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{from: 2024-13-01, value: 3, verified: true}", "date.bad"),
        ("{from: null, value: 3, verified: true}", "date.bad"),
        ("{value: 3, verified: true}", "yaml.missing_key"),
        ("{until: 2024-01-01, value: 3, verified: true}", "yaml.missing_key"),
    ],
)
def test_entries_without_a_first_day_are_told_each(tmp_path: Path, entry: str, fault: str):
    assert entry_faults(tmp_path, entry, entry) == [(fault, 9), (fault, 10)]


def test_the_last_days_of_the_calendar_are_days_like_others(tmp_path: Path):
    ended = "{from: 2021-01-01, until: 2099-12-30, value: 3, verified: true}"
    last = "{from: 2099-12-31, value: 40, verified: true}"
    assert entry_faults(tmp_path, ended, last) == [("parameter.out_of_range", 10)]


def test_a_gap_of_one_day_is_a_slip(tmp_path: Path):
    ended = "{from: 2021-01-01, until: 2021-12-30, value: 3, verified: true}"
    assert entry_faults(tmp_path, ended, "{from: 2022-01-01, value: 4, verified: true}") == [
        ("parameter.gap", 10)
    ]


def test_a_gap_left_by_an_explicit_until_is_allowed(tmp_path: Path):
    text = f"x.y:\n{HEAD}  values:\n" + (
        "    - {from: 2021-01-01, until: 2021-12-31, value: 3, verified: true}\n"
        "    - {from: 2023-01-01, value: 4, verified: true}\n"
    )
    parameters = load(tmp_path, {"x/x.yaml": text})
    days = ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01")
    assert [parameters.resolve("000000", day).value("x.y") for day in days] == [3, None, None, 4]


def test_a_code_may_not_vanish_silently(tmp_path: Path):
    head = HEAD.replace("range:", "by: area\n  range:")
    both, one = "value: {urban: 1, rural: 2}, verified: true}", "value: {urban: 1}, verified: true}"
    problems = entry_faults(tmp_path, "{from: 2021-01-01, " + both, "{from: 2022-01-01, " + one, head=head)
    assert problems == [("parameter.gap", 11)]


TABLE = HEAD.replace("range:", "by: area\n  range:")


def test_a_code_with_an_elastic_range_has_a_value(tmp_path: Path):
    other = (
        "{from: 2021-01-01, value: {urban: 5}, verified: true, elastic: {low: {rural: 1}, high: {rural: 9}}}"
    )
    unset = "{from: 2021-01-01, value: {urban: 5, rural: null}, verified: true, elastic: {low: {rural: 1}, high: {rural: 9}}}"
    faulty = "{from: 2021-01-01, value: {urban: 5, rural: 99}, verified: true, elastic: {low: {rural: 1}, high: {rural: 9}}}"
    assert entry_faults(tmp_path / "other", other, head=TABLE) == [("parameter.elastic_alone", 10)]
    assert entry_faults(tmp_path / "unset", unset, head=TABLE) == [("parameter.elastic_alone", 10)]
    assert entry_faults(tmp_path / "faulty", faulty, head=TABLE) == [("parameter.out_of_range", 10)]


def test_a_table_without_any_code_says_nothing(tmp_path: Path):
    assert entry_faults(tmp_path, "{from: 2021-01-01, value: {}, verified: true}", head=TABLE) == [
        ("parameter.no_cell", 10)
    ]


def test_tables_are_checked_code_by_code(tmp_path: Path):
    head = HEAD.replace("range:", "by: area\n  range:")
    problems = entry_faults(
        tmp_path,
        "{from: 2021-01-01, value: {urbn: 1, rural: 99}, verified: true}",
        "{from: 2022-01-01, value: {农村: 1, rural: 1}, verified: true}",
        "{from: 2023-01-01, value: {urban: 5, rural: 5}, verified: true, elastic: {low: {rural: 1}, high: 9}}",
        "{from: 2024-01-01, value: {urban: 5, rural: 5}, verified: true, elastic: {low: {urban: 6}, high: {urban: 9}}}",
        head=head,
    )
    assert problems == [
        ("code.unknown", 10),
        ("parameter.out_of_range", 10),
        ("parameter.code_twice", 11),
        ("parameter.elastic_range", 12),
        ("parameter.elastic_range", 13),
    ]


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (("unit: months\n  range: [0, 36]", "unit: choice"), "yaml.missing_key", 1),
        (("unit: months", "unit: months\n  choices: [a, b]"), "parameter.choices", 6),
        (("unit: months", "unit: months\n  kind: money"), "parameter.kind", 6),
        (("unit: months", "unit: months\n  by: aera"), "parameter.unknown_code_set", 6),
        (("unit: months\n  range: [0, 36]", "unit: flag\n  range: [0, 1]"), "parameter.range", 6),
        (("unit: months\n  range: [0, 36]", "unit: choice\n  choices: [a, a]"), "parameter.choices", 6),
        (("range: [0, 36]", "range: [36, 0]"), "parameter.range", 6),
        (("range: [0, 36]", "range: [36]"), "parameter.range", 6),
        (("range: [0, 36]", "range: [0, 9999999999999999999]"), "parameter.range", 6),
        (("range: [0, 36]", "range: [0, 1.5]"), "unit.too_many_decimals", 6),
        (("range: [0, 36]", "range: [0, 36]\n  yearly: often"), "unit.not_a_flag", 7),
        (("range: [0, 36]", "range: [0, 36]\n  floor_from: 2021-01-01"), "parameter.floor", 7),
        (("range: [0, 36]", "range: [0, 36]\n  floor_by: grace.month"), "parameter.unknown", 1),
        (("range: [0, 36]", "range: [0, 36]\n  floor_by: line.guide"), "parameter.floor", 1),
    ],
)
def test_faults_of_a_definition(tmp_path: Path, change: tuple[str, str], code: str, line: int):
    text = "x.y:\n" + HEAD.replace(*change) + "  values: []\n"
    assert brief(faults(tmp_path, {"x/x.yaml": text})) == [(code, line)]


def test_only_numbers_are_elastic(tmp_path: Path):
    head = HEAD.replace("unit: months\n  range: [0, 36]", "unit: flag")
    entry = "{from: 2021-01-01, value: true, verified: true, elastic: {low: false, high: true}}"
    assert entry_faults(tmp_path, entry, head=head) == [("parameter.elastic_kind", 8)]


def test_a_name_is_defined_once_and_well_formed(tmp_path: Path):
    text = f"grace.months:\n{HEAD}  values: []\nX-y:\n{HEAD}  values: []\n"
    problems = faults(tmp_path, {"x/x.yaml": text})
    assert brief(problems) == [("parameter.defined_twice", 1), ("parameter.bad_name", 9)]
    assert problems[0].remedy_en.startswith("see line/line.yaml:")


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (('region: "999901"', 'region: "99990"'), "region.code", 1),
        (('region: "999901"', 'region: "999902"'), "region.code", 1),
        (("level: county", "level: province"), "region.level", 4),
        (("zh: 试验县\n", ""), "yaml.missing_key", 1),
        (("level: county", "level: county\nparent: 610000"), "region.parent", 5),
        (("level: county", "level: county\npopulation: 3"), "yaml.unknown_key", 5),
        (('value: {rural: 480}, reference: "local:1.2"', "value: {rural: 480}"), "parameter.no_source", 7),
    ],
)
def test_faults_of_a_region_file(tmp_path: Path, change: tuple[str, str], code: str, line: int):
    county = COUNTY.lstrip("\n").replace(*change)
    assert brief(faults(tmp_path, {"regions/999901-trial-county.yaml": county})) == [(code, line)]


def test_a_region_file_has_parameters(tmp_path: Path):
    text = COUNTY.lstrip("\n").split("parameters:")[0]
    assert brief(faults(tmp_path, {"regions/999901-trial-county.yaml": text})) == [("yaml.missing_key", 1)]


def test_region_files_are_known_by_their_names(tmp_path: Path):
    files = {
        "regions/610124-zhouzhi.yaml": "",
        "regions/xian.yaml": "",
        "regions/310115-pudong.yaml": "",
        "regions/999901-again.yaml": COUNTY,
    }
    write(tmp_path, files)
    with pytest.raises(ParameterError) as caught:
        load(tmp_path)
    found = {
        (problem.code, Path(problem.file or "").name, problem.value) for problem in caught.value.problems
    }
    assert found == {
        ("region.file_name", "xian.yaml", None),
        ("region.twice", "999901-trial-county.yaml", "999901"),
        ("region.parent", "610124-zhouzhi.yaml", "610124"),
        ("region.parent", "310115-pudong.yaml", "310115"),
    }
    missing = [problem.remedy_en for problem in caught.value.problems if problem.code == "region.parent"]
    assert missing == ["add 310000-….yaml", "add 610000-….yaml", "add 610100-….yaml"]


def test_only_the_chain_asked_for_is_read(tmp_path: Path):
    other = COUNTY.replace("999901", "999902").replace("line.standard", "line.standrd")
    parameters = load(tmp_path, {"regions/999902-other-county.yaml": other})
    parameters.resolve("999901", "2026-08-01")
    with pytest.raises(ParameterError):
        parameters.resolve("999902", "2026-08-01")
    with pytest.raises(ParameterError):
        parameters.check()


def test_a_fault_of_a_level_above_stops_the_county(tmp_path: Path):
    parameters = load(tmp_path, {"regions/990000-trial-province.yaml": PROVINCE.replace("450", "-1")})
    with pytest.raises(ParameterError):
        parameters.resolve("999901", "2026-08-01")


def test_broken_files_are_faults_among_others(tmp_path: Path):
    changed = {
        "line/line.yaml": DEFINITIONS + "broken: [\n",
        "regions/999900-trial-city.yaml": PREFECTURE + "  : :\n  - x",
    }
    codes = {problem.code for problem in faults(tmp_path, changed)}
    assert "yaml.broken" in codes
