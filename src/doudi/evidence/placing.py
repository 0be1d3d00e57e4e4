"""A folder put in the place of an earlier one: whole or not at all, whatever moment the process is killed at."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from doudi.evidence.errors import EvidenceError
from doudi.rules.errors import Problem
from doudi.rules.files import foreign

TABLES = (".parquet", ".json")


def recover(out: Path) -> None:
    """Put back the earlier folder where a process was killed between taking it away and putting the new one in its place."""
    before = _before(out)
    if before.exists():
        if out.exists():
            shutil.rmtree(before)
        else:
            os.rename(before, out)


def refuse_foreign(
    out: Path,
    own: Collection[str],
    mark: str,
    reads: Iterable[Path] = (),
    inside: Collection[str] | None = TABLES,
) -> None:
    """Refuse to replace what is no earlier result: files of other names than ``own``, or anything without the file ``mark``.

    ``reads``: folders that are read; the result may not be one of them, nor lie in or around one. ``inside``: the kinds of
    files that its folders may hold, None for any.

    Raises:
        EvidenceError: the folder holds something else, or meets one that is read.
    """
    place = out.resolve()
    problems = [_meets(out, each) for each in reads if _meeting(place, each.resolve())]
    if not problems and out.exists():
        names = [out.name] if not out.is_dir() else list(_not_of(out, own, inside))
        if names or (any(out.iterdir()) and not (out / mark).is_file()):
            problems.append(foreign(out, names))
    if problems:
        raise EvidenceError(problems)


def _meeting(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _meets(out: Path, read: Path) -> Problem:
    return Problem(
        "out.holds_input", "结果文件夹与要读取的文件夹重叠，会把它覆盖", "the folder of results meets one that is read and would replace it",
        "换一个与它分开的文件夹", "name a folder apart from it", file=str(out), value=str(read),
    )  # fmt: skip


def _not_of(out: Path, own: Collection[str], inside: Collection[str] | None) -> Iterator[str]:
    """What lies in the folder that no earlier result put there, by its path within."""
    for path in sorted(out.iterdir()):
        if path.name not in own:
            yield path.name
        elif path.is_dir() and inside is not None:
            files = (each for each in sorted(path.rglob("*")) if not each.is_dir())
            yield from (str(each.relative_to(out)) for each in files if each.suffix not in inside)


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of ``out`` when all went well; a link stays, and leads to it.

    Raises:
        EvidenceError: another build into the same folder is under way.
        OSError: it cannot be written.
    """
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    with (out.parent / f".{out.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EvidenceError([Problem(
                "evidence.busy", "另一次生成正在写入这个文件夹", "another build is writing into this folder",
                "等它完成后再试", "try again when it is done", file=str(out),
            )]) from None  # fmt: skip
        recover(out)
        making = out.parent / f".{out.name}.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            yield making
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        if out.exists():
            os.rename(out, _before(out))
        os.rename(making, out)
        shutil.rmtree(_before(out), ignore_errors=True)


def _before(out: Path) -> Path:
    return out.parent / f".{out.name}.before"
