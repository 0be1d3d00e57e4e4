"""``doudi law``: shown, checked, compared, written down."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Doudi

OVERLAY = """\
region: '999902'
zh: 新县
en: New County
level: county
parameters:
  other.by_county:
    - {from: 2021-07-01, value: true, reference: demo-rules, verified: false}
"""


def test_a_parameter_is_shown_with_value_source_mark_level_and_versions(doudi: Doudi):
    shown = doudi("law", "show", "dibao.standard", "--region", "610100", "--date", "2021-07-01")
    assert shown.code == 0
    for words in (
        "最低生活保障标准",
        "第十条",
        "560.00 元/人·月",
        "未核对",
        "regions/610100-xian.yaml:",
        "2020-10-01 – 2021-12-31",
    ):
        assert words in shown.out
    data = doudi("law", "show", "dibao.standard", "--region", "西安市", "--date", "2021-07-01", "--json").data
    here = {cell["code"]: cell for cell in data["here"]["cells"]}
    assert here["rural"]["value"] == "560.00"
    assert here["rural"]["source"]["level"] == "610100"
    assert here["rural"]["source"]["verified"] is False
    assert {entry["region"] for entry in data["entries"]} >= {"610100", "310000", "999900"}


def test_a_value_unset_there_is_shown_as_unset(doudi: Doudi):
    data = doudi("law", "show", "dibao.standard", "--region", "610124", "--date", "2026-08-01", "--json").data
    assert {cell["value"] for cell in data["here"]["cells"]} == {None}


def test_english_headings_have_no_chinese_comma(doudi: Doudi):
    here = ("--region", "999901", "--date", "2026-08-01", "--lang", "en")
    for told in (
        doudi("law", "show", "dibao.standard", *here),
        doudi("law", "show", "dibao_standard", *here),
        doudi("law", "gaps", "999901", "--date", "2026-08-01", "--lang", "en"),
    ):
        assert "Demonstration County 999901, 2026-08-01" in told.out
        assert "，" not in told.out


def test_a_rule_is_shown_in_all_versions(doudi: Doudi):
    data = doudi("law", "show", "single_by_hardship", "--json").data
    assert [(each["since"], each["until"]) for each in data["versions"]] == [
        (None, "2026-06-30"),
        ("2026-07-01", None),
    ]
    assert [each["parameters"] for each in data["versions"]] == [["single.by_special_hardship"]] * 2
    assert "自 2026-07-01 起" in doudi("law", "show", "single_by_hardship").out


def test_a_rule_is_shown_with_the_values_of_a_place(doudi: Doudi):
    shown = doudi(
        "law", "show", "dibao_standard", "--region", "999901", "--date", "2026-08-01", "--lang", "en"
    )
    assert "rural 560.00 CNY per person per month" in shown.out


def test_a_region_is_shown_with_its_levels(doudi: Doudi):
    data = doudi("law", "show", "庄浪县", "--json").data
    assert data["chain"] == ["000000", "620000", "620800", "620825"]
    on_day = doudi("law", "show", "620825", "--date", "2023-01-01", "--json").data
    assert len(on_day["parameters"]) < len(data["parameters"])


def test_an_article_is_shown_with_what_stands_on_it(doudi: Doudi):
    data = doudi("law", "show", "mf-2021-57:13", "--json").data
    assert "wage_income" in data["rules"]
    assert "income.exempt" in data["parameters"]
    assert "counted_central_pension" in data["rules"], "an item of the article"
    assert "dibao_income" not in data["rules"]


def test_a_name_that_is_nothing_has_the_nearest_as_remedy(doudi: Doudi):
    failed = doudi("law", "show", "dibao.standrd", "--json")
    assert failed.code == 2
    assert failed.codes == ["law.unknown_name"]
    assert "dibao.standard" in failed.data["problems"][0]["remedy_zh"]


def test_an_article_that_is_not_there(doudi: Doudi):
    assert doudi("law", "show", "mf-2021-57:99", "--json").codes == ["reference.unknown_article"]


def test_gaps_tell_what_stays_undetermined(doudi: Doudi):
    data = doudi("law", "gaps", "610100", "--date", "2026-08-01", "--json").data
    assert "dibao.standard" in {gap["parameter"] for gap in data["gaps"]}
    last = {(gap["parameter"], *gap["codes"]): gap["last"] for gap in data["gaps"]}
    assert last["dibao.standard", "rural"] == "560.00"
    assert "dibao.standard" in data["undetermined"]["is_dibao"]
    assert "dibao.standard_ratio" not in data["undetermined"]["is_dibao"], (
        "idle where the standard is a published sum"
    )


def test_the_demonstration_county_has_no_gap(doudi: Doudi):
    data = doudi("law", "gaps", "999901", "--date", "2026-08-01", "--json").data
    assert data["gaps"] == []
    assert data["undetermined"] == {}
    assert "全部参数都有数值" in doudi("law", "gaps", "演示县", "--date", "2026-08-01").out


def test_gaps_of_no_region_or_of_a_day_before_all_law(doudi: Doudi):
    assert doudi("law", "gaps", "123456", "--json").codes == ["region.unknown"]
    assert doudi("law", "gaps", "610100", "--date", "1950-01-01", "--json").codes == ["date.before_law"]
    assert doudi("law", "gaps", "610100", "--date", "gestern", "--json").codes == ["date.bad"]


def test_name_region_and_day_at_fault_are_told_together(doudi: Doudi):
    place = ("--region", "61012", "--date", "2026-13-01", "--json")
    assert doudi("law", "show", "dibao.standrd", *place).codes == [
        "region.unknown",
        "date.bad",
        "law.unknown_name",
    ]
    assert doudi("law", "gaps", "61012", "--date", "2026-13-01", "--json").codes == [
        "region.unknown",
        "date.bad",
    ]


def test_what_zhuanglang_loosened(doudi: Doudi):
    data = doudi("law", "diff", "620825", "2024-01-01", "2026-08-01", "--json").data
    changed = {
        (each["parameter"], each["code"]): (each["before"]["value"], each["after"]["value"])
        for each in data["parameters"]
    }
    assert changed["property.money_months", "low_margin"] == ("24", "36")
    assert changed["property.vehicle_cap", "low_margin"] == ("50000.00", "80000.00")
    assert {each["name"] for each in data["rules"]} == {
        "opens_single_for_hardship",
        "single_by_hardship",
        "tekun_continues",
    }


def test_two_regions_compared_and_a_region_with_itself(doudi: Doudi):
    data = doudi("law", "diff", "西安市", "宝鸡市", "2023-08-01", "--json").data
    assert data["rules"] == []
    assert ("dibao.standard", "rural") in {(each["parameter"], each["code"]) for each in data["parameters"]}
    assert "没有差别" in doudi("law", "diff", "999901", "2026-08-01", "2026-08-02").out


def test_all_faults_of_a_comparison_at_once(doudi: Doudi):
    failed = doudi("law", "diff", "nowhere", "elsewhere", "2026-02-30", "--json")
    assert failed.code == 2
    assert failed.codes == ["region.unknown", "region.unknown", "date.bad"]


def test_the_law_is_checked(doudi: Doudi):
    checked = doudi("law", "check", "--json")
    assert checked.code == 0
    assert checked.data["problems"] == []
    assert checked.data["counts"]["rules"] > 200
    assert "没有问题" in doudi("law", "check").out


def test_an_overlay_is_checked_before_it_is_installed(doudi: Doudi, write):
    assert doudi("law", "check", write("new.yaml", OVERLAY)).code == 0
    bad = OVERLAY.replace("other.by_county", "other.by_cuonty").replace("county\n", "village\n")
    failed = doudi("law", "check", write("bad.yaml", bad), "missing.yaml", "--json")
    assert failed.code == 1
    assert len(failed.codes) == 3
    assert all(
        problem.get("line") or problem["file"] == "missing.yaml" for problem in failed.data["problems"]
    )


def test_the_catalogue_is_written_twice_the_same_and_old_pages_go(doudi: Doudi, tmp_path: Path):
    out = tmp_path / "law"
    first = doudi("law", "docs", "-o", out, "--json")
    assert first.code == 0
    texts = {path: path.read_bytes() for path in out.rglob("*.md")}
    stale, kept = out / "dibao" / "gone.md", out / "notes.md"
    stale.write_bytes(next(iter(texts.values())))
    kept.write_text("written by hand", "utf-8")
    again = doudi("law", "docs", "-o", out, "--json")
    assert again.data["removed"] == ["dibao/gone.md"]
    assert {path: path.read_bytes() for path in out.rglob("*.md") if path != kept} == texts
    assert not stale.exists()
    page = (out / "dibao" / "standard.md").read_text("utf-8")
    for words in (
        "家庭月人均收入低于低保标准",
        "第十八条",
        "countable_income",
        "演示市 999900",
        "未核对 unverified",
        "## 案例 Cases",
    ):
        assert words in page
    assert "由谁规定 Set by: 设区的市级以上" in (out / "rigid" / "conditions.md").read_text("utf-8")
