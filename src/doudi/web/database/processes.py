"""Which processes work in a data folder. Every process of PostgreSQL has its data folder as working folder.

A process id alone proves nothing: after a crash it may belong to another program, or to a process that is dead and
not yet taken away by its parent.
"""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")


def postmaster(data: Path) -> int | None:
    """The process that serves ``data``; None when the one named in its file is dead or is another program."""
    pid = _written_pid(data)
    if pid is None:
        return None
    if not PROC.is_dir():
        return pid if _answers(pid) else None
    return pid if pid in workers(data) else None


def workers(data: Path) -> list[int]:
    """The living processes whose working folder is ``data``; empty where the system does not tell."""
    if not PROC.is_dir():
        return []
    wanted = os.stat(data)
    return [pid for pid in _pids() if _works_in(pid, wanted)]


def _written_pid(data: Path) -> int | None:
    try:
        first = (data / "postmaster.pid").read_text("utf-8", "replace").partition("\n")[0]
    except OSError:
        return None
    return int(first) if first.strip().isdigit() else None


def _pids() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _works_in(pid: int, folder: os.stat_result) -> bool:
    """A dead process that waits to be taken away has no working folder; a shell in the folder is no server."""
    place = PROC / str(pid)
    try:
        return (place / "comm").read_text().startswith("postgres") and os.path.samestat(
            os.stat(place / "cwd"), folder
        )
    except OSError:
        return False


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
