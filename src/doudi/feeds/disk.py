"""Writing so that it lasts: files flushed to the disk, whole folders put in place by one rename, a full disk told plainly."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from doudi.feeds.contract_model import FeedError, fault

_LEAST_FREE = 64 * 2**20
_ROOM = 3
"""A landing may need this many times the size of its file: the file as received, its rows, and what is set aside."""


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write one Parquet file; :func:`sync_tree` flushes it with its folder."""
    frame.write_parquet(path, compression="zstd", compression_level=1)


def sync(path: Path) -> None:
    """Flush a file, or the names in a folder."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_tree(folder: Path) -> None:
    """Flush all files below, the names of all folders, and the folder itself."""
    for place, _, files in os.walk(folder, topdown=False):
        for name in files:
            sync(Path(place) / name)
        sync(Path(place))


def put_in_place(staged: Path, place: Path) -> None:
    """Rename a finished folder to its place, at once or not at all."""
    os.rename(staged, place)
    sync(place.parent)
    sync(staged.parent)


def require_room(store: Path, size: int) -> None:
    """Refuse to begin what the disk has no room for.

    Raises:
        FeedError: too little is free.
    """
    free = shutil.disk_usage(store).free
    needed = size * _ROOM + _LEAST_FREE
    if free < needed:
        raise _full(f"{free / 2**20:.0f}", f"{needed / 2**20:.0f}")


def _full(free: str, needed: str) -> FeedError:
    return fault(
        "feed.disk_full",
        f"磁盘空间不足：剩余 {free} MB，需要 {needed} MB",
        f"too little room on the disk: {free} MB free, {needed} MB needed",
        "腾出空间后重新入库；文件没有入库，什么都没有丢失",
        "make room and land the file again; nothing was landed and nothing is lost",
    )


@contextmanager
def telling_full_disk() -> Iterator[None]:
    """Turn the error of a full disk, of Python or of Polars, into a sentence.

    Raises:
        FeedError: the disk is full.
    """
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        number = error.errno if isinstance(error, OSError) else None
        if (
            number in (errno.ENOSPC, errno.EDQUOT)
            or "os error 28" in str(error)
            or "No space left" in str(error)
        ):
            raise fault(
                "feed.disk_full",
                "磁盘已满，文件没有入库",
                "the disk is full; nothing was landed",
                "腾出空间后重新入库；先前入库的数据没有变化",
                "make room and land the file again; what was landed before is untouched",
            ) from error
        raise
