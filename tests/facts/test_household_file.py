"""Household files: what they mean, and every way in which they can be wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from doudi.facts.household import HouseholdFacts
from doudi.facts.household_file import read_household, read_household_node
from doudi.facts.nodes import nodes_of
from doudi.rules.errors import FactError

GOOD = """\
region: "999901"
date: 2026-08-01
household: {area: rural}
persons:
  - id: p1
    relation: head
    born: 1950-03-02
    name: 张三
    income: {pension: 1560.05}
    supporters:
      - {relation: child, family_size: 3, family_income: 60000}
  - {id: p2, relation: 孙子, born: 2015-01-01, disability: sight}
assets:
  - {kind: deposit, value: 12000}
  - {kind: vehicle, value: 52000, purpose: livelihood, owner: p2}
expenses: []
"""


def write(folder: Path, text: str, name: str = "household.yaml", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def faults(folder: Path, text: str, name: str = "household.yaml") -> dict[tuple[str, str], int | None]:
    """The faults of a file: (code, path) → line."""
    with pytest.raises(FactError) as caught:
        read_household(write(folder, text, name), 2026_08_01)
    return {(problem.code, problem.column or ""): problem.line for problem in caught.value.problems}


@pytest.fixture
def good(tmp_path: Path) -> HouseholdFacts:
    return read_household(write(tmp_path, GOOD))


def test_values_are_engine_integers(good: HouseholdFacts) -> None:
    head, grandson = good.facts["person"]
    assert head["pension"] == 156005
    assert head["born"] == 19500302
    assert head["wage"] == 0
    assert grandson["relation"] == 4
    assert good.facts["supporter"][0]["supporter_family_income"] == 6_000_000
    assert good.facts["supporter"][0]["person_index"] == 0
    assert [asset["owner_index"] for asset in good.facts["asset"]] == [-1, 1]
    assert good.facts["holding"] == []
    assert (good.region, good.date, good.names) == ("999901", 20260801, ["张三", ""])


def test_what_is_not_written(good: HouseholdFacts) -> None:
    household, (head, grandson) = good.facts["household"], good.facts["person"]
    assert household["has_residence_registration"] is True
    assert household["safe_housing"] is None
    assert (household["assets_stated"], household["expenses_stated"], household["supporters_stated"]) == (
        True,
    ) * 3
    assert head["disability_grade"] == 0
    assert grandson["disability_grade"] is None, "a disability calls for its grade"
    assert grandson["wage"] == 0, "nothing is written of a child's income"
    assumed = {(one.entity, one.row, one.fact) for one in good.assumed}
    assert ("person", 1, "wage") in assumed
    assert ("person", 0, "wage") not in assumed, "a group once written is complete"
    assert ("person", 1, "supporters") in assumed
    assert {"safe_housing", "can_eat", "disability_grade"} <= good.unknown()


def test_income_not_written_is_unknown_from_sixteen_on(tmp_path: Path) -> None:
    text = "household: {area: urban}\npersons:\n- {relation: head, born: 2010-08-01}\n- {relation: child, born: null}\n"
    path = write(tmp_path, text)
    assert read_household(path, date(2026, 7, 31)).facts["person"][0]["wage"] == 0
    sixteen = read_household(path, date(2026, 8, 1)).facts
    assert sixteen["person"][0]["wage"] is None
    assert sixteen["person"][1]["wage"] is None, "unknown age"
    assert sixteen["household"]["assets_stated"] is False
    assert sixteen["household"]["supporters_stated"] is False


def test_null_and_words_for_unknown(tmp_path: Path) -> None:
    text = GOOD.replace("income: {pension: 1560.05}", "income: ~").replace(
        "disability: sight", "works: 不清楚"
    )
    found = read_household(write(tmp_path, text)).facts["person"]
    assert found[0]["pension"] is None
    assert found[1]["works"] is None


def test_stated_flags_may_be_written(tmp_path: Path) -> None:
    text = GOOD.replace("{area: rural}", "{area: rural, assets_stated: false, expenses_stated: null}")
    household = read_household(write(tmp_path, text)).facts["household"]
    assert (household["assets_stated"], household["expenses_stated"]) == (False, None)


def test_supporters_at_the_top_level(tmp_path: Path) -> None:
    text = GOOD.replace(
        "expenses: []", "supporters: [{person: p2, relation: parent}, {person: p1, relation: sibling}]"
    )
    supporters = read_household(write(tmp_path, text)).facts["supporter"]
    assert [one["person_index"] for one in supporters] == [0, 0, 1]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_json_equals_yaml(tmp_path: Path, good: HouseholdFacts) -> None:
    data = json.dumps(yaml.safe_load(GOOD), default=_plain, ensure_ascii=True, indent="\t")
    assert read_household(write(tmp_path, data, "household.json")) == good


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_encodings_that_are_read(tmp_path: Path, good: HouseholdFacts, encoding: str) -> None:
    assert read_household(write(tmp_path, GOOD, encoding=encoding)) == good


@pytest.mark.parametrize(
    ("encoding", "likely"), [("utf-16", "UTF-16"), ("big5", "Big5"), ("cp1252", "Windows-1252")]
)
def test_other_encodings_are_named(tmp_path: Path, encoding: str, likely: str) -> None:
    name = {"big5": "張三戶長與戶主關係", "cp1252": "Jérôme Gonçalves é à"}.get(encoding, "x")
    path = write(tmp_path, f"persons:\n- name: {name}\n", encoding=encoding)
    with pytest.raises(FactError) as caught:
        read_household(path)
    assert [(one.code, one.value) for one in caught.value.problems] == [("fact.encoding", likely)]


def test_many_faults_at_once(tmp_path: Path) -> None:
    text = """\
houshold: {}
household: {area: rual, wage: 3}
persons:
  - {id: p1, relation: head, born: 1950-02-30, income: {pension: -1, wge: 3, wage: 1.234}, wage: 3}
  - {id: p1, relation: head, born: 1950-03-02, income: 3, supporters: {}}
  - [1]
assets:
  - {kind: deposit, value: 12000000000000, owner: p9}
  - {value: abc, value: 3}
supporters:
  - {relation: child}
  - {person: p7, relation: cousin}
"""
    assert faults(tmp_path, text) == {
        ("fact.unknown_key", "houshold"): 1,
        ("fact.code", "household.area"): 2,
        ("fact.unknown_key", "household.wage"): 2,
        ("fact.type", "persons[0].born"): 4,
        ("fact.negative", "persons[0].income.pension"): 4,
        ("fact.unknown_key", "persons[0].income.wge"): 4,
        ("fact.decimals", "persons[0].income.wage"): 4,
        ("fact.unknown_key", "persons[0].wage"): 4,
        ("fact.type", "persons[1].income"): 5,
        ("fact.type", "persons[1].supporters"): 5,
        ("fact.duplicate_id", "persons[1].id"): 5,
        ("fact.two_heads", "persons[1].relation"): 5,
        ("fact.type", "persons[2]"): 6,
        ("fact.absurd", "assets[0].value"): 8,
        ("fact.dangling", "assets[0].person"): 8,
        ("fact.type", "assets[1].value"): 9,
        ("fact.key_twice", "assets[1].value"): 9,
        ("fact.missing", "assets[1].kind"): 9,
        ("fact.missing", "supporters[0].person"): 11,
        ("fact.dangling", "supporters[1].person"): 12,
        ("fact.code", "supporters[1].relation"): 12,
    }


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "fact.empty", ""),
        ("   \n\n", "fact.empty", ""),
        ("# nothing\n", "fact.empty", ""),
        ("[1, 2]", "fact.type", ""),
        ("household: {area: rural}\n", "fact.missing", "persons"),
        ("household: {area: rural}\npersons: []\n", "fact.missing", "persons"),
        ("household: {}\npersons: [{relation: head, born: 1950-01-01}]\n", "fact.missing", "household.area"),
        ("persons: [{relation: head, born: 1950-01-01}]\n", "fact.missing", "household"),
        (
            "household: {area: rural}\npersons: [{relation: child, born: 1950-01-01}]\n",
            "fact.no_head",
            "persons",
        ),
        ("household: {area: rural}\npersons: [{relation: head}]\n", "fact.missing", "persons[0].born"),
        (GOOD.replace("expenses: []", "expenses:"), "fact.type", "expenses"),
        (GOOD.replace("date: 2026-08-01", "date: soon"), "fact.type", "date"),
        (GOOD + "assets: []\n", "fact.key_twice", "assets"),
    ],
)
def test_each_fault(tmp_path: Path, text: str, code: str, place: str) -> None:
    assert (code, place) in faults(tmp_path, text)


def test_nobody_is_born_after_the_day_of_assessment(tmp_path: Path) -> None:
    text = GOOD.replace("born: 2015-01-01", "born: 2026-08-02").replace(
        "{relation: child,", "{relation: child, born: 2099-01-01,"
    )
    assert faults(tmp_path, text) == {
        ("fact.not_born", "persons[1].born"): 12,
        ("fact.not_born", "persons[0].supporters[0].born"): 11,
    }
    read_household(write(tmp_path, text.replace("2026-08-02", "2026-08-01").replace("2099", "1999")))
    later = read_household(write(tmp_path, text.replace("2099", "1999")), date(2026, 8, 2))
    assert later.facts["person"][1]["born"] == 2026_08_02


def test_broken_yaml_and_json_name_the_line(tmp_path: Path) -> None:
    assert faults(tmp_path, "household: {area: rural}\npersons: [{\n  a: ]\n") == {("fact.syntax", ""): 3}
    assert faults(tmp_path, '{\n"household": {},\n"persons": [}\n', "a.json") == {("fact.syntax", ""): 3}
    assert ("fact.syntax", "") in faults(tmp_path, "[" * 100_000, "a.json")
    assert ("fact.syntax", "") in faults(tmp_path, "a: \x07\n")


def test_too_many_rows(tmp_path: Path) -> None:
    persons = "".join(f"- {{relation: {'child' if i else 'head'}, born: 1990-01-01}}\n" for i in range(101))
    assert ("fact.too_many", "persons") in faults(
        tmp_path, f"household: {{area: rural}}\npersons:\n{persons}"
    )
    children = ", ".join("{relation: child, person: p1}" for _ in range(51))
    assert ("fact.too_many", "persons[0].supporters") in faults(
        tmp_path, GOOD + f"supporters: [{children}]\n"
    )


def test_no_file_and_no_household_file(tmp_path: Path) -> None:
    with pytest.raises(FactError, match="cannot be opened"):
        read_household(tmp_path / "none.yaml")
    with pytest.raises(FactError, match="YAML or JSON"):
        read_household(write(tmp_path, "x", "household.txt"))


def test_remedies_say_where_a_fact_belongs(tmp_path: Path) -> None:
    with pytest.raises(FactError) as caught:
        read_household(write(tmp_path, GOOD.replace("area: rural", "area: rural, wage: 3")))
    assert [one.remedy_en for one in caught.value.problems] == ["write it under persons[].income"]
    assert all("330102" not in one.sentence() for one in caught.value.problems)


def test_plain_data_reads_as_its_file_does(tmp_path: Path):
    data = json.loads(json.dumps(yaml.safe_load(GOOD), default=str))
    data["persons"][0]["sex"] = None
    path = tmp_path / "home.json"
    path.write_text(json.dumps(data), "utf-8")
    read, plain = read_household(path), read_household_node(nodes_of(data), "registry", "home")
    assert (plain.facts, plain.ids, plain.assumed) == (read.facts, read.ids, read.assumed)


def test_a_duty_that_rests_on_a_condition_is_not_known_where_it_is_not_written(tmp_path: Path) -> None:
    relations = (
        "head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "child_in_law", "parent_in_law", "other"
    )  # fmt: skip
    rows = "\n".join(f"  - {{relation: {each}, born: 1980-01-01}}" for each in relations)
    path = tmp_path / "h.yaml"
    path.write_text(f"household: {{area: rural}}\npersons:\n{rows}\n", "utf-8")
    persons = read_household(path, date(2026, 8, 1)).rows("person")
    duties = dict(zip(relations, (each["duty_of_support"] for each in persons), strict=True))
    conditional = ("grandchild", "grandparent", "sibling", "other")
    assert duties == {each: None if each in conditional else True for each in relations}


def test_a_postgraduate_is_not_taken_to_have_lived_there_all_along(tmp_path: Path) -> None:
    path = tmp_path / "h.yaml"
    persons = "  - {relation: head, born: 1975-01-01}\n  - {relation: child, born: 2001-01-01, study: postgraduate}\n"
    path.write_text(f"household: {{area: rural}}\npersons:\n{persons}", "utf-8")
    head, child = read_household(path, date(2026, 8, 1)).rows("person")
    assert (head["coresidence_months"], child["coresidence_months"]) == (1200, None)
