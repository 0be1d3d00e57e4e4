"""The rows of a feed that are in effect: corrections in the place of what they correct, withdrawals left out."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from doudi.feeds.contract_model import STATE, WITHDRAWN, Contract, contract
from doudi.feeds.periods import period_at
from doudi.feeds.store import CHINA, Landing, Store, aware
from doudi.feeds.values import TYPES


def current(store: Path, feed: str, as_of: date | datetime | None = None) -> pl.LazyFrame:
    """The effective rows of a feed as they were known at ``as_of`` (the end of that day), or now.

    Events: all periods. A snapshot: the newest period not after ``as_of``. Columns: ``row_id``, ``period``, the fields
    of the contract, ``remarks``, ``source_hash``, ``source_sheet``, ``source_row``, ``received_at``, ``received_by``,
    ``landing``.

    Raises:
        FeedError: no such feed.
    """
    made = contract(feed)
    moment = _moment(as_of)
    files = _files(
        made,
        [landing for landing in Store(store).landings() if moment is None or landing.received_at <= moment],
    )
    if made.kind == "snapshot" and files:
        until = period_at(moment.astimezone(CHINA).date(), made.period) if moment else "9999"
        newest = max((period for period, _, _ in files if period <= until), default="")
        files = [file for file in files if file[0] == newest]
    if not files:
        return empty(made).lazy()
    rows = pl.scan_parquet([path for _, _, path in files], hive_partitioning=False, glob=False)
    if len({landing for _, landing, _ in files}) > 1:
        rows = rows.unique(list(made.superseding_key), keep="last", maintain_order=True)
    return rows.filter(pl.col(STATE).ne_missing(WITHDRAWN))


def history(store: Path, feed: str) -> pl.LazyFrame:
    """Every row of a feed ever landed, superseded ones included, in the order of receipt.

    Raises:
        FeedError: no such feed.
    """
    made = contract(feed)
    files = [path for landing in Store(store).landings() for _, path in _parts(made, landing.folder)]
    if not files:
        return empty(made).lazy()
    return pl.scan_parquet(files, hive_partitioning=False, glob=False)


def empty(made: Contract) -> pl.DataFrame:
    """The table of a feed without rows."""
    fields = {name: TYPES.get(field.type, pl.String()) for name, field in made.fields.items()}
    return pl.DataFrame(
        schema={"row_id": pl.String(), "period": pl.String()}
        | fields
        | {
            "remarks": pl.String(), "source_hash": pl.String(), "source_sheet": pl.String(), "source_row": pl.Int64(),
            "received_at": pl.Datetime("us", "UTC"), "received_by": pl.String(), "landing": pl.String(),
        }
    )  # fmt: skip


def count_superseded(store: Store, made: Contract, staged: Path, replaces: bool) -> int:
    """How many rows in effect now have their place taken by the rows in ``staged``."""
    parts, files = _parts(made, staged), _files(made, store.landings())
    if not parts or not files:
        return 0
    periods = {period for period, _ in parts}
    if replaces:
        rows = _in_effect(_keys_of(files, made), made).filter(pl.col("period").is_in(sorted(periods)))
    else:
        if "period" in made.superseding_key:
            files = [file for file in files if file[0] in periods]
        if not files:
            return 0
        key = list(made.superseding_key)
        new = pl.scan_parquet([path for _, path in parts], hive_partitioning=False, glob=False).select(key)
        rows = _in_effect(_keys_of(files, made).join(new, on=key, how="semi", maintain_order="left"), made)
    return int(rows.select(pl.len()).collect(engine="streaming").item())


def _keys_of(files: list[tuple[str, str, Path]], made: Contract) -> pl.LazyFrame:
    """The columns of these files by which rows supersede each other, in the order of receipt."""
    columns = dict.fromkeys((*made.superseding_key, "period", STATE))
    return pl.scan_parquet([path for _, _, path in files], hive_partitioning=False, glob=False).select(
        *columns
    )


def _in_effect(rows: pl.LazyFrame, made: Contract) -> pl.LazyFrame:
    """Of the rows with one key the last, unless it withdraws them."""
    rows = rows.unique(list(made.superseding_key), keep="last", maintain_order=True)
    return rows.filter(pl.col(STATE).ne_missing(WITHDRAWN))


def _moment(as_of: date | datetime | None) -> datetime | None:
    if as_of is None:
        return None
    return aware(as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time.max))


def _parts(made: Contract, landing: Path) -> list[tuple[str, Path]]:
    """The files of a landing with their periods."""
    found = sorted((landing / f"feed={made.name}").glob("period=*/*.parquet"), key=_place)
    return [(path.parent.name.removeprefix("period="), path) for path in found]


def _place(path: Path) -> tuple[str, list[int]]:
    return path.parent.name, [int(number) for number in path.stem.split("-")[1:]]


def _files(made: Contract, landings: list[Landing]) -> list[tuple[str, str, Path]]:
    """Period, landing and path of every file that counts, in the order of superseding: a landing that replaces its
    periods drops what came for them before."""
    found: list[tuple[str, str, Path]] = []
    for landing in landings:
        tables = [table for table in landing.report.tables if table.feed == made.name]
        parts = _parts(made, landing.folder) if tables else []
        if any(table.replaces for table in tables):
            gone = {period for period, _ in parts}
            found = [file for file in found if file[0] not in gone]
        found += [(period, landing.id, path) for period, path in parts]
    return found
