"""Villages as they are called, found in the table of divisions."""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import Level


def places(county: str, day: date) -> pl.DataFrame:
    """``village`` (as it may be written: alone, or after its township) and ``region``, its code.

    A name that two villages of the county share finds neither; then the township has to be written.
    """
    found = Region.objects.on(day).within(county).filter(level=Level.VILLAGE).select_related("parent")
    written = [(name, each.code) for each in found for name in {each.name, f"{each.parent.name}{each.name}"}]
    table = pl.DataFrame(written, schema={"village": pl.String, "region": pl.String}, orient="row")
    return table.filter(pl.len().over("village") == 1).sort("village")


def placed(table: pl.DataFrame, places: pl.DataFrame, county_code: str) -> pl.DataFrame:
    """Add ``region``: the village's code, or the county's where the village is not in the table of divisions."""
    found = table.join(places, on="village", how="left", maintain_order="left")
    return found.with_columns(pl.col("region").fill_null(county_code))
