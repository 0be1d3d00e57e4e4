"""The configuration of gunicorn: ``gunicorn -c src/doudi/web/gunicorn_conf.py doudi.web.wsgi:application``.

``DOUDI_BIND``, ``DOUDI_WORKERS`` and ``DOUDI_THREADS`` change what they name.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any

from doudi.web.database import serving

bind = os.environ.get("DOUDI_BIND") or "127.0.0.1:8000"
workers = int(os.environ.get("DOUDI_WORKERS") or 2)
threads = int(os.environ.get("DOUDI_THREADS") or 4)
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
forwarded_allow_ips = os.environ.get("DOUDI_PROXY_ADDRESS") or "127.0.0.1"
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None

_database = ExitStack()


def on_starting(server: Any) -> None:
    """Keep the private database while this server runs; nothing to keep when ``DATABASE_URL`` is set."""
    _database.enter_context(serving())


def post_worker_init(worker: Any) -> None:
    """Read law and vocabulary before the first request has to wait for them."""
    from doudi.web.registry.warming import warm

    warm()


def on_exit(server: Any) -> None:
    """Let go of the private database."""
    _database.close()
