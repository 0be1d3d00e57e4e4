"""``doudi assess`` and ``doudi replay``: one household."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import HOUSEHOLD, Doudi

EXAMPLES = sorted(
    path
    for path in (Path(__file__).parents[2] / "examples").glob("*.yaml")
    if "\npersons:" in path.read_text("utf-8")
)
OVERLAY = """\
region: '999903'
zh: 试行县
en: Trial County
level: county
parameters:
  dibao.standard:
    - {from: 2026-07-01, value: {urban: 720, rural: 600}, reference: demo-rules, verified: false}
"""


def test_tier_reasons_amounts_and_articles_in_words(doudi: Doudi, household: Path):
    told = doudi("assess", household)
    assert told.code == 0
    for words in (
        "演示县（999901），2026-08-01",
        "特困人员",
        "第五条",
        "由审核确认机关决定",
        "每月合计",
        "规则版本",
    ):
        assert words in told.out
    english = doudi("assess", household, "--lang", "en").out
    assert "This is a proposal; a person decides." in english


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_assessed(doudi: Doudi, path: Path):
    told = doudi("assess", path)
    assert (told.code, told.err) == (0, "")
    assert "每月合计" in told.out


def test_the_same_as_data(doudi: Doudi, household: Path):
    data = doudi("assess", household, "--json").data
    assert (data["region"], data["day"], data["tier"]) == ("999901", "2026-08-01", "tekun")
    assert {
        "tiers",
        "amounts",
        "missing",
        "changes",
        "discretion",
        "parameters",
        "assumed",
        "law_version",
    } <= set(data)


def test_options_come_before_what_the_file_says(doudi: Doudi, household: Path):
    data = doudi("assess", household, "--region", "610100", "--date", "2021-08-01", "--json").data
    assert (data["region"], data["day"]) == ("610100", "2021-08-01")


def test_a_file_without_region_is_told_which_there_are(doudi: Doudi, write):
    text = HOUSEHOLD.replace("region: '999901'\n", "").replace("date: 2026-08-01\n", "")
    failed = doudi("assess", write("h.yaml", text), "--json")
    assert failed.code == 2
    assert failed.codes == ["region.missing"]
    assert "610100 西安市" in failed.data["problems"][0]["remedy_zh"]
    assert doudi("assess", write("h.yaml", text), "--region", "演示县", "--json").data["day"] >= "2026-01-01"


def test_a_parameter_set_changes_the_outcome(doudi: Doudi, write):
    younger = HOUSEHOLD.replace("1960-03-02", "1980-03-02").replace("pension: 1560", "other_income: 6720")
    path = write("h.yaml", younger)
    assert doudi("assess", path, "--json").data["tier"] == "low_margin"
    changed = doudi("assess", path, "--set", "dibao.standard.rural=700", "--json").data
    assert changed["tier"] == "dibao"


def test_an_overlay_brings_its_region(doudi: Doudi, write):
    text = HOUSEHOLD.replace("region: '999901'\n", "")
    data = doudi("assess", write("h.yaml", text), "--overlay", write("trial.yaml", OVERLAY), "--json").data
    assert (data["region"], data["region_name"]) == ("999903", "试行县")
    assert [each["fen"] for each in data["standards"] if each["name"] == "dibao_standard"] == [60_000]


def test_full_lists_every_test_and_what_was_assumed(doudi: Doudi, household: Path):
    brief, full = doudi("assess", household).out, doudi("assess", household, "--full").out
    assert "[dibao_income]" in full
    assert "[dibao_income]" not in brief
    assert "本地户籍" in full
    assert len(full) > 2 * len(brief)


def test_what_would_change_it_and_discretion(doudi: Doudi, write):
    text = HOUSEHOLD.replace("1960-03-02", "1980-03-02").replace("pension: 1560", "wage: 5000")
    text = text.replace("assets: [", "assets: [{kind: vehicle, value: 52000}, ")
    told = doudi("assess", write("van.yaml", text))
    assert "什么情况下结果会不同" in told.out
    assert "2,000.00" in told.out
    assert "一事一议" in told.out
    data = doudi("assess", write("van.yaml", text), "--json").data
    assert data["discretion"]["discretionary"] is True
    assert data["changes"]
    assert data["changes_complete"] is True


def test_a_search_that_is_cut_short_is_told(doudi: Doudi, write, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("doudi.assessment.counterfactual.CALLS", 1)
    file = write(
        "poor.yaml", HOUSEHOLD.replace("1960-03-02", "1980-03-02").replace("pension: 1560", "wage: 50000")
    )
    assert "试算到 1 次为止" in doudi("assess", file).out
    told = doudi("assess", file, "--lang", "en").out
    assert "What would change it" in told
    assert "cut short after 1 trials" in told
    data = doudi("assess", file, "--json").data
    assert (data["changes"], data["changes_complete"]) == ([], False)


def test_a_standard_below_the_guide_level_is_told(doudi: Doudi, household: Path):
    told = doudi("assess", household, "--set", "dibao.standard.rural=500")
    assert "低于 540.00" in told.out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("relation: head", "relation: chief", "fact.code"),
        ("pension: 1560", "pension: -1", "fact.range"),
        ("pension: 1560", "pension: 999999999999", "fact.range"),
        ("pension: 1560", "pension: much", "fact.number"),
        ("pension: 1560", "pensoin: 1560", "fact.unknown"),
        ("born: 1960-03-02", "born: 1960-02-30", "fact.date"),
        ("date: 2026-08-01", "date: tomorrow", "fact.date"),
        ("region: '999901'", "region: '123456'", "region.unknown"),
        ("date: 2026-08-01", "date: 1950-08-01", "fact.not_born"),
        ("date: 2026-08-01", "date: 2020-08-01", "date.before_law"),
    ],
)
def test_bad_facts_are_told_with_line_and_remedy(doudi: Doudi, write, old: str, new: str, code: str):
    assert old in HOUSEHOLD
    failed = doudi("assess", write("bad.yaml", HOUSEHOLD.replace(old, new)), "--json")
    assert failed.code == 2
    assert failed.codes
    problem = failed.data["problems"][0]
    assert problem["code"].startswith(code.partition(".")[0])
    assert problem.get("remedy_zh")
    if code.startswith("fact."):
        assert problem["line"]


def test_faults_of_file_options_and_overlay_at_once(doudi: Doudi, write):
    bad = HOUSEHOLD.replace("relation: head", "relation: chief").replace("pension: 1560", "pension: -1")
    failed = doudi(
        "assess",
        write("bad.yaml", bad),
        "--region",
        "nowhere",
        "--date",
        "2026-02-30",
        "--set",
        "rubbish",
        "--json",
    )
    assert failed.code == 2
    assert len(failed.codes) == 5
    told = doudi(
        "assess", write("bad.yaml", bad), "--region", "nowhere", "--date", "2026-02-30", "--set", "rubbish"
    )
    assert told.err.startswith("有 5 处问题：")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", "gebiet: süd".encode("latin-1"), b"{"])
def test_files_that_are_no_household(doudi: Doudi, tmp_path: Path, content: bytes):
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    failed = doudi("assess", path, "--region", "999901")
    assert failed.code == 2
    assert "odd.yaml" in failed.err
    assert doudi("assess", tmp_path / "missing.yaml", "--region", "999901").code == 2
    assert doudi("assess", tmp_path, "--region", "999901").code == 2


def test_a_file_in_gb18030_is_read(doudi: Doudi, tmp_path: Path):
    path = tmp_path / "gb.yaml"
    path.write_bytes(HOUSEHOLD.replace("id: p1", "id: 户主, name: 张三").encode("gb18030"))
    assert doudi("assess", path, "--json").data["tier"] == "tekun"


def test_an_output_that_cannot_be_written(doudi: Doudi, household: Path, tmp_path: Path):
    failed = doudi("assess", household, "--freeze", tmp_path / "no" / "folder.json", "--json")
    assert (failed.code, failed.codes) == (2, ["file.unusable"])


def test_frozen_and_replayed(doudi: Doudi, household: Path, tmp_path: Path):
    frozen = tmp_path / "decision.json"
    assert doudi("assess", household, "--freeze", frozen).code == 0
    assert "张" not in frozen.read_text("utf-8")
    again = doudi("replay", frozen, "--json")
    assert again.code == 0
    assert again.data["identical"] is True
    assert "逐项相同" in doudi("replay", frozen).out
    assert "，" not in doudi("replay", frozen, "--lang", "en").out
    data = json.loads(frozen.read_text("utf-8"))
    data["facts"]["person"][0]["pension"] = 1
    frozen.write_text(json.dumps(data), "utf-8")
    assert doudi("replay", frozen, "--json").codes == ["replay.tampered"]


def test_one_household_loads_no_tables(household: Path):
    program = (
        "import sys\nfrom doudi.cli.command import cli\n"
        f"try:\n    cli(['assess', {str(household)!r}, '--json'])\n"
        "finally:\n    print(sorted(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(run.stdout)["tier"] == "tekun"
    for module in ("numpy", "polars", "xlsxwriter", "jinja2", "fastexcel"):
        assert f"'{module}'" not in run.stderr


OTHER_REGION = """
region: "610199"
zh: 某县
en: Some County
level: county
parameters:
  dibao.standard:
    - {from: 2024-01-01, value: {rural: 500, urban: 700}, source: x, verified: true}
"""


def test_faults_of_overlay_region_day_and_set_are_told_together(doudi: Doudi, household: Path, write):
    bad = write("bad.yaml", OTHER_REGION.replace("rural: 500", "rural: 5OO"))
    together = doudi(
        "assess", household, "--overlay", bad, "--region", "61012", "--set", "dibao.standrd=3", "--json"
    )
    assert together.code == 2
    assert together.codes == ["unit.not_a_number", "region.unknown", "parameter.unknown"]
    early = doudi("assess", household, "--date", "2020-01-01", "--set", "dibao.standrd=3", "--json")
    assert early.codes == ["date.before_law", "parameter.unknown"]
    its_own = doudi("assess", household, "--overlay", bad, "--region", "610199", "--json")
    assert its_own.codes == ["unit.not_a_number"]


def test_an_overlay_for_another_region_is_told_instead_of_changing_nothing(
    doudi: Doudi, household: Path, write
):
    other = write("other.yaml", OTHER_REGION)
    failed = doudi("assess", household, "--overlay", other, "--region", "999901", "--json")
    assert failed.code == 2
    (problem,) = failed.data["problems"]
    assert (problem["code"], problem["value"]) == ("overlay.elsewhere", "610199")
    assert problem["file"].endswith("other.yaml")
    assert "--region 610199" in problem["remedy_zh"]
    above = write("above.yaml", OTHER_REGION.replace("610199", "999900").replace("county", "prefecture"))
    assert doudi("assess", household, "--overlay", above, "--region", "999901").code == 0


def test_a_day_is_refused_alike_in_the_file_and_on_the_line(doudi: Doudi, household: Path, write):
    assert doudi("assess", household, "--date", "2150-01-01", "--json").codes == ["date.bad"]
    text = household.read_text("utf-8")
    for written in ("2150-01-01", "2026-13-01"):
        failed = doudi("assess", write("dated.yaml", f'date: "{written}"\n' + _without_date(text)), "--json")
        (problem,) = failed.data["problems"]
        assert problem["column"] == "date"
        assert "applied_on" not in problem["en"]
        assert "日期" in problem["zh"]


def _without_date(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("date:"))


def test_files_that_nest_without_end_and_halves_of_characters_are_told(doudi: Doudi, write):
    files = {
        "deep.yaml": ("[" * 200_000, "nested too deeply"),
        "deep.json": ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        "half.json": ('{"household": {"household_id": "\\ud800"}}', "half of a character (a lone surrogate)"),
    }
    for name, (text, value) in files.items():
        failed = doudi("assess", write(name, text), "--region", "999901", "--json")
        assert failed.code == 2
        assert [(each["code"], each["value"]) for each in failed.data["problems"]] == [("fact.syntax", value)]


def test_half_of_a_character_is_written_as_its_escape(doudi: Doudi):
    failed = doudi("law", "show", "\ud800", "--json")
    assert failed.code == 2
    assert failed.data["problems"][0]["value"] == "\ud800"
