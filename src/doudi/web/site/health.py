"""Whether the application can work: asked by machines, so in JSON and without details that help an attacker."""

from __future__ import annotations

import logging
import shutil

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from doudi.web.home import home

_log = logging.getLogger("doudi.web.health")
LEAST_FREE = 512 * 1024 * 1024


def health(request: HttpRequest) -> JsonResponse:
    """200 when database, schema and disk are as they should be, else 503; which of them is not."""
    parts = {"database": _database(), "migrations": False, "disk": _disk()}
    parts["migrations"] = parts["database"] and _migrations()
    for name, fine in parts.items():
        if not fine:
            _log.error("health: %s", name)
    fine = all(parts.values())
    answer = {
        "status": "ok" if fine else "failed",
        **{name: "ok" if each else "failed" for name, each in parts.items()},
    }
    return JsonResponse(answer, status=200 if fine else 503)


def _database() -> bool:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _migrations() -> bool:
    """Whether the schema is the newest; the application may read, not write, what was migrated."""
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _disk() -> bool:
    place = next((each for each in (settings.STATIC_ROOT, home()) if each.exists()), home().parent)
    return shutil.disk_usage(place).free >= LEAST_FREE
