"""The columns of writers' tables beside those of the contract: whom a number is about, and what is true."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

ROLES: Mapping[str, str] = {
    "id_number": "name", "man_id": "man_name", "woman_id": "woman_name", "mother_id": "mother_name",
    "father_id": "father_name", "guardian_id": "guardian_name",
}  # fmt: skip
"""Fields that hold an identity number, each with the field of the name beside it."""


def roles(rows: pl.DataFrame) -> list[str]:
    """The fields of identity numbers of which the rows tell whom they are about."""
    return [name.removeprefix("who_") for name in rows.columns if name.startswith("who_")]


def first_person(rows: pl.DataFrame) -> pl.Series:
    """Whom each row is about first."""
    return rows["who_" + roles(rows)[0]]


def true_column(name: str, rows: pl.DataFrame) -> str:
    """The column in which the true value of a field stands."""
    return f"true_{name}" if f"true_{name}" in rows.columns else name
