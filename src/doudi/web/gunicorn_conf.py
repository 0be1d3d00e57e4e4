"""The configuration of gunicorn: ``gunicorn -c src/doudi/web/gunicorn_conf.py doudi.web.wsgi:application``.

``DOUDI_BIND``, ``DOUDI_WORKERS`` and ``DOUDI_THREADS`` change what they name. ``DOUDI_JOBS`` is ``beside`` (usual): a worker for
background jobs runs beside this server; or ``apart``: ``doudi web worker`` runs on its own.
"""

from __future__ import annotations

import atexit
import gc
import os
import threading
from contextlib import ExitStack
from typing import Any

from doudi.web.database import serving
from doudi.web.jobs.keeping import Beside

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

_FIRST_PAGE = 2.0
"""Seconds in which the first page is answered by a process that does nothing else."""
_GARBAGE = (20_000, 20, 50)
"""When garbage is looked for. Law and models stay for good: to look through them again and again held up all pages of a process,
each time for 0.4 s on a busy machine."""
gc.disable()  # until a process has read in everything: to look through all modules while they come costs an eighth of the start
_answering = os.pipe()
"""Written to by each process of pages once it answers; read by the server."""
_database = ExitStack()
_worker = Beside() if os.environ.get("DOUDI_JOBS", "beside") == "beside" else None


def on_starting(server: Any) -> None:
    """Keep the private database while this server runs; nothing to keep when ``DATABASE_URL`` is set. A server that cannot take
    its address leaves without :func:`on_exit`."""
    _database.enter_context(serving())
    atexit.register(_let_go, os.getpid())


def _let_go(process: int) -> None:
    """Let go of the private database in the process that keeps it, not in those that it began."""
    if os.getpid() == process:
        _database.close()


def when_ready(server: Any) -> None:
    """Start the worker for background jobs as soon as pages answer: both at once would let the first page wait."""
    if _worker is not None:
        threading.Thread(target=_start_behind_pages, daemon=True).start()


def post_worker_init(worker: Any) -> None:
    """Bring in all pages and tell that they answer; read law and vocabulary when the first of them has been seen."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018
    os.write(_answering[1], b".")
    later = threading.Timer(_FIRST_PAGE, _warm)
    later.daemon = True
    later.start()


def _warm() -> None:
    from django.db import connections

    from doudi.web.registry.warming import warm

    try:
        warm()
    finally:
        connections.close_all()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_GARBAGE)
        gc.enable()


def _start_behind_pages() -> None:
    os.read(_answering[0], 1)
    if _worker is not None:
        _worker.start()


def on_exit(server: Any) -> None:
    """Stop the worker, then let go of the private database."""
    if _worker is not None:
        _worker.stop()
    _database.close()
