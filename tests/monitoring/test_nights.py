"""A warning is one case over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from doudi.monitoring.errors import MonitoringError
from doudi.monitoring.nights import DECISIONS, STATE, merge_nights, no_state, standing, tasks
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
from doudi.monitoring.warnings import Warnings
from tests.monitoring.county import FIRST, FOURTH, SECOND, THIRD
from tests.monitoring.test_sweep import silenced

Nights = dict[date, Tables]
DAYS = (FIRST, SECOND, THIRD, FOURTH)


@pytest.fixture(scope="module")
def swept(nights: Nights) -> dict[date, Warnings]:
    before = {day: nights[DAYS[place - 1]] if place else None for place, day in enumerate(DAYS)}
    return {day: sweep(nights[day], before[day]) for day in DAYS}


def after(swept: dict[date, Warnings], *days: date, decisions: pl.DataFrame | None = None) -> pl.DataFrame:
    state = no_state()
    for day in days:
        state = merge_nights(state, swept[day], decisions)
    return state


def of(state: pl.DataFrame, indicator: str, subject: str) -> dict[str, object]:
    (row,) = state.filter(pl.col("indicator") == indicator, pl.col("subject_id") == subject).to_dicts()
    return row


def decided(indicator: str, subject: str, until: date, on: date = FIRST) -> pl.DataFrame:
    row = (indicator, subject, "已核实，外地就读", "乡镇经办人", on, until)
    return pl.DataFrame([row], schema=dict(DECISIONS), orient="row")


def test_a_warning_is_raised_then_again_and_keeps_its_first_night(swept: dict[date, Warnings]) -> None:
    state = of(after(swept, FIRST, SECOND), "not_at_school", "p-girl")
    assert (state["state"], state["raised_on"], state["held_on"], state["nights"]) == (
        "again",
        FIRST,
        SECOND,
        2,
    )


def test_a_night_merged_twice_counts_once(swept: dict[date, Warnings]) -> None:
    assert_frame_equal(after(swept, FIRST, SECOND, SECOND), after(swept, FIRST, SECOND))
    assert_frame_equal(after(swept, FIRST, FIRST), after(swept, FIRST))
    assert_frame_equal(after(swept, *DAYS, FOURTH), after(swept, *DAYS))


def test_the_state_given_is_left_as_it_is(swept: dict[date, Warnings]) -> None:
    state = after(swept, FIRST)
    kept = state.clone()
    merge_nights(state, swept[SECOND])
    assert_frame_equal(state, kept)


def test_a_value_that_worsens_is_told(swept: dict[date, Warnings]) -> None:
    third = of(after(swept, FIRST, SECOND, THIRD), "resident_medical_cost", "p-zhao")
    fourth = of(after(swept, *DAYS), "resident_medical_cost", "p-zhao")
    assert (third["state"], third["worst"]) == ("again", 50_001_00)
    assert (fourth["state"], fourth["worst"], fourth["nights"]) == ("worsened", 55_001_00, 3)


def test_a_change_stands_for_its_days_and_then_is_gone(swept: dict[date, Warnings]) -> None:
    state = after(swept, FIRST, SECOND, THIRD)
    assert of(state, "member_died", "p-wang")["state"] == "stands"
    assert of(state, "member_died", "p-wang")["nights"] == 1
    later = replace(swept[FOURTH], day=date(2026, 10, 20))
    assert of(merge_nights(state, later), "member_died", "p-wang")["state"] == "stands"
    later = replace(swept[FOURTH], day=date(2026, 10, 21))
    gone = of(merge_nights(state, later), "member_died", "p-wang")
    assert (gone["state"], gone["gone_on"]) == ("gone", date(2026, 10, 21))


def without(tonight: Warnings, indicator: str) -> Warnings:
    return replace(tonight, table=tonight.table.filter(pl.col("indicator") != indicator))


def test_what_does_not_hold_any_more_is_gone_and_may_come_back(swept: dict[date, Warnings]) -> None:
    state = merge_nights(after(swept, FIRST), without(swept[SECOND], "not_at_school"))
    gone = of(state, "not_at_school", "p-girl")
    assert (gone["state"], gone["gone_on"]) == ("gone", SECOND)
    again = of(merge_nights(state, swept[THIRD]), "not_at_school", "p-girl")
    assert (again["state"], again["raised_on"], again["spells"], again["gone_on"]) == (
        "raised",
        THIRD,
        2,
        None,
    )


def test_what_is_gone_stays_gone(swept: dict[date, Warnings]) -> None:
    state = merge_nights(after(swept, FIRST), without(swept[SECOND], "not_at_school"))
    state = merge_nights(state, without(swept[THIRD], "not_at_school"))
    assert of(state, "not_at_school", "p-girl")["gone_on"] == SECOND


def test_a_silent_feed_makes_nothing_go_away(nights: Nights, swept: dict[date, Warnings]) -> None:
    late = sweep(silenced(nights[SECOND], "enrolment"), nights[FIRST])
    state = merge_nights(after(swept, FIRST), late)
    row = of(state, "not_at_school", "p-girl")
    assert (row["state"], row["held_on"], row["nights"]) == ("unjudged", FIRST, 1)
    assert of(merge_nights(state, swept[THIRD]), "not_at_school", "p-girl")["state"] == "again"


def test_an_indicator_that_was_not_judged_makes_nothing_go_away(
    nights: Nights, swept: dict[date, Warnings]
) -> None:
    other = sweep(nights[SECOND], nights[FIRST], indicators=["turns_seventy"])
    state = merge_nights(after(swept, FIRST), other)
    assert of(state, "not_at_school", "p-girl")["state"] == "unjudged"


def some(nights: Nights, day: date, before: date, homes: set[str]) -> Warnings:
    """The sweep of some households alone."""
    tonight, earlier = (
        nights[each].of(nights[each].household["household_id"].is_in(sorted(homes)).to_numpy())
        for each in (day, before)
    )
    return sweep(tonight, earlier)


def test_of_households_that_nobody_looked_at_what_held_holds(
    nights: Nights, swept: dict[date, Warnings]
) -> None:
    part = some(nights, SECOND, FIRST, {"h-wang", "h-zhao"})
    state = merge_nights(after(swept, FIRST), part)
    row = of(state, "not_at_school", "p-girl")
    assert (row["state"], row["held_on"], row["nights"]) == ("again", SECOND, 2)
    assert of(state, "resident_medical_cost", "p-zhao")["state"] == "raised"
    assert_frame_equal(merge_nights(state, part), state)


def test_a_change_is_over_after_its_days_beside_households_that_nobody_looked_at(
    nights: Nights, swept: dict[date, Warnings]
) -> None:
    part = some(nights, THIRD, SECOND, {"h-wang"})
    state = merge_nights(after(swept, FIRST, SECOND), part)
    assert of(state, "member_died", "p-wang")["state"] == "stands"
    later = merge_nights(state, replace(part, day=date(2026, 12, 1)))
    assert of(later, "member_died", "p-wang")["state"] == "gone"
    assert of(later, "not_at_school", "p-girl")["state"] == "again"


def test_a_standing_decision_holds_a_warning_back_until_its_last_day(swept: dict[date, Warnings]) -> None:
    decisions = decided("not_at_school", "p-girl", SECOND)
    state = after(swept, FIRST, SECOND, decisions=decisions)
    row = of(state, "not_at_school", "p-girl")
    assert (row["state"], row["held_back_until"], row["reason"], row["decided_by"]) == (
        "again", SECOND, "已核实，外地就读", "乡镇经办人",
    )  # fmt: skip
    assert "h-zhou" not in set(tasks(state, swept[SECOND])["household_id"])
    state = merge_nights(state, swept[THIRD], decisions)
    assert of(state, "not_at_school", "p-girl")["held_back_until"] is None
    assert "h-zhou" in set(tasks(state, swept[THIRD])["household_id"])


def test_a_decision_may_be_about_all_warnings_of_a_household(swept: dict[date, Warnings]) -> None:
    state = after(swept, FIRST, SECOND, decisions=decided("*", "h-wang", SECOND))
    held = state.filter(pl.col("held_back_until").is_not_null())
    assert set(held["household_id"]) == {"h-wang"}
    assert held.height == state.filter(pl.col("household_id") == "h-wang").height
    assert "h-wang" not in set(standing(state)["household_id"])


def test_a_decision_of_a_later_day_does_not_count_yet(swept: dict[date, Warnings]) -> None:
    state = after(swept, FIRST, decisions=decided("*", "p-girl", FOURTH, on=SECOND))
    assert of(state, "not_at_school", "p-girl")["held_back_until"] is None


def test_times_to_respond_run_from_the_night_on_which_a_warning_was_raised(
    swept: dict[date, Warnings],
) -> None:
    rows = {row["household_id"]: row for row in tasks(after(swept, *DAYS), swept[FOURTH]).to_dicts()}
    assert rows["h-zhao"]["respond_by"].date() == date(2026, 7, 23)


def test_an_earlier_night_is_refused(swept: dict[date, Warnings]) -> None:
    with pytest.raises(MonitoringError):
        merge_nights(after(swept, SECOND), swept[FIRST])


def test_a_state_has_its_columns_and_each_warning_once(swept: dict[date, Warnings]) -> None:
    state = after(swept, *DAYS)
    assert state.schema == pl.Schema(STATE)
    assert state.select("indicator", "subject", "subject_id").is_duplicated().sum() == 0
