"""A county with known truth: weights found without labels, what is linked, and that order, portions and time do not matter."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from doudi.linkage import Config, Linkage, evaluate, link, linkage, read_config
from doudi.linkage.evaluation import Evaluation
from doudi.linkage.store import link_into
from doudi.linkage.synthetic import Truth, generate


@pytest.fixture(scope="module")
def county() -> Truth:
    return generate(persons=3_000, rows=12_000, linked=3_000, seed=7)


@pytest.fixture(scope="module")
def config() -> Config:
    found = read_config()
    return replace(found, training=replace(found.training, pairs=200_000))


@pytest.fixture(scope="module")
def found(county: Truth, config: Config) -> Linkage:
    return link(county.rows, county.persons, config)


@pytest.fixture(scope="module")
def scores(found: Linkage, county: Truth) -> Evaluation:
    return evaluate(found.links, county.truth)


def test_a_third_of_the_ids_is_bad(county: Truth) -> None:
    both = county.truth.drop_nulls("person_id").join(county.rows, on="row_id").join(
        county.persons.select("person_id", right="id_number"), on="person_id"
    )  # fmt: skip
    assert 0.30 < 1 - (both["id_number"] == both["right"]).sum() / both.height < 0.38


def test_all_made_up_ids_are_right_and_differ(county: Truth) -> None:
    from doudi.linkage.ids import with_ids

    assert with_ids(county.persons)["id_verified"].all()
    assert county.persons["id_number"].is_unique().all()


def test_the_same_seed_gives_the_same_county(county: Truth) -> None:
    again = generate(persons=3_000, rows=12_000, linked=3_000, seed=7)
    assert again.rows.equals(county.rows)
    assert again.truth.equals(county.truth)


def test_weights_are_found_without_labels(found: Linkage) -> None:
    assert found.model.trained
    assert found.model.share == pytest.approx(0.25, abs=0.05)
    assert found.model.weights["id"]["exact"][0] == pytest.approx(0.7, abs=0.12)
    assert found.model.weights["name"]["exact"][0] > 0.9


def test_the_bars_hold(scores: Evaluation) -> None:
    assert (scores.whole.precision or 0) >= 0.999
    assert (scores.whole.recall or 0) >= 0.98
    assert (scores.whole.recall_with_review or 0) >= 0.99


def test_kinds_of_noise_are_told_apart(scores: Evaluation) -> None:
    by_kind = {score.kind: score for score in scores.by_kind}
    assert by_kind["id_15_digits"].recall == 1
    assert (by_kind["id_one_digit"].recall or 0) > 0.95
    assert by_kind["stranger"].true == 0
    assert by_kind["namesake"].linked == 0


def test_counts_add_up(found: Linkage, county: Truth) -> None:
    counts = found.counts()
    assert counts["rows"] == county.rows.height == counts["link"] + counts["review"] + counts["none"]
    assert found.links["row_id"].is_unique().all()


def test_every_linked_row_has_its_reasons(found: Linkage) -> None:
    linked = found.links.filter(pl.col("zone") == "link")
    sums = found.waterfall.group_by("row_id", "person_id").agg(bits=pl.col("bits").sum())
    both = linked.join(sums, on=["row_id", "person_id"])
    assert both.height == linked.height
    assert (both["bits"] - both["weight"]).abs().max() == pytest.approx(0, abs=1e-9)


def test_a_row_gets_the_same_whenever_and_with_whom_it_comes(
    found: Linkage, county: Truth, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkage, "PORTION", 700)
    some = county.rows.sample(2_000, seed=3, shuffle=True)
    alone = link(some, county.persons, config, model=found.model).links.sort("row_id")
    before = found.links.join(some.select("row_id"), on="row_id", how="semi").sort("row_id")
    exact = ["row_id", "person_id", "zone", "by", "why", "second_person_id"]
    assert alone.select(exact).equals(before.select(exact))
    assert (alone["weight"] - before["weight"]).abs().max() == pytest.approx(0, abs=1e-9)


def test_what_is_new_is_linked_as_if_it_had_been_there(
    found: Linkage, county: Truth, config: Config, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("linkage")
    first = link_into(folder, county.rows, county.persons, config)
    new = generate(persons=3_000, rows=12_000, linked=3_000, seed=7).rows.head(500).with_columns(
        row_id=pl.col("row_id").str.replace("r", "n")
    )  # fmt: skip
    second = link_into(folder, pl.concat([county.rows, new]), county.persons, config)
    assert (first.linked_now, second.linked_now) == (12_000, 500)
    twins = new.select(row_id="row_id", old=pl.col("row_id").str.replace("n", "r"))
    both = twins.join(second.linkage.links, on="row_id").join(
        second.linkage.links, left_on="old", right_on="row_id"
    )
    assert both.height == 500
    for column in ("person_id", "zone", "why"):
        assert (both[column].fill_null("") == both[f"{column}_right"].fill_null("")).all()
