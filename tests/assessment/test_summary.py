"""The numbers of the whole register are sums of its rows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from doudi.assessment.run import RunResult, run_register
from doudi.assessment.summary import INCOME_LINES, LINES, Distances, Summary
from doudi.population import generate, write

DAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("register")
    write(generate(6_000, seed=7), folder)
    return run_register(folder, "999901", DAY, folder / "out", files=("summary",))


@pytest.fixture(scope="module")
def summary(result: RunResult) -> Summary:
    return result.summary


def test_tiers_count_every_household_and_person_once(result: RunResult, summary: Summary) -> None:
    assert (
        sum(tier.households for tier in summary.tiers)
        == summary.households
        == result.register.counts["household"]
    )
    assert sum(tier.persons for tier in summary.tiers) == summary.persons == result.register.counts["person"]
    assert sum(tier.share_of_persons for tier in summary.tiers) == pytest.approx(1, abs=1e-4)
    for tier in summary.tiers:
        code = None if tier.code == "open" else tier.code
        assert tier.households == result.results.determinations["tier"].cast(pl.String).eq_missing(code).sum()


def test_programmes_add_up_to_the_total_where_all_is_known(result: RunResult, summary: Summary) -> None:
    frame = result.results.determinations
    total = sum((value for value in frame["monthly_total"] if value is not None), Decimal(0))
    assert summary.total.monthly == float(total)
    assert summary.total.yearly == float(total * 12)
    amounts = ["supplements", "single_dibao", "tekun", "grace"]
    dibao = frame.filter(pl.col("monthly_total").is_not_null())
    net = dibao["monthly_total"].sum() - sum(dibao[name].sum() for name in amounts)
    assert next(cost.monthly for cost in summary.programmes if cost.code == "dibao") == float(net)
    assert summary.total.undetermined == frame["monthly_total"].null_count()


@pytest.mark.parametrize("test", LINES)
def test_distances_place_each_household_on_its_side_of_the_line(
    result: RunResult, summary: Summary, test: str
) -> None:
    found: Distances = next(each for each in summary.distances if each.test == test)
    frame = result.results.tests
    names = (f"{test}.value", f"{test}.limit")
    if test in INCOME_LINES:
        frame, names = result.results.determinations, ("income_per_head", INCOME_LINES[test])
    assert sum(each.households for each in found.bins) + found.undetermined == frame.height
    known = frame.drop_nulls(names)
    value, limit = (known[name] for name in names)
    left = sum(each.households for each in found.bins if each.end is not None and each.end <= 0)
    if test == "rigid_share":
        shown = ((value - limit).cast(pl.Float64) * 100).round(2)
        assert left == (shown <= 0).sum()
    else:
        assert left == ((value <= limit) if test == "dibao_money" else (value < limit)).sum()


def test_missed_missing_and_changes_are_counts_of_rows(result: RunResult, summary: Summary) -> None:
    frame = result.results.determinations
    assert (
        sum(each.households for each in summary.missed) == (frame["missed"].cast(pl.String) != "none").sum()
    )
    asked = frame["missing"].drop_nulls().str.split(",").explode()
    assert sum(each.households for each in summary.missing) == len(asked)
    assert all(each.zh for each in summary.missing)
    assert sum(each.households for each in summary.changes) == frame.height
    new = next(each for each in summary.changes if each.code == "new")
    assert new.due_monthly == float(
        frame.filter(pl.col("change").cast(pl.String) == "new")["monthly_total"].sum()
    )
    assert summary.discretion.households == frame["discretionary"].sum()
    assert summary.discretion.households <= summary.discretion.may_rise + summary.discretion.may_fall


def test_villages_are_those_with_most_missed(result: RunResult, summary: Summary) -> None:
    frame = result.results.determinations
    assert summary.village_count == frame["village"].n_unique()
    assert [each.missed for each in summary.villages] == sorted(
        (each.missed for each in summary.villages), reverse=True
    )
    first = summary.villages[0]
    mine = frame.filter(pl.col("village") == first.name)
    assert first.households == mine.height
    assert first.missed == (mine["missed"].cast(pl.String) != "none").sum()


def test_the_file_holds_the_same(result: RunResult, summary: Summary) -> None:
    found = json.loads((result.out / "summary.json").read_text(encoding="utf-8"))
    assert found["region"] == {"code": "999901", "zh": "演示县"}
    assert found["date"] == "2026-08-01"
    expected = json.loads(json.dumps(summary.as_data()))
    assert {name: found[name] for name in expected} == expected
    assert found["counts"]["households"] == {
        "read": summary.households,
        "assessed": summary.households,
        "set_aside": 0,
    }
