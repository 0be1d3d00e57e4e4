"""Migrations run only as the owner of the tables."""

from __future__ import annotations

from typing import Any


class Router:
    """Everything is read and written as the application; tables are made as the owner."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether migrations of an application run on a connection."""
        return db == "owner"
