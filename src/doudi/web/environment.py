"""The environment as settings: every fault is gathered, and told at once."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from doudi.rules.errors import Problem, Problems
from doudi.web.accounts.policies import POLICIES, PasswordPolicy
from doudi.web.errors import SettingsError
from doudi.web.home import home

MODES = ("production", "demo", "test")
_SHORTEST_KEY = 50
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Environment:
    """Reads variables; ``finish`` raises all that is wrong with them."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.mode = self.choice("DOUDI_MODE", MODES)

    @property
    def production(self) -> bool:
        """Whether real people are served."""
        return self.mode == "production"

    def finish(self) -> None:
        """Raise everything that was wrong.

        Raises:
            SettingsError: with all faults.
        """
        self.problems.raise_as(SettingsError)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of several words, the first when nothing is said."""
        said = os.environ.get(name) or choices[0]
        if said not in choices:
            allowed = " | ".join(choices)
            self._wrong(name, f"可用：{allowed}", f"one of {allowed}", said)
            return choices[0]
        return said

    def flag(self, name: str, usual: bool) -> bool:
        """``on`` or ``off``."""
        return self.choice(name, ("on", "off") if usual else ("off", "on")) == "on"

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        said = os.environ.get(name) or str(usual)
        if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
            self._wrong(name, f"{least} 至 {most} 的整数", f"a whole number from {least} to {most}", said)
            return usual
        return int(said)

    def log_level(self) -> str:
        """The least grave level that is logged."""
        return self.choice("DOUDI_LOG_LEVEL", ("INFO", *(level for level in _LEVELS if level != "INFO")))

    def secret_key(self) -> str:
        """``DOUDI_SECRET_KEY`` or the file that ``DOUDI_SECRET_KEY_FILE`` names; in a demonstration one of its own."""
        key = os.environ.get("DOUDI_SECRET_KEY") or self._file("DOUDI_SECRET_KEY_FILE")
        if key is None and not self.production:
            return _own_key()
        if key is None or len(key) < _SHORTEST_KEY:
            self._wrong(
                "DOUDI_SECRET_KEY",
                f"至少 {_SHORTEST_KEY} 个随机字符",
                f"{_SHORTEST_KEY} random characters or more",
            )
            return secrets.token_urlsafe(_SHORTEST_KEY)
        return key

    def old_secret_keys(self) -> list[str]:
        """Keys that were replaced and still open what they sealed, separated by spaces."""
        return (os.environ.get("DOUDI_OLD_SECRET_KEYS") or "").split()

    def data_keys(self) -> str:
        """``DOUDI_DATA_KEYS`` or the file that ``DOUDI_DATA_KEYS_FILE`` names; in a demonstration keys of its own."""
        from doudi.web.registry.sensitive.keys import new_key, read_keys

        said = os.environ.get("DOUDI_DATA_KEYS") or self._file("DOUDI_DATA_KEYS_FILE")
        if said is None and not self.production:
            return _kept("data-keys", f"1:{new_key()}\nindex:{new_key()}\n")
        try:
            read_keys(said or "")
        except ValueError:
            form = "number:base64 … index:base64"
            self._wrong("DOUDI_DATA_KEYS", f"用 doudi web keys 生成，形如 {form}",
                        f"make them with doudi web keys, in the form {form}")  # fmt: skip
        return said or ""

    def hosts(self) -> list[str]:
        """The names under which the application answers, separated by commas."""
        said = [name.strip() for name in (os.environ.get("DOUDI_HOSTS") or "").split(",") if name.strip()]
        if not self.production:
            return said or ["127.0.0.1", "localhost", "[::1]"]
        if not said or "*" in said:
            self._wrong("DOUDI_HOSTS", "写明域名，用逗号分开", "the host names, separated by commas")
        return said

    def address(self, hosts: list[str]) -> str:
        """``DOUDI_ADDRESS``: where people reach the application, as printed on documents; else the first of its hosts."""
        usual = f"https://{hosts[0] if hosts else ''}" if self.production else "http://127.0.0.1:8000"
        said = (os.environ.get("DOUDI_ADDRESS") or usual).rstrip("/")
        if not said.startswith(("https://", "http://")) or (self.production and said.startswith("http://")):
            self._wrong(
                "DOUDI_ADDRESS",
                "写完整网址，如 https://jiuzhu.example.cn",
                "a whole address such as https://aid.example.cn",
                said,
            )
        return said

    def second_factor(self) -> bool:
        """Whether staff need a second factor: always, except where a demonstration says ``DOUDI_SECOND_FACTOR=off``."""
        wanted = self.flag("DOUDI_SECOND_FACTOR", True)
        if not wanted and self.production:
            self._wrong(
                "DOUDI_SECOND_FACTOR", "正式系统不能关闭", "cannot be switched off in production", "off"
            )
            return True
        return wanted

    def password_policy(self) -> PasswordPolicy:
        """``asvs`` (OWASP ASVS 5, usual) or ``dengbao`` (等级保护)."""
        return POLICIES[self.choice("DOUDI_PASSWORD_POLICY", tuple(POLICIES))]

    def evidence(self) -> Path:
        """Where ``doudi facts build`` lays down the evidence of the last night; of a demonstration, where ``doudi demo`` does."""
        usual = home() / "demo" if self.mode == "demo" and not os.environ.get("DOUDI_HOME") else home()
        return Path(os.environ.get("DOUDI_EVIDENCE") or usual / "evidence")

    def static_root(self) -> Path:
        """Where static files are collected, and served from."""
        return Path(os.environ.get("DOUDI_STATIC") or home() / "static")

    def _file(self, name: str) -> str | None:
        path = os.environ.get(name)
        if not path:
            return None
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError:
            self._wrong(name, "文件读不了", "the file cannot be read", path)
            return None

    def _wrong(self, name: str, zh: str, en: str, value: str | None = None) -> None:
        self.problems.add(Problem(
            "settings.value", f"环境变量 {name} 不对", f"the variable {name} is wrong", zh, en, value=value,
        ))  # fmt: skip


def _own_key() -> str:
    """The key of a demonstration, made once."""
    return _kept("secret-key", secrets.token_urlsafe(_SHORTEST_KEY))


def _kept(name: str, made: str) -> str:
    """A secret of a demonstration, kept where only this user can read it; ``made`` if there is none yet."""
    path = home() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_name(f"{name}.{os.getpid()}")
        waiting.touch(0o600)
        waiting.write_text(made, "utf-8")
        with suppress(FileExistsError):
            os.link(waiting, path)
        waiting.unlink()
    return path.read_text("utf-8")
