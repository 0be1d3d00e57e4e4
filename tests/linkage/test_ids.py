"""Id numbers as they come."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from doudi.linkage.ids import with_ids
from tests.linkage.people import an_id, with_wrong_digit

BORN = date(1955, 3, 7)
RIGHT = an_id(BORN, 123)


def known(number: str | None) -> dict[str, object]:
    return with_ids(pl.DataFrame({"id_number": [number]}, schema={"id_number": pl.String})).row(0, named=True)


def test_the_example_of_the_standard_is_verified() -> None:
    assert known("11010519491231002X")["id_verified"] is True


def test_a_wrong_digit_anywhere_is_seen() -> None:
    assert not any(known(with_wrong_digit(RIGHT, place))["id_verified"] for place in range(17))


@pytest.mark.parametrize("place", range(16))
def test_neighbours_that_changed_places_are_seen(place: int) -> None:
    swapped = RIGHT[:place] + RIGHT[place + 1] + RIGHT[place] + RIGHT[place + 2 :]
    assert swapped == RIGHT or not known(swapped)["id_verified"]


def test_fifteen_digits_become_eighteen() -> None:
    found = known(RIGHT[:6] + RIGHT[8:17])
    assert (found["id"], found["id_verified"], found["id_born"]) == (RIGHT, True, BORN)


def test_the_place_of_birth_is_never_judged() -> None:
    assert known(RIGHT)["id_verified"]
    assert known(RIGHT)["id_born"] == BORN


@pytest.mark.parametrize(
    "written",
    [
        f" {RIGHT} ",
        f"'{RIGHT}",
        RIGHT.lower(),
        "".join(chr(ord(sign) + 0xFEE0) for sign in RIGHT),
        f"{RIGHT[:6]} {RIGHT[6:14]} {RIGHT[14:]}",
    ],
)
def test_ways_of_writing_do_not_matter(written: str) -> None:
    assert known(written)["id"] == RIGHT


@pytest.mark.parametrize("lost", [RIGHT[:15] + "000", f"{RIGHT[0]}.{RIGHT[1:15]}E+17"])
def test_digits_that_a_spreadsheet_lost(lost: str) -> None:
    found = known(lost)
    assert (found["id"], found["id_known"], found["id_born"]) == (None, RIGHT[:15], BORN)


@pytest.mark.parametrize("nothing", [None, "", "无", "000000000000000000", "111111111111111", "12345", "X"])
def test_what_is_no_number_is_unknown(nothing: str | None) -> None:
    found = known(nothing)
    assert (found["id"], found["id_verified"]) == (None, False)


def test_a_day_that_does_not_exist_is_not_verified() -> None:
    first = "99990119550231123"
    from doudi.linkage.ids import WEIGHTS

    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    assert not known(first + "0123456789X"[(12 - total % 11) % 11])["id_verified"]
