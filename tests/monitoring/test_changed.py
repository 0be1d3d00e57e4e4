"""Looking only at households of which something may be found otherwise comes to the same state as looking at all, night by night."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from shutil import copytree

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from doudi.monitoring import run
from doudi.monitoring.changed import to_look_at
from doudi.monitoring.digest import digests
from doudi.monitoring.nights import merge_nights, no_state
from doudi.monitoring.opening import HEAD, Head
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
from doudi.monitoring.waking import wakes
from tests.monitoring.county import FIRST, FOURTH, REGION, SECOND, THIRD, Village
from tests.monitoring.test_sweep import silenced

Nights = dict[date, Tables]
DAYS = (FIRST, SECOND, THIRD, FOURTH)


def head(night: Tables) -> Head:
    return Head(dict(night.page), night.household.select(HEAD))


def looked_at(today: Tables, before: Tables, earlier: Tables) -> set[str] | None:
    chosen = to_look_at(head(today), head(before), head(earlier))
    return None if chosen is None else set(today.household["household_id"].filter(pl.Series(chosen[0])))


def part(today: Tables, before: Tables, earlier: Tables) -> tuple[Tables, Tables]:
    chosen = to_look_at(head(today), head(before), head(earlier))
    return (today, before) if chosen is None else (today.of(chosen[0]), before.of(chosen[1]))


def test_who_changed_tonight_or_the_night_before_is_looked_at(nights: Nights) -> None:
    assert looked_at(nights[SECOND], nights[FIRST], nights[FIRST]) == {"h-wang", "h-zhao"}
    assert looked_at(_on(nights[SECOND], THIRD), nights[SECOND], nights[FIRST]) == {"h-wang", "h-zhao"}
    assert looked_at(_on(nights[SECOND], THIRD), nights[SECOND], nights[SECOND]) == set()
    assert looked_at(nights[FOURTH], nights[THIRD], nights[SECOND]) == {"h-zhao"}


def test_all_are_looked_at_when_a_feed_begins_or_ceases_to_answer(nights: Nights) -> None:
    assert looked_at(nights[THIRD], nights[SECOND], nights[SECOND]) is None, (
        "cremation answers for the first time"
    )
    late = silenced(nights[FOURTH], "enrolment")
    assert looked_at(late, nights[THIRD], nights[THIRD]) is None


def test_all_are_looked_at_under_another_law_and_after_a_night_left_out(nights: Nights) -> None:
    page = nights[FOURTH].page
    other = replace(nights[FOURTH], page={**page, "stamp": {**page["stamp"], "watched_by": "another"}})
    assert looked_at(other, nights[THIRD], nights[THIRD]) is None
    assert looked_at(_on(nights[SECOND], FOURTH), nights[SECOND], nights[SECOND]) is None


@pytest.mark.parametrize(
    ("born", "woken"), [(date(1956, 9, 20), True), (date(1956, 10, 1), False), (date(1956, 8, 20), True)]
)
def test_who_turns_seventy_in_one_month_wakes_on_the_first_of_the_month(
    nights: Nights, born: date, woken: bool
) -> None:
    """Nothing of Chen changes; on the first of August she is, or is no longer, told of."""
    night = _on(_born(nights[FIRST], born), date(2026, 7, 31))
    row = wakes(night).filter(night.household["household_id"] == "h-chen")
    assert row.to_list() == [woken]


def test_a_certificate_that_comes_within_its_notice_is_told_of_though_nothing_changed(nights: Nights) -> None:
    """It ends on the tenth of September; sixty days before is the twelfth of July."""
    eve, day = (_again(_on(nights[FIRST], date(2026, 7, day))) for day in (11, 12))
    assert looked_at(day, eve, eve) == {"h-wang"}
    found = sweep(*part(day, eve, eve))
    assert set(found.table.filter(pl.col("indicator") == "certificate_ends")["subject_id"]) == {"p-li"}


def test_what_was_told_of_a_household_that_is_not_there_any_more_is_gone(nights: Nights) -> None:
    """All of the Zhous, and so their home, are not in the register of the next night."""
    before = _on(nights[FIRST], date(2026, 7, 20))
    kept = nights[FIRST].household["household_id"] != "h-zhou"
    today = replace(nights[FIRST].of(kept.to_numpy()), whole=True)
    chosen = to_look_at(head(today), head(before), head(before))
    assert chosen is not None
    found = sweep(today.of(chosen[0]), before.of(chosen[1]))
    state = merge_nights(merge_nights(no_state(), sweep(before, None)), found)
    rows = state.filter(pl.col("household_id") == "h-zhou")
    assert rows.height
    assert set(rows["state"]) == {"gone"}


def _on(night: Tables, day: date) -> Tables:
    return replace(night, page={**night.page, "day": day.isoformat()})


def _again(night: Tables) -> Tables:
    """The night with what it says of each household made anew."""
    places = (
        night.person.select("person_id").with_row_index("place").with_columns(pl.col("place").cast(pl.Int32))
    )
    return replace(night, household=night.household.with_columns(digests(night, places), wakes(night)))


def _born(night: Tables, day: date) -> Tables:
    number = day.year * 10_000 + day.month * 100 + day.day
    chen = pl.col("person_id") == "p-chen"
    born = pl.when(chen).then(number).otherwise("born").cast(night.person.schema["born"]).alias("born")
    return replace(night, person=night.person.with_columns(born))


def _moved(night: Tables, chance: Random) -> Tables:
    """The night on which something of one person is otherwise: birth, a bill, a certificate, aid."""
    place = chance.randrange(night.person.height)
    born = chance.choice([19560801, 19560901, 19461001, 20080815, 20100801])
    person = night.person.with_columns(
        pl.when(pl.int_range(pl.len()) == place)
        .then(born)
        .otherwise("born")
        .cast(night.person.schema["born"])
        .alias("born"),
        pl.when(pl.int_range(pl.len()) == place)
        .then(~pl.col("receives_dibao"))
        .otherwise("receives_dibao")
        .alias("receives_dibao"),
    )
    bills = night.rows["medical_settlement"]
    day = chance.choice([20250728, 20250729, 20250730, 20260601])
    settled = (
        pl.lit(day).cast(bills.schema["medical_settlement_settled_on"]).alias("medical_settlement_settled_on")
    )
    one = pl.int_range(pl.len()) == chance.randrange(max(1, bills.height))
    bills = bills.with_columns(
        pl.when(one)
        .then(settled)
        .otherwise("medical_settlement_settled_on")
        .alias("medical_settlement_settled_on")
    )
    return replace(night, person=person, rows={**night.rows, "medical_settlement": bills})


@pytest.mark.parametrize("seed", [1, 2])
def test_night_by_night_the_state_is_that_of_looking_at_all(nights: Nights, seed: int) -> None:
    chance = Random(seed)
    night, made = nights[SECOND], list[Tables]()
    for place in range(6):
        day = date(2026, 7, 27) + timedelta(days=place)
        night = _again(_on(_moved(night, chance) if place in (1, 2, 4) else night, day))
        made.append(night)
    assert_frame_equal(_state(made, some=True), _state(made, some=False))


def _state(nights: Sequence[Tables], *, some: bool) -> pl.DataFrame:
    """The state after all nights, the first two of which are looked at whole."""
    state = no_state()
    for place, night in enumerate(nights):
        before = nights[place - 1] if place else None
        pair = part(night, nights[place - 1], nights[place - 2]) if some and place > 1 else (night, before)
        state = merge_nights(state, sweep(*pair))
    return state


def test_a_county_is_watched_alike_either_way(village: Village, tmp_path: Path) -> None:
    states = []
    for some in (False, True):
        out = tmp_path / str(some)
        if some:
            copytree(tmp_path / str(False) / run.NIGHTS, out / run.NIGHTS)
        for place, day in enumerate(DAYS):
            before = village.of(DAYS[place - 1]) if place else None
            night = run.watch(village.of(day), before, village.store, REGION, out, changed_only=some)
        assert night.summary["changed_only"] is some
        states.append(night.state)
    assert_frame_equal(states[0], states[1])
