"""Who runs the private server: this user, or, where this user is root, one without privileges.

PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doudi.rules.errors import Problem
from doudi.web.errors import DatabaseError

_USUAL = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Runner:
    """The user under whom the programs of PostgreSQL run; ``uid`` None means this user."""

    uid: int | None = None
    gid: int | None = None

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end and return what it wrote; never raises for its exit code."""
        as_user: dict[str, Any] = {}
        if self.uid is not None:
            as_user = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", umask=0o077, cwd="/", start_new_session=True,
            env={**os.environ, "LC_ALL": "C"}, **as_user,
        )  # fmt: skip

    def make_folder(self, folder: Path) -> None:
        """Make a folder that only this runner may enter (and root); one that is there is left as it is."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            return
        self.own(folder)

    def alone_owns(self, folder: Path) -> bool:
        """Whether a folder is this runner's, is no link, and is closed to all others."""
        about = folder.lstat()
        uid = os.geteuid() if self.uid is None else self.uid
        return stat.S_ISDIR(about.st_mode) and about.st_uid == uid and not about.st_mode & 0o077

    def own(self, path: Path) -> None:
        """Give a file or folder to this runner."""
        if self.uid is not None:
            os.chown(path, self.uid, -1 if self.gid is None else self.gid)

    def may_reach(self, folder: Path) -> bool:
        """Whether this runner may pass through all folders above ``folder``."""
        if self.uid is None:
            return True
        return all(parent.stat().st_mode & 0o001 for parent in folder.parents if parent.exists())


def runner(user: str | None = None) -> Runner:
    """This user; for root the named one, ``DOUDI_DATABASE_USER``, or the first of ``postgres`` and ``nobody``.

    Raises:
        DatabaseError: no such user.
    """
    if os.geteuid() != 0:
        return Runner()
    wanted = user or os.environ.get("DOUDI_DATABASE_USER")
    for name in (wanted,) if wanted else _USUAL:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Runner(entry.pw_uid, entry.pw_gid)
    raise DatabaseError([Problem(
        "database.user", "没有可用来运行数据库的普通用户", "there is no ordinary user to run the database",
        "用 DOUDI_DATABASE_USER 指定一个", "name one with DOUDI_DATABASE_USER", value=wanted,
    )])  # fmt: skip
