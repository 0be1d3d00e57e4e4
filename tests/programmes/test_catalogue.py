"""The catalogue that ships is whole, and a catalogue at fault says everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.programmes.catalogue import GROUPS, Catalogue, catalogue, read_catalogue
from doudi.programmes.house_rules import programme_faults
from doudi.rules.errors import LawError

ORGANISATIONS = "civil_affairs: {zh: 民政部门, en: civil affairs, kind: department}\n"
ENTRY = """\
{id}:
  zh: 甲
  en: one
  organisation: civil_affairs
  decides: county
  access: application
  period: {period}
  unit: {unit}
  form: cash
  documents: [{{zh: 证, en: paper, held_by: applicant}}]
  funding: [{{from: 2021-07-01, central: 0.5, province: 0.5, prefecture: 0, county: 0, own: 0, reference: demo-rules, verified: false}}]
  reference: demo-rules
"""


def entry(id: str, period: str = "month", unit: str = "person") -> str:
    return ENTRY.format(id=id, period=period, unit=unit)


def made(folder: Path, entries: str, relations: str = "relations: []\n") -> Catalogue:
    for name, text in (
        ("a.programmes.yaml", entries),
        ("who.yaml", ORGANISATIONS),
        ("relations.yaml", relations),
    ):
        (folder / name).write_text(text, "utf-8")
    return read_catalogue([folder / "a.programmes.yaml"], folder / "who.yaml", folder / "relations.yaml")


def codes(folder: Path, entries: str, relations: str = "relations: []\n") -> list[str]:
    with pytest.raises(LawError) as caught:
        made(folder, entries, relations)
    assert all(problem.file and problem.line for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


def pair(one: str, other: str, *kinds: str, more: str = "") -> str:
    return f"- {{pair: [{one}, {other}], is: [{', '.join(kinds)}], reference: demo-rules, zh: 甲, en: a{more}}}\n"


def test_the_catalogue_has_no_fault():
    assert [problem.sentence("en") for problem in programme_faults()] == []


def test_every_programme_is_in_a_known_group_and_has_both_names():
    for one in catalogue().programmes.values():
        assert one.group in GROUPS
        assert one.zh != one.en


def test_a_document_that_a_department_holds_is_not_asked():
    held = [
        each
        for one in catalogue().programmes.values()
        for each in one.documents
        if each.held_by != "applicant"
    ]
    assert held
    assert not any(each.asked for each in held)


def test_an_entry_is_read_whole(tmp_path: Path):
    one = made(tmp_path, entry("a")).programme("a")
    assert (one.due, one.amount, one.total, one.in_year(100)) == ("a_due", "a_amount", "a_of_household", 1200)
    assert one.documents[0].asked
    assert one.funding[0].central == 5000


@pytest.mark.parametrize(
    ("written", "instead", "code"),
    [
        ("period: month", "period: fortnight", "programme.period"),
        ("organisation: civil_affairs", "organisation: nobody", "programme.organisation"),
        ("central: 0.5", "central: 0.4", "programme.shares"),
        ("central: 0.5", "central: much", "programme.share"),
        ("held_by: applicant", "held_by: nobody", "programme.held_by"),
        ("reference: demo-rules\n", "reference: no-such\n", "reference.unknown_document"),
        ("  zh: 甲\n", "", "yaml.missing_key"),
    ],
)
def test_a_fault_of_an_entry_is_told(tmp_path: Path, written: str, instead: str, code: str):
    assert code in codes(tmp_path, entry("a").replace(written, instead))


def test_all_faults_are_told_at_once(tmp_path: Path):
    bad = entry("a", period="fortnight") + entry("b", unit="nation")
    assert {"programme.period", "programme.unit"} <= set(codes(tmp_path, bad))


@pytest.mark.parametrize(
    ("relations", "code"),
    [
        (pair("a", "b", "exclusive") + pair("b", "a", "better_of"), "relation.twice"),
        (pair("a", "a", "exclusive"), "relation.itself"),
        (pair("a", "b", "exclusive", "requires"), "relation.contradiction"),
        (pair("a", "b", "counted", "not_counted"), "relation.contradiction"),
        (pair("a", "b", "after") + pair("b", "c", "requires") + pair("c", "a", "netted"), "relation.circle"),
        (pair("a", "nobody", "after"), "relation.pair"),
        (pair("a", "b", "married"), "relation.is"),
        (pair("a", "h", "exclusive"), "relation.unit"),
        (pair("a", "y", "netted"), "relation.period"),
        (pair("a", "b", "exclusive", more=", kept_by: luck"), "relation.kept_by"),
    ],
)
def test_a_fault_of_a_relation_is_told(tmp_path: Path, relations: str, code: str):
    entries = entry("a") + entry("b") + entry("c") + entry("h", unit="household") + entry("y", period="year")
    assert code in codes(tmp_path, entries, "relations:\n" + relations)


def test_a_choice_that_the_rules_see_to_may_join_a_person_and_a_household(tmp_path: Path):
    entries = entry("a") + entry("h", unit="household")
    relations = "relations:\n" + pair("a", "h", "exclusive", more=", kept_by: rules")
    assert made(tmp_path, entries, relations).relations.chosen() == ()


def test_a_programme_nobody_knows_is_refused_with_the_nearest(tmp_path: Path):
    with pytest.raises(LawError) as caught:
        made(tmp_path, entry("disability")).programme("disabilty")
    assert "disability" in caught.value.problems[0].remedy_en
