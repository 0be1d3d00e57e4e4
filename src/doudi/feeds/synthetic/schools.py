"""What the education department knows: who is on the roll of which school."""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.feeds.synthetic.county import County, within

_YEARS = {
    "kindergarten": 3, "primary": 6, "junior": 3, "senior": 3, "vocational_secondary": 3, "higher_vocational": 3,
    "bachelor": 4, "postgraduate": 3,
}  # fmt: skip
_STARTS = {
    "kindergarten": 3, "primary": 6, "junior": 12, "senior": 15, "vocational_secondary": 15, "higher_vocational": 18,
    "bachelor": 18, "postgraduate": 22,
}  # fmt: skip
_NUMERALS = "一二三四五六"


def enrolment(county: County, day: date) -> pl.DataFrame:
    """Pupils and students with a number, at the day on which the roll is taken."""
    rows = county.world["studies"].filter(pl.col("student_number").is_not_null() & within(day))
    rows = rows.sort("person_id", "since", nulls_last=False).unique(
        "student_number", keep="last", maintain_order=True
    )
    rows = rows.join(county.persons.select("person_id", "sex", "born"), on="person_id", how="left")
    autumn = day.year if day.month >= 9 else day.year - 1
    age = pl.lit(autumn) - pl.col("born").dt.year() - (pl.col("born").dt.month() > 8).cast(pl.Int32)
    years = pl.col("study").replace_strict(_YEARS)
    year = (age - pl.col("study").replace_strict(_STARTS)).clip(0, years - 1)
    words = {place: f"{numeral}年级" for place, numeral in enumerate(_NUMERALS)}
    entered = pl.date(pl.lit(autumn) - year, 9, 1)
    return rows.with_columns(
        grade=year.replace_strict(words, return_dtype=pl.String), state=pl.lit("enrolled"), who_id_number="person_id",
        enrolled_on=pl.min_horizontal(pl.coalesce("since", entered), pl.lit(day)),
        leaves_on=pl.coalesce("until", pl.date(pl.lit(autumn) - year + years, 6, 30)),
    )  # fmt: skip
