"""A private PostgreSQL server: reached only over a socket, kept in one visible folder, safe against crashes.

    folder/data        the database cluster
    folder/log         what the server says
    folder/socket      where it is reached (in the system's temporary folder when the path would be too long)
    folder/lock        held while the server is being started or stopped
    folder/users       shared by every process that uses the server; the last one to leave stops it

A process that is killed releases its locks at once. If it was the last user, the server runs on until the next user
leaves; ``stop`` ends it at any time.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

import psycopg

from doudi.rules.errors import Problem
from doudi.web.database.binaries import Binaries, find_binaries
from doudi.web.database.locks import FileLock
from doudi.web.database.processes import postmaster, workers
from doudi.web.database.unprivileged import Runner, runner
from doudi.web.errors import DatabaseError

SUPERUSER = "doudi_admin"
_LONGEST_SOCKET = 90
_PAUSES = (0.2, 1.0, 2.0)
_PAUSE = 0.05
_SETTLED = 0.5
_PATIENCE = 300.0
_ORPHANS = 30.0
_CACHE = range(128, 1025)
_USUAL = {
    "max_wal_size": "4GB", "checkpoint_timeout": "15min", "wal_compression": "on", "random_page_cost": "1.1", "jit": "off",
}  # fmt: skip
"""For loads of millions of rows, disks without heads, and many short queries."""


class PrivateServer:
    """One server in one folder. ``settings`` are added to its configuration at each start."""

    def __init__(
        self, folder: Path, user: str | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.settings = dict(settings or {})
        self._runner: Runner = runner(user)
        self._lock = FileLock(self.folder / "lock")
        self._users = FileLock(self.folder / "users")

    @property
    def socket(self) -> Path:
        """The folder of the socket, given as the host of a connection."""
        near = self.folder / "socket"
        if len(str(near).encode()) <= _LONGEST_SOCKET:
            return near
        return Path(gettempdir()) / f"doudi-{sha256(str(self.folder).encode()).hexdigest()[:16]}"

    @contextmanager
    def in_use(self) -> Iterator[PrivateServer]:
        """Start the server unless it runs, keep it while the block runs, stop it if nobody else uses it.

        Raises:
            DatabaseError: the server cannot be started.
        """
        self._prepare_folder()
        with self._lock.alone():
            self._start()
            self._users.share()
        try:
            yield self
        finally:
            with self._lock.alone():
                self._users.release()
                if self._users.try_take():
                    self._stop()
                self._users.release()

    def start(self) -> None:
        """Start the server unless it runs; of several processes that try at once, one does it.

        Raises:
            DatabaseError: it cannot be started.
        """
        self._prepare_folder()
        with self._lock.alone():
            self._start()

    def stop(self) -> bool:
        """Stop the server, whoever uses it; False when it did not run."""
        if not self.data.is_dir():
            return False
        with self._lock.alone():
            return self._stop()

    def process(self) -> int | None:
        """The process id of the running server, None when it does not run."""
        return postmaster(self.data) if self.data.is_dir() else None

    def connect(self, database: str = "postgres", user: str = SUPERUSER) -> psycopg.Connection:
        """A connection that commits each statement."""
        return psycopg.connect(host=str(self.socket), user=user, dbname=database, autocommit=True)

    def _prepare_folder(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if self._runner.uid is not None else 0o700)

    def _start(self) -> None:
        binaries = find_binaries(self._version())
        if not (self.data / "PG_VERSION").exists():
            self._create(binaries)
        for pause in _PAUSES:
            if postmaster(self.data) is None:
                self._launch(binaries)
            if self._ready():
                return
            time.sleep(pause)
        raise self._failed("start", "数据库启动不了", "the database does not start", self._last_words())

    def _version(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text().split(".")[0])
        except (OSError, ValueError):
            return None

    def _create(self, binaries: Binaries) -> None:
        """Make the cluster beside its place and move it there whole, so that none is ever half made."""
        waiting = self.folder / "data.new"
        shutil.rmtree(waiting, ignore_errors=True)
        self._runner.make_folder(waiting)
        unsynced = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        made = self._runner.run(
            binaries.program("initdb"), "-D", str(waiting), "-U", SUPERUSER, "--auth=trust",
            "--encoding=UTF8", "--no-locale", "--data-checksums", *unsynced,
        )  # fmt: skip
        if made.returncode:
            raise self._failed("create", "建不了数据库", "the database cannot be made", made.stdout)
        with (waiting / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude 'doudi.conf'\n")
        waiting.rename(self.data)

    def _launch(self, binaries: Binaries) -> None:
        self._clear_traces()
        self._configure()
        self._runner.run(
            binaries.program("pg_ctl"),
            "start",
            "--no-wait",
            "--silent",
            "-D",
            str(self.data),
            "-l",
            str(self.log),
        )

    def _configure(self) -> None:
        """Write the settings that hold for this start."""
        self._runner.make_folder(self.socket)
        self.log.touch(0o600)
        self._runner.own(self.log)
        if not self._runner.alone_owns(self.socket):
            raise self._failed(
                "socket", "套接字目录不安全", "the socket folder is open to others", str(self.socket)
            )
        settings = {
            "listen_addresses": "", "unix_socket_directories": str(self.socket), "port": "5432",
            "unix_socket_permissions": "0700", "shared_buffers": f"{_cache()}MB", **_USUAL, **self.settings,
        }  # fmt: skip
        own = self.data / "doudi.conf"
        quoted = {name: value.replace("'", "''") for name, value in settings.items()}
        own.unlink(missing_ok=True)  # never written through a link that the database's user laid
        with own.open("x", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in quoted.items())
        self._runner.own(own)

    def _clear_traces(self) -> None:
        """Take away the process file of a server that died, once no process works in the folder any more."""
        deadline = time.monotonic() + _ORPHANS
        while workers(self.data):
            if time.monotonic() > deadline:
                pids = " ".join(map(str, workers(self.data)))
                raise self._failed(
                    "orphans", "旧的数据库进程还在", "processes of an earlier server live on", pids
                )
            time.sleep(_PAUSE)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _ready(self) -> bool:
        """Wait until the server takes connections; False when it died before."""
        deadline = time.monotonic() + _PATIENCE
        launched = time.monotonic()
        while time.monotonic() < deadline:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                settled = time.monotonic() - launched > _SETTLED
                if settled and postmaster(self.data) is None and not workers(self.data):
                    return False
                time.sleep(_PAUSE)
            else:
                return True
        return False

    def _stop(self) -> bool:
        if postmaster(self.data) is None:
            return False
        pg_ctl = find_binaries(self._version()).program("pg_ctl")
        ended = self._runner.run(pg_ctl, "stop", "-D", str(self.data), "-m", "fast", "--wait", "-t", "60")
        if postmaster(self.data) is not None:
            raise self._failed("stop", "数据库停不下来", "the database does not stop", ended.stdout)
        return True

    def _last_words(self) -> str:
        try:
            return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-12:])
        except OSError:
            return ""

    def _failed(self, what: str, zh: str, en: str, said: str) -> DatabaseError:
        return DatabaseError([Problem(
            f"database.{what}", zh, en, f"看日志 {self.log}", f"see the log {self.log}",
            file=str(self.folder), value=said.strip() or None,
        )])  # fmt: skip


def _cache() -> int:
    """MiB that the server keeps of its tables: an eighth of the memory, within bounds."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return min(max(memory // 8, _CACHE.start), _CACHE.stop - 1)
