"""The indicators that ship: how many of each class, which published numbers, from where, and each its own condition."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from doudi.assessment.catalogue import version_days
from doudi.monitoring.catalogue import Catalogue, catalogue, read_catalogue
from doudi.monitoring.docs import indicators_page
from doudi.monitoring.entries import FAMILIES, Indicator
from doudi.monitoring.families import programmes_of_families
from doudi.monitoring.law import rules_of
from doudi.rules.errors import LawError

ALL = tuple(catalogue().indicators.values())
WRITTEN = tuple(one for one in ALL if not one.family)
PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"


def numbers(letter: str, last: int) -> set[str]:
    return {f"{letter}-{number:02d}" for number in range(1, last + 1)}


def test_at_least_ninety_are_written_and_the_families_come_on_top() -> None:
    assert len(WRITTEN) >= 90
    assert len(ALL) == len(WRITTEN) + len(FAMILIES) * len(programmes_of_families())


def test_each_class_has_as_many_as_were_published() -> None:
    counted = Counter(one.group for one in ALL if one.number or not one.family)
    assert counted["urgent"] >= 7
    assert counted["need"] >= 29
    assert counted["dynamic"] >= 28
    assert counted["error"] >= 11


def test_most_of_what_is_written_is_judged() -> None:
    judged = Counter(one.group for one in WRITTEN if one.needs is None)
    assert judged == {"urgent": 24, "need": 26, "dynamic": 30, "error": 8}


@pytest.mark.parametrize(
    ("letter", "last"), [("U", 7), ("N", 29), ("D", 28), ("E", 11), ("X", 40)], ids=list("UNDEX")
)
def test_every_published_number_is_there_once(letter: str, last: int) -> None:
    found = Counter(one.number for one in ALL if one.number.startswith(letter))
    assert set(found) == numbers(letter, last)
    assert set(found.values()) == {1}


def test_names_are_unique_in_both_languages() -> None:
    for language in ("zh", "en"):
        repeated = [name for name, times in Counter(one.name(language) for one in ALL).items() if times > 1]
        assert repeated == []


def test_no_two_indicators_ask_for_the_same() -> None:
    graph = rules_of(version_days()[-1]).graph
    asked = Counter(graph.variables[one.rule].node for one in WRITTEN if one.needs is None)
    assert [node for node, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.id)
def test_each_says_on_what_it_rests_and_what_a_visit_looks_at(one: Indicator) -> None:
    assert one.references
    assert one.visit
    assert one.origin in ("published", "derived")
    assert one.sources or one.needs is not None or one.id == "money_risen"


def test_one_that_no_department_feeds_says_what_is_missing_and_has_no_rule() -> None:
    for one in WRITTEN:
        if one.needs is not None:
            assert one.rule == ""
            assert one.needs.zh
            assert one.needs.en


def test_those_of_one_place_name_it_and_apply_there_alone() -> None:
    local = {one.id: one.region for one in WRITTEN if one.region != "000000"}
    assert local["tongling_dibao_cost"] == "340700"
    known = set(rules_of(version_days()[-1]).graph.variables)
    at_home = {one.id for one in catalogue().applying(["340700", "340000"], known)}
    assert "tongling_dibao_cost" in at_home
    assert not at_home & {id for id, region in local.items() if region != "340700"}


def family_of(tmp_path: Path, programme: str) -> Catalogue:
    from doudi.law import library

    (source,) = (path for path in library.indicator_entry_files() if path.match("error/programmes.*"))
    file = tmp_path / "error" / "trial.indicators.yaml"
    file.parent.mkdir()
    text = source.read_text("utf-8").replace(
        "  family: beyond\n", f"  family: beyond\n  numbers: {{{programme}: Z-01}}\n"
    )
    file.write_text(text, "utf-8")
    return read_catalogue([file])


def test_a_family_takes_its_published_numbers(tmp_path: Path) -> None:
    found = family_of(tmp_path, "dibao")
    assert found.indicator("Z-01").id == "beyond_dibao"
    assert [one.number for one in found.indicators.values() if one.programme != "dibao"] == [""] * (
        len(programmes_of_families()) - 1
    )


def test_a_number_for_no_programme_is_told(tmp_path: Path) -> None:
    with pytest.raises(LawError) as error:
        family_of(tmp_path, "dibaos")
    assert {problem.code for problem in error.value.problems} == {"indicator.numbers"}
    assert "did you mean dibao" in error.value.problems[0].sentence("en")


def test_the_page_of_indicators_is_that_of_today() -> None:
    assert PAGE.read_text("utf-8") == indicators_page(), "run: doudi watch docs"


def test_the_page_names_every_indicator_with_its_reference() -> None:
    text = PAGE.read_text("utf-8")
    assert [one.id for one in WRITTEN if f"`{one.id}`" not in text] == []
    assert [one.id for one in WRITTEN if "; ".join(str(each) for each in one.references) not in text] == []
