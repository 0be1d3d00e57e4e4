"""A new database gets its tables as they are today, not one change after the other: a twentieth of the time, the same schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

_ROOMS = "doudi."


def is_new(connection: Any) -> bool:
    """Whether nobody has made a table yet."""
    return not connection.introspection.table_names()


def lay_down(connection: Any) -> None:
    """Make the whole schema in a new database: other people's applications by their migrations, then all tables of Doudi from
    its models and what its migrations say in SQL, in their order and in one transaction.

    A migration whose SQL moves rows of earlier tables is of no use here; it says so by ``elidable``. A process that is killed
    leaves a database that migrations take further.
    """
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith(_ROOMS)}
    executor.migrate([leaf for leaf in leaves if leaf[0] not in rooms])
    executor.loader.build_graph()
    plan = [migration for migration, _ in executor.migration_plan(leaves)]
    with transaction.atomic(using=connection.alias):
        with connection.schema_editor() as editor:
            _make_tables(editor, rooms)
        with connection.schema_editor() as editor:
            for migration in plan:
                for operation in _sql(migration.operations):
                    operation.database_forwards(migration.app_label, editor, None, None)
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _make_tables(editor: BaseDatabaseSchemaEditor, rooms: set[str]) -> None:
    for model in apps.get_models():
        about = model._meta
        if about.app_label in rooms and about.managed and not about.proxy:
            editor.create_model(model)


def _sql(operations: Iterable[Operation]) -> Iterator[RunSQL]:
    """What operations say in SQL, without what only brings older rows along."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _sql(operation.database_operations)
        elif isinstance(operation, RunSQL) and not operation.elidable:
            yield operation
