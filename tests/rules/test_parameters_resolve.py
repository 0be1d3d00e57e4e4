"""Values at a place and a day: levels, dates, nulls, elastic ranges, floors, values set by the user."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from doudi.rules.errors import LawError, ParameterError
from doudi.rules.kinds import MONEY, ParameterSlot, code
from doudi.rules.parameters import SET, Parameters
from tests.rules.small_law import AREA, COUNTY, PREFECTURE, PROVINCE, load

URBAN, RURAL = AREA.index("urban"), AREA.index("rural")


@pytest.fixture
def law(tmp_path: Path) -> Parameters:
    return load(tmp_path)


def test_a_definition_tells_the_engine_what_it_needs(law: Parameters):
    standard, choice = law.definitions["line.standard"], law.definitions["age.reached"]
    assert (standard.kind, standard.by, standard.range, standard.yearly) == (
        "money",
        AREA,
        (0, 1_000_000),
        True,
    )
    assert choice.choices is not None
    assert (choice.kind, choice.choices.name, choice.choices.codes) == (
        "choice", "age.reached", ("birthday", "day_after", "month"),
    )  # fmt: skip
    assert choice.range == (0, 2)
    assert law.definitions["pension.counted"].range == (0, 1)
    assert law.definitions["line.multiple"].range == (10_000, 30_000)
    assert standard.slot == ParameterSlot("line.standard", MONEY, 0, 1_000_000, AREA)
    assert choice.slot == ParameterSlot("age.reached", code(choice.choices), 0, 2)


def test_the_most_specific_level_wins_code_by_code(law: Parameters):
    resolved = law.resolve("999901", "2025-03-01")
    assert resolved.value("line.standard") == {URBAN: 72_000, RURAL: 48_000}
    assert resolved.at("line.standard", "农村") == resolved.at("line.standard", RURAL) == 48_000
    levels = [
        getattr(resolved.source("line.standard", code), "level", None) for code in ("urban", "rural", None)
    ]
    assert levels == ["999900", "999901", "999901"]
    assert law.resolve("999900", "2025-03-01").value("line.standard") == {URBAN: 72_000, RURAL: 45_000}
    assert law.resolve("990000", "2025-03-01").value("line.standard") == {URBAN: 60_050, RURAL: 45_000}
    assert law.resolve("000000", "2025-03-01").value("line.standard") == {URBAN: None, RURAL: None}


def test_an_entry_lasts_until_the_next_and_until_is_the_last_day(law: Parameters):
    def at(day: str) -> object:
        return law.resolve("000000", day).value("line.multiple")

    assert [at("2021-07-01"), at("2026-06-30"), at("2026-07-01"), at("2099-01-01")] == [
        15_000,
        15_000,
        16_000,
        16_000,
    ]
    source = law.resolve("000000", "2022-01-01").source("pension.counted")
    assert source is not None
    assert (source.start, source.until) == (20210701, 20251231)


def test_after_an_explicit_until_the_level_above_speaks_again(law: Parameters):
    days = ("2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01", "2026-07-01")
    values = [law.resolve("999900", day).value("line.multiple") for day in days]
    assert values == [20_000, 15_000, 15_000, 25_000, 25_000]


def test_null_means_unset_until_someone_more_specific_says_more(law: Parameters):
    def at(region: str, day: str) -> object:
        return law.resolve(region, day).value("pension.counted")

    assert [at("999900", "2025-12-31"), at("999900", "2026-01-01")] == [0, None]
    assert [at("999901", "2026-01-31"), at("999901", "2026-02-01")] == [None, 1]


def test_null_of_a_region_hides_the_levels_above(tmp_path: Path):
    county = COUNTY + "  line.multiple:\n    - {from: 2025-01-01, value: null, source: url, verified: true}\n"
    county = county.replace("{rural: 480}", "{rural: 480, urban: null}")
    resolved = load(tmp_path, {"regions/999901-trial-county.yaml": county}).resolve("999901", "2026-03-01")
    assert resolved.value("line.multiple") is None
    assert resolved.value("line.standard") == {URBAN: None, RURAL: 48_000}
    source = resolved.source("line.standard", "urban")
    assert source is not None
    assert source.level == "999901"


def test_one_value_in_a_table_stands_for_every_code(tmp_path: Path):
    prefecture = PREFECTURE.replace("{urban: 720}", "720")
    law = load(tmp_path, {"regions/999900-trial-city.yaml": prefecture})
    assert law.resolve("999900", "2025-03-01").value("line.standard") == {URBAN: 72_000, RURAL: 72_000}


def test_a_source_says_where_a_value_comes_from(law: Parameters):
    source = law.resolve("999901", 20250301).source("line.standard", "rural")
    assert source is not None
    assert (source.level, source.file, source.line) == ("999901", "regions/999901-trial-county.yaml", 7)
    assert (str(source.reference), source.url, source.verified, source.note) == ("local:1.2", "", True, "")
    guide = law.resolve("999901", 20250301).source("line.guide", "rural")
    assert guide is not None
    assert (guide.url, str(guide.reference)) == ("https://example.org/guide", "law-9:19")
    nation = law.resolve("999901", 20280301).source("grace.months")
    assert nation is not None
    assert (nation.level, nation.file, str(nation.reference)) == ("000000", "line/line.yaml", "mf-1:20")
    assert law.resolve("000000", 20250301).source("line.standard") is None


def test_days_are_given_in_three_ways(law: Parameters):
    days = (20250301, "2025-03-01", datetime.date(2025, 3, 1))
    assert {law.resolve("999901", day).day for day in days} == {20250301}


@pytest.mark.parametrize("day", [20250230, "2025/03/01", "20250301", "1900-01-01", 0])
def test_no_such_day(law: Parameters, day: int | str):
    with pytest.raises(LawError) as caught:
        law.resolve("999901", day)
    assert caught.value.problems[0].code == "date.bad"


def test_a_day_before_all_law_is_refused(law: Parameters):
    with pytest.raises(LawError) as caught:
        law.resolve("999901", "2021-06-30")
    assert (caught.value.problems[0].code, caught.value.problems[0].remedy_en) == (
        "date.before_law", "the first day is 2021-07-01",
    )  # fmt: skip


def test_elastic_ranges(tmp_path: Path):
    county = COUNTY.replace("{rural: 480}", "{rural: 480}, elastic: {low: 470.5, high: {rural: 490}}")
    resolved = load(tmp_path, {"regions/999901-trial-county.yaml": county}).resolve("999901", "2025-03-01")
    assert resolved.elastic("grace.months") == (3, 12)
    assert resolved.elastic("line.multiple") is None
    assert resolved.elastic("line.standard", "rural") == (47_050, 49_000)
    assert resolved.elastic("line.standard", "urban") is None
    assert [
        (each.name, each.code, each.low, each.value, each.high) for each in resolved.elastic_values()
    ] == [
        ("grace.months", None, 3, 6, 12),
        ("line.standard", "rural", 47_050, 48_000, 49_000),
    ]


def test_a_standard_below_the_guide_level_is_a_finding_and_the_guide_level_applies(law: Parameters):
    before, after = law.resolve("999901", "2026-06-30"), law.resolve("999901", "2026-07-01")
    assert (before.at("line.standard", "rural"), before.faults) == (48_000, ())
    assert after.value("line.standard") == {URBAN: 72_000, RURAL: 50_000}
    (fault,) = after.faults
    assert (fault.name, fault.code, fault.given.value, fault.applied.value) == (
        "line.standard",
        "rural",
        48_000,
        50_000,
    )
    assert str(fault.floor.reference) == "law-9:19"
    assert fault.sentence() == (
        "低保标准（农村） 480.00 元/人·月 低于 500.00 元/人·月，按 500.00 元/人·月 执行：《乙法》第十九条"
    )
    assert fault.sentence("en").endswith("500.00 CNY per person per month applies: Law B, art. 19")
    source = after.source("line.standard", "rural")
    assert source is not None
    assert source.level == "990000"


def test_a_floor_lifts_the_lower_end_of_an_elastic_range(tmp_path: Path):
    county = COUNTY.replace("{rural: 480}", "{rural: 520}, elastic: {low: 480, high: 530}")
    resolved = load(tmp_path, {"regions/999901-trial-county.yaml": county}).resolve("999901", "2026-07-01")
    assert resolved.elastic("line.standard", "rural") == (50_000, 53_000)
    assert resolved.faults == ()


def test_no_floor_where_no_guide_level_is_known(tmp_path: Path):
    province = PROVINCE.replace("{urban: 700, rural: 500}", "{urban: 700, rural: null}")
    law = load(tmp_path, {"regions/990000-trial-province.yaml": province})
    assert law.resolve("999901", "2026-07-01").faults == ()


def test_values_set_by_the_user(law: Parameters):
    resolved = law.resolve("999901", "2025-03-01")
    changed = resolved.replace(
        {
            "line.standard.rural": "600",
            "line.multiple": "1.75",
            "age.reached": "month",
            "pension.counted": "null",
        }
    )
    assert changed.value("line.standard") == {URBAN: 72_000, RURAL: 60_000}
    assert (changed.value("line.multiple"), changed.value("age.reached")) == (17_500, 2)
    assert changed.value("pension.counted") is None
    source = changed.source("line.standard")
    assert source is not None
    assert (source.level, source.verified, source.note) == (SET, False, "line.standard.rural=600")
    assert changed.format("line.standard", "rural") == "600.00 元/人·月"
    assert resolved.at("line.standard", "rural") == 48_000
    assert resolved.replace({"line.standard": "600"}).value("line.standard") == {URBAN: 60_000, RURAL: 60_000}
    assert resolved.replace({"grace.months": "9"}).elastic("grace.months") is None


def test_floors_hold_for_values_set_by_the_user_too(law: Parameters):
    resolved = law.resolve("999901", "2026-07-01")
    assert [fault.given.value for fault in resolved.replace({"line.standard": "490"}).faults] == [
        49_000,
        49_000,
    ]
    mended = resolved.replace({"line.standard.rural": "510"})
    assert (mended.at("line.standard", "rural"), mended.faults) == (51_000, ())
    freed = resolved.replace({"line.guide": "null"})
    assert (freed.at("line.standard", "rural"), freed.faults) == (48_000, ())


def test_faults_of_values_set_by_the_user_are_told_at_once(law: Parameters):
    with pytest.raises(ParameterError) as caught:
        law.resolve("999901", "2025-03-01").replace(
            {
                "line.standrd": "1",
                "line.standard.urbn": "1",
                "line.standard.rural": "99999",
                "line.multiple": "1.23456",
                "line.multiple.rural": "2",
                "grace.months": "six",
            }
        )
    assert [(problem.column, problem.code) for problem in caught.value.problems] == [
        ("line.standrd", "parameter.unknown"),
        ("line.standard.urbn", "code.unknown"),
        ("line.standard.rural", "parameter.out_of_range"),
        ("line.multiple", "unit.too_many_decimals"),
        ("line.multiple.rural", "parameter.unknown"),
        ("grace.months", "unit.not_a_number"),
    ]


def test_asking_wrongly(law: Parameters):
    resolved = law.resolve("999901", "2025-03-01")
    for ask in (
        lambda: resolved.value("line.standrd"),
        lambda: resolved.elastic("line.standard"),
        lambda: resolved.at("line.multiple", "rural"),
        lambda: resolved.at("line.standard", "rurl"),
        lambda: resolved.at("line.standard", 2),
    ):
        with pytest.raises(LawError):
            ask()
