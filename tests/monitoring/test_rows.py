"""Rows of departments as rules see them, and how far feeds answer."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from doudi.facts.vocabulary import Vocabulary
from doudi.feeds import contracts
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.law import rules_of
from doudi.monitoring.night import days_between
from doudi.monitoring.night_columns import days_since
from doudi.monitoring.places import places_of
from doudi.monitoring.reach import Reach, reach_of, silent
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.words import DEPARTED_DOUBT, NEVER, always

TODAY = 20260801


def reach(feed: str, state: str = "fresh", months: int = 12) -> Reach:
    return Reach(feed, state, "2026-06", months, (), 0)


def every(**changed: Reach) -> dict[str, Reach]:
    return {**{name: reach(name) for name in contracts()}, **changed}


def test_every_feed_that_may_be_monitored_is_an_entity() -> None:
    feeds = {rows.contract.name for rows in rows_of_feeds().values()}
    assert feeds == {name for name, made in contracts().items() if not made.check_only}


def test_no_value_of_a_row_is_called_like_a_fact_or_a_rule() -> None:
    facts = Vocabulary.load().facts.keys()
    rules = rules_of(date(2026, 8, 1)).base.variables.keys()
    names = always().keys()
    assert not names & facts
    assert not names & rules


def test_nothing_that_names_a_person_is_a_value_of_a_row() -> None:
    told = {one.field.type for rows in rows_of_feeds().values() for one in rows.told.values()}
    assert not told & {"id_number", "name", "phone", "text", "identifier"}


@pytest.mark.parametrize("day", [20260801, 20260731, 20240229, 19500101, 20270301, 18900101, 20991231])
def test_days_since_a_date_are_counted_alike_for_one_and_for_many(day: int) -> None:
    alone = days_between(day, TODAY)
    assert days_since(np.array([day]), TODAY).tolist() == [alone]
    assert alone == (date(2026, 8, 1) - date(day // 10_000, day // 100 % 100, day % 100)).days


def test_a_date_that_is_none_is_never() -> None:
    assert days_between(0, TODAY) == NEVER == days_since(np.array([0]), TODAY)[0]
    assert days_between(None, TODAY) is None


def test_places_are_found_by_id_in_any_order() -> None:
    earlier = pl.Series(["c", "a", "b"])
    assert places_of(pl.Series(["a", "x", "c"]), earlier).tolist() == [1, -1, 0]
    assert places_of(earlier, earlier).tolist() == [0, 1, 2]
    assert places_of(earlier, None).tolist() == [-1, -1, -1]
    assert places_of(pl.Series([], dtype=pl.String), earlier).tolist() == []


def test_a_feed_answers_as_far_back_as_an_indicator_asks() -> None:
    one = catalogue().indicator("resident_medical_cost")
    assert silent(every(), [one]) == frozenset()
    assert silent(every(medical_settlement=reach("medical_settlement", months=11)), [one]) == {
        "medical_settlement_may_be_more"
    }
    assert silent(every(medical_settlement=reach("medical_settlement", months=11)), []) == frozenset()


def test_a_feed_of_departures_that_is_late_leaves_departures_open() -> None:
    assert DEPARTED_DOUBT in silent(every(deaths=reach("deaths", "late")), [])
    assert DEPARTED_DOUBT not in silent(every(tax=reach("tax", "late")), [])


def test_a_feed_of_which_nothing_is_said_does_not_answer() -> None:
    known = every()
    del known["enrolment"]
    assert silent(known, []) == {"enrolment_may_be_more"}


def test_how_far_a_feed_reaches_is_counted_from_what_came() -> None:
    feed = {
        "state": "fresh",
        "newest": "2026-06",
        "from": "2026-02",
        "whole": True,
        "missing": [],
        "named": {"person": {"review": 2}},
    }
    found = reach_of(
        {"feeds": {"deaths": feed, "tax": {**feed, "whole": False}, "vehicles": {**feed, "from": "2026-06"}}}
    )
    assert (found["deaths"].months, found["deaths"].review) == (5, 2)
    assert found["tax"].months == 0
    assert found["vehicles"].months == 12
    assert found["deaths"].age(date(2026, 7, 16)) == 16
    assert Reach("tax", "never", "", 0, (), 0).age(date(2026, 7, 16)) is None
