"""What the database itself sees to: reports of the own scope, which are only added."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

TABLE = "means_check"
ADDED_ONLY = RunSQL(
    f"CREATE TRIGGER {TABLE}_added_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}"
    " FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();",
    f"DROP TRIGGER {TABLE}_added_only ON {TABLE};",
)


def protections() -> list[RunSQL]:
    """The steps of the migration that protects the table."""
    return [protect_rows(TABLE), ADDED_ONLY]
