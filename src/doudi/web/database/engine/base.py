"""The connection that Django makes when a database's ``ENGINE`` is this package."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

from doudi.web.database.scope import NOBODY, current

_APPLY = "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(NOBODY.settings()))


class DatabaseWrapper(PostgreSQL):
    """Sets the scope with ``SET LOCAL`` at the beginning of each transaction."""

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Begin or end a transaction; one that begins is told the scope."""
        super().set_autocommit(autocommit, *args, **kwargs)
        if not autocommit:
            self.apply_scope()

    def apply_scope(self) -> None:
        """Tell the open transaction the scope that holds now."""
        values = [text for setting in current().settings().items() for text in setting]
        self.connection.execute(_APPLY, values)
