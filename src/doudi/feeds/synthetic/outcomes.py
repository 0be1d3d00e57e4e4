"""What landing must make of the rows of a file, told from what was written and not by landing it."""

from __future__ import annotations

import polars as pl

from doudi.feeds.contract_model import Contract
from doudi.feeds.synthetic.columns import ROLES


def outcomes(contract: Contract, rows: pl.DataFrame, columns: list[str]) -> pl.Series:
    """``accepted``, ``rejected`` or ``repeated`` for each row, in the order of the file.

    Rejected is what ``refused`` says, and every row whose key stands in another row that says something else; of rows
    that are the same, the first counts and the others repeat it.
    """
    read = rows.with_columns(_read(role) for role in ROLES if role in rows.columns)
    said = [name for name in columns if name in rows.columns]
    read = read.select("refused", *said).with_columns(
        _whole=pl.all_horizontal(pl.col(contract.key).is_not_null()), _key=pl.struct(contract.key).hash()
    )
    twins = read.select(pl.col("_whole") & pl.col("_key").is_duplicated()).to_series()
    outcome = read.select(
        pl.when("refused").then(pl.lit("rejected")).otherwise(pl.lit("accepted"))
    ).to_series()
    if not twins.any():
        return outcome
    return outcome.scatter(twins.arg_true(), _among_twins(contract, read.filter(twins), said))


def _among_twins(contract: Contract, rows: pl.DataFrame, said: list[str]) -> pl.Series:
    """The outcomes of rows whose keys, but for chance, all stand more than once."""
    again, first = pl.len().over(contract.key) > 1, pl.int_range(pl.len()).over(contract.key) == 0
    against = again & (pl.struct(said).hash().n_unique().over(contract.key) > 1)
    outcome = (
        pl.when(pl.col("refused") | against).then(pl.lit("rejected"))
        .when(again & ~first).then(pl.lit("repeated"))
        .otherwise(pl.lit("accepted"))
    )  # fmt: skip
    return rows.select(outcome=outcome).to_series()


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
