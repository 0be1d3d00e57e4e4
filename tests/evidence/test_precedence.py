"""Of several values one is used, and it is told why; silence means something only where a list is complete and fresh."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doudi.evidence.building import TELLERS
from doudi.evidence.choosing import chosen
from doudi.evidence.declared import children, declared
from doudi.evidence.precedence import NOT_LISTED, Order
from doudi.evidence.schema import DECLARED, FACTS, PRESUMED, REGISTRY, RULES
from doudi.facts.vocabulary import Vocabulary
from doudi.feeds import contracts
from tests.evidence.grounds import CHILD, HIS_WIFE, MONTHS, OLD_MAN, WORKER, ground

Said = set[tuple[str, str | None, bool, str]]
WAGES = [{"person": WORKER, "month": month, "income_kind": "wage", "income": "3000.00"} for month in MONTHS]
BASES = [{"person": WORKER, "month": month, "insurance": "pension", "base": "4000.00"} for month in MONTHS]
PENSION = [{"person": OLD_MAN, "month": month, "pension": "resident", "amount": "100.00"} for month in MONTHS]
HOME = [{"household_id": "h2", "applied_on": date(2025, 1, 1)}]


def decided(
    folder: Path,
    fact: str,
    feeds: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    stated: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    review: Sequence[tuple[str, str]] = (),
    subject: str = "person",
    who: str = WORKER,
    **more: Any,
) -> Said:
    """What is said of one subject: (source, value, used, rule)."""
    on = ground(folder, feeds, stated, **more)
    told = [*TELLERS.get((subject, fact), lambda _: [])(on), *declared(on, subject, fact)]
    doubts = pl.LazyFrame(
        [(one, feed, [f"{feed}-0"]) for one, feed in review],
        schema={"subject_id": pl.String, "feed": pl.String, "row_ids": pl.List(pl.String)}, orient="row",
    )  # fmt: skip
    table = chosen(on, Order.load().facts[subject, fact], told, doubts)
    assert dict(table.schema) == dict(FACTS)
    assert set(table["rule"]) <= set(RULES)
    assert table.filter("used").group_by("subject_id").len().filter(pl.col("len") > 1).is_empty()
    rows = table.filter(pl.col("subject_id") == who)
    return set(rows.select("source", "value", "used", "rule").iter_rows())


def person(**facts: Any) -> dict[str, list[dict[str, Any]]]:
    return {"household": HOME, "person": [{"person_id": WORKER, "household_id": "h2", **facts}]}


def test_wages_reported_for_tax_come_before_contributions(tmp_path: Path) -> None:
    assert decided(tmp_path, "wage", {"tax": WAGES, "social_insurance": BASES}) == {
        ("tax", "36000.00", True, "first_source"), ("social_insurance", "48000.00", False, "later_source"),
    }  # fmt: skip


def test_a_source_alone_is_said_to_be_alone(tmp_path: Path) -> None:
    assert decided(tmp_path, "wage", {"social_insurance": BASES}) == {
        ("social_insurance", "48000.00", True, "only_source")
    }


def test_more_declared_than_found_is_believed_and_less_is_not(tmp_path: Path) -> None:
    more = decided(tmp_path, "wage", {"tax": WAGES}, person(wage="40000.00"))
    assert more == {("tax", "36000.00", False, "later_source"), (DECLARED, "40000.00", True, "declared_more")}
    less = decided(tmp_path, "wage", {"tax": WAGES}, person(wage="12000.00"))
    assert less == {("tax", "36000.00", True, "first_source"), (DECLARED, "12000.00", False, "later_source")}


def test_of_sources_side_by_side_the_later_one_is_used(tmp_path: Path) -> None:
    lost = {
        "person": WORKER,
        "event": "ended",
        "happened_on": date(2026, 7, 5),
        "registered_on": date(2026, 7, 6),
    }
    paid = [{"person": WORKER, "month": "2026-06", "insurance": "pension", "base": "4000.00"}]
    feeds = {"employment": [lost], "social_insurance": paid}
    assert ("employment", "false", True, "first_source") in decided(tmp_path, "works", feeds)
    feeds["employment"] = [{**lost, "happened_on": date(2026, 6, 5)}]
    assert ("social_insurance", "true", True, "first_source") in decided(tmp_path, "works", feeds)


def test_who_is_not_on_a_complete_and_fresh_list_is_known_not_to_be(tmp_path: Path) -> None:
    assert decided(tmp_path, "disability") == {("disability", "none", True, "not_listed")}
    assert decided(tmp_path, "pension", {"pensions": PENSION}) == {("pensions", "0.00", True, "not_listed")}
    assert decided(tmp_path, "monitored_mark", subject="household", who="h2") == {
        ("monitoring_list", "none", True, "not_listed")
    }


@pytest.mark.parametrize("state", ["late", "never", "gap", "young"])
def test_silence_of_a_late_missing_or_short_list_means_nothing(tmp_path: Path, state: str) -> None:
    assert decided(tmp_path, "pension", {"pensions": PENSION}, pensions=state) == set()


def test_silence_says_nothing_where_the_feed_cannot_know_everything(tmp_path: Path) -> None:
    for fact in ("wage", "business_gross", "transfers_paid", "works", "jobless"):
        assert decided(tmp_path, fact) == set()


def test_what_a_late_feed_said_last_is_used_and_marked(tmp_path: Path) -> None:
    said = decided(tmp_path, "pension", {"pensions": PENSION}, who=OLD_MAN, pensions="late")
    assert said == {("pensions", "1200.00", True, "last_known")}


@pytest.mark.parametrize(("state", "rule"), [("gap", "stale"), ("young", "incomplete")])
def test_a_sum_with_missing_months_is_kept_and_not_used(tmp_path: Path, state: str, rule: str) -> None:
    said = decided(tmp_path, "pension", {"pensions": PENSION}, who=OLD_MAN, pensions=state)
    assert said == {("pensions", "1200.00", False, rule)}


def test_a_month_missing_in_between_is_pointed_out(tmp_path: Path) -> None:
    said = decided(tmp_path, "pension", {"pensions": [*PENSION[:4], *PENSION[5:]]}, who=OLD_MAN)
    assert said == {("pensions", "1100.00", True, "with_gap")}
    said = decided(tmp_path, "pension", {"pensions": PENSION[4:]}, who=OLD_MAN)
    assert said == {("pensions", "800.00", True, "only_source")}, "it began later, and has no hole"


def test_a_row_in_review_gives_no_fact_and_forbids_to_read_silence(tmp_path: Path) -> None:
    said = decided(tmp_path, "disability", review=[(WORKER, "disability")])
    assert said == {("disability", None, False, "in_review")}


def test_a_row_in_review_does_not_touch_what_another_source_tells(tmp_path: Path) -> None:
    said = decided(tmp_path, "wage", {"tax": WAGES}, review=[(WORKER, "social_insurance")])
    assert said == {("tax", "36000.00", True, "only_source"), ("social_insurance", None, False, "in_review")}


def test_a_list_that_names_someone_and_leaves_the_fact_open_makes_it_unknown(tmp_path: Path) -> None:
    feeds = {"disability": [{"person": WORKER, "disability": "multiple", "grade": "1", "state": "valid"}]}
    assert decided(tmp_path, "gravest_component", feeds) == {("disability", None, False, "not_told")}


def test_an_old_declaration_is_kept_and_not_used_for_what_a_department_knows(tmp_path: Path) -> None:
    old = date(2025, 7, 30)
    said = decided(
        tmp_path, "disability", stated=person(disability="limb"), declared_on=old, disability="never"
    )
    assert said == {(DECLARED, "limb", False, "expired")}
    said = decided(
        tmp_path,
        "disability",
        stated=person(disability="limb"),
        declared_on=date(2025, 7, 31),
        disability="never",
    )
    assert said == {(DECLARED, "limb", True, "only_source")}


def test_an_old_declaration_still_tells_what_no_department_knows(tmp_path: Path) -> None:
    said = decided(tmp_path, "can_work", stated=person(can_work=False), declared_on=date(2024, 1, 1))
    assert said == {(DECLARED, "false", True, "old_declaration")}


def test_what_a_declaration_has_no_column_for_is_as_the_vocabulary_says(tmp_path: Path) -> None:
    said = decided(tmp_path, "special_hardship", stated=person(wage="0.00"))
    assert said == {(DECLARED, "false", True, "not_written")}
    assert decided(tmp_path, "special_hardship", stated=person(special_hardship=None)) == set(), (
        "a gap is not known"
    )


@pytest.mark.parametrize(
    ("relation", "said"),
    [("child", {(DECLARED, "true", True, "not_written")}), ("sibling", set()), (None, set())],
)
def test_a_duty_that_rests_on_a_condition_is_never_taken_for_granted(
    tmp_path: Path, relation: str | None, said: Said
) -> None:
    on = ground(tmp_path, None, person(wage="0.00"))
    related = on.people.present.with_columns(relation=pl.lit(relation, pl.String))
    on = replace(on, people=replace(on.people, present=related))
    told = pl.concat(declared(on, "person", "duty_of_support")).collect()
    found = told.filter(pl.col("subject_id") == WORKER).select("source", "value", "rule")
    assert set(found.iter_rows()) == {(source, value, rule) for source, value, _, rule in said}


@pytest.mark.parametrize(("study", "told"), [("postgraduate", set()), ("bachelor", {"1200"}), (None, set())])
def test_a_postgraduate_is_not_taken_to_have_lived_there_all_along(
    tmp_path: Path, study: str | None, told: set[str]
) -> None:
    said = decided(tmp_path, "coresidence_months", stated=person(study=study))
    assert {value for _, value, _, _ in said} == told


def test_without_a_declaration_nothing_is_taken_as_stated(tmp_path: Path) -> None:
    assert decided(tmp_path, "assets_stated", subject="household", who="h1", stated=person()) == set()
    said = decided(tmp_path, "assets_stated", subject="household", who="h2", stated={**person(), "asset": []})
    assert said == {(DECLARED, "true", True, "only_source")}


def test_an_empty_date_that_may_be_none_is_none(tmp_path: Path) -> None:
    stated = {"household": [{"household_id": "h2", "grace_from": None}]}
    said = decided(tmp_path, "grace_from", stated=stated, subject="household", who="h2")
    assert said == {(DECLARED, "none", True, "only_source")}


def test_every_fact_of_the_vocabulary_has_its_sources_and_every_source_exists() -> None:
    order = Order.load()
    for subject in ("household", "person"):
        facts = set(Vocabulary.load().entities[subject].facts) - {f"{subject}_id"}
        assert {fact for of, fact in order.facts if of == subject} == facts
    for each in order.facts.values():
        assert set(each.feeds) <= set(contracts())
        assert all(
            name.endswith(NOT_LISTED) or set(name.split("+")) <= {*contracts(), DECLARED, REGISTRY}
            for name in each.ranks
        )
        assert PRESUMED not in each.ranks
        assert (each.silent is None) == (each.nothing is None)
        assert each.zh
        assert each.en


def test_every_source_of_a_fact_has_a_rule_and_every_rule_is_named_as_a_source(tmp_path: Path) -> None:
    on = ground(tmp_path)
    for (subject, fact), order in Order.load().facts.items():
        rules = TELLERS.get((subject, fact), lambda _: [])(on)
        from_rules = {source for each in rules for source in _sources(each)}
        named = {name for name in order.ranks if not name.endswith(NOT_LISTED)} - {DECLARED}
        if fact not in ("household_id", "relation", "born", "sex", "area", "village"):
            assert from_rules | {REGISTRY} >= named - {REGISTRY}, fact
            assert from_rules <= named, fact


def _sources(told: pl.LazyFrame) -> set[str]:
    """The sources that a rule writes, as they stand in its plan."""
    return set(re.findall(r'"([a-z_+]+)"\.alias\("source"\)', told.explain()))


def test_newborn_children_of_declared_households_have_no_income_and_others_are_unknown(
    tmp_path: Path,
) -> None:
    on = ground(tmp_path, declared=person(wage="0.00"))
    young = pl.concat(children(on, "gifts")).collect()
    assert young["subject_id"].to_list() == [CHILD]
    assert pl.concat(children(ground(tmp_path), "gifts") or [young.clear().lazy()]).collect().is_empty()


def test_a_widow_is_known_by_her_husbands_death(tmp_path: Path) -> None:
    on = ground(tmp_path, {"residents": [{"person": HIS_WIFE, "marital": "married", "booklet": "B1"}]})
    died = on.people.everyone.with_columns(
        state=pl.when(pl.col("person_id") == OLD_MAN).then(pl.lit("died")).otherwise("state"),
        source=pl.when(pl.col("person_id") == OLD_MAN).then(pl.lit("deaths")).otherwise("source"),
        ended_on=pl.when(pl.col("person_id") == OLD_MAN).then(date(2026, 6, 1)),
    )
    present = on.people.present.filter(pl.col("person_id") != OLD_MAN)
    on = replace(on, people=replace(on.people, everyone=died, present=present))
    told = TELLERS["person", "marital"](on)
    none = pl.LazyFrame(schema={"subject_id": pl.String, "feed": pl.String, "row_ids": pl.List(pl.String)})
    table = chosen(on, Order.load().facts["person", "marital"], told, none)
    used = table.filter("used", pl.col("subject_id") == HIS_WIFE)
    assert used.select("value", "source", "since").row(0) == ("widowed", "deaths", date(2026, 6, 1))
