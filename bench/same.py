"""Whether two folders of results hold the same, to the bit: ``python -m bench.same ONE OTHER``.

For a change that must not alter what comes out: run a register before and after it, and compare.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl


def differences(one: Path, other: Path) -> Iterator[str]:
    """What differs, file by file; of a table, its first columns that do."""
    files = {folder: {path.relative_to(folder) for path in folder.rglob("*.*")} for folder in (one, other)}
    for path in sorted(files[one] ^ files[other]):
        yield f"{path}: only in {one if path in files[one] else other}"
    for path in sorted(files[one] & files[other]):
        if path.suffix == ".parquet":
            yield from (f"{path}: {what}" for what in _in_tables(one / path, other / path))
        elif (one / path).read_bytes() != (other / path).read_bytes():
            yield f"{path}: other bytes"


def _in_tables(one: Path, other: Path) -> Iterator[str]:
    before, after = pl.read_parquet(one), pl.read_parquet(other)
    if before.schema != after.schema or before.height != after.height:
        yield "other columns, types or rows"
        return
    for name in before.columns:
        rows = before[name].ne_missing(after[name]).sum()
        if rows:
            yield f"{name} differs in {rows} rows"


if __name__ == "__main__":
    found = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    print("\n".join(found) if found else "same")
    sys.exit(bool(found))
