"""Who becomes head when the head is gone, and what that makes of the others."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from doudi.evidence.relations import born_to, with_heads
from doudi.facts.vocabulary import Vocabulary

DAY = date(2026, 7, 31)
RELATIONS = Vocabulary.load().codes["relation"].codes


def after(*members: tuple[str, int]) -> dict[str, str]:
    """The relations of a household of (relation, year of birth), keyed by the relation each had."""
    table = pl.DataFrame(
        {
            "person_id": [f"{place}" for place in range(len(members))], "household_id": "h", "was": [one for one, _ in members],
            "relation": [one for one, _ in members], "born": [date(year, 1, 1) for _, year in members],
        }
    )  # fmt: skip
    found = with_heads(table, DAY)
    assert found.filter(pl.col("relation") == "head").height == 1
    assert found.height == table.height
    assert set(found["relation"]) <= set(RELATIONS)
    return dict(found.select("was", "relation").iter_rows())


def test_a_household_with_its_head_stays_as_it_is() -> None:
    assert after(("head", 1950), ("spouse", 1952)) == {"head": "head", "spouse": "spouse"}


def test_the_widow_becomes_head_and_her_husbands_mother_her_mother_in_law() -> None:
    assert after(("spouse", 1980), ("child", 2010), ("parent", 1955)) == {
        "spouse": "head", "child": "child", "parent": "parent_in_law",
    }  # fmt: skip


def test_the_eldest_grown_child_follows_parents_and_grandchildren_become_children() -> None:
    assert after(("child", 1985), ("child_in_law", 1986), ("grandchild", 2012)) == {
        "child": "head", "child_in_law": "spouse", "grandchild": "child",
    }  # fmt: skip


def test_a_child_does_not_become_head_before_a_grown_grandparent() -> None:
    assert after(("child", 2015), ("parent", 1955))["parent"] == "head"


def test_orphans_alone_are_headed_by_the_eldest() -> None:
    assert after(("child", 2012), ("grandchild", 2020))["child"] == "head"


def test_of_two_heads_the_elder_stays() -> None:
    table = pl.DataFrame({"person_id": ["a", "b"], "household_id": "h", "relation": "head",
                          "born": [date(1990, 1, 1), date(1960, 1, 1)]})  # fmt: skip
    assert dict(with_heads(table, DAY).select("person_id", "relation").iter_rows()) == {
        "a": "other",
        "b": "head",
    }


@pytest.mark.parametrize("relation", [code for code in RELATIONS if code != "head"])
def test_whoever_is_left_alone_is_the_head(relation: str) -> None:
    assert after((relation, 1990)) == {relation: "head"}


def test_a_newborn_is_the_child_of_its_mother_whatever_she_is() -> None:
    mothers = pl.DataFrame({"relation": ["head", "spouse", "child", "child_in_law", "parent", "other", None]})
    found = mothers.select(born_to(pl.col("relation"))).to_series().to_list()
    assert found == ["child", "child", "grandchild", "grandchild", "sibling", "other", "other"]
