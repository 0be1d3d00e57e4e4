"""Id numbers as they come: cleaned, 15 digits made 18, check digit and birth date verified, lost digits recognised.

The place of birth in the first six digits is never judged: numbers keep the code of the place and the time of issue.
GB 11643: the check digit is (12 - sum of digit times weight mod 11) mod 11, with X for 10.
"""

from __future__ import annotations

import polars as pl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
KNOWN_DIGITS = 15
"""Digits that a spreadsheet keeps of a long number."""
EARLIEST_YEAR = 1880
LATEST_YEAR = 2100
_CHECK_DIGITS = "0123456789X"


def check_digit(first: pl.Expr) -> pl.Expr:
    """The check digit that belongs to the first 17 digits (text); null where these are not 17 digits."""
    number = first.cast(pl.Int64, strict=False)
    total = pl.sum_horizontal(
        (number // 10 ** (16 - place) % 10) * weight for place, weight in enumerate(WEIGHTS)
    )
    value = (12 - total % 11) % 11
    digit = pl.when(value == 10).then(pl.lit("X")).otherwise(value.cast(pl.String))
    return pl.when(first.str.contains(r"^\d{17}$")).then(digit)


def birth_date(digits: pl.Expr) -> pl.Expr:
    """Eight digits as a date; null where there is no such day or nobody alive was born on it."""
    day = digits.str.to_date("%Y%m%d", strict=False)
    return pl.when(day.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR)).then(day)


def with_ids(table: pl.DataFrame, column: str = "id_number") -> pl.DataFrame:
    """Add what is known of the id number in ``column`` (text):

    - ``id``: 18 characters, 15 digits upgraded; null where there are none, where all digits are alike, or digits are lost;
    - ``id_verified``: check digit and birth date are right;
    - ``id_known``: the first 15 digits, also where a spreadsheet lost the rest;
    - ``id_born``: the birth date in it; ``id_year``, ``id_day``, ``id_tail``: the parts by which near numbers are found.
    """
    text = (
        pl.col(column)
        .cast(pl.String)
        .str.normalize("NFKC")
        .str.to_uppercase()
        .str.replace_all(r"[^0-9X.E+]", "")
    )
    table = table.with_columns(id_text=text).with_columns(
        _upgraded=_upgraded(pl.col("id_text")), _mantissa=_mantissa(pl.col("id_text"))
    )
    whole = pl.col("id_text").str.contains(r"^\d{17}[\dX]$") & ~_all_alike(pl.col("id_text"))
    table = table.with_columns(
        id=pl.when(whole).then(pl.col("id_text")).otherwise(pl.col("_upgraded")),
    ).with_columns(_right=check_digit(pl.col("id").str.head(17)) == pl.col("id").str.tail(1))
    lost = ~pl.col("_right") & pl.col("id").str.ends_with("000")
    known = pl.when(pl.col("_mantissa").is_not_null()).then(pl.col("_mantissa")).otherwise(pl.col("id"))
    table = table.with_columns(
        id_known=known.str.head(KNOWN_DIGITS), id=pl.when(lost).then(None).otherwise(pl.col("id"))
    ).with_columns(id_born=birth_date(pl.col("id_known").str.slice(6, 8)))
    return table.with_columns(
        id_verified=(
            pl.col("_right") & pl.col("id_born").is_not_null() & pl.col("id").is_not_null()
        ).fill_null(False),
        id_year=pl.col("id").str.slice(6, 4),
        id_day=pl.col("id").str.slice(10, 4),
        id_tail=pl.col("id").str.tail(4),
    ).drop("id_text", "_upgraded", "_mantissa", "_right")


def sex_of_id() -> pl.Expr:
    """The sex that a verified id number tells: its 17th digit is odd for men."""
    odd = pl.col("id").str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1
    return pl.when(pl.col("id_verified")).then(pl.when(odd).then(pl.lit("male")).otherwise(pl.lit("female")))


def _upgraded(text: pl.Expr) -> pl.Expr:
    """Fifteen digits with a possible date as eighteen; such numbers belong to people born from 1900 to 1999."""
    first = text.str.head(6) + "19" + text.str.tail(9)
    possible = (
        text.str.contains(r"^\d{15}$") & ~_all_alike(text) & birth_date(first.str.slice(6, 8)).is_not_null()
    )
    return pl.when(possible).then(first + check_digit(first))


def _mantissa(text: pl.Expr) -> pl.Expr:
    """The digits that remain of a number in scientific notation, if at least fifteen do."""
    digits = text.str.extract(r"^(\d\.\d+)E\+?17$").str.replace(".", "", literal=True)
    return pl.when(digits.str.len_chars() >= KNOWN_DIGITS).then(digits)


def _all_alike(text: pl.Expr) -> pl.Expr:
    return text.str.contains("|".join(f"^{digit}+$" for digit in range(10)))
