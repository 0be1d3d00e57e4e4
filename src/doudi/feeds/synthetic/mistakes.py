"""What departments get wrong in whole records: amounts, and records that should not be there."""

from __future__ import annotations

import polars as pl

from doudi.feeds.contract_model import Contract
from doudi.feeds.synthetic.columns import first_person
from doudi.feeds.synthetic.county import County
from doudi.feeds.synthetic.forms import Form
from doudi.feeds.synthetic.noise import Noise, noted

_WRONG_BY = 10_000
"""Fen by which an amount is wrong until it is corrected."""


def with_mistakes(
    county: County, contract: Contract, rows: pl.DataFrame, noise: Noise, care: float
) -> pl.DataFrame:
    """The rows, and some that should not be there: deaths of another of the household, records entered a second time."""
    rows = rows.with_columns(mistaken=pl.lit(False))
    if contract.name == "deaths":
        return pl.concat([rows, _wrong_deaths(county, rows, noise.wrong_death)])
    number = contract.key[0]
    if len(contract.key) > 1 or contract.fields[number].type != "identifier" or noise.by_mistake == 0:
        return rows
    drawn = county.chance(f"{contract.name} by mistake", first_person(rows))
    twice = rows.filter(pl.Series(drawn < noise.by_mistake * care))
    return pl.concat([
        rows, twice.with_columns(pl.col(number) + "-2", mistaken=pl.lit(True)),
    ])  # fmt: skip


def _wrong_deaths(county: County, rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """Deaths entered for another member of the household who is alive."""
    drawn = county.chance("death of another", rows["who_id_number"])
    others = county.others.filter(pl.col("other_died").is_null()).select("person_id", "other")
    wrong = rows.filter(pl.Series(drawn < share)).join(others, on="person_id", maintain_order="left")
    people = county.persons.select(other="person_id", _sex="sex", _born="born")
    wrong = wrong.join(people, on="other", how="left", maintain_order="left").with_columns(
        who_id_number="other", sex="_sex", born="_born", mistaken=pl.lit(True)
    )
    return wrong.select(rows.columns)


def spoilt(form: Form, rows: pl.DataFrame, hit: pl.Series) -> pl.DataFrame:
    """The rows with a wrong amount where ``hit`` says so, and a mark on those that are there by mistake."""
    if "mistaken" in rows.columns:
        rows = rows.with_columns(noted("noise", "by_mistake", pl.col("mistaken")))
    if form.corrected is None:
        return rows
    wrong = pl.lit(hit) & pl.col(form.corrected).is_not_null() & ~pl.col("noise").str.contains("by_mistake")
    rows = rows.with_columns(_wrong=wrong)
    return rows.with_columns(
        pl.col(form.corrected) + pl.when("_wrong").then(_WRONG_BY).otherwise(0),
        noted("noise", "wrong_amount", pl.col("_wrong")),
    ).drop("_wrong")
