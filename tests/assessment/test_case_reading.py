"""Files of cases: faults are gathered with file and line; what does not hold is told with its place and both values."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.assessment.cases import read_cases, run_cases
from doudi.rules.errors import CaseError, Problem

GOOD = """\
- case: 恰好等于标准，不是低保
  en: Exactly on the standard is not dibao
  source: mf-2021-57:8
  household:
    area: rural
    persons: [{id: head, relation: head, born: 1970-01-01, income: {pension: 6720}}]
  expect: {tier: low_margin}
"""
EXPECTED = "{tier: low_margin}"
SOURCE = "source: mf-2021-57:8\n"


def _write(folder: Path, text: str, name: str = "one.cases.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _faults(folder: Path, text: str) -> list[Problem]:
    path = _write(folder, text)
    with pytest.raises(CaseError) as caught:
        read_cases([path])
    assert {problem.file for problem in caught.value.problems} == {str(path)}
    return list(caught.value.problems)


def _fault(folder: Path, text: str) -> Problem:
    (found,) = _faults(folder, text)
    return found


def test_a_case_that_holds(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    report = run_cases([tmp_path])
    assert (report.passed, report.failed, report.failures) == (1, 0, ())


def test_a_case_that_does_not_hold_names_place_sentence_and_both_values(tmp_path: Path) -> None:
    wrong = "{tier: low_margin, dibao_income: holds, dibao_income.value: 559.99}"
    path = _write(tmp_path, GOOD.replace(EXPECTED, wrong))
    report = run_cases([path])
    assert (report.passed, report.failed) == (0, 1)
    first, second = report.failures
    assert first.sentence("zh") == f"{path}:7: 恰好等于标准，不是低保 → dibao_income: 应为 holds, 实为 fails"
    assert second.sentence("en").endswith("→ dibao_income.value: expected 559.99, found 560")


def test_what_is_undetermined_is_told_with_its_range_and_what_it_rests_on(tmp_path: Path) -> None:
    text = GOOD.replace("pension: 6720", "pension: unknown").replace(
        EXPECTED, "{tier: dibao, dibao_income: fails}"
    )
    tier, test = run_cases([_write(tmp_path, text)]).failures
    assert tier.found == "unknown (none … dibao; [pension])"
    assert test.found == "undetermined (fails … holds; [pension])"


def test_variations_are_cases_of_their_own_and_do_not_touch_each_other(tmp_path: Path) -> None:
    text = f"""{GOOD}\
  also:
    - because: 少一分
      change: {{persons.head.income.pension: 6719.99}}
      expect: {{tier: dibao, dibao_income.value: 560.00}}
    - because: 标准提高
      set: {{dibao.standard.rural: 561}}
      expect: {{tier: dibao, dibao_income.limit: 561}}
    - because: 多一辆车，添一名成员，改为城市
      change:
        assets.0: {{kind: vehicle, value: 60000}}
        persons.1: {{id: son, relation: child, born: 2015-01-01}}
        persons.son.study: primary
        area: urban
      expect: {{heads: 2, vehicle_value: 60000, "is_minor_child[son]": holds, "age[1]": 11, dibao_income.limit: 720}}
    - because: 同一户，六月
      date: 2026-06-30
      expect: {{dibao_income.limit: 530}}
    - because: 没有变化
      expect: {{tier: low_margin}}
"""
    path = _write(tmp_path, text)
    numbers = ("1", "1.1", "1.2", "1.3", "1.4", "1.5")
    assert [case.id for case in read_cases([path])] == [f"{tmp_path.name}/one-{number}" for number in numbers]
    report = run_cases([path])
    assert not [failure.sentence("en") for failure in report.failures]
    assert report.passed == 6


def test_a_variation_adds_to_what_its_case_sets(tmp_path: Path) -> None:
    text = GOOD.replace(SOURCE, f"{SOURCE}  set: {{dibao.standard.rural: 600, low_margin.multiple: 2}}\n")
    text = text.replace(EXPECTED, "{dibao_income.limit: 600, low_margin_income.limit: 1200}")
    text += """\
  also:
    - because: 标准再高
      set: {dibao.standard.rural: 700}
      expect: {dibao_income.limit: 700, low_margin_income.limit: 1400}
"""
    report = run_cases([_write(tmp_path, text)])
    assert not [failure.sentence("en") for failure in report.failures]


def test_lists_that_are_not_written_are_declared_and_empty(tmp_path: Path) -> None:
    stated = ("assets_stated", "expenses_stated", "supporters_stated")
    (case,) = read_cases([_write(tmp_path, GOOD)])
    assert [case.household.facts["household"][name] for name in stated] == [True, True, True]
    text = GOOD.replace("area: rural\n", "area: rural\n    assets: unknown\n    supporters: unknown\n")
    (case,) = read_cases([_write(tmp_path, text)])
    assert [case.household.facts["household"][name] for name in stated] == [False, True, False]


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "remedy"),
    [
        (f"  {SOURCE}", "", 1, "yaml.missing_key", "write source:"),
        ("  en: Exactly", "  eng: Exactly", 2, "yaml.unknown_key", "en"),
        ("57:8", "57:99", 3, "reference.unknown_article", "1–42"),
        ("mf-2021-57:8", "mf-2021-75:8", 3, "reference.unknown_document", "mf-2021-57"),
        (SOURCE, f"{SOURCE}  date: 2026-02-30\n", 4, "case.date", "2026-08-01"),
        (SOURCE, f"{SOURCE}  region: Nowhere\n", 4, "region.unknown", ""),
        (SOURCE, f"{SOURCE}  set: {{dibao.standart.rural: 1}}\n", 4, "parameter.unknown", "dibao.standard"),
        (SOURCE, f"{SOURCE}  set:\n    dibao.standard.rural: 1.234\n", 5, "unit.too_many_decimals", ""),
        ("pension: 6720", "pensions: 6720", 6, "fact.unknown_key", "pension"),
        ("relation: head", "relation: boss", 6, "fact.code", ""),
        (EXPECTED, "{teer: low_margin}", 7, "case.unknown_variable", "tier"),
        (EXPECTED, "{tier: lowmargin}", 7, "case.value", "low_margin"),
        (EXPECTED, "{dibao_income: maybe}", 7, "case.value", "undetermined"),
        (EXPECTED, "{countable_income: 1.234}", 7, "case.value", "two decimals"),
        (EXPECTED, "{tier.value: 3}", 7, "case.side", ""),
        (EXPECTED, '{"is_counted[nobody]": true}', 7, "case.row", "head"),
        (EXPECTED, '{"tier[head]": dibao}', 7, "case.row", "leave out"),
        (EXPECTED, "{asset_is_ours: true}", 7, "case.row", ""),
        (EXPECTED, "{tier: [dibao]}", 7, "case.value", "one value"),
        (EXPECTED, "{missing: wage}", 7, "case.value", "[wage]"),
        (EXPECTED, "{missing: [wages]}", 7, "case.unknown_variable", "wage"),
        (EXPECTED, "{}", 7, "case.nothing", "tier"),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, line: int, code: str, remedy: str) -> None:
    problem = _fault(tmp_path, GOOD.replace(old, new))
    assert (problem.code, problem.line) == (code, line)
    assert remedy in problem.remedy_en
    assert problem.zh
    assert problem.en


@pytest.mark.parametrize(
    "path",
    ["persons.nobody.income.pension", "persons.3", "persons.1.born", "area.x", "persons.head.born.year"],
)
def test_a_change_that_leads_nowhere(tmp_path: Path, path: str) -> None:
    also = f"  also:\n    - because: 不存在的一处\n      change:\n        {path}: 1\n      expect: {{tier: none}}\n"
    problem = _fault(tmp_path, GOOD + also)
    assert (problem.code, problem.line, problem.value) == ("case.change", 11, path)


def test_a_variation_without_a_sentence_or_a_result(tmp_path: Path) -> None:
    text = f"{GOOD}  also:\n    - change: {{area: urban}}\n"
    assert [(problem.code, problem.line, problem.value) for problem in _faults(tmp_path, text)] == [
        ("yaml.missing_key", 9, "because"),
        ("yaml.missing_key", 9, "expect"),
    ]


def test_the_line_of_a_change_is_told_when_its_value_is_at_fault(tmp_path: Path) -> None:
    also = """\
  also:
    - because: 负数
      change:
        area: urban
        persons.head.income.pension: -1
      expect: {tier: none}
"""
    problem = _fault(tmp_path, GOOD + also)
    assert (problem.code, problem.line, problem.column) == ("fact.negative", 12, "persons[0].income.pension")


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    _write(tmp_path, GOOD.replace("pension", "pensions"), "a.cases.yaml")
    _write(tmp_path, GOOD + GOOD.replace("57:8", "57:0"), "b.cases.yaml")
    _write(tmp_path, "just a text", "c.cases.yaml")
    with pytest.raises(CaseError) as caught:
        read_cases([tmp_path])
    places = [
        (Path(problem.file or "").name, problem.line, problem.code) for problem in caught.value.problems
    ]
    assert places == [
        ("a.cases.yaml", 6, "fact.unknown_key"),
        ("b.cases.yaml", 10, "reference.unknown_article"),
        ("c.cases.yaml", 1, "yaml.not_a_list"),
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        read_cases([tmp_path / "none.cases.yaml"])
    assert caught.value.problems[0].code == "yaml.unreadable"


def test_stories_are_sources(tmp_path: Path) -> None:
    (case,) = read_cases([_write(tmp_path, GOOD.replace("mf-2021-57:8", "story-11"))])
    assert case.source == "story-11"
