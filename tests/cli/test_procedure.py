"""``doudi procedure``: kinds of case, clocks, cases, pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Doudi


def test_all_kinds_are_listed(doudi: Doudi):
    shown = doudi("procedure", "show")
    assert shown.code == 0
    assert "减发、停发" in shown.out
    names = {kind["name"] for kind in doudi("procedure", "show", "--json").data["kinds"]}
    assert {
        "application",
        "tekun",
        "temporary_urgent",
        "warning",
        "review",
        "grace",
        "cut",
        "appeal",
    } <= names


def test_one_kind_is_shown_as_the_law_stands_there_on_the_day(doudi: Doudi):
    shown = doudi("procedure", "show", "application", "--region", "上海市", "--date", "2026-08-01")
    assert shown.code == 0
    assert "20 个工作日" in shown.out
    data = doudi("procedure", "show", "cut", "--date", "2026-06-30", "--json").data
    (step,) = [step for step in data["steps"] if step["name"] == "propose_cut"]
    assert step["reference"] == "mf-2021-57:32"


def test_an_unknown_kind_is_told_with_the_nearest(doudi: Doudi):
    shown = doudi("procedure", "show", "aplication")
    assert shown.code == 2
    assert "application" in shown.err


def test_a_clock_tells_when_it_ends(doudi: Doudi):
    shown = doudi("procedure", "clock", "start_inquiry", "--from", "2026-09-29")
    assert shown.code == 0
    assert "2026-10-09" in shown.out
    assert "第十五条" in shown.out
    data = doudi(
        "procedure", "clock", "whole", "--from", "2026-09-02", "--pause", "2026-09-10..2026-09-15", "--at", "2026-10-26", "--json"
    ).data  # fmt: skip
    assert (data["due"][:10], data["late"], data["overdue"], data["provisional"]) == (
        "2026-10-23",
        1,
        True,
        False,
    )


def test_a_year_without_a_calendar_is_called_provisional(doudi: Doudi):
    shown = doudi("procedure", "clock", "start_inquiry", "--from", "2026-12-30", "--lang", "en")
    assert "2027-01-05 (provisional: the calendar is not published)" in shown.out


def test_a_clock_that_is_not_set_there_says_so(doudi: Doudi):
    assert "没有规定时长" in doudi("procedure", "clock", "appeal", "--from", "2026-09-29").out
    assert (
        "15 个工作日"
        in doudi("procedure", "clock", "appeal", "--from", "2026-09-29", "--region", "演示县").out
    )


def test_facts_choose_the_limit(doudi: Doudi):
    data = doudi(
        "procedure", "clock", "whole", "--from", "2026-09-02", "--fact", "special=true", "--json"
    ).data
    assert data["length"] == 45


@pytest.mark.parametrize(
    ("facts", "codes", "remedy"),
    [
        (["special=TRUE"], ["usage.fact_value"], "true"),
        (["special=是"], ["usage.fact_value"], "true"),
        (["special=maybe"], ["usage.fact_value"], "true"),
        (["specail=true"], ["usage.fact_unknown"], "special"),
        (["special_cause=objection"], ["usage.fact_unknown"], "special"),
        (["delegated=true"], ["usage.fact_unknown"], "special"),
        (["special=true", "special=false"], ["usage.twice"], "只写一次"),
        (["special=maybe", "specail=true"], ["usage.fact_value", "usage.fact_unknown"], "special"),
    ],
)
def test_a_fact_that_is_not_understood_gives_no_deadline(
    doudi: Doudi, facts: list[str], codes: list[str], remedy: str
):
    words = [word for fact in facts for word in ("--fact", fact)]
    shown = doudi("procedure", "clock", "whole", "--from", "2026-09-02", *words, "--json")
    assert (shown.code, shown.codes) == (2, codes)
    assert remedy in shown.data["problems"][-1]["remedy_zh"]


def test_every_fault_of_the_line_is_told_at_once(doudi: Doudi):
    shown = doudi(
        "procedure", "clock", "whole", "--from", "2026-13-01", "--pause", "x", "--fact", "y", "--json"
    )
    assert shown.code == 2
    assert [problem["code"] for problem in shown.data["problems"]] == [
        "date.bad",
        "usage.pause",
        "usage.fact",
    ]


def test_cases_are_run_and_a_wrong_one_is_told(doudi: Doudi, tmp_path: Path):
    path = tmp_path / "mine.cases.yaml"
    path.write_text(
        "cases:\n  - case: 错\n    en: wrong\n    source: mf-2021-57:15\n    clock: start_inquiry\n    from: 2026-09-29\n"
        "    expect: {at: 2026-09-29, clocks: {start_inquiry: {left: 4}}}\n",
        "utf-8",
    )
    shown = doudi("procedure", "cases", str(path))
    assert shown.code == 1
    assert "应为 4，实为 3" in shown.out
    data = doudi("procedure", "cases", str(path), "--json").data
    assert (data["passed"], data["failed"], data["failures"][0]["line"]) == (0, 1, 2)
    assert doudi("procedure", "cases", str(tmp_path / "none.yaml")).code == 2


def test_pages_are_written(doudi: Doudi, tmp_path: Path):
    shown = doudi("procedure", "docs", "-o", str(tmp_path))
    assert shown.code == 0
    assert (tmp_path / "clocks.md").exists()
