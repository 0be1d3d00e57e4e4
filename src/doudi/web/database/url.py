"""Addresses of databases: ``postgresql://user:password@host:port/name?sslmode=verify-full``."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from doudi.rules.errors import Problem
from doudi.web.errors import SettingsError

ENGINE = "doudi.web.database.engine"
_SCHEMES = ("postgresql", "postgres")


def as_django(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """The entry of Django's ``DATABASES`` that an address means; what follows ``?`` goes to libpq.

    Raises:
        SettingsError: it is no address of a PostgreSQL database. The address itself is not told: it holds a password.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _SCHEMES or not name:
        raise SettingsError([Problem(
            "settings.database_url", f"{variable} 不是 PostgreSQL 数据库地址",
            f"{variable} is no address of a PostgreSQL database",
            "写成 postgresql://用户:口令@主机:端口/库名", "write postgresql://user:password@host:port/name",
        )])  # fmt: skip
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": ENGINE,
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def over_socket(folder: str, user: str, name: str) -> str:
    """The address of a database reached over a socket in ``folder``."""
    return f"postgresql:///{name}?{urlencode({'host': folder, 'user': user})}"
