"""A night is the same however it is read: whole and cut, chosen in the files, or block by block."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from doudi.monitoring import blocks
from doudi.monitoring.errors import MonitoringError
from doudi.monitoring.law import rules_of
from doudi.monitoring.opening import HEAD, read_before, read_head, read_night
from doudi.monitoring.sweep import sweep
from doudi.monitoring.tables import Tables
from tests.monitoring.county import FIRST, SECOND

Nights = dict[date, Tables]


@pytest.fixture
def folder(folders: dict[date, Path]) -> Path:
    return folders[SECOND]


def alike(one: Tables, other: Tables) -> None:
    for name in ("household", "person", "departed", "standing", "opened"):
        assert_frame_equal(getattr(one, name), getattr(other, name))
    for kind in ("items", "rows"):
        ours, theirs = getattr(one, kind), getattr(other, kind)
        assert ours.keys() == theirs.keys()
        for name, table in ours.items():
            assert_frame_equal(table, theirs[name])
    assert one.whole is other.whole


@pytest.mark.parametrize("chosen", [(0, 1, 0, 1), (1, 1, 1, 1), (0, 0, 0, 0)])
def test_chosen_households_are_read_as_they_would_be_cut(
    nights: Nights, folder: Path, chosen: tuple[int, ...]
) -> None:
    mask = np.array(chosen, np.bool_)
    alike(read_night(folder, mask), nights[SECOND].of(mask))


def test_a_run_of_households_is_cut_as_any_others(nights: Nights) -> None:
    alike(nights[SECOND].between(1, 3), nights[SECOND].of(np.array([False, True, True, False])))


def test_as_a_night_before_only_what_is_asked_for_is_read(nights: Nights, folder: Path) -> None:
    asked = rules_of(SECOND).of_the_night_before
    before = read_before(folder, asked)
    assert set(before.person.columns) == {
        "household",
        "person_id",
        *(asked & set(nights[SECOND].person.columns)),
    }
    assert not before.rows
    assert_frame_equal(sweep(nights[SECOND], before).table, sweep(nights[SECOND], nights[SECOND]).table)


def test_of_the_head_no_more_is_read_than_says_what_to_look_at(
    nights: Nights, folder: Path, tmp_path: Path
) -> None:
    assert_frame_equal(read_head(folder).household, nights[SECOND].household.select(HEAD))
    with pytest.raises(MonitoringError):
        read_head(tmp_path)


def test_block_by_block_the_same_is_found(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sweep(nights[SECOND], nights[FIRST])
    monkeypatch.setattr(blocks, "BLOCK", 1)
    parts = sweep(nights[SECOND], nights[FIRST])
    assert_frame_equal(parts.table, whole.table)
    assert parts.summary() == whole.summary()
    for one in whole.indicators:
        subjects = whole.ids[one.subject]
        assert parts.open_among(one.id, subjects).equals(whole.open_among(one.id, subjects)), one.id
