"""The catalogue that ships is whole, and a catalogue at fault says everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from doudi.monitoring import house_rules
from doudi.monitoring.catalogue import Catalogue, catalogue, read_catalogue
from doudi.monitoring.entries import CLASSES, LEVELS, Indicator
from doudi.monitoring.families import programmes_of_families
from doudi.monitoring.house_rules import feeds_under, indicator_faults
from doudi.monitoring.law import rules_of
from doudi.rules.errors import LawError

ENTRY = """\
{id}:
  zh: 甲
  en: one
  level: {level}
  subject: person
  says: {{zh: '{says}', en: '{says}'}}
  sources: {{{feed}: {months}}}
  within: {within}
  responds: {role}
  visit: [{{zh: 看, en: look}}]
  helps: [{helps}]
  reference: [{reference}]
  origin: derived
  verified: false
"""
GOOD = {
    "id": "resident_medical_cost", "level": "red", "says": "{value}", "feed": "medical_settlement", "months": "12",
    "within": "24 hours", "role": "village_assistant", "helps": "dibao", "reference": "law-2026:29",
}  # fmt: skip


def written(tmp_path: Path, **words: str) -> Catalogue:
    folder = tmp_path / "urgent"
    folder.mkdir(exist_ok=True)
    file = folder / "trial.indicators.yaml"
    file.write_text(ENTRY.format(**{**GOOD, **words}), "utf-8")
    return read_catalogue([file])


def test_the_indicators_that_ship_have_no_fault() -> None:
    assert [problem.sentence("en") for problem in indicator_faults()] == []


def test_every_class_has_indicators() -> None:
    assert {one.group for one in catalogue().indicators.values()} == set(CLASSES)


def test_a_family_has_an_indicator_for_each_programme() -> None:
    for family in ("missed", "short", "beyond"):
        made = [one.programme for one in catalogue().indicators.values() if one.family == family]
        assert made == [one.id for one in programmes_of_families()]
    one = catalogue().indicator("missed_disability_nursing")
    assert (one.zh, one.en) == (
        "重度残疾人护理补贴应享未享",
        "Nursing subsidy of severely disabled persons: due and not received",
    )
    assert "{value}" in one.says.zh


def test_an_indicator_is_found_by_id_number_and_name() -> None:
    found = {
        catalogue().indicator(name).id
        for name in ("resident_medical_cost", "U-01", "居民年度个人自付医疗费用过高")
    }
    assert found == {"resident_medical_cost"}
    with pytest.raises(LawError) as error:
        catalogue().indicator("resident_medical_costs")
    assert "did you mean resident_medical_cost" in error.value.problems[0].sentence("en")


def test_a_good_entry_is_read_as_written(tmp_path: Path) -> None:
    (one,) = written(tmp_path).indicators.values()
    assert (one.group, one.level, one.within.text("en"), one.sources) == (
        "urgent", "red", "24 hours", {"medical_settlement": 12},
    )  # fmt: skip
    assert one.rule == one.id


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"id": "Resident"}, "indicator.id"),
        ({"level": "purple"}, "indicator.level"),
        ({"feed": "medical"}, "indicator.sources"),
        ({"months": "a"}, "indicator.sources"),
        ({"months": "13"}, "indicator.sources"),
        ({"within": "24 h"}, "indicator.within"),
        ({"role": "nobody"}, "indicator.responds"),
        ({"helps": "gold"}, "indicator.helps"),
        ({"reference": "law-1999:1"}, "reference.unknown_document"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_with_its_place(
    tmp_path: Path, words: dict[str, str], code: str
) -> None:
    with pytest.raises(LawError) as error:
        written(tmp_path, **words)
    assert [problem.code for problem in error.value.problems] == [code]
    assert all(problem.line for problem in error.value.problems)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(LawError) as error:
        written(tmp_path, level="purple", within="soon", feed="medical")
    assert len(error.value.problems) == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rule": "no_such_rule"}, "indicator.rule"),
        ({"subject": "household"}, "indicator.rule"),
        ({"sources": {}}, "indicator.sources"),
        ({"worse": "higher", "rule": "turns_seventy"}, "indicator.worse"),
        ({"rule": "vehicle_bought", "sources": {"vehicles": 0}}, "indicator.stands"),
        ({"rule": "turns_seventy"}, "indicator.says"),
    ],
)
def test_an_entry_that_does_not_fit_its_rule_is_told(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], code: str
) -> None:
    one = replace(catalogue().indicators["resident_medical_cost"], **change)  # type: ignore[arg-type]
    monkeypatch.setattr(house_rules, "catalogue", lambda: Catalogue({one.id: one}))
    assert code in {problem.code for problem in indicator_faults()}


def test_the_feeds_under_a_rule_are_those_whose_rows_it_asks_for() -> None:
    graph = rules_of(date(2026, 8, 1)).graph
    assert set(feeds_under(graph, "resident_medical_cost")) == {"medical_settlement"}
    assert set(feeds_under(graph, "certificate_ends")) == {"disability"}
    assert feeds_under(graph, "turns_seventy") == {}


def test_levels_are_ordered_from_the_gravest() -> None:
    assert list(LEVELS) == ["red", "orange", "yellow", "blue"]
    assert all(isinstance(one, Indicator) and one.level in LEVELS for one in catalogue().indicators.values())
