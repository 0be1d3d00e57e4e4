"""What the environment may say, and what it may not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doudi.web.environment import Environment
from doudi.web.errors import SettingsError

PRODUCTION = {
    "DOUDI_MODE": "production", "DOUDI_SECRET_KEY": "a1B2c3D4e5" * 6, "DOUDI_HOSTS": "aid.example.gov.cn",
    "DATABASE_URL": "postgresql://app:x@db/doudi", "DATABASE_OWNER_URL": "postgresql://owner:x@db/doudi",
    "DOUDI_DATA_KEYS": f"1:{'QUFB' * 10}QUE= index:{'QkJC' * 10}QkI=",
}  # fmt: skip


def manage(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Django's own command in a process whose environment says nothing else about us."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DOUDI_", "DATABASE_", "DJANGO_"))
    }
    clean |= {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "doudi.web.settings",
    } | environment
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *words], capture_output=True, text=True, env=clean
    )


def test_the_check_for_production_finds_nothing():
    checked = manage(PRODUCTION, "check", "--deploy", "--fail-level", "DEBUG")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_cookies_in_production_are_bound_to_the_host_and_to_https():
    program = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.DEBUG, s.DEMO, s.SECOND_FACTOR)"
    )
    said = manage(PRODUCTION, "shell", "--no-imports", "-c", program).stdout.split()
    assert said == ["__Host-doudi_session", "__Host-doudi_csrf", *["True"] * 4, "False", "False", "True"]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.startswith("DOUDI_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def faults(environment: Environment) -> list[str]:
    """The variables that are wrong."""
    environment.secret_key()
    environment.hosts()
    environment.second_factor()
    environment.password_policy()
    environment.number("DOUDI_IDLE_MINUTES", 20, 1, 60)
    environment.flag("DOUDI_HTTPS", True)
    environment.log_level()
    with pytest.raises(SettingsError) as failed:
        environment.finish()
    return [problem.en.split()[2] for problem in failed.value.problems]


def test_nothing_said_means_production_and_all_that_is_missing_is_told(environment: pytest.MonkeyPatch):
    assert faults(Environment()) == ["DOUDI_SECRET_KEY", "DOUDI_HOSTS"]


def test_all_that_is_forbidden_in_production_is_told_at_once(environment: pytest.MonkeyPatch):
    for name, value in {
        "DOUDI_SECRET_KEY": "short", "DOUDI_HOSTS": "*", "DOUDI_SECOND_FACTOR": "off", "DOUDI_PASSWORD_POLICY": "none",
        "DOUDI_IDLE_MINUTES": "600", "DOUDI_HTTPS": "yes", "DOUDI_LOG_LEVEL": "LOUD",
    }.items():  # fmt: skip
        environment.setenv(name, value)
    assert faults(Environment()) == [
        "DOUDI_SECRET_KEY", "DOUDI_HOSTS", "DOUDI_SECOND_FACTOR", "DOUDI_PASSWORD_POLICY", "DOUDI_IDLE_MINUTES",
        "DOUDI_HTTPS", "DOUDI_LOG_LEVEL",
    ]  # fmt: skip


def test_a_mode_that_is_none_is_told_and_means_production(environment: pytest.MonkeyPatch):
    environment.setenv("DOUDI_MODE", "debug")
    assert Environment().production
    assert faults(Environment())[0] == "DOUDI_MODE"


def test_a_key_may_stand_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path):
    path = tmp_path / "key"
    path.write_text("k" * 60 + "\n", "utf-8")
    environment.setenv("DOUDI_SECRET_KEY_FILE", str(path))
    assert Environment().secret_key() == "k" * 60
    environment.setenv("DOUDI_SECRET_KEY_FILE", str(tmp_path / "nowhere"))
    assert "DOUDI_SECRET_KEY_FILE" in faults(Environment())


def test_a_demonstration_makes_a_key_of_its_own_that_others_cannot_read(
    environment: pytest.MonkeyPatch, tmp_path: Path
):
    environment.setenv("DOUDI_MODE", "demo")
    environment.setenv("DOUDI_HOME", str(tmp_path))
    key = Environment().secret_key()
    assert len(key) >= 50
    assert Environment().secret_key() == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    environment.setenv("DOUDI_SECOND_FACTOR", "off")
    assert Environment().second_factor() is False


def test_a_sealed_secret_opens_only_where_it_was_sealed():
    from django.test import override_settings

    from doudi.web.sealing import SealError, seal, unseal

    sealed = seal(b"secret", "second factor", "1")
    assert unseal(sealed, "second factor", "1") == b"secret"
    assert b"secret" not in sealed
    assert seal(b"secret", "second factor", "1") != sealed
    for purpose, owner in (("second factor", "2"), ("other", "1")):
        with pytest.raises(SealError):
            unseal(sealed, purpose, owner)
    with pytest.raises(SealError):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "second factor", "1")
    from django.conf import settings

    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert unseal(sealed, "second factor", "1") == b"secret"
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=[]), pytest.raises(SealError):
        unseal(sealed, "second factor", "1")
