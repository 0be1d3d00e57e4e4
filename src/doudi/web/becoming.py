"""Becoming the server of pages: without Django and the database, so that what is ready already begins to answer at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

_GUNICORN = Path(__file__).with_name("gunicorn_conf.py")


def become_server(bind: str, workers: int) -> NoReturn:
    """Let this process become gunicorn, which keeps the private database as long as it runs."""
    os.environ |= {"DOUDI_BIND": bind, "DOUDI_WORKERS": str(workers)}
    words = [sys.executable, "-m", "gunicorn", "-c", str(_GUNICORN), "doudi.web.wsgi:application"]
    sys.stdout.flush()
    os.execv(sys.executable, words)
