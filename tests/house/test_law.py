"""House rules of the law: what every rule and every parameter must have, and how rules may be written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from doudi.assessment.catalogue import catalogue, reference_of, version_days
from doudi.assessment.citations import citations
from doudi.assessment.house_rules import STEPS, arithmetic_faults, faults_of, rule_files
from doudi.law import library
from doudi.rules.units import UNITS


def test_the_law_has_no_fault():
    assert [problem.sentence("en") for problem in faults_of(STEPS)] == []


@pytest.mark.parametrize("rule", catalogue().rules, ids=lambda rule: f"{rule.page}:{rule.name}")
def test_every_rule_stands_on_articles_that_exist(rule):
    formula = rule.formula
    assert formula.references
    assert all(reference_of(written) for written in formula.references)
    assert all(citations(formula, day) for day in version_days() if formula.applies(day))
    assert formula.zh
    assert formula.en


READ = ("law-2026", "order-649", "mf-2021-57", "mf-2021-43", "mf-2024-57", "shanghai-ordinance-2024",
        "zhejiang-ordinance-2020", "disaster-relief-2019")  # fmt: skip
"""The documents whose articles are numbered and whose text was read."""


@pytest.mark.parametrize("document", READ)
def test_the_paragraphs_and_items_of_every_text_that_was_read_are_registered(document: str):
    found = library.documents().by_id[document]
    assert found.paragraphs
    assert isinstance(found.articles, int)
    assert all(1 <= article <= found.articles for article in found.paragraphs)


@pytest.mark.parametrize(
    ("formula", "cited"),
    [
        ("counted_central_pension", "第十三条第二款第（三）项"),
        ("is_dibao", "第十八条"),
    ],
)
def test_a_rule_cites_the_clause_that_says_so(formula: str, cited: str):
    rule = next(rule.formula for rule in catalogue().rules if rule.name == formula)
    assert cited in "".join(reference_of(written)[0].sentence() for written in rule.references)


@pytest.mark.parametrize(
    ("parameter", "cited"),
    [
        ("members.clergy_months", "第七条第二款第（一）项"),
        ("members.absence_excluded", "第七条第二款第（二）项"),
        ("members.tekun_counted", "第七条第二款第（三）项"),
        ("members.student_stage", "第七条第一款第（三）项"),
        ("income.central_pension_counted", "第十三条第二款第（三）项"),
        ("income.one_off", "第十三条第一款第（四）项"),
    ],
)
def test_a_parameter_cites_the_paragraph_it_stands_in(parameter: str, cited: str):
    assert catalogue().parameters[parameter].reference.sentence().endswith(cited)


@pytest.mark.parametrize("name", catalogue().parameters)
def test_every_parameter_is_described_and_dated(name: str):
    definition = catalogue().parameters[name]
    assert definition.description
    assert definition.zh
    assert definition.en
    assert definition.unit.name in UNITS
    assert definition.reference.document.id in library.documents().by_id
    entries = list(catalogue().said(name))
    assert entries, "no dated value anywhere"
    assert all(said.entry.source.start >= 19490101 for said in entries)


def test_every_dated_value_says_whether_it_was_verified():
    files = [*library.definition_files(), *library.region_files()]
    silent = [f"{path.name}: {place}" for path in files for place in _entries_without_mark(path)]
    assert silent == []


def test_every_parameter_is_read_by_a_rule_of_some_date():
    read_elsewhere = {
        "dibao.guide_level": "the floor of dibao.standard, kept when parameters are resolved",
        "support_fee.without_consent": "what a supporter declared is withheld before the rules are applied",
    }
    assert set(catalogue().parameters) - set(catalogue().readers) == set(read_elsewhere)


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rules_know_neither_fractions_nor_divisions(path: Path):
    assert list(arithmetic_faults(path)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RATE = 1.5\n", "house.fraction"),
        ("def f(a):\n    return a / 12\n", "house.division"),
        ("X = 7 // 2\n", "house.division"),
    ],
)
def test_a_fraction_or_division_in_a_rule_is_found(tmp_path: Path, text: str, code: str):
    path = tmp_path / "rule.py"
    path.write_text(text)
    assert [problem.code for problem in arithmetic_faults(path)] == [code]


def _entries_without_mark(path: Path) -> list[str]:
    page = yaml.safe_load(path.read_text("utf-8"))
    parameters = page.get("parameters") or {} if "region" in page else page
    return [
        f"{name} from {entry['from']}"
        for name, body in parameters.items()
        for entry in (body if "region" in page else body.get("values", []))
        if not isinstance(entry.get("verified"), bool)
    ]
