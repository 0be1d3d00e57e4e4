"""Tables of Polars into temporary tables of the open transaction, by COPY."""

from __future__ import annotations

import io
from collections.abc import Mapping

import polars as pl
from django.db import connection

CHUNK = 200_000


def hold(name: str, columns: Mapping[str, str], after: str = "") -> None:
    """Make an empty temporary table that goes with the transaction; ``after`` is SQL that follows, such as an index."""
    told = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TABLE IF EXISTS pg_temp.{name}; CREATE TEMP TABLE {name} ({told}) ON COMMIT DROP; {after}"
        )


def pour(name: str, table: pl.DataFrame) -> None:
    """Add the rows of a table, whose columns are named as there; binary columns are written as hex."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    binary = [column for column, kind in table.schema.items() if kind == pl.Binary]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {name} ({columns}) FROM STDIN (FORMAT csv)") as copy,
    ):
        for part in table.iter_slices(CHUNK):
            text = part.with_columns(
                pl.concat_str(pl.lit("\\x"), pl.col(column).bin.encode("hex")).alias(column)
                for column in binary
            )
            buffer = io.BytesIO()
            text.write_csv(buffer, include_header=False)
            copy.write(buffer.getbuffer())


def fetch(
    query: str, columns: Mapping[str, pl.DataType | type[pl.DataType]], **values: object
) -> pl.DataFrame:
    """The rows of a query, whose columns are these; binary ones are written there as hex."""
    buffer = io.BytesIO()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", values) as copy,
    ):
        for part in copy:
            buffer.write(part)
    buffer.seek(0)
    if not buffer.getbuffer().nbytes:
        return pl.DataFrame(schema=dict(columns))
    binary = [name for name, kind in columns.items() if kind == pl.Binary]
    schema = {**columns, **dict.fromkeys(binary, pl.String)}
    rows = pl.read_csv(buffer, has_header=False, schema=schema)
    return rows.with_columns(pl.col(name).str.decode("hex") for name in binary)


def run(statement: str, **values: object) -> int:
    """Execute one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
