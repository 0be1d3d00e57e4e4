"""Letters that mend what earlier letters of a feed had wrong."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from doudi.feeds.contract_model import STATE, WITHDRAWN, Contract
from doudi.feeds.synthetic.columns import ROLES, roles, true_column
from doudi.feeds.synthetic.county import County
from doudi.feeds.synthetic.forms import Form
from doudi.feeds.synthetic.letters import Letter

_CORRECTED_AFTER = timedelta(days=3)


def correction_of(county: County, contract: Contract, form: Form, sent: list[Letter]) -> Letter | None:
    """One letter that mends what the letters of a feed had wrong: amounts, rows set aside, records made by mistake."""
    if not sent:
        return None
    day = max(letter.sent_on for letter in sent) + _CORRECTED_AFTER
    newest = sent[-1]
    wrong = [
        letter.rows.filter(
            (pl.col("noise").str.contains("wrong_amount|by_mistake") | (pl.col("outcome") == "rejected"))
            & ~pl.col("noise").str.contains("twice")
            & ~(pl.col("noise").str.contains("by_mistake") & (pl.col("outcome") == "rejected"))
        )
        for letter in sent
        if letter.last == newest.last or contract.kind == "events"
    ]
    rows = pl.concat(wrong)
    if day > county.until or not rows.height:
        return None
    return Letter(
        contract.name, "correction", newest.last, newest.last, day, _mended(county, contract, form, rows)
    )


def _mended(county: County, contract: Contract, form: Form, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as they should have been; those made by mistake are withdrawn."""
    mistaken = pl.col("noise").str.contains("by_mistake")
    whole = rows.with_columns(
        pl.when(mistaken).then(pl.lit(WITHDRAWN)).otherwise(pl.lit("valid")).alias(STATE),
        pl.when(mistaken).then(pl.lit("withdrawn")).otherwise(pl.lit("mended")).alias("noise"),
    )
    again = pl.col("outcome") == "rejected"
    for role in roles(rows):
        people = county.persons.select(pl.col("person_id").alias(f"who_{role}"), _name="name")
        whole = whole.join(people, on=f"who_{role}", how="left", maintain_order="left")
        changes = ((role, f"true_{role}"), (ROLES[role], "_name"), (f"noise_{role}", pl.lit("")))
        whole = whole.with_columns(
            pl.when(again).then(right).otherwise(name).alias(name) for name, right in changes
        ).drop("_name")
    if form.corrected is not None:
        whole = whole.with_columns(pl.col("true_amount").alias(form.corrected))
    return whole.unique([true_column(name, whole) for name in contract.key], keep="last", maintain_order=True)
