"""Which level may set a parameter, and from when: told of a lower level's file like a value outside its range."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.rules.errors import ParameterError, Problem
from doudi.rules.parameters import Parameters
from tests.rules.small_law import DEFINITIONS, load
from tests.rules.test_parameters_faults import HEAD, brief, faults

RULE = '  set_by: prefecture\n  set_by_from: 2026-07-01\n  set_by_reference: "law-9:22"\n'
RESERVED = DEFINITIONS.replace('  reference: "mf-1:20"\n', f'  reference: "mf-1:20"\n{RULE}')
OVERLAY = """region: "{code}"
zh: 某地
en: Somewhere
level: {level}
parameters:
  grace.months:
    - {{from: {start}, {until}value: {value}, reference: "local:1.1", verified: false}}
"""


@pytest.fixture
def law(tmp_path: Path) -> Parameters:
    return load(tmp_path, {"line/line.yaml": RESERVED})


def overlay(
    folder: Path,
    code: str = "999901",
    level: str = "county",
    start: str = "2026-07-01",
    until: str = "",
    value: str = "9",
) -> Path:
    """An overlay that sets the months of grace; the entry stands on line 7."""
    path = folder / "overlay.yaml"
    path.write_text(OVERLAY.format(code=code, level=level, start=start, until=until, value=value), "utf-8")
    return path


def told(law: Parameters, path: Path) -> list[Problem]:
    with pytest.raises(ParameterError) as caught:
        law.with_overlay(path)
    return list(caught.value.problems)


def test_a_lower_level_is_told_with_place_article_and_what_is_permitted(law: Parameters, tmp_path: Path):
    (problem,) = told(law, overlay(tmp_path))
    assert (problem.code, problem.line, problem.file) == (
        "parameter.level",
        7,
        str(tmp_path / "overlay.yaml"),
    )
    assert "《乙法》第二十二条" in problem.zh
    assert "设区的市级以上" in problem.zh
    assert "2026-07-01" in problem.zh
    assert "Law B, art. 22" in problem.en
    assert "prefecture or above" in problem.en
    assert "until: 2026-06-30" in problem.remedy_zh
    assert "until: 2026-06-30" in problem.remedy_en


@pytest.mark.parametrize(
    ("start", "until", "allowed"),
    [
        ("2026-07-01", "", False),
        ("2025-01-01", "", False),
        ("2025-01-01", "until: 2026-07-01, ", False),
        ("2025-01-01", "until: 2026-06-30, ", True),
    ],
)
def test_only_from_the_day_of_the_rule(
    law: Parameters, tmp_path: Path, start: str, until: str, allowed: bool
):
    path = overlay(tmp_path, start=start, until=until)
    if allowed:
        assert law.with_overlay(path).resolve("999901", "2026-06-30").value("grace.months") == 9
    else:
        assert [problem.code for problem in told(law, path)] == ["parameter.level"]


def test_an_unset_value_of_a_lower_level_would_hide_that_of_a_higher_one(law: Parameters, tmp_path: Path):
    assert [problem.code for problem in told(law, overlay(tmp_path, value="null"))] == ["parameter.level"]


@pytest.mark.parametrize(("code", "level"), [("999900", "prefecture"), ("990000", "province")])
def test_the_level_itself_and_those_above_may(law: Parameters, tmp_path: Path, code: str, level: str):
    changed = law.with_overlay(overlay(tmp_path, code, level))
    assert changed.resolve("999901", "2026-07-01").value("grace.months") == 9


def test_a_value_given_by_the_user_is_a_question_and_not_refused(law: Parameters):
    resolved = law.resolve("999901", "2026-07-01").replace({"grace.months": "9"})
    assert resolved.value("grace.months") == 9


def test_shipped_files_are_held_to_it_as_well(tmp_path: Path):
    county = OVERLAY.format(code="999901", level="county", start="2026-07-01", until="", value="9")
    found = faults(tmp_path, {"line/line.yaml": RESERVED, "regions/999901-trial-county.yaml": county})
    assert brief(found) == [("parameter.level", 7)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("  set_by: village\n", [("parameter.set_by", 8)]),
        ("  set_by_from: 2026-07-01\n", [("parameter.set_by", 8)]),
        ('  set_by: prefecture\n  set_by_reference: "law-9:99"\n', [("reference.unknown_article", 9)]),
        ("  set_by: prefecture\n  set_by_from: 2026-7-1\n", [("date.bad", 9)]),
    ],
)
def test_a_rule_that_cannot_be_read(tmp_path: Path, rule: str, expected: list[tuple[str, int]]):
    assert brief(faults(tmp_path, {"x/x.yaml": f"x.y:\n{HEAD}{rule}  values: []\n"})) == expected
