"""A folder put in the place of an earlier one: whole or not at all, whatever moment the process is killed at."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doudi.evidence.errors import EvidenceError
from doudi.rules.errors import Problem


def recover(out: Path) -> None:
    """Put back the earlier folder where a process was killed between taking it away and putting the new one in its place."""
    before = _before(out)
    if before.exists():
        if out.exists():
            shutil.rmtree(before)
        else:
            os.rename(before, out)


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of ``out`` when all went well.

    Raises:
        EvidenceError: another build into the same folder is under way.
        OSError: it cannot be written.
    """
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
