"""A new database gets at once what migrations would have made of it, and a broken start is taken further by them."""

from __future__ import annotations

import subprocess

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from doudi.web import migration, schema
from doudi.web.accounts.models import Region
from doudi.web.database import PrivateServer
from doudi.web.database.binaries import find_binaries
from doudi.web.database.roles import prepare
from tests.web.conftest import using


class KilledError(Exception):
    """The end of a process in the middle of its work."""


def killed(*given: object) -> None:
    raise KilledError


def made_of(server: PrivateServer, name: str) -> list[str]:
    """Every line of the schema, grants among them, whatever the order of columns."""
    dump = find_binaries(int((server.data / "PG_VERSION").read_text())).program("pg_dump")
    told = subprocess.run(
        [dump, "--schema-only", "-h", str(server.socket), "-U", "doudi_admin", name],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted(line.rstrip(",") for line in told.splitlines() if not line.startswith("\\"))


def brought() -> tuple[set[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """What is recorded and entered: migrations, permissions, divisions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        recorded = {name for (name,) in cursor.fetchall()}
    permissions = Permission.objects.order_by("codename", "content_type__model")
    return (
        recorded,
        list(permissions.values_list("codename", "content_type__model")),
        list(Region.objects.order_by("code").values_list("code", "name")),
    )


def test_a_new_database_is_as_migrations_make_it_and_they_go_on_where_a_start_broke_off(
    server: PrivateServer, monkeypatch: pytest.MonkeyPatch
):
    with server.connect() as superuser:
        prepare(superuser, "laid_down")
        prepare(superuser, "migrated")
    with using("laid_down"):
        assert migration.migrate()
        assert not migration.pending()
        at_once = brought()
    with using("migrated"):
        with monkeypatch.context() as patched:
            patched.setattr(schema, "_make_tables", killed)
            with pytest.raises(KilledError):
                migration.migrate()
        assert migration.migrate()
        one_by_one = brought()
    assert at_once == one_by_one
    assert len(at_once[0]) > 90
    assert made_of(server, "laid_down") == made_of(server, "migrated")
