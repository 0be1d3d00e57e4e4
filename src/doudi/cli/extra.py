"""Commands that need more than the base installation say so."""

from __future__ import annotations

from importlib.util import find_spec

from doudi.cli.faults import CommandError
from doudi.rules.errors import Problem

_WEB = ("django", "psycopg", "csp", "whitenoise", "pyotp", "segno", "cryptography")


def need_web() -> None:
    """Refuse to go on without the libraries of the web application.

    Raises:
        CommandError: they are not installed.
    """
    missing = [name for name in _WEB if find_spec(name) is None]
    if missing:
        raise CommandError([Problem(
            "web.extra", "没有安装网页系统所需的库", "the libraries of the web application are not installed",
            "安装 doudi[web]", "install doudi[web]", value=", ".join(missing),
        )])  # fmt: skip
