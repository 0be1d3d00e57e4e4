"""``doudi web`` and ``doudi audit``, as they are called at the console of a server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from doudi.web.accounts.roles import Role
from doudi.web.database import PrivateServer
from tests.web.jobs.conftest import until
from tests.web.warnings.making import lay_down, row


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder of this module for database, key and static files."""
    place = Path(tempfile.mkdtemp(prefix="doudi-commands-"))
    place.chmod(0o711)
    yield place
    PrivateServer(place / "postgres").stop()
    shutil.rmtree(place)


def environment(home: Path, **more: str) -> dict[str, str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DOUDI_", "DATABASE_", "DJANGO_"))
    }
    return (
        clean | {"PYTHONPATH": os.pathsep.join(sys.path), "DOUDI_HOME": str(home), "LANG": "C.UTF-8"} | more
    )


def doudi(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "doudi.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment(home, **more))


@pytest.fixture(scope="module")
def accounts(home: Path) -> dict[str, str]:
    """The demonstration, made ready: the passwords by account."""
    made = doudi(home, "web", "demo", "--no-serve", "--json")
    assert made.returncode == 0, made.stderr
    return {each["username"]: each["password"] for each in json.loads(made.stdout)["accounts"]}


def test_the_demonstration_has_one_account_for_each_role_and_tells_passwords_once(
    home: Path, accounts: dict[str, str]
):
    assert len(accounts) == len(Role.values) == len(set(accounts.values()))
    again = json.loads(doudi(home, "web", "demo", "--no-serve", "--json").stdout)
    assert again["accounts"] == []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def fetch(address: str, patience: float = 600) -> Any:
    """The answer of a server that is starting."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return urllib.request.urlopen(address)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@contextmanager
def serving(home: Path, *words: str, **more: str) -> Iterator[None]:
    """A server at the console, stopped at the end as a service is."""
    command = [sys.executable, "-m", "doudi.cli", *words]
    process = subprocess.Popen(
        command, env=environment(home, **more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def test_it_serves_until_it_is_stopped_and_stops_its_database(home: Path, accounts: dict[str, str]):
    bind = f"127.0.0.1:{free_port()}"
    with serving(home, "web", "run", "--bind", bind, "--workers", "1", DOUDI_MODE="demo"):
        with fetch(f"http://{bind}/login/") as answer:
            page = answer.read().decode()
        assert "登录" in page
        theme = next(part for part in page.split('"') if "site/theme." in part)
        with fetch(f"http://{bind}{theme}") as style:
            assert "immutable" in style.headers["Cache-Control"]
        database = PrivateServer(home / "postgres")
        killed = database.process()
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        database.start()
        with fetch(f"http://{bind}/health/") as answer:
            assert json.load(answer)["status"] == "ok"
    assert PrivateServer(home / "postgres").process() is None


def workers(home: Path) -> list[int]:
    """The workers of this home that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            told = (entry / "environ").read_bytes()
        except (OSError, ValueError):
            continue
        if b"doudi.web.jobs.process" in words and f"DOUDI_HOME={home}".encode() in told.split(b"\0"):
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not tell of processes")
def test_a_worker_lives_beside_the_server_comes_back_when_killed_and_goes_with_it(
    home: Path, accounts: dict[str, str]
):
    bind = f"127.0.0.1:{free_port()}"
    with serving(home, "web", "demo", "--bind", bind, "--workers", "1"):
        fetch(f"http://{bind}/login/").close()
        (first,) = until(lambda: workers(home), "a worker starts")
        os.kill(first, signal.SIGKILL)
        (second,) = until(lambda: [each for each in workers(home) if each != first], "another one starts")
        assert second != first
    assert workers(home) == []
    assert PrivateServer(home / "postgres").process() is None


def test_what_belongs_to_a_demonstration_is_refused_elsewhere(home: Path):
    refused = doudi(home, "web", "demo", "--no-serve", "--lang", "en", DOUDI_MODE="production")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    for name in ("DOUDI_SECRET_KEY", "DOUDI_HOSTS", "DOUDI_SECOND_FACTOR"):
        assert name in refused.stderr


@pytest.fixture
def running(home: Path, accounts: dict[str, str]) -> Iterator[PrivateServer]:
    """The database, kept running while several commands use it."""
    server = PrivateServer(home / "postgres")
    with server.in_use():
        yield server


def test_without_its_libraries_the_command_says_what_to_install(home: Path, tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u; found = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name in ('django', 'csp') else found(name, *more)\n"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    failed = doudi(home, "web", "migrate", "--json", PYTHONPATH=path)
    assert failed.returncode == 2
    (problem,) = json.loads(failed.stdout)["problems"]
    assert (problem["code"], problem["value"]) == ("web.extra", "django, csp")


def test_an_account_is_made(home: Path, running: PrivateServer):
    words = ("web", "user", "add", "second", "security_administrator", "999901000000", "某人")
    made = doudi(home, *words, "--json", DOUDI_MODE="demo")
    assert made.returncode == 0, made.stderr
    assert len(json.loads(made.stdout)["password"]) == 19


@pytest.mark.parametrize("command", ["run", "demo"])
def test_an_address_that_cannot_be_served_is_told_before_anything_starts(tmp_path: Path, command: str):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for bind in ("foo", "foo:80", "127.0.0.1:99999", f"127.0.0.1:{taken.getsockname()[1]}"):
            failed = doudi(tmp_path, "web", command, "--bind", bind, "--json", DOUDI_MODE="demo")
            assert failed.returncode == 2
            assert failed.stderr == ""
            (problem,) = json.loads(failed.stdout)["problems"]
            assert (problem["code"], problem["value"]) == ("settings.bind", bind)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_take_its_address_lets_go_of_the_database(home: Path, accounts: dict[str, str]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        words = f"from doudi.web.becoming import become_server; become_server({bind!r}, 1)"
        done = subprocess.run(
            [sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=False,
            env=environment(home, DOUDI_MODE="demo"),
        )  # fmt: skip
    assert done.returncode != 0
    assert "Exception ignored" not in done.stderr
    assert PrivateServer(home / "postgres").process() is None


def test_divisions_in_gb_18030_are_read_and_those_in_utf_16_named(
    home: Path, running: PrivateServer, tmp_path: Path
):
    path = tmp_path / "regions.csv"
    text = "code,name,valid_from,source\n999901302000,又一镇人民政府所在的新设镇,2026-01-01,政府公告第三号\n"
    for encoding, code in (("gb18030", 0), ("utf-16", 2)):
        path.write_text(text, encoding)
        done = doudi(home, "web", "regions", str(path), "--json", DOUDI_MODE="demo")
        assert done.returncode == code, done.stderr
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["fact.encoding"]


def test_anchors_that_are_none_are_bad_input_and_no_tampering(
    home: Path, running: PrivateServer, tmp_path: Path
):
    path = tmp_path / "household.yaml"
    path.write_text("region: '999901'\n", "utf-8")
    done = doudi(home, "audit", "verify", "--anchors", str(path), "--json", DOUDI_MODE="demo")
    assert done.returncode == 2
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["code"], problem["line"]) == ("audit.anchors", 1)
    assert path.read_text("utf-8") == "region: '999901'\n"


def test_a_county_that_is_not_there_gives_no_empty_file(home: Path, running: PrivateServer, tmp_path: Path):
    for command in ("watch-decisions", "watch-answers"):
        path = tmp_path / command
        done = doudi(home, "web", command, str(path), "--region", "999", "--json", DOUDI_MODE="demo")
        assert done.returncode == 2
        assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["load.no_county"]
        assert not path.exists()


def test_divisions_are_imported(home: Path, running: PrivateServer, tmp_path: Path):
    path = tmp_path / "regions.csv"
    path.write_text("code,name,valid_from,source\n999901301000,新设镇,2026-01-01,公告\n", "utf-8")
    done = doudi(home, "web", "regions", str(path), "--json", DOUDI_MODE="demo")
    assert json.loads(done.stdout) == {"rows": 1, "new": 1}


def test_the_audit_trail_is_verified_and_tampering_ends_with_exit_code_1(
    home: Path, accounts: dict[str, str], running: PrivateServer, tmp_path: Path
):
    anchors = str(tmp_path / "anchors.jsonl")
    whole = doudi(home, "audit", "verify", "--anchors", anchors, "--json", DOUDI_MODE="demo")
    assert whole.returncode == 0, whole.stderr
    links = json.loads(whole.stdout)["links"]
    assert links >= len(accounts)
    with running.connect("doudi") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE audit_entry SET actor_name = 'x' WHERE id = (SELECT min(id) FROM audit_entry)"
        )
    changed = doudi(home, "audit", "verify", "--anchors", anchors, DOUDI_MODE="demo")
    assert changed.returncode == 1
    assert "记录被改动" in changed.stderr
    assert "row 1" in changed.stderr


def test_the_database_is_started_and_stopped(home: Path, accounts: dict[str, str]):
    server = PrivateServer(home / "postgres")
    assert server.process() is None
    started = json.loads(doudi(home, "web", "database", "start", "--json").stdout)["process"]
    assert started == server.process()
    stopped = doudi(home, "web", "database", "stop", "--lang", "en")
    assert stopped.stdout.startswith("not running")
    assert server.process() is None


def test_a_night_of_monitoring_is_taken_in_once_and_decisions_are_written(
    home: Path, running: PrivateServer, tmp_path: Path
):
    folder = str(lay_down(tmp_path / "night", [row("nobody")]))
    first, again = (
        json.loads(doudi(home, "web", "watch-load", folder, "--json", DOUDI_MODE="demo").stdout)
        for _ in range(2)
    )
    assert (first["again"], again["again"]) == (False, True)
    assert first["counts"] == again["counts"]
    assert (first["counts"]["rows"], first["counts"]["unplaced"]) == (1, 1)
    missing = doudi(home, "web", "watch-load", str(tmp_path), "--lang", "en", DOUDI_MODE="demo")
    assert missing.returncode != 0
    assert "run doudi watch first" in missing.stderr
    file = tmp_path / "decisions.csv"
    words = ("web", "watch-decisions", str(file), "--region", "999901", "--json")
    assert json.loads(doudi(home, *words, DOUDI_MODE="demo").stdout)["decisions"] == 0
    assert file.read_text("utf-8").startswith("指标,")
