"""The nights of a village: what is warned of on the night on which it becomes visible, and what is told of silent feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from doudi.monitoring.judged import Judged
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
from doudi.rules.errors import LawError, ParameterError
from tests.monitoring.county import FIRST, FOURTH, SECOND, THIRD

Nights = dict[date, Tables]


def raised(nights: Nights, night: date, before: date | None, **how: object) -> set[tuple[str, str]]:
    found = sweep(nights[night], None if before is None else nights[before], **how)  # type: ignore[arg-type]
    return set(found.table.select("indicator", "subject_id").iter_rows())


def silenced(night: Tables, feed: str, **state: object) -> Tables:
    """The same night on which a feed is late, or otherwise than it was."""
    reach = {**night.page["reach"], feed: {**night.page["reach"][feed], **(state or {"state": "late"})}}
    return replace(night, page={**night.page, "reach": reach})


def test_fifty_thousand_and_one_is_warned_of_on_the_night_the_bill_comes(nights: Nights) -> None:
    warning = ("resident_medical_cost", "p-zhao")
    assert warning not in raised(nights, FIRST, None)
    assert warning in raised(nights, SECOND, FIRST)
    (row,) = sweep(nights[SECOND], nights[FIRST]).table.filter(pl.col("indicator") == warning[0]).to_dicts()
    assert (row["value"], row["limit"], row["level"]) == (50_001_00, 50_000_00, "red")
    assert (row["household_id"], row["village"]) == ("h-zhao", "柳河村")


def test_a_month_before_seventy_the_clerk_is_told(nights: Nights) -> None:
    assert ("turns_seventy", "p-chen") in raised(nights, FIRST, None)


def test_a_death_that_is_told_three_times_is_one_warning_on_the_first_night(nights: Nights) -> None:
    warning = ("member_died", "p-wang")
    assert warning in raised(nights, SECOND, FIRST)
    assert warning not in raised(nights, THIRD, SECOND)
    assert warning not in raised(nights, FOURTH, THIRD)
    assert ("paid_after_death", "h-wang") in raised(nights, SECOND, FIRST)


def test_nobody_has_changed_on_the_first_night_of_all(nights: Nights) -> None:
    assert ("member_died", "p-wang") not in raised(nights, SECOND, None)


def test_a_night_that_was_left_out_is_caught_up_with(nights: Nights) -> None:
    assert ("member_died", "p-wang") in raised(nights, FOURTH, FIRST)


def test_a_child_on_no_list_is_not_told_of_while_the_list_is_late(nights: Nights) -> None:
    assert ("not_at_school", "p-girl") in raised(nights, FIRST, None)
    late = {**nights, FIRST: silenced(nights[FIRST], "enrolment")}
    found = sweep(late[FIRST], None)
    outcome = found.outcomes["not_at_school"]
    assert not len(outcome.places)
    assert (outcome.judged, outcome.feeds) == (Judged.IN_PART, ("enrolment",))
    assert outcome.missing == {"enrolment_may_be_more": 1}
    assert found.open_among("not_at_school", pl.Series(["p-girl", "p-boy"])).to_list() == [True, False]


def test_what_came_from_a_late_feed_still_counts(nights: Nights) -> None:
    late = {SECOND: silenced(nights[SECOND], "medical_settlement"), FIRST: nights[FIRST]}
    assert ("resident_medical_cost", "p-zhao") in raised(late, SECOND, FIRST)
    outcome = sweep(late[SECOND], late[FIRST]).outcomes["resident_medical_cost"]
    assert outcome.open == len(nights[SECOND].person) - 1


def test_a_feed_that_does_not_reach_back_far_enough_does_not_answer(nights: Nights) -> None:
    short = silenced(nights[FIRST], "medical_settlement", months=11)
    assert sweep(short, None).outcomes["resident_medical_cost"].judged is Judged.IN_PART
    assert sweep(nights[FIRST], None).outcomes["resident_medical_cost"].judged is Judged.YES


def test_departures_are_not_read_as_none_while_a_feed_that_tells_of_them_is_silent(nights: Nights) -> None:
    outcome = sweep(nights[SECOND], nights[FIRST]).outcomes["member_died"]
    assert (outcome.judged, outcome.feeds) == (Judged.IN_PART, ("cremation",))
    assert sweep(nights[FOURTH], nights[THIRD]).outcomes["member_died"].judged is Judged.YES


def test_the_summary_names_silent_feeds_with_their_age(nights: Nights) -> None:
    late = silenced(nights[FIRST], "enrolment")
    told = {one["feed"]: one for one in sweep(late, None).summary()["not_judged"]}
    assert (told["enrolment"]["state"], told["enrolment"]["newest"], told["enrolment"]["age"]) == (
        "late",
        "2026-H1",
        21,
    )
    assert (told["tax"]["state"], told["tax"]["age"]) == ("never", None)
    assert "medical_settlement" not in told


def test_what_nobody_tells_as_received_is_not_judged(nights: Nights) -> None:
    found = sweep(nights[FIRST], None)
    assert found.outcomes["missed_heating_allowance"].judged is Judged.NOT
    assert found.outcomes["missed_age_allowance"].judged is Judged.NOT
    assert found.outcomes["missed_age_allowance"].feeds == ("elder_allowances",)
    assert found.outcomes["missed_disability_living"].judged is Judged.YES


def test_counts_of_the_summary_are_those_of_the_table(nights: Nights) -> None:
    found = sweep(nights[SECOND], nights[FIRST])
    summary = found.summary()
    assert (
        sum(one["raised"] for one in summary["indicators"].values())
        == summary["warnings"]
        == found.table.height
    )
    assert sum(summary["levels"].values()) == found.table.height
    assert summary["tasks"] == found.tasks().height


def test_a_household_is_one_task_with_the_gravest_level_and_the_earliest_time(nights: Nights) -> None:
    found = sweep(nights[SECOND], nights[FIRST])
    tasks = {row["household_id"]: row for row in found.tasks().to_dicts()}
    one = tasks["h-wang"]
    assert (one["level"], one["indicators"][0]) == ("red", "paid_after_death")
    assert set(one["indicators"]) >= {"paid_after_death", "member_died", "certificate_ends"}
    assert one["warnings"] == found.table.filter(pl.col("household_id") == "h-wang").height
    assert tasks["h-zhao"]["respond_by"] == datetime(2026, 7, 23, 23, 30)
    assert found.tasks()["household_id"][0] == "h-zhao"


def test_a_threshold_may_be_set_otherwise(nights: Nights) -> None:
    settings = {"watch.medical.resident": "19999.99"}
    assert ("resident_medical_cost", "p-zhao") in raised(nights, FIRST, None, settings=settings)
    with pytest.raises(ParameterError):
        sweep(nights[FIRST], None, settings={"watch.medical.residents": "1"})


OVERLAY = """\
region: '999901'
zh: 演示县
en: Demonstration County
level: county
parameters:
  watch.medical.resident:
    - {from: 2026-01-01, until: 2026-07-21, value: 15000, reference: demo-rules, verified: false}
    - {from: 2026-07-22, value: 60000, reference: demo-rules, verified: false}
"""


def test_a_place_may_have_lines_of_its_own_from_a_day_on(nights: Nights, tmp_path: Path) -> None:
    overlay = tmp_path / "999901-county.yaml"
    overlay.write_text(OVERLAY, "utf-8")
    warning = ("resident_medical_cost", "p-zhao")
    assert warning in raised(nights, FIRST, None, overlay=overlay)
    assert warning not in raised(nights, SECOND, FIRST, overlay=overlay)


def test_only_some_indicators_may_be_judged(nights: Nights) -> None:
    found = sweep(nights[FIRST], None, indicators=["D-01"])
    assert [one.id for one in found.indicators] == ["turns_seventy"]
    assert set(found.table["indicator"]) == {"turns_seventy"}
    with pytest.raises(LawError):
        sweep(nights[FIRST], None, indicators=["no such"])
