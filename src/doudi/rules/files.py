"""Results written beside their place and put there when they are whole; results of others are never written over."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import walk_tb
from zipfile import ZipFile

from doudi.rules.errors import Problem

FULL = (errno.ENOSPC, errno.EDQUOT)
_QUOTED = ("os error 28", "No space left")
"""By which Polars tells of a full disk."""


@contextmanager
def put_whole(path: Path) -> Iterator[Path]:
    """A file to write, which takes the place of ``path`` when all went well and leaves it as it was otherwise.

    A device or a pipe is written as it is.

    Raises:
        OSError: it cannot be written; the error names ``path``.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    place = path.resolve() if path.is_symlink() else path
    if place.exists() and not place.is_file():
        with _naming(path):
            yield place
        return
    making = place.with_name(f".{place.name}.making")
    try:
        with _naming(path):
            yield making
            if place.exists():
                shutil.copymode(place, making)
            os.replace(making, place)
    except BaseException:
        making.unlink(missing_ok=True)
        raise


def put_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, with line ends as they are, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    with put_whole(path) as making:
        making.write_text(text, "utf-8", newline="")


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let errors of writing, of Python or of a library, name the file that was asked for."""
    try:
        yield
    except Exception as error:
        found = of_disk(error)
        if found is None or found.errno is None:
            raise
        _forget_archives(found)
        raise OSError(found.errno, found.strerror, str(path)) from error


def of_disk(error: BaseException) -> OSError | None:
    """What the system said when a file could not be written: the error itself, or that which a library wraps or quotes."""
    if isinstance(error, OSError) and error.errno is not None:
        return error
    library = type(error).__module__.partition(".")[0]
    if library == "xlsxwriter" and error.args and isinstance(error.args[0], OSError):
        return error.args[0]
    quotes = library == "polars" or isinstance(error, OSError)
    if quotes and any(words in str(error) for words in _QUOTED):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return error if isinstance(error, OSError) else None


def _forget_archives(error: OSError) -> None:
    """Let no archive that could not be written try it once more, and complain, when Python clears it away."""
    for frame, _ in walk_tb(error.__traceback__):
        for value in frame.f_locals.values():
            if isinstance(value, ZipFile) and value.fp is not None:
                file, value.fp = value.fp, None
                with suppress(OSError):
                    file.close()


def not_ours(folder: Path, clashing: Collection[str], own: Collection[str]) -> list[Problem]:
    """The problem that ``folder`` holds files of the names ``clashing`` that are not of an earlier run, since none of the names
    ``own`` is there; none when all may be written."""
    there = sorted(name for name in clashing if (folder / name).exists())
    if not there or any((folder / name).exists() for name in own):
        return []
    return [foreign(folder, there)]


def foreign(place: Path, names: Collection[str] = ()) -> Problem:
    """The problem that results would destroy what lies at ``place``; ``names`` of some of it."""
    shown = ", ".join(sorted(names)[:3])
    return Problem(
        "out.foreign", "这里有不是本命令生成的文件，会被覆盖或删除", "what lies here was not made by this command and would be lost",
        "换一个新的或者空的文件夹", "name a new or an empty folder", file=str(place), value=shown or None,
    )  # fmt: skip
