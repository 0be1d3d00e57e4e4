"""Checks at start: every page has a permission, every permission a page, and the database binds the application."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from doudi.web.accounts.access import named_views, table


@register(Tags.security)
def every_page_has_a_permission(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Pages and the table of permissions name each other."""
    names = {name or str(pattern.pattern) for name, pattern in named_views()}
    found: list[CheckMessage] = [
        Error(f"The page {name} has no permission.", hint="Add it to access.yaml.", id="doudi.E001")
        for name in sorted(names - set(table()))
    ]
    found += [
        Error(f"The permission of {name} has no page.", hint="Take it out of access.yaml.", id="doudi.E002")
        for name in sorted(set(table()) - names)
    ]
    return found


@register(Tags.database)
def the_database_binds_the_application(app_configs: Any, databases: Any, **kwargs: Any) -> list[CheckMessage]:
    """The application's role owns no table and cannot pass by row-level security."""
    if "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_tables t"
            " WHERE t.tableowner = current_user AND t.schemaname = 'public') FROM pg_roles WHERE rolname = current_user"
        )
        (unbound,) = cursor.fetchone()
    if not unbound:
        return []
    return [
        Error(
            "The role of DATABASE_URL is a superuser, passes by row-level security, or owns tables.",
            hint="Give the application a role of its own, and name the owner in DATABASE_OWNER_URL.",
            id="doudi.E003",
        )
    ]
