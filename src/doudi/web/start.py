"""Making ready: the database reached, Django set up, the schema current, static files collected."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import doudi
from doudi.rules.errors import Problem
from doudi.web.database import PrivateServer, serving
from doudi.web.errors import SettingsError

SETTINGS = "doudi.web.settings"


@contextmanager
def ready(mode: str | None = None) -> Iterator[PrivateServer | None]:
    """Django set up with the database reached. ``mode`` is taken when ``DOUDI_MODE`` says nothing.

    Raises:
        SettingsError: the environment is wrong.
        DatabaseError: the private server cannot be started.
    """
    if mode is not None:
        os.environ.setdefault("DOUDI_MODE", mode)
    with serving() as server:
        set_up()
        try:
            yield server
        finally:
            from django.db import connections

            connections.close_all()


def set_up() -> None:
    """Load the applications; the database is not asked for.

    Raises:
        SettingsError: the environment is wrong.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def only_in_demo() -> None:
    """Refuse what a system for real people must never do.

    Raises:
        SettingsError: ``DOUDI_MODE`` is not ``demo``.
    """
    from django.conf import settings

    if not settings.DEMO:
        raise SettingsError([Problem(
            "settings.demo", "只能在演示系统中使用", "only for a demonstration", "设 DOUDI_MODE=demo",
            "set DOUDI_MODE=demo", value=f"DOUDI_MODE={settings.MODE}",
        )])  # fmt: skip


def collect_static() -> bool:
    """Collect and hash static files unless they are those of today; whether anything was done."""
    from django.conf import settings
    from django.core.management import call_command

    root, stamp = Path(settings.STATIC_ROOT), _stamp()
    kept = root / "stamp.json"
    if kept.exists() and json.loads(kept.read_text("utf-8")) == stamp:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=kept.exists())
    kept.write_text(json.dumps(stamp), "utf-8")
    return True


def _stamp() -> list:
    """Names, sizes and times of all static files."""
    from django.contrib.staticfiles.finders import get_finders

    files = [(path, storage.path(path)) for finder in get_finders() for path, storage in finder.list([])]
    about = [(path, os.stat(place)) for path, place in files]
    return [doudi.__version__, *sorted([path, stat.st_size, stat.st_mtime_ns] for path, stat in about)]
