"""House rules of the vocabulary."""

from __future__ import annotations

import subprocess
import sys

import pytest

from doudi.facts.docs import facts_page
from doudi.facts.vocabulary import ENTITIES, Fact, Vocabulary

VOCABULARY = Vocabulary.load()
FACTS = [fact for entity in VOCABULARY.entities.values() for fact in entity.facts.values()]


def test_engine_names_are_unique_over_all_entities() -> None:
    names = [fact.name for fact in FACTS if fact.in_engine]
    assert len(names) == len(set(names)) == len(VOCABULARY.facts)


@pytest.mark.parametrize("name", ENTITIES)
def test_words_are_unique_within_an_entity(name: str) -> None:
    facts = VOCABULARY.entities[name].facts.values()
    assert len({fact.zh for fact in facts}) == len(facts)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.entity}.{fact.column}")
def test_each_fact_says_what_it_is(fact: Fact) -> None:
    assert fact.zh
    assert fact.en
    assert fact.help
    assert fact.lowest <= fact.filler <= fact.high
    assert fact.absent in ("unknown", "none", "required")
    if fact.kind == "money":
        assert fact.unit == "CNY"
    if fact.absent == "none" and fact.in_engine:
        assert fact.lowest <= fact.default <= fact.high


def test_a_companion_comes_after_the_fact_it_goes_with() -> None:
    for entity in VOCABULARY.entities.values():
        seen: set[str] = set()
        for fact in entity.engine_facts():
            assert fact.companion is None or fact.companion.fact in seen
            seen.add(fact.name)


def test_prefixes_of_engine_names() -> None:
    names = set(VOCABULARY.facts)
    assert {
        "supporter_relation",
        "supporter_born",
        "asset_kind",
        "expense_paid_on",
        "holding_programme",
    } <= names
    assert {"relation", "born", "area", "wage"} <= names


def test_codes_and_their_words_do_not_contradict() -> None:
    relation = VOCABULARY.codes["relation"]
    assert relation.code(0) == "head"
    assert relation.find("02") == relation.find("户主") == 0
    assert relation.find("28") == relation.index("child_in_law")


def test_engine_schema() -> None:
    entities = VOCABULARY.engine_entities()
    assert entities["supporter"].parent == "person"
    assert [link.name for link in entities["asset"].links] == ["household", "owner"]
    assert entities["asset"].links[1].optional
    inputs = VOCABULARY.engine_inputs()
    assert (inputs["wage"].low, inputs["wage"].high) == (0, 10_000_000_000)
    assert inputs["relation"].kind.codes is VOCABULARY.codes["relation"]


def test_one_household_needs_no_tables() -> None:
    script = (
        "import sys, doudi.facts.household_file as h; h.Vocabulary.load();"
        "assert not {'numpy', 'polars'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_page_of_facts_names_everything() -> None:
    page = facts_page({"wage": ["income.wages"]})
    assert "`income.wages`" in page
    for fact in FACTS:
        assert f"`{fact.column}` | {fact.zh}" in page
    for codes in VOCABULARY.codes:
        assert f"### {codes}\n" in page
