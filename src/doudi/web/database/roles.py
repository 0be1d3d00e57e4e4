"""The two roles of a database: one owns every table, the other works with them and is bound by row-level security."""

from __future__ import annotations

from psycopg import Connection, sql

OWNER, APPLICATION, DATABASE = "doudi_owner", "doudi_app", "doudi"


def prepare(superuser: Connection, database: str = DATABASE) -> None:
    """Make both roles and the database unless they are there; of several processes one after the other."""
    superuser.execute("SELECT pg_advisory_lock(hashtext('doudi roles'))")
    try:
        _make_missing(superuser, database)
    finally:
        superuser.execute("SELECT pg_advisory_unlock(hashtext('doudi roles'))")


def _make_missing(superuser: Connection, database: str) -> None:
    for role in (OWNER, APPLICATION):
        if not _exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            superuser.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    if not _exists(superuser, "SELECT 1 FROM pg_database WHERE datname = %s", database):
        superuser.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
        )


def grant(owner: Connection, application: str) -> None:
    """Let the role ``application`` work with all tables, those to come included, and own none of them."""
    role = sql.Identifier(application)
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    ):
        owner.execute(sql.SQL(statement).format(role))


def _exists(connection: Connection, query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None
