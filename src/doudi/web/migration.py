"""Bringing the schema up to date: as the owner of the tables, one process at a time, with the grants of the application."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg.sql import Identifier

from doudi.rules.errors import Problem
from doudi.web.audit.schema import withhold
from doudi.web.database.roles import grant
from doudi.web.errors import DatabaseError
from doudi.web.schema import is_new, lay_down

_LOCK = "SELECT pg_advisory_lock(hashtext('doudi migration'))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtext('doudi migration'))"


def pending() -> list[str]:
    """The migrations that were not applied yet."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(verbosity: int = 0) -> list[str]:
    """Apply what is pending and give the application its grants; what was applied."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(_LOCK)
    try:
        applied = pending()
        if applied and is_new(owner):
            lay_down(owner)
        elif applied:
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
        _grant(owner)
    finally:
        with owner.cursor() as cursor:
            cursor.execute(_UNLOCK)
    return applied


def must_be_current() -> None:
    """Refuse to serve from an old schema.

    Raises:
        DatabaseError: migrations are pending.
    """
    waiting = pending()
    if waiting:
        raise DatabaseError([Problem(
            "database.pending", "数据库结构不是最新的", "the schema is not up to date",
            "先运行 doudi web migrate", "run doudi web migrate first", value=", ".join(waiting),
        )])  # fmt: skip


def analyse(room: str) -> None:
    """Let the database count the tables of a room anew, so that it plans well after many rows were added."""
    with connections["owner"].cursor() as cursor:
        for model in apps.get_app_config(room).get_models():
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _grant(owner: object) -> None:
    application = settings.DATABASES["default"]["USER"]
    connection = owner.connection  # type: ignore[attr-defined]
    grant(connection, application)
    role = Identifier(application).as_string(connection)
    with connection.cursor() as cursor:
        for statement in withhold(role):
            cursor.execute(statement)
