"""What landing must make of the rows of a file, told from what was written and not by landing it."""

from __future__ import annotations

import polars as pl

from doudi.feeds.contract_model import Contract
from doudi.feeds.synthetic.county import ROLES


def outcomes(contract: Contract, rows: pl.DataFrame, columns: list[str]) -> pl.Series:
    """``accepted``, ``rejected`` or ``repeated`` for each row, in the order of the file.

    Rejected is what ``refused`` says, and every row whose key stands in another row that says something else; of rows
    that are the same, the first counts and the others repeat it.
    """
    read = rows.with_columns(_read(role) for role in ROLES if role in rows.columns)
    said = [name for name in columns if name in rows.columns]
    read = read.select("refused", *said).with_columns(
        _content=pl.struct(said).hash(), _whole=pl.all_horizontal(pl.col(contract.key).is_not_null())
    )
    groups = read.with_columns(
        _times=pl.len().over(contract.key), _different=pl.col("_content").n_unique().over(contract.key),
        _first=pl.int_range(pl.len()).over(contract.key) == 0,
    )  # fmt: skip
    again = pl.col("_whole") & (pl.col("_times") > 1)
    against = again & (pl.col("_different") > 1)
    outcome = (
        pl.when(pl.col("refused") | against).then(pl.lit("rejected"))
        .when(again & ~pl.col("_first")).then(pl.lit("repeated"))
        .otherwise(pl.lit("accepted"))
    )  # fmt: skip
    return groups.select(outcome=outcome).to_series()


def _read(role: str) -> pl.Expr:
    """The number as it will be read: none where digits are lost, 18 digits where there were 15."""
    number = pl.col(role)
    old = number.str.len_chars() == 15
    return (
        pl.when(pl.col(f"lost_{role}") | pl.col(f"cut_{role}"))
        .then(None)
        .when(old)
        .then(f"true_{role}")
        .otherwise(number)
        .alias(role)
    )
