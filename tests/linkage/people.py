"""A few made-up people and rows about them; id numbers have a county code that no place has."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from doudi.linkage.ids import WEIGHTS

_TEXTS = {"id_number": pl.String, "name": pl.String, "sex": pl.String, "born": pl.Date, "village": pl.String}
PERSON = {"person_id": pl.String, "household_id": pl.String, **_TEXTS}
ROW = {"row_id": pl.String, **_TEXTS}


def an_id(born: date, serial: int) -> str:
    """A right id number; an odd serial is a man's."""
    first = f"999901{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "0123456789X"[(12 - total % 11) % 11]


def with_wrong_digit(number: str, place: int = 15) -> str:
    """The number with one digit changed."""
    return number[:place] + str((int(number[place]) + 3) % 10) + number[place + 1 :]


def person(key: str, name: str, born: date, serial: int, **more: Any) -> dict[str, Any]:
    """A person of whom everything is known."""
    return {
        "person_id": key, "household_id": more.get("household_id", f"h-{key}"), "id_number": an_id(born, serial), "name": name,
        "sex": "male" if serial % 2 else "female", "born": born, "village": more.get("village", "柳林镇石桥村"),
    }  # fmt: skip


def row_about(someone: dict[str, Any], key: str, **changed: Any) -> dict[str, Any]:
    """A row that says all that is known of a person, but for what is changed."""
    return {"row_id": key, **{name: someone[name] for name in _TEXTS}, **changed}


LI = person("li", "王晓莉", date(1962, 3, 14), 204)
DAN = person("dan", "单志强", date(1958, 11, 2), 133)
ZENG = person("zeng", "曾桂兰", date(1949, 7, 21), 48, village="柳林镇清泉村")
CHEN = person("chen", "陈建国", date(1971, 1, 30), 15)
MAI = person("mai", "麦麦提·吐尔逊", date(1980, 5, 5), 77)
ALL = (LI, DAN, ZENG, CHEN, MAI)


def persons(*people: dict[str, Any]) -> pl.DataFrame:
    """A table of persons; all of the above if none is named."""
    return pl.DataFrame(list(people or ALL), schema=PERSON)


def rows(*about: dict[str, Any]) -> pl.DataFrame:
    """A table of rows."""
    return pl.DataFrame(list(about), schema=ROW)
