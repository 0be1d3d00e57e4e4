"""Landing of a department's file: a CSV of medical-insurance settlements, checked row by row, a hundredth of it at fault."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.measure import in_child, peak_memory, seconds
from bench.result import Result, at_least, at_most

ROWS, TIMES = 1_000_000, 4
RATE, GROWTH, MEBIBYTES = 100_000, 1.2, 1536
RUNS = 2
_PIECE = 250_000
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int16)


def land(rows: int = ROWS) -> Iterator[Result]:
    """Rows per second of one file with ``rows`` rows; cost per row and memory of one with four times as many."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.csv", Path(folder) / "large.csv"
        in_child("feeds-file", small, rows)
        in_child("feeds-file", large, rows * TIMES)
        one = min((in_child("feeds-land", small) for _ in range(RUNS)), key=lambda found: found["seconds"])
        four = min((in_child("feeds-land", large) for _ in range(RUNS)), key=lambda found: found["seconds"])
    yield at_least("feeds.rate", rows / one["seconds"], "rows/s", RATE)
    yield at_most("feeds.flat", four["processor"] / one["processor"] / TIMES, "", GROWTH)
    yield at_most("feeds.memory", four["peak"] / 2**20, "MiB", MEBIBYTES)


def write_file(path: Path, rows: int) -> dict[str, Any]:
    """Settlements of people who do not exist, piece by piece."""
    random = np.random.default_rng(2026)
    with path.open("wb") as file:
        for start in range(0, rows, _PIECE):
            piece = _settlements(start, min(_PIECE, rows - start), random)
            piece.write_csv(file, include_header=start == 0)
    return {"bytes": path.stat().st_size}


def land_file(path: Path) -> dict[str, Any]:
    """Seconds, processor seconds and peak memory of landing a file in a new store."""
    from doudi.feeds import land as land_in_store

    with tempfile.TemporaryDirectory(dir=path.parent) as store:
        before = os.times()
        taken, report = seconds(lambda: land_in_store(path, Path(store), "bench"))
        after = os.times()
    return {
        "seconds": taken,
        "processor": after.user + after.system - before.user - before.system,
        "peak": peak_memory(),
        "accepted": report.accepted,
        "set_aside": report.set_aside_rows,
    }


def _settlements(start: int, rows: int, random: np.random.Generator) -> pl.DataFrame:
    number = pl.int_range(start, start + rows, eager=True)
    settled = pl.Series(random.integers(20_636, 20_666, rows)).cast(pl.Int32).cast(pl.Date).cast(pl.String)
    total = random.integers(1_000, 5_000_000, rows)
    paid = total // 2
    names = pl.Series(["王伟", "李秀英", "张桂芳", "欧阳明", "麦麦提·吐尔逊"])
    visits = pl.Series(["住院", "门诊", "门诊慢特病"])
    return pl.DataFrame(
        {
            "结算单号": number.cast(pl.String).str.zfill(12),
            "身份证号": _identities(rows, random),
            "姓名": names.gather(random.integers(0, len(names), rows)),
            "定点医疗机构": pl.Series(["县人民医院", "县中医院"]).gather(random.integers(0, 2, rows)),
            "就诊类型": visits.gather(random.integers(0, len(visits), rows)),
            "结算日期": settled.set(number % 100 == 7, "2026-13-01"),
            "医疗总费用": _yuan(total),
            "统筹支付": _yuan(paid),
            "大病支付": pl.Series(["0"]).new_from_index(0, rows),
            "个人自付": _yuan(total - paid),
        }
    )


def _identities(rows: int, random: np.random.Generator) -> pl.Series:
    """Numbers with a county code that does not exist and a valid check digit."""
    born = pl.Series(random.integers(-14_000, 18_000, rows)).cast(pl.Int32).cast(pl.Date)
    order = pl.Series(random.integers(0, 1_000, rows)).cast(pl.String).str.zfill(3)
    body = "999901" + born.cast(pl.String).str.replace_all("-", "") + order
    digits = np.frombuffer(str(body.str.join("").item()).encode(), dtype=np.uint8).reshape(-1, 17) - 48
    places = digits.astype(np.int16) @ _WEIGHTS % 11
    return body + pl.Series(list("10X98765432")).gather(places)


def _yuan(fen: np.ndarray) -> pl.Series:
    cents = pl.Series(fen)
    return (cents // 100).cast(pl.String) + "." + (cents % 100).cast(pl.String).str.zfill(2)
