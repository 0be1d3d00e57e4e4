"""Which rows the database shows: to the staff those of their region; photos, remarks and meetings are only added to."""

from __future__ import annotations

from django.db.migrations import RunSQL

from doudi.web.scoped import protect_rows

TABLES = ("warning", "round", "duty", "hold", "visit", "photo", "remark", "lead", "meeting")
ADDED_ONLY = ("photo", "remark", "meeting")


def protections() -> list[RunSQL]:
    """The steps of the migration that protects every table."""
    kept = [
        RunSQL(
            f"CREATE TRIGGER warnings_{name}_added_only BEFORE UPDATE OR DELETE OR TRUNCATE ON warnings_{name}"
            " FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse()",
            f"DROP TRIGGER warnings_{name}_added_only ON warnings_{name}",
        )
        for name in ADDED_ONLY
    ]
    return [*(protect_rows(f"warnings_{name}") for name in TABLES), *kept]
